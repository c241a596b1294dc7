"""Which parts of a workshop a record tells, and the workshop without the others.

Pure. For `hicm_desktop.workshop.report`, and for what asks the user which parts go out.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import Entry, Kind
from hicm_desktop.workshop.private_notes import without_private_notes
from hicm_desktop.workshop.tally import Tally
from hicm_desktop.workshop.values import Action, RowRecord, Workshop

NO_EVIDENCE = "Evidence"
NO_DIFFERING_VIEWS = "Differing views"
NO_NAMES = "Names in the list of partners"
NO_LOG = "Decision log"
"""How a record names what it leaves out, besides changes by their headings."""


class Parts(msgspec.Struct, frozen=True):
    """What of a workshop goes out.

    `changes` has the ids of the changes, None being all of them. `differing_views` are the written
    ones and who stood where; how many stood there, and the hands that were counted, always go out.
    `guidance` is the model's own: tips, boxes, materials and examples.
    """

    changes: tuple[str, ...] | None = None
    evidence: bool = True
    differing_views: bool = True
    names: bool = True
    decision_log: bool = True
    guidance: bool = False
    private_notes: bool = False

    def has(self, change_id: str | None) -> bool:
        """Whether what belongs to this change goes out; what belongs to none always does."""
        return self.changes is None or change_id is None or change_id in self.changes


OPTIONAL = tuple(f for f in Parts.__struct_fields__ if f not in ("changes", "private_notes"))
"""The parts that are in or out by themselves, and that can be remembered and set.

Private notes are asked for each time anew.
"""

EVERYTHING = Parts()
"""All that the room recorded: without the facilitator's own notes, and without guidance."""


def left_out_words(model: Model, parts: Parts) -> tuple[str, ...]:
    """Name what does not go out. Private notes are not named: nobody should look for them."""
    changes = (change.heading for change in model.changes if not parts.has(change.id))
    others = (
        (parts.evidence, NO_EVIDENCE),
        (parts.differing_views, NO_DIFFERING_VIEWS),
        (parts.names, NO_NAMES),
        (parts.decision_log, NO_LOG),
    )
    return (*changes, *(words for is_in, words in others if not is_in))


def only(model: Model, workshop: Workshop, parts: Parts) -> Workshop:
    """Give a workshop that holds the chosen parts alone."""
    if not parts.private_notes:
        workshop = without_private_notes(workshop)
    if parts.changes is not None:
        workshop = _only_changes(model, workshop, parts)
    if not parts.names:
        partners = (msgspec.structs.replace(p, name="") for p in workshop.details.partners)
        details = msgspec.structs.replace(workshop.details, partners=tuple(partners))
        workshop = msgspec.structs.replace(workshop, details=details)
    return msgspec.structs.replace(
        workshop,
        rows=tuple(_only_texts(row, parts) for row in workshop.rows),
        log=workshop.log if parts.decision_log else (),
    )


def _only_changes(model: Model, workshop: Workshop, parts: Parts) -> Workshop:
    """Leave out what belongs to other changes, and to changes that the model does not have."""
    actions = tuple(a for a in workshop.actions if parts.has(_change_of(model, a)))
    kept = {action.id for action in actions}
    return msgspec.structs.replace(
        workshop,
        rows=tuple(r for r in workshop.rows if parts.has(_change_of_row(model, r.row))),
        changes=tuple(c for c in workshop.changes if parts.has(c.change)),
        actions=actions,
        first_actions=tuple(a for a in workshop.first_actions if a in kept),
        log=tuple(_only_entries(model, workshop.log, parts)),
    )


def _only_entries(model: Model, log: Iterable[Entry], parts: Parts) -> Iterable[Entry]:
    """Give the entries of the chosen changes.

    What is put first is told of all changes at once, in the words of the actions: it is left out.
    """
    return (
        entry
        for entry in log
        if entry.kind is not Kind.PUT_FIRST and parts.has(_change_of(model, entry))
    )


def _change_of(model: Model, part: Action | Entry) -> str | None:
    return part.change if part.row is None else _change_of_row(model, part.row)


def _change_of_row(model: Model, row_id: str) -> str:
    """Give the id of a row's change; for a row that the model does not have, what no change is."""
    return model.change_of(row_id).id if model.has_row(row_id) else ""


def _only_texts(row: RowRecord, parts: Parts) -> RowRecord:
    if not parts.evidence:
        row = msgspec.structs.replace(row, data="", people="")
    if not parts.differing_views:
        row = msgspec.structs.replace(
            row,
            differing_view="",
            before=_counted(row.before),
            after=_counted(row.after),
        )
    return row


def _counted(tally: Tally) -> Tally:
    """Give the hands that were counted, without who stood where."""
    return msgspec.structs.replace(tally, positions=())

"""The read-back at the end of a workshop: what is open still, and what the room should hear again.

Pure. Everything stands in the published order, and nothing is ranked.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.recorded_texts import action_words
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.spread import WideRow, wide_rows
from hicm_desktop.workshop.values import Action, Outcome, RowRecord, Workshop


class ReadRow(msgspec.Struct, frozen=True):
    """A row to come back to, by its id, with the text to be read out; empty where there is none."""

    row: str
    text: str


class ReadAction(msgspec.Struct, frozen=True):
    """An action to come back to, by its id: where it belongs, what it says, and what it lacks.

    For what it may lack see `lacks`.
    """

    action: str
    where: tuple[str, ...]
    text: str
    lacks: tuple[str, ...]


class ReadBack(msgspec.Struct, frozen=True):
    """What a closing goes through, each part in the published order."""

    parked: tuple[ReadRow, ...]
    undiscussed: tuple[ReadRow, ...]
    unexplained: tuple[ReadRow, ...]
    """Rows that are not applicable, and for which no reason was written down."""
    actions: tuple[ReadAction, ...]
    reservations: tuple[ReadRow, ...]
    differing_views: tuple[ReadRow, ...]
    wide: tuple[WideRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to come back to."""
        return not any(msgspec.structs.astuple(self))


def read_back(model: Model, workshop: Workshop) -> ReadBack:
    """Give what a closing goes through. Rows of changes out of scope are not asked after."""
    records = [
        workshop.row(row.id)
        for change, row in model.rows()
        if workshop.agenda_item(change.id).in_scope
    ]
    every = [workshop.row(row.id) for _, row in model.rows()]
    return ReadBack(
        parked=_rows(every, Outcome.PARKED),
        undiscussed=_rows(records, Outcome.NOT_DISCUSSED),
        unexplained=tuple(r for r in _rows(every, Outcome.NOT_APPLICABLE) if not r.text),
        actions=tuple(
            ReadAction(a.id, action_words(model, a)[1:], a.to_do.strip(), lacks(a))
            for a in workshop.actions
            if lacks(a)
        ),
        reservations=_rows(every, Outcome.AGREED_WITH_RESERVATION),
        differing_views=tuple(
            ReadRow(r.row, r.differing_view.strip()) for r in every if r.differing_view.strip()
        ),
        wide=wide_rows(model, workshop),
    )


def lacks(action: Action) -> tuple[str, ...]:
    """Say what an action still needs: its wording, an owner, a date, a measure of success."""
    parts = (
        ("wording", action.to_do),
        ("owner", action.owner),
        ("date", due_words(action)),
        ("measure", action.success),
    )
    return tuple(words for words, text in parts if not text.strip())


def _rows(records: list[RowRecord], outcome: Outcome) -> tuple[ReadRow, ...]:
    return tuple(ReadRow(r.row, r.reason.strip()) for r in records if r.outcome is outcome)

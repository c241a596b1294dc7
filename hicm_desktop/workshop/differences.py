"""What differs between two states of a workshop, place by place, in words that people read.

Pure. For the user interface, which lists it beside earlier versions and other people's files.
Levels are named and never counted up: a difference says what was recorded, not whether it is more.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    Place,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.recorded_texts import action_words
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    ChangeRecord,
    Details,
    Partner,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import count, standing

UNSEEN = "only spaces or hidden characters differ"
"""Ends the words of a place whose two texts read the same."""

_DETAILS = "Workshop details"
_PLAN = "Action plan"
_UNPLACED = "Not in this model"
_NAME_LENGTH = 60


class Difference(msgspec.Struct, frozen=True):
    """One thing that is recorded otherwise. `where` names its place in words.

    `before` and `after` are whole, and empty where nothing is recorded. What `place` names may be
    gone from either workshop.
    """

    where: str
    before: str
    after: str
    place: Place


_ALIKE = Difference(
    "The file itself",
    "Reads the same",
    "Reads the same; only how it is written down differs",
    DetailsPlace(),
)
"""For workshops that differ in nothing that was recorded: in the order of their records, say."""


def differences(model: Model, before: Workshop, after: Workshop) -> tuple[Difference, ...]:
    """Give what differs, in the published order; nothing for equal workshops, and only for those.

    Actions are matched by their ids. A row of the matrix without a record reads "Not discussed".
    """
    if before == after:
        return ()
    return tuple(_differences(model, before, after)) or (_ALIKE,)


def _differences(model: Model, before: Workshop, after: Workshop) -> Iterator[Difference]:
    yield from _details(model, before.details, after.details)
    yield from _texts(
        (_DETAILS, "First made"),
        _moment(before.created_at),
        _moment(after.created_at),
        DetailsPlace(),
    )
    old_rows, new_rows = _rows_of(before), _rows_of(after)
    old_changes, new_changes = _changes_of(before), _changes_of(after)
    for change in model.changes:
        heading, blank = change.heading, ChangeRecord(change=change.id)
        old, new = old_changes.get(change.id, blank), new_changes.get(change.id, blank)
        for part in ChangeField:
            place = ChangeFieldPlace(change.id, part)
            yield from _texts((heading, part.words), part.read(old), part.read(new), place)
        for row in change.rows:
            where, none = (heading, row.name), RowRecord(row=row.id)
            pair = old_rows.get(row.id, none), new_rows.get(row.id, none)
            yield from _row(model, where, pair, unplaced=False)
    yield from _actions(model, before.actions, after.actions)
    for row_id in _all(r.row for r in (*before.orphans(model), *after.orphans(model))):
        none = RowRecord(row=row_id)
        pair = old_rows.get(row_id, none), new_rows.get(row_id, none)
        yield from _row(model, (_UNPLACED, row_id), pair, unplaced=True)
    orphans = (*before.orphan_changes(model), *after.orphan_changes(model))
    for change_id in _all(c.change for c in orphans):
        blank = ChangeRecord(change=change_id)
        old, new = old_changes.get(change_id, blank), new_changes.get(change_id, blank)
        for part in ChangeField:
            words = (_UNPLACED, change_id, part.words)
            yield from _texts(words, part.read(old), part.read(new), UnplacedPlace(change_id))


def _row(
    model: Model, where: tuple[str, ...], pair: tuple[RowRecord, RowRecord], *, unplaced: bool
) -> Iterator[Difference]:
    old, new = pair
    place = UnplacedPlace(old.row) if unplaced else RowPlace(old.row)
    yield from _texts(where, standing(model, old), standing(model, new), place)
    for field in RowField:
        place = UnplacedPlace(old.row) if unplaced else RowPlace(old.row, field=field)
        yield from _texts((*where, field.words), field.read(old), field.read(new), place)


def _details(model: Model, before: Details, after: Details) -> Iterator[Difference]:
    for words, old, new in (
        ("Place", before.place, after.place),
        ("Date", date_words(before.held_on), date_words(after.held_on)),
        ("Facilitator", before.facilitator, after.facilitator),
        ("Populations in focus", before.populations, after.populations),
    ):
        yield from _texts((_DETAILS, words), old, new, DetailsPlace())
    yield from _partners(before.partners, after.partners)
    old_items = {item.change: item for item in before.agenda}
    new_items = {item.change: item for item in after.agenda}
    for change_id in _all((*(c.id for c in model.changes), *old_items, *new_items)):
        default = AgendaItem(change=change_id)
        yield from _texts(
            (_DETAILS, "Agenda", _change_words(model, change_id)),
            _agenda_words(old_items.get(change_id, default)),
            _agenda_words(new_items.get(change_id, default)),
            DetailsPlace(),
        )


def _partners(before: Sequence[Partner], after: Sequence[Partner]) -> Iterator[Difference]:
    """Partners have no ids: one whose organisation comes back in another role is taken for it."""
    where, place = (_DETAILS, "Partners"), DetailsPlace()
    stayed, gone = _parted(before, after)
    stay, come = _parted(after, before)
    heirs: dict[str, list[Partner]] = {}
    for partner in come:
        heirs.setdefault(partner.organisation, []).append(partner)
    for partner in gone:
        if same := heirs.get(partner.organisation):
            heir = same.pop(0)
            line = (*where, partner.organisation)
            yield from _texts((*line, "Role"), partner.role, heir.role, place)
            yield from _texts((*line, "Name"), partner.name, heir.name, place)
        else:
            yield from _texts(where, _partner_words(partner), "", place)
    for partner in (p for same in heirs.values() for p in same):
        yield from _texts(where, "", _partner_words(partner), place)
    if stayed != stay:
        old, new = (_numbered(map(_partner_words, partners)) for partners in (stayed, stay))
        yield from _texts((*where, "Order"), old, new, place)


def _actions(
    model: Model, before: Sequence[Action], after: Sequence[Action]
) -> Iterator[Difference]:
    old_by_id, new_by_id = {a.id: a for a in before}, {a.id: a for a in after}
    for action in new_by_id.values():
        if action.id in old_by_id:
            yield from _action(model, old_by_id[action.id], action)
        else:
            where = action_words(model, action)
            yield from _texts(where, "", _whole(model, action), ActionPlace(action.id))
    for action in old_by_id.values():
        if action.id not in new_by_id:
            where = action_words(model, action)
            yield from _texts(where, _whole(model, action), "", ActionPlace(action.id))
    stayed = [new_by_id[i] for i in old_by_id if i in new_by_id]
    stay = [new_by_id[i] for i in new_by_id if i in old_by_id]
    if stayed != stay:
        old, new = (
            _numbered(
                " · ".join((*action_words(model, action)[1:], _name(action))) for action in actions
            )
            for actions in (stayed, stay)
        )
        yield from _texts((_PLAN, "Order"), old, new, ActionPlace(stay[0].id))


def _action(model: Model, before: Action, after: Action) -> Iterator[Difference]:
    where, place = action_words(model, after), ActionPlace(after.id)
    old, new = _cells(model, before), _cells(model, after)
    if old["due"] == new["due"] and before.due_on != after.due_on:
        # The room wrote the words of a date where a date stands now, or the other way about.
        for cells, action in ((old, before), (new, after)):
            cells["due"] += " (in words)" if action.due_on is None else " (as a date)"
    for key, label in _labels(model).items():
        named = () if key == "to_do" or not _seen(after.to_do) else (_name(after),)
        yield from _texts((*where, *named, label), old[key], new[key], place)


def _labels(model: Model) -> dict[str, str]:
    """Give the labels of an action's cells: the published headings, and the two that are ours."""
    keys = ("place", "where_now", "to_do", "due", "success", "owner", "progress")
    return dict(zip(keys, (*model.columns, "Owner", "Progress"), strict=True))


def _cells(model: Model, action: Action) -> dict[str, str]:
    change = "No change named" if action.change is None else _change_words(model, action.change)
    return {
        "place": change if action.row is None else f"{change} · {_row_words(model, action.row)}",
        "where_now": action.where_now,
        "to_do": action.to_do,
        "due": due_words(action),
        "success": action.success,
        "owner": action.owner,
        "progress": action.progress.words,
    }


def _whole(model: Model, action: Action) -> str:
    """Write all that an action says, each under its label, for one that came or went."""
    labels, cells = _labels(model), _cells(model, action)
    return "\n".join(f"{labels[key]}: {text}" for key, text in cells.items() if _seen(text))


def _name(action: Action) -> str:
    """Tell an action from the others of its row by the beginning of what is to be done."""
    words = textwrap.shorten(action.to_do, _NAME_LENGTH, placeholder=" …")
    return f"“{words}”" if words else "An action with no wording yet"


def _change_words(model: Model, change_id: str) -> str:
    return model.change(change_id).heading if model.has_change(change_id) else change_id


def _row_words(model: Model, row_id: str) -> str:
    return model.row(row_id).name if model.has_row(row_id) else row_id


def _agenda_words(item: AgendaItem) -> str:
    scope = "In scope" if item.in_scope else "Not in scope"
    return f"{scope}, {count(item.minutes, 'minute')}" if item.minutes else scope


def _partner_words(partner: Partner) -> str:
    """Name a partner; one of whom nothing is written is there all the same."""
    texts = (partner.organisation, partner.role, partner.name)
    return " · ".join(text for text in texts if _seen(text)) or "A partner with no name yet"


def _moment(at: dt.datetime) -> str:
    return f"{date_words(at.date())}, {at:%H:%M:%S}"


def _numbered(names: Iterable[str]) -> str:
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1))


def _texts(where: Sequence[str], before: str, after: str, place: Place) -> Iterator[Difference]:
    """Give the difference of two texts, where there is one; one that nobody would see says so."""
    if before == after:
        return
    unseen = (UNSEEN,) if _seen(before) == _seen(after) else ()
    yield Difference(" · ".join((*where, *unseen)), before, after, place)


def _seen(text: str) -> str:
    """Give a text as a reader sees it: without hidden characters, and spaces all alike."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf"))


def _parted(
    these: Sequence[Partner], those: Sequence[Partner]
) -> tuple[list[Partner], list[Partner]]:
    """Part these into what those have too, one for one, and what they do not."""
    common: list[Partner] = []
    left: list[Partner] = []
    taken = Counter(those)
    for partner in these:
        (common if taken[partner] > 0 else left).append(partner)
        taken[partner] -= 1
    return common, left


def _rows_of(workshop: Workshop) -> dict[str, RowRecord]:
    return {record.row: record for record in workshop.rows}


def _changes_of(workshop: Workshop) -> dict[str, ChangeRecord]:
    return {record.change: record for record in workshop.changes}


def _all(ids: Iterable[str]) -> tuple[str, ...]:
    """Give each id once, in the order in which they come up first."""
    return tuple(dict.fromkeys(ids))

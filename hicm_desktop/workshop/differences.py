"""What differs between two states of a workshop, place by place, in words that people read.

Pure. For the user interface, which lists it beside earlier versions and other people's files.
Levels are named and never counted up: a difference says what was recorded, not whether it is more.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.clock import Clock
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.difference import UNSEEN, Difference, moment, numbered, seen, texts
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.live_differences import (
    baseline_differences,
    hand_differences,
    names_of,
    sealed_differences,
)
from hicm_desktop.workshop.partner_differences import partner_differences
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
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
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import ADDED_COLUMNS, NOT_IN_SCOPE, count, standing

__all__ = ["UNSEEN", "Difference", "differences"]

_DETAILS = "Workshop details"
_PLAN = "Action plan"
_UNPLACED = "Not in this model"
_NAME_LENGTH = 60


_ALIKE = Difference(
    "The file itself",
    "Reads the same",
    "Reads the same; only how it is written down differs",
    DetailsPlace(),
)
"""For workshops that differ in nothing that was recorded: in the order of their records, say."""


_ASIDE = Difference(
    "The clock and the decision log",
    "All else reads the same",
    "All else reads the same; only the clock or the decision log is different",
    DetailsPlace(),
)
"""For workshops in which the room recorded the same, though they came to it otherwise."""


def differences(model: Model, before: Workshop, after: Workshop) -> tuple[Difference, ...]:
    """Give what differs, in the published order; nothing for equal workshops, and only for those.

    Actions are matched by their ids. A row of the matrix without a record reads "Not discussed".
    The clock and the log say how the room got there: they are told where nothing else differs.
    """
    if before == after:
        return ()
    if found := tuple(_differences(model, before, after)):
        return found
    recorded, other = (replace(w, clock=Clock(), log=()) for w in (before, after))
    return (_ASIDE,) if recorded == other else (_ALIKE,)


def _differences(model: Model, before: Workshop, after: Workshop) -> Iterator[Difference]:
    yield from _details(model, before.details, after.details)
    yield from texts(
        (_DETAILS, "First made"),
        moment(before.created_at),
        moment(after.created_at),
        DetailsPlace(),
    )
    yield from baseline_differences(model, before, after)
    names = names_of(before, after)
    old_rows, new_rows = _rows_of(before), _rows_of(after)
    old_changes, new_changes = _changes_of(before), _changes_of(after)
    for change in model.changes:
        heading, blank = change.heading, ChangeRecord(change=change.id)
        old, new = old_changes.get(change.id, blank), new_changes.get(change.id, blank)
        for part in ChangeField:
            place = ChangeFieldPlace(change.id, part)
            yield from texts((heading, part.words), part.read(old), part.read(new), place)
        for row in change.rows:
            where, none = (heading, row.name), RowRecord(row=row.id)
            pair = old_rows.get(row.id, none), new_rows.get(row.id, none)
            yield from _row(model, where, pair, names, unplaced=False)
    yield from _actions(model, before.actions, after.actions)
    yield from _first(before, after)
    for row_id in _all(r.row for r in (*before.orphans(model), *after.orphans(model))):
        none = RowRecord(row=row_id)
        pair = old_rows.get(row_id, none), new_rows.get(row_id, none)
        yield from _row(model, (_UNPLACED, row_id), pair, names, unplaced=True)
    orphans = (*before.orphan_changes(model), *after.orphan_changes(model))
    for change_id in _all(c.change for c in orphans):
        blank = ChangeRecord(change=change_id)
        old, new = old_changes.get(change_id, blank), new_changes.get(change_id, blank)
        for part in ChangeField:
            words = (_UNPLACED, change_id, part.words)
            yield from texts(words, part.read(old), part.read(new), UnplacedPlace(change_id))
    yield from sealed_differences(before, after)


def _row(
    model: Model,
    where: tuple[str, ...],
    pair: tuple[RowRecord, RowRecord],
    names: Mapping[str, str],
    *,
    unplaced: bool,
) -> Iterator[Difference]:
    old, new = pair
    place = UnplacedPlace(old.row) if unplaced else RowPlace(old.row)
    yield from texts(where, standing(model, old), standing(model, new), place)
    yield from hand_differences(model, where, pair, names, place)
    for field in RowField:
        place = UnplacedPlace(old.row) if unplaced else RowPlace(old.row, field=field)
        yield from texts((*where, field.words), field.read(old), field.read(new), place)


def _details(model: Model, before: Details, after: Details) -> Iterator[Difference]:
    for words, old, new in (
        ("Place", before.place, after.place),
        ("Date", date_words(before.held_on), date_words(after.held_on)),
        ("Facilitator", before.facilitator, after.facilitator),
        ("Populations in focus", before.populations, after.populations),
    ):
        yield from texts((_DETAILS, words), old, new, DetailsPlace())
    yield from partner_differences(before.partners, after.partners)
    old_items = {item.change: item for item in before.agenda}
    new_items = {item.change: item for item in after.agenda}
    for change_id in _all((*(c.id for c in model.changes), *old_items, *new_items)):
        default = AgendaItem(change=change_id)
        yield from texts(
            (_DETAILS, "Agenda", _change_words(model, change_id)),
            _agenda_words(old_items.get(change_id, default)),
            _agenda_words(new_items.get(change_id, default)),
            DetailsPlace(),
        )


def _actions(
    model: Model, before: Sequence[Action], after: Sequence[Action]
) -> Iterator[Difference]:
    old_by_id, new_by_id = {a.id: a for a in before}, {a.id: a for a in after}
    for action in new_by_id.values():
        if action.id in old_by_id:
            yield from _action(model, old_by_id[action.id], action)
        else:
            where = action_words(model, action)
            yield from texts(where, "", _whole(model, action), ActionPlace(action.id))
    for action in old_by_id.values():
        if action.id not in new_by_id:
            where = action_words(model, action)
            yield from texts(where, _whole(model, action), "", ActionPlace(action.id))
    stayed = [new_by_id[i] for i in old_by_id if i in new_by_id]
    stay = [new_by_id[i] for i in new_by_id if i in old_by_id]
    if stayed != stay:
        old, new = (
            numbered(
                " · ".join((*action_words(model, action)[1:], _name(action))) for action in actions
            )
            for actions in (stayed, stay)
        )
        yield from texts((_PLAN, "Order"), old, new, ActionPlace(stay[0].id))


def _first(before: Workshop, after: Workshop) -> Iterator[Difference]:
    if before.first_actions == after.first_actions:
        return
    was, now = (
        numbered(_name(workshop.action(i)) for i in workshop.first_actions)
        for workshop in (before, after)
    )
    gone = (*after.first_actions, *before.first_actions)[0]
    yield from texts((_PLAN, "Put first"), was, now, ActionPlace(gone))


def _action(model: Model, before: Action, after: Action) -> Iterator[Difference]:
    where, place = action_words(model, after), ActionPlace(after.id)
    old, new = _cells(model, before), _cells(model, after)
    if old["due"] == new["due"] and before.due_on != after.due_on:
        # The room wrote the words of a date where a date stands now, or the other way about.
        for cells, action in ((old, before), (new, after)):
            cells["due"] += " (in words)" if action.due_on is None else " (as a date)"
    for key, label in _labels(model).items():
        named = () if key == "to_do" or not seen(after.to_do) else (_name(after),)
        yield from texts((*where, *named, label), old[key], new[key], place)


def _labels(model: Model) -> dict[str, str]:
    """Give the labels of an action's cells: the published headings, and the two that are ours."""
    keys = ("place", "where_now", "to_do", "due", "success", "owner", "progress")
    return dict(zip(keys, (*model.columns, *ADDED_COLUMNS), strict=True))


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
    return "\n".join(f"{labels[key]}: {text}" for key, text in cells.items() if seen(text))


def _name(action: Action) -> str:
    """Tell an action from the others of its row by the beginning of what is to be done."""
    words = textwrap.shorten(action.to_do, _NAME_LENGTH, placeholder=" …")
    return f"“{words}”" if words else NO_WORDING


def _change_words(model: Model, change_id: str) -> str:
    return model.change(change_id).heading if model.has_change(change_id) else change_id


def _row_words(model: Model, row_id: str) -> str:
    return model.row(row_id).name if model.has_row(row_id) else row_id


def _agenda_words(item: AgendaItem) -> str:
    scope = "In scope" if item.in_scope else NOT_IN_SCOPE
    return f"{scope}, {count(item.minutes, 'minute')}" if item.minutes else scope


def _rows_of(workshop: Workshop) -> dict[str, RowRecord]:
    return {record.row: record for record in workshop.rows}


def _changes_of(workshop: Workshop) -> dict[str, ChangeRecord]:
    return {record.change: record for record in workshop.changes}


def _all(ids: Iterable[str]) -> tuple[str, ...]:
    """Give each id once, in the order in which they come up first."""
    return tuple(dict.fromkeys(ids))

"""Finds the change and the row that the words of a plan name, however they were typed.

Pure. For `hicm_desktop.workshop.bring_back` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from hicm_desktop.model.values import Change, Model, Row
from hicm_desktop.workshop.by_identity import by_identity
from hicm_desktop.workshop.difference import seen
from hicm_desktop.workshop.matching import fold
from hicm_desktop.workshop.values import Action

NO_CHANGE = "No change named"
"""What stands for the change of an action that is of no one change."""

_Found = TypeVar("_Found", Change, Row)
_BETWEEN = re.compile(r"[\W_]+")


class PlanPlace(msgspec.Struct, frozen=True):
    """A change and a row by their ids, and the words that the model does not have, if any."""

    change: str | None = None
    row: str | None = None
    unknown: str = ""


def find_place(model: Model, heading: str, name: str) -> PlanPlace:
    """Find what a heading and the name of a row mean, whatever their capitals and punctuation.

    A change goes by its heading, its title, its short title or its number. A row is looked for in
    its change; without one, in all of the model, as long as one row alone has that name.
    """
    typed, named, known = _folded(heading), _folded(name), _names(model)
    if typed in ("", _folded(NO_CHANGE)):
        return _row_anywhere(model, name)
    change = _only(c for c in model.changes if typed in known.changes[c.id])
    if change is None:
        return PlanPlace(unknown=seen(heading))
    if not named:
        return PlanPlace(change.id)
    row = _only(r for r in change.rows if named == known.rows[r.id])
    if row is None:
        return PlanPlace(change.id, unknown=seen(name))
    return PlanPlace(change.id, row.id)


def place_of(model: Model, action: Action) -> tuple[str | None, str | None]:
    """Give the change and the row of an action; one tied to a row alone is of that row's change."""
    change, row = action.change, action.row
    if change is None and row is not None and model.has_row(row):
        change = model.change_of(row).id
    return change, row


def written_place(model: Model, action: Action) -> tuple[str, str]:
    """Give the heading and the name of a row as an export writes them; by their id, if need be."""
    change, row = place_of(model, action)
    return (
        model.change(change).heading if change and model.has_change(change) else change or "",
        model.row(row).name if row and model.has_row(row) else row or "",
    )


def place_words(model: Model, action: Action) -> str:
    """Say what an action is tied to: "Change 4: Home first · Discharge to assess"."""
    heading, name = written_place(model, action)
    return " · ".join(filter(None, (heading, name))) or NO_CHANGE


def _row_anywhere(model: Model, name: str) -> PlanPlace:
    named, known = _folded(name), _names(model)
    if not named:
        return PlanPlace()
    row = _only(r for _, r in model.rows() if named == known.rows[r.id])
    if row is None:
        return PlanPlace(unknown=seen(name))
    return PlanPlace(model.change_of(row.id).id, row.id)


class _Names(msgspec.Struct, frozen=True):
    """What every change and row of a model may be called, folded, by its id."""

    changes: Mapping[str, frozenset[str]]
    rows: Mapping[str, str]


@by_identity(2)
def _names(model: Model) -> _Names:
    return _Names(
        {change.id: _called(change) for change in model.changes},
        {row.id: _folded(row.name) for _, row in model.rows()},
    )


def _called(change: Change) -> frozenset[str]:
    number = str(change.number)
    titles = (change.title, change.short_title)
    names = (
        *titles,
        number,
        f"change {number}",
        *(f"{number} {title}" for title in titles),
        *(f"change {number} {title}" for title in titles),
    )
    return frozenset(map(_folded, names))


def _only(found: Iterable[_Found]) -> _Found | None:
    """Give what was found, where it is one alone."""
    some = tuple(found)
    return some[0] if len(some) == 1 else None


def _folded(text: str) -> str:
    """Give the words of a text in the form in which two spellings of them are equal."""
    return _BETWEEN.sub(" ", fold(seen(text))).strip()

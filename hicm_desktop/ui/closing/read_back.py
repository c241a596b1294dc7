"""The read-back in lines: what is open still, and what the room should hear again.

For `hicm_desktop.ui.closing.page` only. It puts `hicm_desktop.workshop.closing` into words.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.ui.line_list import Line
from hicm_desktop.workshop.closing import ReadAction, ReadBack, ReadRow
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.places import ActionPlace, Place, RowPlace
from hicm_desktop.workshop.spread import WideRow
from hicm_desktop.workshop.values import Workshop

NOTHING_OPEN = "Nothing is left open."
PARKED, UNDISCUSSED = "Parked", "Not discussed"
UNEXPLAINED = "Not applicable, without a reason"
LACKING = "Actions without an owner, a date or a measure"
RESERVATIONS, DIFFERING = "Reservations", "Differing views"
WIDE = "Where views lie far apart"
NO_REASON = "No reason was written down."
_LACKS = {
    "wording": "No wording yet",
    "owner": "No owner",
    "date": "No date",
    "measure": "No measure of success",
}


class ReadLine(msgspec.Struct, frozen=True):
    """A line of the read-back, and where to go for it; None for a heading."""

    line: Line
    place: Place | None = None


def read_back_lines(model: Model, found: ReadBack) -> tuple[ReadLine, ...]:
    """Give each part that has anything under its heading, with how many there are."""
    lines: list[ReadLine] = []
    for title, part in (
        (PARKED, _rows(model, PARKED, found.parked, None, NO_REASON)),
        (UNDISCUSSED, _rows(model, UNDISCUSSED, found.undiscussed, None, "")),
        (UNEXPLAINED, _rows(model, UNEXPLAINED, found.unexplained, RowField.REASON, NO_REASON)),
        (LACKING, _actions(found.actions)),
        (RESERVATIONS, _rows(model, RESERVATIONS, found.reservations, RowField.REASON, NO_REASON)),
        (DIFFERING, _rows(model, DIFFERING, found.differing_views, RowField.DIFFERING_VIEW, "")),
        (WIDE, _rows(model, WIDE, found.wide, None, "")),
    ):
        inside = list(part)
        if inside:
            heading = Line(title=f"{title} ({len(inside)})", is_heading=True)
            lines += [ReadLine(heading), *inside]
    return tuple(lines)


def calm_words(found: ReadBack, workshop: Workshop) -> str:
    """Say of what is empty that it is; of everything, where there is nothing to come back to."""
    if found.is_empty and workshop.actions:
        return NOTHING_OPEN
    parts = (
        (found.parked, "Nothing is parked."),
        (found.undiscussed, "Every row in scope was discussed."),
        (found.reservations, "There are no reservations."),
        (found.differing_views, "There are no differing views."),
    )
    said = [words for part, words in parts if not part]
    if not workshop.actions:
        said.append("There are no actions yet.")
    elif not found.actions:
        said.append("Every action has an owner, a date and a measure.")
    return " ".join(said)


def row_words(model: Model, row_id: str) -> str:
    """Name a row with its change."""
    return f"{model.change_of(row_id).heading} · {model.row(row_id).name}"


def _rows(
    model: Model,
    section: str,
    rows: tuple[ReadRow, ...] | tuple[WideRow, ...],
    field: RowField | None,
    unsaid: str,
) -> Iterator[ReadLine]:
    for row in rows:
        text = row.words if isinstance(row, WideRow) else row.text
        line = Line(
            title=row_words(model, row.row),
            text=text or unsaid,
            key=(section, row.row),
            section=section,
        )
        yield ReadLine(line, RowPlace(row.row, field=field))


def _actions(actions: tuple[ReadAction, ...]) -> Iterator[ReadLine]:
    for action in actions:
        lacks = ". ".join(_LACKS[lack] for lack in action.lacks)
        where = " · ".join(action.where)
        line = Line(
            title=action.text or where or "An action of no one change",
            text="\n".join(filter(None, (where if action.text else "", f"{lacks}."))),
            key=(LACKING, action.action),
            section=LACKING,
        )
        yield ReadLine(line, ActionPlace(action.action))

"""An earlier workshop as a baseline, and what moved since, told only once the room may see it.

Pure. Movement is told level by level for one row, and never added up over rows.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import (
    Baseline,
    EarlierRow,
    Outcome,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import count, standing


class Previous(msgspec.Struct, frozen=True):
    """Where a row stood before, and what moved since.

    `level` is the id of the level, None where none was agreed or the model has it no more. `words`
    say where it stood, `movement` how far it is from there; empty where no level is agreed now.
    """

    level: str | None
    words: str
    movement: str


def baseline_of(workshop: Workshop) -> Baseline:
    """Give what an earlier workshop agreed, to be compared with."""
    return Baseline(
        workshop=workshop.id,
        place=workshop.details.place,
        held_on=workshop.details.held_on,
        rows=tuple(
            EarlierRow(row=r.row, outcome=r.outcome, level=r.level, lean=r.lean)
            for r in workshop.rows
            if r.outcome is not Outcome.NOT_DISCUSSED
        ),
    )


def earlier_record(baseline: Baseline, row_id: str) -> RowRecord:
    """Give where a row stood in an earlier workshop as a record; blank where it says nothing."""
    earlier = baseline.row(row_id)
    if earlier is None:
        return RowRecord(row=row_id)
    return RowRecord(row=row_id, outcome=earlier.outcome, level=earlier.level, lean=earlier.lean)


def may_be_shown(workshop: Workshop, row_id: str) -> bool:
    """Tell whether the room may see where a row stood: it is agreed, or it was revealed."""
    record = workshop.row(row_id)
    return workshop.baseline is not None and (record.outcome.is_agreed or record.previous_shown)


def previous(model: Model, workshop: Workshop, row_id: str) -> Previous | None:
    """Give where a row stood before; None where there is no baseline, or it must stay hidden."""
    if workshop.baseline is None or not may_be_shown(workshop, row_id):
        return None
    earlier = earlier_record(workshop.baseline, row_id)
    level = earlier.level if earlier.level and model.has_level(earlier.level) else None
    now = workshop.row(row_id)
    return Previous(level, standing(model, earlier), _movement(model, level, now))


def _movement(model: Model, before: str | None, now: RowRecord) -> str:
    if before is None or now.level is None or not model.has_level(now.level):
        return ""
    steps = model.level(now.level).number - model.level(before).number
    if not steps:
        return "At the same level as before"
    return f"{count(abs(steps), 'level')} {'up' if steps > 0 else 'down'} from before"

"""Short phrases that several views share, made from what is recorded. For `hicm_desktop.ui`."""

from __future__ import annotations

from hicm_desktop.model.values import Change, Model
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.values import Outcome, RowRecord, Workshop


def count(number: int, one: str, many: str | None = None) -> str:
    """Count things in words: "1 action", "2 actions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def recorded(record: RowRecord, actions: int) -> str:
    """Say what else a row holds: "2 notes · 1 action"; empty where nothing."""
    notes = sum(1 for field in RowField if field.read(record))
    parts = ([count(notes, "note")] if notes else []) + (
        [count(actions, "action")] if actions else []
    )
    return " · ".join(parts)


def standing(model: Model, record: RowRecord) -> str:
    """Say where a row stands: "Established, agreed with reservation", "Parked", "Not discussed"."""
    if record.level is None:
        return record.outcome.words
    level = model.level(record.level).name
    if record.outcome is Outcome.AGREED:
        return level
    return f"{level}, {record.outcome.words.lower()}"


def progress_of(change: Change, workshop: Workshop) -> str:
    """Say how far a change has got: "1 of 3 rows agreed, 1 parked"."""
    outcomes = [workshop.row(row.id).outcome for row in change.rows]
    agreed = sum(1 for outcome in outcomes if outcome.is_agreed)
    parked = outcomes.count(Outcome.PARKED)
    words = f"{agreed} of {count(len(outcomes), 'row')} agreed"
    return f"{words}, {parked} parked" if parked else words


def progress(model: Model, workshop: Workshop) -> str:
    """Say how far the workshop has got in rows: "9 of 27 rows agreed · 1 parked"."""
    outcomes = [workshop.row(row.id).outcome for _, row in model.rows()]
    agreed = sum(1 for outcome in outcomes if outcome.is_agreed)
    parts = [f"{agreed} of {len(outcomes)} rows agreed"]
    if parked := outcomes.count(Outcome.PARKED):
        parts.append(f"{parked} parked")
    return " · ".join(parts)

"""Short phrases that several views share, made from what is recorded. For `hicm_desktop.ui`."""

from __future__ import annotations

import re

from hicm_desktop.model.values import Change
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.values import Outcome, RowRecord, Workshop
from hicm_desktop.workshop.words import count

_UNBROKEN = re.compile(r"\S{25,}")
_BREAK = re.compile(r"\S{8,23}?[-_./\\](?=\w)|\S{24}(?=\w)")


def breakable(text: str) -> str:
    """Let what has no space for long, such as a file's name, go on in the next line, unseen."""
    return _UNBROKEN.sub(lambda run: _BREAK.sub("\\g<0>\u200b", run[0]), text)


def recorded(record: RowRecord, actions: int) -> str:
    """Say what else a row holds: "2 notes · 1 action"; empty where nothing."""
    notes = sum(1 for field in RowField if not field.is_private and field.read(record).strip())
    parts = ([count(notes, "note")] if notes else []) + (
        [count(actions, "action")] if actions else []
    )
    return " · ".join(parts)


def progress_of(change: Change, workshop: Workshop) -> str:
    """Say how far a change has got: "1 of 3 rows agreed, 1 parked"."""
    outcomes = [workshop.row(row.id).outcome for row in change.rows]
    agreed = sum(1 for outcome in outcomes if outcome.is_agreed)
    parked = outcomes.count(Outcome.PARKED)
    words = f"{agreed} of {count(len(outcomes), 'row')} agreed"
    return f"{words}, {parked} parked" if parked else words

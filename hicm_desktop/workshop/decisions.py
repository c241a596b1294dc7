"""The decision log: written by the edits themselves, and taken back in it by Undo.

Pure. `written` follows an edit, `moved` follows Undo and Redo. The log is carried along and never
put back with the rest: an entry that was taken back stays in it, marked as that.

What is still being said under an entry keeps it up to date instead of adding another: a reason
that is typed, hands that are counted one by one, actions put first one by one, the wording of an
action.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import TypeAlias

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import BETWEEN_ACTIONS, COUNTED, MOST_ENTRIES, Entry, Kind
from hicm_desktop.workshop.spread import hands_words
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Action, RowRecord, Workshop
from hicm_desktop.workshop.words import standing

_About: TypeAlias = tuple[Kind, str | None]
"""What an entry is about: of which kind, and of which action or row."""

_HANDS = {When.BEFORE: Kind.HANDS_BEFORE, When.AFTER: Kind.HANDS_AFTER}
_UNWRITTEN = "An action with no wording yet"
_COUNTED_WITHIN = dt.timedelta(minutes=10)
"""What is counted or put first within this time of the first of it is one entry."""


def written(model: Model, before: Workshop, after: Workshop, at: dt.datetime) -> Workshop:
    """Give the workshop after an edit with what was decided by it in the log.

    An edit that brings another log, such as taking somebody else's file, keeps that. A log that
    grew past `MOST_ENTRIES` loses its oldest, those first that were taken back: with more, the
    workshop could not be saved.
    """
    if after.log is not before.log:
        return after
    log = list(before.log)
    for new in _news(model, before, after):
        last = _last_live(log)
        if last is not None and _goes_on(last, new) and abs(at - last.at) <= _COUNTED_WITHIN:
            continue
        number = log[-1].number + 1 if log else 1
        log.append(msgspec.structs.replace(new, number=number, at=at))
    about = _touched(before, after)
    return msgspec.structs.replace(after, log=_up_to_date(model, _bounded(log), after, about))


def entries_of(before: Workshop, made: Workshop, after: Workshop) -> tuple[int, ...] | None:
    """Give the numbers of the entries that `written` put in the log; None where it put none in.

    `made` is what the edit made of `before`: where that brought another log, its numbers say
    nothing of ours, however alike they look.
    """
    if made.log is not before.log:
        return None
    last = before.log[-1].number if before.log else 0
    return tuple(entry.number for entry in after.log if entry.number > last)


def moved(
    model: Model,
    now: Workshop,
    to: Workshop,
    numbers: Collection[int] | None,
    *,
    taken_back: bool,
) -> Workshop:
    """Give the workshop that Undo or Redo comes to, with today's log and the entries marked.

    `numbers` are those that the step wrote; None has the log go back and forth with the step.
    """
    if numbers is None:
        return to
    log = [
        msgspec.structs.replace(entry, taken_back=taken_back) if entry.number in numbers else entry
        for entry in now.log
    ]
    about = _touched(now, to) | {_about(entry) for entry in log if entry.number in numbers}
    return msgspec.structs.replace(to, log=_up_to_date(model, log, to, about))


def minutes(workshop: Workshop) -> tuple[Entry, ...]:
    """Give the entries that stand, in the order in which they were written."""
    return tuple(entry for entry in workshop.log if entry.stands)


def _news(model: Model, before: Workshop, after: Workshop) -> Iterator[Entry]:
    """Go through what changed, each as an entry that has no number and no time yet."""
    for old, new in _changed_rows(before, after):
        yield from _row_news(model, old, new)
    if after.actions is not before.actions:
        yield from _action_news(before, after)
    if after.first_actions != before.first_actions:
        was, now = _first_words(before), _first_words(after)
        yield _new(Kind.PUT_FIRST, was=was, now=now)


def _changed_rows(before: Workshop, after: Workshop) -> Iterator[tuple[RowRecord, RowRecord]]:
    """Go through the rows of which something else is recorded, each as it was and as it is."""
    if after.rows is before.rows:
        return
    old_rows = {record.row: record for record in before.rows}
    new_rows = {record.row: record for record in after.rows}
    for row_id in dict.fromkeys((*old_rows, *new_rows)):
        old, new = old_rows.get(row_id), new_rows.get(row_id)
        # What an edit leaves alone is the same object, and there are hundreds of rows at most.
        if old is not new and old != new:
            blank = RowRecord(row=row_id)
            yield old or blank, new or blank


def _action_news(before: Workshop, after: Workshop) -> Iterator[Entry]:
    old_actions = {action.id: action for action in before.actions}
    new_actions = {action.id: action for action in after.actions}
    for action in after.actions:
        if action.id not in old_actions:
            yield _new(Kind.ACTION_ADDED, row=action.row, action=action.id, now=_wording(action))
    for action in before.actions:
        if action.id not in new_actions:
            yield _new(Kind.ACTION_REMOVED, row=action.row, action=action.id, was=_wording(action))


def _row_news(model: Model, old: RowRecord, new: RowRecord) -> Iterator[Entry]:
    if (old.outcome, old.level, old.lean) != (new.outcome, new.level, new.lean):
        was, now = standing(model, old), standing(model, new)
        yield _new(Kind.DECISION, row=new.row, was=was, now=now, reason=_reason(new))
    for when, kind in _HANDS.items():
        was, now = _tally_words(model, old, when), _tally_words(model, new, when)
        if was != now:
            yield _new(kind, row=new.row, was=was, now=now)
    if new.previous_shown and not old.previous_shown:
        yield _new(Kind.PREVIOUS_SHOWN, row=new.row)


def _goes_on(last: Entry, new: Entry) -> bool:
    """Tell whether an entry is only the next hand of a count, or the next action put first."""
    return new.kind in COUNTED and (last.kind, last.row) == (new.kind, new.row)


def _last_live(log: list[Entry]) -> Entry | None:
    return next((entry for entry in reversed(log) if not entry.taken_back), None)


def _about(entry: Entry) -> _About:
    return entry.kind, entry.action or entry.row


def _touched(before: Workshop, after: Workshop) -> set[_About]:
    """Give what the entries are about that may have to say something else now."""
    about: set[_About] = set()
    for _, record in _changed_rows(before, after):
        about |= {(kind, record.row) for kind in (Kind.DECISION, *_HANDS.values())}
    if after.actions is not before.actions:
        old = {action.id: action for action in before.actions}
        changed = (a.id for a in after.actions if old.get(a.id) != a)
        about |= {(Kind.ACTION_ADDED, action_id) for action_id in changed}
    if after.actions is not before.actions or after.first_actions != before.first_actions:
        about.add((Kind.PUT_FIRST, None))
    return about


def _up_to_date(
    model: Model, log: list[Entry], workshop: Workshop, about: set[_About]
) -> tuple[Entry, ...]:
    """Bring the last entry about each of these in line with what is recorded."""
    left = set(about)
    for index in range(len(log) - 1, -1, -1):
        if not left:
            break
        entry = log[index]
        if entry.taken_back or _about(entry) not in left:
            continue
        left.discard(_about(entry))
        log[index] = _as_recorded(model, entry, workshop)
    return tuple(log)


def _as_recorded(model: Model, entry: Entry, workshop: Workshop) -> Entry:
    record = workshop.row(entry.row or "")
    if entry.kind is Kind.ACTION_ADDED:
        action = next((a for a in workshop.actions if a.id == entry.action), None)
        words = _wording(action) if action is not None else entry.now
        return msgspec.structs.replace(entry, now=words)
    if entry.kind is Kind.DECISION:
        return msgspec.structs.replace(entry, reason=_reason(record))
    if entry.kind in _HANDS.values():
        when = When.BEFORE if entry.kind is Kind.HANDS_BEFORE else When.AFTER
        return msgspec.structs.replace(entry, now=_tally_words(model, record, when))
    if entry.kind is Kind.PUT_FIRST:
        return msgspec.structs.replace(entry, now=_first_words(workshop))
    return entry


def _bounded(log: list[Entry]) -> list[Entry]:
    excess = len(log) - MOST_ENTRIES
    if excess <= 0:
        return log
    first_to_go = sorted(log, key=lambda entry: (not entry.taken_back, entry.number))
    gone = {entry.number for entry in first_to_go[:excess]}
    return [entry for entry in log if entry.number not in gone]


def _new(
    kind: Kind,
    *,
    row: str | None = None,
    action: str | None = None,
    was: str = "",
    now: str = "",
    reason: str = "",
) -> Entry:
    return Entry(
        number=0, at=_NEVER, kind=kind, row=row, action=action, was=was, now=now, reason=reason
    )


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def _reason(record: RowRecord) -> str:
    return record.reason if record.outcome.needs_reason else ""


def _tally_words(model: Model, record: RowRecord, when: When) -> str:
    return hands_words(model, record.tally(when))


def _wording(action: Action) -> str:
    return action.to_do.strip() or _UNWRITTEN


def _first_words(workshop: Workshop) -> str:
    by_id = {action.id: action for action in workshop.actions}
    return BETWEEN_ACTIONS.join(_wording(by_id[i]) for i in workshop.first_actions if i in by_id)

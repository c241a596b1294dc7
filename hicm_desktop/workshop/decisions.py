"""The decision log: written by the edits themselves, and taken back in it by Undo.

Pure. `written` follows an edit, `moved` follows Undo and Redo. The log is carried along and never
put back with the rest: an entry that was taken back stays in it, marked as that.

What is still being said under an entry keeps it up to date instead of adding another: a reason
that is typed, hands that are counted one by one, actions put first one by one, the wording of an
action. That ends after a while, with a sign-off, and where the words of the entry were taken out:
what is said then is an entry of its own, so that no old one comes to say something else.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import TypeAlias

from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import (
    BETWEEN_ACTIONS,
    COUNTED,
    MOST_ENTRIES,
    NO_WORDING,
    REASON_WAS,
    WORDS_OUT,
    Entry,
    Kind,
)
from hicm_desktop.workshop.spread import hands_words
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Action, RowRecord, Workshop
from hicm_desktop.workshop.words import standing, wording

_Log: TypeAlias = tuple[Entry, ...]

_HANDS = {When.BEFORE: Kind.HANDS_BEFORE, When.AFTER: Kind.HANDS_AFTER}
_TELL_REASON = (Kind.DECISION, Kind.REASON_CHANGED)
_TELL_WORDING = (Kind.ACTION_ADDED, Kind.ACTION_CHANGED)
_GOES_ON_FOR = dt.timedelta(minutes=10)
"""What is said within this time of the first of it is one entry."""


def written(
    model: Model,
    before: Workshop,
    made: Workshop,
    at: dt.datetime,
    *,
    brings_log: bool = False,
) -> Workshop:
    """Give the workshop that an edit `made` of `before`, with what was decided by it in the log.

    An edit that brings another log, as somebody else's file does, keeps that. A log that grew past
    `MOST_ENTRIES` loses its oldest, those first that were taken back: with more, the workshop could
    not be saved. Where nothing was decided the log is the very one that was there.
    """
    if brings_log:
        return made
    log = made.log
    for new in _news(model, before, made):
        log = _told(log, new, made, at)
    if made.actions is not before.actions and made.first_actions == before.first_actions:
        log = _reworded_first(log, before, made, at)
    return made if log is made.log else replace(made, log=_bounded(log))


def entries_of(
    before: Workshop, after: Workshop, *, brings_log: bool = False
) -> tuple[int, ...] | None:
    """Give the numbers of the entries that `written` put in the log; None where it put none in.

    Where an edit brought another log, its numbers say nothing of ours, however alike they look.
    """
    if brings_log:
        return None
    last = before.log[-1].number if before.log else 0
    return tuple(entry.number for entry in after.log if entry.number > last)


def moved(
    now: Workshop, to: Workshop, numbers: Collection[int] | None, *, taken_back: bool
) -> Workshop:
    """Give the workshop that Undo or Redo comes to, with today's log and the entries marked.

    `numbers` are those that the step wrote; None has the log go back and forth with the step. Any
    other entry that `to` knows says again what it said there.
    """
    if numbers is None:
        return to
    said = {entry.number: entry for entry in to.log}
    log = []
    for entry in now.log:
        is_back = taken_back if entry.number in numbers else entry.taken_back
        known = said.get(entry.number, entry)
        log.append(known if known.taken_back is is_back else replace(known, taken_back=is_back))
    return replace(to, log=tuple(log))


def minutes(workshop: Workshop) -> tuple[Entry, ...]:
    """Give the entries that stand, in the order in which they were written."""
    return tuple(entry for entry in workshop.log if entry.stands)


def _news(model: Model, before: Workshop, after: Workshop) -> Iterator[Entry]:
    """Go through what changed, each as an entry that has no number and no time yet."""
    for old, new in _changed_rows(before, after):
        yield from _row_news(model, before.log, old, new)
    if after.actions is not before.actions:
        yield from _action_news(before, after)
    if after.first_actions != before.first_actions:
        was, now = _first_words(before), _first_words(after)
        yield _new(Kind.PUT_FIRST, was=was, now=now)
    if after.sealed is not before.sealed:
        yield from _seal_news(before, after)


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


def _row_news(model: Model, log: _Log, old: RowRecord, new: RowRecord) -> Iterator[Entry]:
    if (old.outcome, old.level, old.lean) != (new.outcome, new.level, new.lean):
        was, now = standing(model, old), standing(model, new)
        if old.reason.strip() and not new.reason and not _is_told(log, old):
            was = f"{was}{REASON_WAS}{old.reason}"
        yield _new(Kind.DECISION, row=new.row, was=was, now=now, reason=_reason(new))
    elif _reason(old) != _reason(new):
        yield _new(Kind.REASON_CHANGED, row=new.row, was=_reason(old), now=_reason(new))
    for when, kind in _HANDS.items():
        if old.tally(when) != new.tally(when):
            was, now = (hands_words(model, record.tally(when)) for record in (old, new))
            if was != now:
                yield _new(kind, row=new.row, was=was, now=now)
    if new.previous_shown and not old.previous_shown:
        yield _new(Kind.PREVIOUS_SHOWN, row=new.row)


def _action_news(before: Workshop, after: Workshop) -> Iterator[Entry]:
    old_actions = {action.id: action for action in before.actions}
    new_actions = {action.id: action for action in after.actions}
    for action in after.actions:
        old = old_actions.get(action.id)
        if old is None:
            yield _of_action(Kind.ACTION_ADDED, action, now=wording(action))
        elif _told_of(old) != _told_of(action):
            yield _of_action(Kind.ACTION_CHANGED, action, was=wording(old), now=wording(action))
    for action in before.actions:
        if action.id not in new_actions:
            yield _of_action(Kind.ACTION_REMOVED, action, was=wording(action))


def _seal_news(before: Workshop, after: Workshop) -> Iterator[Entry]:
    old, new = ({sealed.number for sealed in w.sealed} for w in (before, after))
    for kind, numbers in ((Kind.SIGNED_OFF, new - old), (Kind.SEAL_REMOVED, old - new)):
        for number in sorted(numbers):
            yield _new(kind, version=number, now=f"Version {number}")


def _told(log: _Log, new: Entry, workshop: Workshop, at: dt.datetime) -> _Log:
    """Give the log with news in it: under an entry that goes on, or else in one of its own."""
    if new.kind in (Kind.ACTION_CHANGED, Kind.ACTION_REMOVED):
        log = _moved_with(log, new)
    if new.kind is Kind.ACTION_CHANGED and new.was == new.now:
        return log  # it has only moved
    place = _place_before(log, new)
    if place is None:
        return _with(log, new, at)
    entry = log[place]
    if new.kind is Kind.ACTION_REMOVED:
        if _came_to_nothing(entry, new) and not _is_held(entry, workshop):
            return _put(log, place, replace(entry, now=""))
        return _with(log, replace(new, was=WORDS_OUT) if entry.words_out else new, at)
    is_reason = entry.kind is Kind.DECISION
    if _goes_on(entry, workshop, at):
        told = replace(entry, reason=new.now) if is_reason else replace(entry, now=new.now)
        return _put(log, place, told)
    if new.kind not in COUNTED:
        new = replace(new, was=entry.reason if is_reason else entry.now)
    return _with(log, new, at)


def _place_before(log: _Log, new: Entry) -> int | None:
    """Give the place of the entry that said, until now, what news say otherwise."""
    if new.kind is Kind.REASON_CHANGED:
        return _find(log, _TELL_REASON, row=new.row)
    if new.kind in (Kind.ACTION_CHANGED, Kind.ACTION_REMOVED):
        return _find(log, _TELL_WORDING, action=new.action)
    if new.kind not in COUNTED:
        return None
    last = _find(log)
    is_same = last is not None and (log[last].kind, log[last].row) == (new.kind, new.row)
    return last if is_same else None


def _reworded_first(log: _Log, before: Workshop, after: Workshop, at: dt.datetime) -> _Log:
    """Give the log with the actions put first by their wording of now, while that goes on."""
    was, now = _first_words(before), _first_words(after)
    place = None if was == now else _find(log, (Kind.PUT_FIRST,))
    if place is None or not _goes_on(log[place], after, at):
        return log
    return _put(log, place, replace(log[place], now=now))


def _moved_with(log: _Log, new: Entry) -> _Log:
    """Give the log with what it tells of an action under the row or change it belongs to now."""
    here = (new.row, new.change)
    if all(e.action != new.action or (e.row, e.change) == here for e in log):
        return log
    return tuple(
        replace(e, row=new.row, change=new.change)
        if e.action == new.action and not e.taken_back
        else e
        for e in log
    )


def _find(
    log: _Log,
    kinds: Collection[Kind] = tuple(Kind),
    *,
    row: str | None = None,
    action: str | None = None,
) -> int | None:
    """Give the place of the last entry that was not taken back, of some kinds, about one thing."""
    for place in range(len(log) - 1, -1, -1):
        entry = log[place]
        if entry.taken_back or entry.kind not in kinds:
            continue
        if row in (None, entry.row) and action in (None, entry.action):
            return place
    return None


def _goes_on(entry: Entry, workshop: Workshop, at: dt.datetime) -> bool:
    """Tell whether an entry may still come to say something else."""
    if entry.words_out or abs(at - entry.at) > _GOES_ON_FOR:
        return False
    return not _is_held(entry, workshop)


def _is_held(entry: Entry, workshop: Workshop) -> bool:
    """Tell whether a version that was signed off holds an entry."""
    for sealed in workshop.sealed:
        log = sealed.content.log
        place = bisect_left(log, entry.number, key=lambda e: e.number)
        if place < len(log) and log[place].number == entry.number:
            return True
    return False


def _came_to_nothing(added: Entry, removed: Entry) -> bool:
    """Tell whether an action was never worded from when it was added to when it was removed."""
    return added.kind is Kind.ACTION_ADDED and added.now == removed.was == NO_WORDING


def _is_told(log: _Log, record: RowRecord) -> bool:
    """Tell whether the log says the reason of a row, or had it taken out."""
    return any(
        entry.row == record.row
        and not entry.taken_back
        and (entry.words_out or record.reason in (entry.reason, entry.now))
        for entry in log
        if entry.kind in _TELL_REASON
    )


def _with(log: _Log, new: Entry, at: dt.datetime) -> _Log:
    number = log[-1].number + 1 if log else 1
    return (*log, replace(new, number=number, at=at))


def _put(log: _Log, place: int, entry: Entry) -> _Log:
    return (*log[:place], entry, *log[place + 1 :])


def _bounded(log: _Log) -> _Log:
    """Leave out the oldest of too many; the numbers of versions are read from the log, and stay."""
    excess = len(log) - MOST_ENTRIES
    if excess <= 0:
        return log
    first_to_go = sorted(log, key=lambda e: (e.kind is Kind.SIGNED_OFF, not e.taken_back, e.number))
    gone = {entry.number for entry in first_to_go[:excess]}
    return tuple(entry for entry in log if entry.number not in gone)


def _new(
    kind: Kind,
    *,
    row: str | None = None,
    version: int | None = None,
    was: str = "",
    now: str = "",
    reason: str = "",
) -> Entry:
    return Entry(
        number=0, at=_NEVER, kind=kind, row=row, version=version, was=was, now=now, reason=reason
    )


def _of_action(kind: Kind, action: Action, *, was: str = "", now: str = "") -> Entry:
    change = action.change if action.row is None else None
    new = _new(kind, row=action.row, was=was, now=now)
    return replace(new, change=change, action=action.id)


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def _told_of(action: Action) -> tuple[str | None, ...]:
    """Give what the log tells of an action: its wording, and where it belongs."""
    return wording(action), action.row, action.change if action.row is None else None


def _reason(record: RowRecord) -> str:
    return record.reason if record.outcome.needs_reason else ""


def _first_words(workshop: Workshop) -> str:
    return BETWEEN_ACTIONS.join(wording(workshop.action(i)) for i in workshop.first_actions)

"""The clock and the pace: whole seconds, whatever the computer, its zone or its lid did."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.clock import FORGOTTEN_AFTER, MOST_SECONDS, Clock, Spent
from hicm_desktop.workshop.edits import SetOutcome
from hicm_desktop.workshop.pace import (
    Pace,
    break_words,
    next_change,
    pace,
    row_words,
    time_words,
)
from hicm_desktop.workshop.room_edits import EndBreak, PauseClock, StartClock, TakeBreak
from hicm_desktop.workshop.values import AgendaItem, Details, Outcome, Workshop

NOW = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
LONDON = ZoneInfo("Europe/London")
A, B = "home-first", "housing"
SECOND = dt.timedelta(seconds=1)


def after(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


# What is counted


def test_time_is_counted_for_the_change_that_is_timed_alone() -> None:
    clock = Clock().started(A, NOW)
    assert (
        clock.runs(after(90.9)),
        clock.seconds(A, after(90.9)),
        clock.seconds(B, after(90)),
    ) == (
        True,
        90,
        0,
    )
    other = clock.started(B, after(100))
    assert (other.seconds(A, after(130)), other.seconds(B, after(130))) == (100, 30)
    back = other.started(A, after(160))
    assert (back.seconds(A, after(170)), back.seconds(B, after(170))) == (110, 60)


def test_starting_what_runs_changes_nothing() -> None:
    clock = Clock().started(A, NOW)
    assert clock.started(A, after(50)) is clock


def test_stopping_keeps_what_was_spent_and_what_stands_stays_as_it_is() -> None:
    clock = Clock().started(A, NOW).stopped(after(61.5))
    assert clock == Clock(change=A, spent=(Spent(change=A, seconds=61),))
    assert clock.stopped(after(500)) is clock
    assert clock.seconds(A, after(500)) == 61
    assert Clock().started(A, NOW).stopped(NOW) == Clock(change=A)


def test_a_lid_that_was_closed_and_a_crash_lose_no_time() -> None:
    """Nothing ticks: what is spent is asked of the moment at which it was started."""
    clock = Clock().started(A, NOW)
    assert clock.seconds(A, after(3 * 3600)) == 3 * 3600


def test_a_clock_of_the_computer_that_was_put_back_counts_as_no_time() -> None:
    clock = Clock(spent=(Spent(change=A, seconds=300),)).started(A, NOW)
    assert clock.seconds(A, after(-3600)) == 300
    assert clock.stopped(after(-3600)) == Clock(change=A, spent=(Spent(change=A, seconds=300),))


def test_time_goes_on_over_a_change_of_the_clocks_and_in_another_zone() -> None:
    before = dt.datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)  # 01:30, the first of two
    clock = Clock().started(A, before.astimezone(dt.UTC).astimezone(LONDON))
    later = dt.datetime(2026, 10, 25, 1, 40, tzinfo=LONDON, fold=1)
    fixed = [later.astimezone(dt.UTC), later.astimezone(ZoneInfo("Asia/Tokyo"))]
    assert [clock.seconds(A, at) for at in fixed] == [70 * 60, 70 * 60]


def test_a_clock_that_was_left_running_overnight_was_forgotten_and_counts_no_night() -> None:
    clock = Clock(spent=(Spent(change=A, seconds=300),)).started(A, NOW)
    long, forgotten = NOW + FORGOTTEN_AFTER - SECOND, NOW + FORGOTTEN_AFTER
    assert (clock.runs(long), clock.seconds(A, long)) == (True, 300 + 12 * 3600 - 1)
    assert (clock.runs(forgotten), clock.seconds(A, forgotten)) == (False, 300)
    assert clock.stopped(forgotten).spent == (Spent(change=A, seconds=300),)
    again = clock.started(A, forgotten)
    assert (again.since, again.seconds(A, forgotten + SECOND)) == (forgotten, 301)


def test_a_night_is_no_long_discussion() -> None:
    evening = dt.datetime(2026, 11, 12, 20, 45, tzinfo=LONDON)
    clock = Clock().started(A, evening)
    for hours, minutes, runs in ((3, 14, True), (3, 59, True), (4, 1, False), (11, 45, False)):
        now = evening + dt.timedelta(hours=hours, minutes=minutes)
        assert clock.runs(now) is runs, now
        assert clock.seconds(A, now) == ((hours * 60 + minutes) * 60 if runs else 0)
    morning = dt.datetime(2026, 11, 12, 8, 30, tzinfo=LONDON)
    assert Clock().started(A, morning).runs(morning + dt.timedelta(hours=11)), "a day is"
    resting = Clock().on_break(evening, evening + dt.timedelta(minutes=15))
    assert resting.break_at(evening + dt.timedelta(hours=11)) is None


def test_what_is_another_day_is_asked_of_the_clock_on_the_wall() -> None:
    """Ten in the evening in UTC is tomorrow already in Helsinki."""
    start = dt.datetime(2026, 11, 12, 21, 0, tzinfo=dt.UTC)
    now = dt.datetime(2026, 11, 13, 2, 0, tzinfo=dt.UTC)
    assert not Clock().started(A, start).runs(now)
    assert Clock().started(A, start).runs(now.astimezone(ZoneInfo("Asia/Tokyo")))


def test_a_moment_far_ahead_of_a_clock_that_was_put_back_counts_as_none() -> None:
    clock = Clock().started(A, NOW + FORGOTTEN_AFTER)
    assert not clock.runs(NOW)
    assert clock.runs(NOW + SECOND)
    assert clock.seconds(A, NOW + SECOND) == 0
    resting = Clock().on_break(NOW, NOW + FORGOTTEN_AFTER)
    assert resting.break_at(NOW) is None
    assert resting.break_at(NOW + SECOND) is not None


def test_a_change_counts_no_more_than_a_file_may_say() -> None:
    clock = Clock(spent=(Spent(change=A, seconds=MOST_SECONDS - 5),)).started(A, NOW)
    assert clock.stopped(after(10)).spent == (Spent(change=A, seconds=MOST_SECONDS),)


def test_a_break_that_nobody_ended_is_none_by_the_next_day() -> None:
    clock = Clock().on_break(NOW, after(900))
    assert clock.break_at(after(899) + FORGOTTEN_AFTER) == after(900)
    assert clock.break_at(after(900) + FORGOTTEN_AFTER) is None


def test_after_a_break_the_clock_runs_only_where_it_ran_before(blank: Workshop) -> None:
    started = StartClock(A, NOW).apply(blank)
    rest = TakeBreak(after(60), after(960))
    ran = EndBreak(after(900)).apply(rest.apply(started))
    assert (ran.clock.since, ran.clock.seconds(A, after(930))) == (after(900), 90)
    stood = EndBreak(after(900)).apply(rest.apply(PauseClock(after(30)).apply(started)))
    assert (stood.clock.since, stood.clock.seconds(A, after(930))) == (None, 30)


def test_a_break_stops_the_clock_and_remembers_what_to_go_on_with() -> None:
    until = after(900)
    clock = Clock().started(A, NOW).on_break(after(60), until)
    assert (clock.runs(after(61)), clock.break_until, clock.change) == (False, until, A)
    assert clock.seconds(A, after(600)) == 60
    longer = clock.on_break(after(100), after(1200))
    assert (longer.break_until, longer.change) == (after(1200), A)
    assert clock.after_break() == Clock(change=A, spent=(Spent(change=A, seconds=60),))
    assert clock.started(B, after(300)).break_until is None


def test_what_a_clock_promises_it_checks() -> None:
    for wrong, words in (
        ({"since": NOW}, "needs a change"),
        ({"change": A, "since": NOW, "break_until": NOW}, "stands during a break"),
        ({"spent": (Spent(change=A, seconds=1), Spent(change=A, seconds=2))}, "timed twice"),
    ):
        with pytest.raises(ValueError, match=words):
            replace(Clock(), **wrong)
    for seconds in (-1, MOST_SECONDS + 1):
        with pytest.raises(ValueError, match="lie between"):
            Spent(change=A, seconds=seconds)


# The edits


def test_the_edits_of_the_clock_name_what_they_do(model: Model, blank: Workshop) -> None:
    started = StartClock(A, NOW).apply(blank)
    assert started.clock == Clock(change=A, since=NOW)
    paused = PauseClock(after(60)).apply(started)
    assert paused.clock.spent == (Spent(change=A, seconds=60),)
    rest = TakeBreak(after(70), after(970)).apply(started)
    assert rest.clock.break_until == after(970)
    again = EndBreak(after(990)).apply(rest)
    assert again.clock == Clock(change=A, since=after(990), spent=(Spent(change=A, seconds=70),))
    assert EndBreak(NOW).apply(again) is again
    none = EndBreak(after(5)).apply(TakeBreak(NOW, after(900)).apply(blank))
    assert none.clock == Clock()
    assert [
        edit.describe(model)
        for edit in (StartClock(A, NOW), PauseClock(NOW), TakeBreak(NOW, after(900)), EndBreak(NOW))
    ] == ["Start the clock, Home first", "Pause the clock", "Break until 10:15", "End the break"]


# The pace


def planned(blank: Workshop, minutes: int) -> Workshop:
    return replace(blank, details=Details(agenda=(AgendaItem(change=A, minutes=minutes),)))


def test_the_pace_of_a_change_is_that_of_its_agenda_and_its_open_rows(
    model: Model, blank: Workshop
) -> None:
    workshop = StartClock(A, NOW).apply(planned(blank, 10))
    assert pace(model, workshop, A, after(60)) == Pace(
        planned=600, spent=60, left=540, open_rows=3, per_row=180, running=True
    )
    parked = SetOutcome("discharge-to-assess", Outcome.PARKED).apply(workshop)
    assert pace(model, parked, A, after(60)).per_row == 270
    assert pace(model, workshop, B, after(60)) == Pace(
        planned=None, spent=0, left=None, open_rows=4, per_row=None, running=False
    )
    paused = PauseClock(after(60)).apply(workshop)
    assert not pace(model, paused, A, after(90)).running
    with pytest.raises(KeyError):
        pace(model, workshop, "gone", NOW)


@pytest.mark.parametrize(
    ("minutes", "seconds", "told", "rows"),
    [
        (10, 0, "10 min left", "3 min for each of 3 rows"),
        (10, 1, "10 min left", "3 min for each of 3 rows"),
        (12, 1, "12 min left", "4 min for each of 3 rows"),
        (10, 60, "9 min left", "3 min for each of 3 rows"),
        (10, 599, "1 min left", "Less than 1 min for each of 3 rows"),
        (10, 600, "Time is up", ""),
        (10, 659, "Time is up", ""),
        (10, 660, "1 min over", ""),
        (0, 0, "0 min so far", ""),
        (0, 125, "2 min so far", ""),
    ],
)
def test_the_pace_is_told_in_whole_minutes(
    minutes: int, seconds: int, told: str, rows: str, model: Model, blank: Workshop
) -> None:
    workshop = StartClock(A, NOW).apply(planned(blank, minutes))
    found = pace(model, workshop, A, after(seconds))
    assert (time_words(found), row_words(found)) == (told, rows)


def test_the_last_row_is_told_as_that_and_a_change_of_none_says_nothing(
    model: Model, blank: Workshop
) -> None:
    workshop = planned(blank, 10)
    for row in ("discharge-to-assess", "reablement-and-pathways"):
        workshop = SetOutcome(row, Outcome.PARKED).apply(workshop)
    assert row_words(pace(model, workshop, A, NOW)) == "10 min for the last row"
    workshop = SetOutcome("embedding-home-first", Outcome.PARKED).apply(workshop)
    assert row_words(pace(model, workshop, A, NOW)) == ""
    assert time_words(pace(model, blank, A, NOW)) == ""


# Breaks


def on_break(blank: Workshop, at: dt.datetime, minutes: int) -> Workshop:
    return TakeBreak(at, at + dt.timedelta(minutes=minutes)).apply(blank)


@pytest.mark.parametrize(
    ("at", "minutes", "told"),
    [
        (dt.datetime(2026, 11, 12, 23, 50, tzinfo=LONDON), 20, "00:10"),
        (dt.datetime(2026, 12, 31, 23, 59, tzinfo=LONDON), 2, "00:01"),
        (dt.datetime(2026, 3, 29, 0, 50, tzinfo=dt.UTC), 20, "02:10"),  # the clocks go forward
        (dt.datetime(2026, 10, 25, 0, 50, tzinfo=dt.UTC), 20, "01:10"),  # the clocks go back
        (dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC), 15, "11:15"),
    ],
)
def test_a_break_is_told_by_the_clock_on_the_wall(
    at: dt.datetime, minutes: int, told: str, blank: Workshop
) -> None:
    workshop = on_break(blank, at, minutes)
    until = workshop.clock.break_until
    assert until is not None
    second = dt.timedelta(seconds=1)
    for now, words in (
        (at, "Break until"),
        (until - second, "Break until"),
        (until, "Break, over at"),
    ):
        assert break_words(workshop, now.astimezone(LONDON)) == f"{words} {told}"


def test_without_a_break_nothing_is_said(blank: Workshop) -> None:
    assert break_words(blank, NOW) == ""
    assert break_words(EndBreak(NOW).apply(on_break(blank, NOW, 5)), NOW) == ""


# When to look again


def test_words_are_looked_at_again_when_a_minute_of_the_change_is_full(blank: Workshop) -> None:
    running = StartClock(A, NOW).apply(blank)
    for seconds, due in ((0, 60), (59, 60), (60, 120), (61.5, 120.5)):
        assert next_change(running, after(seconds)) == after(due)
    spent = replace(running, clock=replace(running.clock, spent=(Spent(change=A, seconds=45),)))
    assert next_change(spent, NOW) == after(15)
    assert next_change(blank, NOW) == after(60)


def test_words_are_looked_at_again_when_a_break_is_over(blank: Workshop) -> None:
    workshop = TakeBreak(NOW, after(100)).apply(blank)
    assert next_change(workshop, NOW) == after(60)
    assert next_change(workshop, after(70)) == after(100)
    assert break_words(workshop, next_change(workshop, after(70))) == "Break, over at 10:01"
    assert next_change(workshop, after(100)) == after(160)

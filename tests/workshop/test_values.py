"""What recorded values promise, however they are made, and what a workshop gives by id."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    ChangeRecord,
    Outcome,
    Progress,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import duration_words

AGREED = (Outcome.AGREED, Outcome.AGREED_WITH_RESERVATION)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_level_stands_exactly_where_the_outcome_is_agreed(outcome: Outcome) -> None:
    fitting, other = ("mature", None) if outcome in AGREED else (None, "mature")
    record = RowRecord(row="planned", outcome=outcome, level=fitting)
    with pytest.raises(ValueError, match="level"):
        msgspec.structs.replace(record, level=other)


def test_an_action_is_due_on_a_date_or_in_words() -> None:
    action = Action(id="a", due_words="end of March")
    with pytest.raises(ValueError, match="not both"):
        msgspec.structs.replace(action, due_on=dt.date(2027, 3, 31))


@pytest.mark.parametrize("minutes", [0, 24 * 60])
def test_minutes_lie_within_a_day(minutes: int) -> None:
    assert AgendaItem(change="home-first", minutes=minutes).minutes == minutes


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_minutes_beyond_a_day_are_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        AgendaItem(change="home-first", minutes=minutes)


@pytest.mark.parametrize(
    ("outcome", "words", "needs_reason"),
    [
        (Outcome.NOT_DISCUSSED, "Not discussed", False),
        (Outcome.AGREED, "Agreed", False),
        (Outcome.AGREED_WITH_RESERVATION, "Agreed with reservation", True),
        (Outcome.PARKED, "Parked", True),
        (Outcome.NOT_APPLICABLE, "Not applicable", True),
    ],
)
def test_an_outcome_has_its_words_and_may_need_a_reason(
    outcome: Outcome, words: str, *, needs_reason: bool
) -> None:
    assert (outcome.words, outcome.needs_reason) == (words, needs_reason)


def test_progress_has_its_words() -> None:
    assert [p.words for p in Progress] == ["Not started", "Under way", "Done"]


def test_what_was_not_recorded_reads_as_blank(blank: Workshop) -> None:
    assert blank.row("planned") == RowRecord(row="planned")
    assert blank.change("home-first") == ChangeRecord(change="home-first")
    assert blank.agenda_item("home-first") == AgendaItem(change="home-first")


def test_what_was_recorded_is_found_by_its_id(sample: Workshop) -> None:
    assert sample.row("choice-protocol").outcome is Outcome.PARKED
    assert sample.change("care-homes").culture == "Homes are partners, not beds."
    assert not sample.agenda_item("housing").in_scope
    assert sample.action("action-05").progress is Progress.DONE
    assert [a.id for a in sample.actions_of("emergency")] == ["action-01", "action-02"]


def test_an_action_that_is_not_there_is_not_found(sample: Workshop) -> None:
    with pytest.raises(KeyError, match="action-99"):
        sample.action("action-99")


def test_an_action_is_overdue_the_day_after_its_date_unless_it_is_done() -> None:
    day = dt.date(2027, 3, 31)
    action = Action(id="a", due_on=day)
    assert not action.is_overdue(day)
    assert action.is_overdue(day + dt.timedelta(days=1))
    done = msgspec.structs.replace(action, progress=Progress.DONE)
    assert not done.is_overdue(dt.date.max)
    assert not Action(id="a", due_words="last year").is_overdue(dt.date.max)


def test_records_the_model_does_not_have_are_orphans(model: Model, sample: Workshop) -> None:
    assert sample.orphans(model) == ()
    assert sample.orphan_changes(model) == ()
    row, change = RowRecord(row="gone", note="x"), ChangeRecord(change="gone", note="x")
    workshop = msgspec.structs.replace(
        sample, rows=(row, *sample.rows), changes=(*sample.changes, change)
    )
    assert workshop.orphans(model) == (row,)
    assert workshop.orphan_changes(model) == (change,)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (151, "2 h 31 min"), (180, "3 h")],
)
def test_how_long_something_takes_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert duration_words(minutes) == words

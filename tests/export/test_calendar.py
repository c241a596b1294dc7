"""The calendar file, read back from real files: every dated action, once, whole, on its day."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from icalendar import Calendar

from hicm_desktop.errors import ExportError
from hicm_desktop.export.calendar import read_back, render_calendar, write_calendar
from hicm_desktop.export.due_dates import dated, undated, undated_words
from hicm_desktop.export.watching import Cancelled
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Progress, Workshop
from tests.export.elsewhere import digests_of_sample
from tests.export.golden import assert_golden
from tests.export.workshops import ABROAD, CONTROL, LONG, LONG_WORD, MARKUP, SPACED

DUE = dt.date(2027, 3, 1)


@pytest.fixture(scope="module")
def report(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample)


def with_actions(model: Model, blank: Workshop, *actions: Action) -> Report:
    return build_report(model, msgspec.structs.replace(blank, actions=actions))


def events(report: Report, folder: Path) -> list[Any]:
    """Give the events of a calendar that was written to a file and read from it again."""
    write_calendar(report, folder / "plan.ics")
    return Calendar.from_ical((folder / "plan.ics").read_bytes()).walk("VEVENT")


# What is in it


def test_the_sample_reads_as_it_did_when_it_was_found_good(report: Report) -> None:
    written = render_calendar(report).decode("utf-8")
    assert_golden("sample.ics", written.replace("\r\n", "\n"))


def test_each_dated_action_is_an_event_of_its_whole_day(report: Report, tmp_path: Path) -> None:
    found = events(report, tmp_path)
    actions = [action for action in report.actions if action.due_on]
    assert len(found) == len(actions) == 9
    for event, action in zip(found, actions, strict=True):
        assert action.due_on is not None
        assert event["dtstart"].dt == action.due_on
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].dt == action.due_on + dt.timedelta(days=1)
        assert event["transp"] == "TRANSPARENT"
        assert event["summary"].removeprefix("Done: ") == action.to_do
        told = event["description"].split("\n")
        assert told[0] == action.change_heading
        assert f"Owner: {action.owner or 'Not named yet'}" in told
        assert f"Progress: {action.progress.words}" in told
        assert f"How will you know it has been successful? {action.success}" in told
        assert "Workshop: Northbridge · 12 November 2026" in told
        assert told[-2:] == [
            "Model: High Impact Change Model, 2019 refresh, pre-publication draft",
            f"Source: {report.model_source}",
        ]
        assert not event.subcomponents, "no bell was asked for"


def test_what_outlook_would_pass_over_is_not_in_it(report: Report) -> None:
    assert b"VTODO" not in render_calendar(report)


def test_the_calendar_says_what_it_is_and_what_it_is_not(report: Report, tmp_path: Path) -> None:
    write_calendar(report, tmp_path / "plan.ics")
    calendar: Any = Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert "HICM Workshop" in calendar["prodid"]
    assert calendar["name"] == calendar["x-wr-calname"] == "Action plan: Northbridge"
    assert calendar["description"] == report.disclaimer


def test_an_action_that_is_done_says_so_first(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    actions = (
        Action(id=progress.value, to_do="Ring them", due_on=DUE, progress=progress)
        for progress in Progress
    )
    found = events(with_actions(model, blank, *actions), tmp_path)
    assert [event["summary"] for event in found] == ["Ring them", "Ring them", "Done: Ring them"]


def test_an_action_of_many_lines_has_its_first_as_its_name_and_is_told_whole(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    many = Action(id="a", to_do="\n  First this,\r\nthen that.\n\nLast of all.", due_on=DUE)
    none = Action(id="b", owner=" \n", due_on=DUE)
    first, second = events(with_actions(model, blank, many, none), tmp_path)
    assert first["summary"] == "First this,"
    assert first["description"].startswith(
        "What do you need to do? \n  First this,\nthen that.\n\nLast of all.\nOwner: Not named yet"
    )
    assert second["summary"] == NO_WORDING
    assert second["description"].startswith("Owner: Not named yet\nProgress: Not started\nModel: ")


@pytest.mark.parametrize(
    "date", [dt.date.min, dt.date(1850, 2, 28), dt.date(2028, 2, 29), dt.date.max]
)
def test_any_date_there_is_is_its_day(
    date: dt.date, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    (event,) = events(with_actions(model, blank, Action(id="a", due_on=date)), tmp_path)
    assert event["dtstart"].dt == date
    assert ("dtend" in event) is (date < dt.date.max)


@pytest.mark.parametrize(
    "typed",
    [
        *(MARKUP, ABROAD, SPACED, LONG, LONG_WORD, "C:\\New\\notes", "\\n \\N \\\\n", "a, b; c: d"),
        *('"quoted"', "BEGIN:VALARM", "x\r\nEND:VEVENT\r\nBEGIN:VALARM", "=1+1", "a\u2028b\u0085c"),
    ],
)
def test_hostile_text_is_text_and_whole(
    typed: str, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    action = Action(id=typed, to_do="Do", success=typed, owner=typed, due_on=DUE)
    (event,) = events(with_actions(model, blank, action), tmp_path)
    whole = typed.replace("\r\n", "\n")
    assert f"Owner: {whole}\nProgress:" in event["description"]
    assert f"successful? {whole}\nModel:" in event["description"]
    assert event.subcomponents == []


def test_what_a_calendar_cannot_hold_is_shown(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    action = Action(id="\ud800", to_do=f"{CONTROL}\x7f", due_on=DUE)
    (event,) = events(with_actions(model, blank, action), tmp_path)
    assert event["summary"] == "a�b�c�d�e�f�"


# As a file


def test_lines_are_folded_by_octets_and_end_as_they_should(hostile: Report, report: Report) -> None:
    for written in (render_calendar(hostile), render_calendar(report)):
        assert written.count(b"\n") == written.count(b"\r\n") == written.count(b"\r") > 10
        assert max(map(len, written.split(b"\r\n"))) <= 75
        for line in written.split(b"\r\n"):
            line.decode("utf-8")  # no letter is torn


def test_an_action_has_one_id_in_every_calendar_and_no_other_has_it(
    model: Model, sample: Workshop, report: Report, tmp_path: Path
) -> None:
    ids = [str(event["uid"]) for event in events(report, tmp_path)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{32}@hicm-workshop", uid) for uid in ids)
    first = msgspec.structs.replace(sample.actions[0], to_do="Something else", owner="")
    changed = msgspec.structs.replace(sample, actions=(first,), first_actions=())
    assert str(events(build_report(model, changed), tmp_path)[0]["uid"]) == ids[0]
    other = msgspec.structs.replace(sample, id="another")
    assert {str(e["uid"]) for e in events(build_report(model, other), tmp_path)}.isdisjoint(ids)


def test_the_same_plan_gives_the_same_file_everywhere(report: Report) -> None:
    here = hashlib.sha256(render_calendar(report)).hexdigest()
    assert digests_of_sample("hicm_desktop.export.calendar", "render_calendar") == {here}


# What is not in it


def test_actions_without_a_date_are_named(model: Model, blank: Workshop, report: Report) -> None:
    assert {*dated(report), *undated(report)} == {*report.actions}
    assert [action.due for action in undated(report)] == [
        *("end of March", "by Easter", "before the new contract is let")
    ]
    head, *lines = undated_words(report).split("\n")
    assert head == "3 actions have no date, and so are not in the calendar:"
    assert lines[1].endswith("and see what happens. (by Easter)")
    one = with_actions(model, blank, Action(id="a"), Action(id="b", due_on=DUE))
    assert undated_words(one) == (
        f"1 action has no date, and so is not in the calendar:\n  {NO_WORDING}"
    )
    assert undated_words(with_actions(model, blank, Action(id="b", due_on=DUE))) == ""


@pytest.mark.parametrize(
    ("actions", "why"),
    [
        ((), "^The action plan has no actions yet, so there is nothing for a calendar"),
        ((Action(id="a"),), "^No action has a date yet, so there is nothing for a calendar. No f"),
        ((Action(id="a", due_words="by Easter"),), "A time in words, such as"),
    ],
)
def test_a_plan_without_a_date_makes_no_file_and_says_why(
    actions: tuple[Action, ...], why: str, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"last month's")
    with pytest.raises(ExportError, match=why) as told:
        write_calendar(with_actions(model, blank, *actions), target)
    assert "“When will it be done by?”" in str(told.value)
    assert target.read_bytes() == b"last month's"
    assert list(tmp_path.iterdir()) == [target]


def test_actions_of_changes_that_do_not_go_out_are_not_in_it(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    chosen = Parts(changes=(model.changes[0].id,))
    told = [e["description"] for e in events(build_report(model, sample, chosen), tmp_path)]
    assert len(told) == 2
    assert all(words.startswith("Change 1: ") for words in told)


def test_what_asks_about_a_calendar_loads_no_library_for_it() -> None:
    code = "import sys, hicm_desktop.export.due_dates; print('icalendar' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


# Read back and put in place


def test_what_is_not_the_plan_is_told_when_it_is_read_back(
    report: Report, empty: Report, tmp_path: Path
) -> None:
    path = tmp_path / "plan.ics"
    path.write_bytes(render_calendar(report))
    read_back.dated_actions(report, path)
    for change in ({"owner": "Somebody else"}, {"due_on": DUE}, {"id": "another"}):
        other = msgspec.structs.replace(report.actions[0], **change)
        wrong = msgspec.structs.replace(report, actions=(other, *report.actions[1:]))
        with pytest.raises(ExportError, match="12 December 2026 does not say what was"):
            read_back.dated_actions(wrong, path)
    with pytest.raises(ExportError, match="it holds 9 actions and not 0"):
        read_back.dated_actions(empty, path)
    path.write_bytes(b"a letter")
    with pytest.raises(ExportError, match="it is no calendar"):
        read_back.dated_actions(report, path)


def test_a_calendar_that_is_cancelled_leaves_the_earlier_one(
    report: Report, tmp_path: Path
) -> None:
    seen: list[float] = []
    write_calendar(report, tmp_path / "plan.ics", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    before = (tmp_path / "plan.ics").read_bytes()

    def stop(done: float) -> None:
        if done > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_calendar(report, tmp_path / "plan.ics", stop)
    assert (tmp_path / "plan.ics").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan.ics"]


def test_a_mark_of_byte_order_before_a_text_stops_no_calendar(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    action = Action(id="a", to_do="\ufeffRing the family", due_on=dt.date(2027, 1, 1))
    report = build_report(model, msgspec.structs.replace(blank, actions=(action,)))

    write_calendar(report, tmp_path / "plan.ics")

    assert b"SUMMARY:Ring the family" in (tmp_path / "plan.ics").read_bytes()

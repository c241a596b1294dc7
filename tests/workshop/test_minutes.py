"""The decision log and the sign-off in words, and what a report tells of them."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.entry import Entry, Kind
from hicm_desktop.workshop.journey import baseline_of
from hicm_desktop.workshop.minutes import (
    NOT_INTACT,
    NOT_SIGNED_OFF,
    day_time,
    entry_where,
    entry_words,
    grouped,
    present_words,
    seal_state,
    sealed_words,
    ticked_words,
)
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_rows import LabelledText, row_facts
from hicm_desktop.workshop.report_values import ReportSeal
from hicm_desktop.workshop.room_edits import CountHands, PutFirst, SignOff, TakePosition
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    Details,
    Lean,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import partner_words

AT = dt.datetime(2026, 11, 12, 15, 40, tzinfo=dt.timezone(dt.timedelta(hours=1)))
COUNCIL = Partner(organisation="Council", role="Social care", name="Priya Shah", id="p1")
TRUST = Partner(organisation="Trust", id="p2")


def entry(kind: Kind, was: str = "", now: str = "", row: str | None = None) -> Entry:
    return Entry(number=1, at=AT, kind=kind, was=was, now=now, row=row)


@pytest.fixture
def workshop(blank: Workshop) -> Workshop:
    return msgspec.structs.replace(blank, details=Details(partners=(COUNCIL, TRUST)))


@pytest.fixture
def row(model: Model) -> str:
    return model.changes[0].rows[0].id


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (entry(Kind.DECISION, "Not discussed", "Parked"), "Not discussed → Parked"),
        (entry(Kind.PREVIOUS_SHOWN), "Previous level shown"),
        (entry(Kind.REASON_CHANGED, "Early", "Late"), "Reason changed: Early → Late"),
        (entry(Kind.REASON_CHANGED, "", "Late"), "Reason changed: none → Late"),
        (entry(Kind.ACTION_CHANGED, "Ring", "Write"), "Action changed: Ring → Write"),
        (entry(Kind.SIGNED_OFF, now="Version 2"), "Signed off: Version 2"),
        (entry(Kind.SEAL_REMOVED, now="Version 2"), "Signed-off version removed: Version 2"),
        (entry(Kind.ACTION_ADDED, now="Ring home"), "Action: Ring home"),
        (entry(Kind.ACTION_REMOVED, was="Ring home"), "Action removed: Ring home"),
        (entry(Kind.PUT_FIRST, was="a", now="b"), "Actions put first: b"),
        (entry(Kind.PUT_FIRST, was="a"), "Actions put first: none"),
        (entry(Kind.HANDS_AFTER, "x", "Mature 2"), "Show of hands after discussion: Mature 2"),
        (entry(Kind.HANDS_BEFORE, "x"), "Show of hands before discussion: cleared"),
    ],
)
def test_an_entry_says_what_changed(told: Entry, words: str) -> None:
    assert entry_words(told) == words


def test_an_entry_says_where(model: Model, row: str) -> None:
    heading, name = model.changes[0].heading, model.row(row).name

    assert entry_where(model, entry(Kind.DECISION, row=row)) == (heading, name)
    assert entry_where(model, entry(Kind.DECISION, row="gone")) == ("Not in this model", "gone")
    assert entry_where(model, entry(Kind.PUT_FIRST)) == ("Action plan", "")
    assert entry_where(model, entry(Kind.SIGNED_OFF)) == ("Sign-off", "")
    of_change = msgspec.structs.replace(entry(Kind.ACTION_ADDED), change=model.changes[0].id)
    assert entry_where(model, of_change) == (heading, "")
    gone = msgspec.structs.replace(of_change, change="gone")
    assert entry_where(model, gone) == ("Not in this model", "gone")


def test_times_are_those_of_the_rooms_own_clock() -> None:
    assert day_time(AT) == "12 November 2026 at 15:40"


def test_a_partner_goes_by_organisation_and_role_and_never_by_name() -> None:
    assert partner_words(COUNCIL) == "Council, Social care"
    assert partner_words(TRUST) == "Trust"
    only_named = Partner(organisation=" ", name="Ann Lee", id="p")
    assert partner_words(only_named) == "A partner with no organisation yet"
    assert partner_words(only_named, or_name=True) == "Ann Lee"
    assert partner_words(COUNCIL, or_name=True) == "Council, Social care"
    nobody = Partner(organisation="")
    assert partner_words(nobody, or_name=True) == "A partner with no organisation yet"


def test_the_seal_is_told_as_it_stands(workshop: Workshop, row: str) -> None:
    assert seal_state(workshop) == NOT_SIGNED_OFF
    signed = SignOff(AT, ("p1", "p2")).apply(workshop)
    assert seal_state(signed) == "Signed off 12 November 2026 at 15:40, version 1."
    assert present_words(signed.sealed[0]) == "2 partners"
    later = msgspec.structs.replace(signed, rows=(RowRecord(row=row, note="More"),))
    assert seal_state(later) == (
        "Changed since version 1 was signed off, 12 November 2026 at 15:40."
    )
    again = SignOff(AT, ()).apply(later)
    assert seal_state(again).endswith("version 2.")
    assert present_words(again.sealed[1]) == "No partners named"


def test_who_is_named_is_counted() -> None:
    assert ticked_words(15, 15) == "15 of 15 partners will be named as present"
    assert ticked_words(0, 1) == "0 of 1 partner will be named as present"
    assert ticked_words(2, 3, signed=True) == "2 of 3 partners were named as present"
    assert ticked_words(1, 1, signed=True) == "1 of 1 partner was named as present"


def test_a_version_that_is_not_what_was_signed_off_says_so(workshop: Workshop, row: str) -> None:
    (sealed,) = SignOff(AT, ()).apply(workshop).sealed
    other = msgspec.structs.replace(workshop, rows=(RowRecord(row=row, note="Slipped in"),))

    assert NOT_INTACT not in sealed_words(sealed)
    assert NOT_INTACT in sealed_words(msgspec.structs.replace(sealed, content=other))


def test_a_fingerprint_is_written_in_groups_with_no_digit_lost() -> None:
    assert grouped("3fa922c1b0") == "3fa9 22c1 b0"


# Rows


def hands(workshop: Workshop, model: Model, row: str, when: When, *numbers: int) -> Workshop:
    levels = tuple(level.id for level in model.levels)
    for level, number in zip(levels, numbers, strict=True):
        workshop = CountHands(row, when, level, number, levels).apply(workshop)
    return workshop


def test_hands_are_told_by_level_and_by_how_they_spread(
    model: Model, workshop: Workshop, row: str
) -> None:
    counted = hands(workshop, model, row, When.BEFORE, 0, 2, 5, 0, 1)

    assert row_facts(model, counted, row) == (
        LabelledText(
            "Hands before discussion",
            "Plans in place 2, Established 5, Exemplary 1 "
            "(8 hands, from Plans in place to Exemplary)",
        ),
    )


def test_each_partners_position_is_kept_even_of_one_who_is_listed_no_more(
    model: Model, workshop: Workshop, row: str
) -> None:
    for partner, level in (("gone", 4), ("p2", 2), ("p1", 1)):
        level_id = model.levels[level].id
        workshop = TakePosition(row, When.AFTER, partner, level_id).apply(workshop)
    workshop = TakePosition(row, When.AFTER, "p0", "old-level").apply(workshop)

    facts = {fact.label: fact.text for fact in row_facts(model, workshop, row)}

    assert facts["Hands after discussion"] == "3 partners, from Plans in place to Exemplary"
    assert facts["Partners after discussion"].splitlines() == [
        "Council, Social care: Plans in place",
        "Trust: Established",
        "A partner no longer listed: Exemplary",
        "A partner no longer listed: old-level",
    ]


def test_a_row_with_nothing_shown_has_nothing_to_tell(
    model: Model, workshop: Workshop, row: str
) -> None:
    assert row_facts(model, workshop, row) == ()


def test_the_previous_level_is_told_only_once_the_row_is_agreed(
    model: Model, workshop: Workshop, row: str
) -> None:
    low, high = model.levels[1].id, model.levels[2].id
    before = RowRecord(row=row, outcome=Outcome.AGREED, level=low)
    earlier = baseline_of(msgspec.structs.replace(workshop, rows=(before,)))
    hidden = msgspec.structs.replace(workshop, baseline=earlier)
    assert row_facts(model, hidden, row) == ()

    now = RowRecord(row=row, outcome=Outcome.AGREED, level=high)
    agreed = msgspec.structs.replace(hidden, rows=(now,))
    assert row_facts(model, agreed, row) == (
        LabelledText("Previous level", "Plans in place. 1 level up from before"),
    )


# The report


def test_a_report_tells_lean_and_standing(model: Model, workshop: Workshop, row: str) -> None:
    level = model.levels[2]
    record = RowRecord(row=row, outcome=Outcome.AGREED, level=level.id, lean=Lean.UP)
    reported = build_report(model, msgspec.structs.replace(workshop, rows=(record,)))

    first, second = reported.changes[0].rows[:2]
    assert (first.lean, first.standing) == ("leaning up", "Established, leaning up")
    assert (second.lean, second.standing, second.facts) == ("", "Not discussed", ())


def test_minutes_leave_out_what_was_taken_back(model: Model, workshop: Workshop, row: str) -> None:
    kept = Entry(
        number=1,
        at=AT,
        kind=Kind.DECISION,
        row=row,
        was="Not discussed",
        now="Parked",
        reason="Finance is not here",
    )
    gone = msgspec.structs.replace(kept, number=2, now="Mature", taken_back=True)

    (line,) = build_report(model, msgspec.structs.replace(workshop, log=(kept, gone))).minutes

    assert (line.at, line.day, line.time) == (AT, "12 November 2026", "15:40")
    assert (line.change_heading, line.row_name) == entry_where(model, kept)
    assert (line.what, line.was, line.now) == ("Decision", "Not discussed", "Parked")
    assert (line.words, line.reason) == ("Not discussed → Parked", "Finance is not here")


def test_the_actions_put_first_stand_in_the_rooms_order(model: Model, workshop: Workshop) -> None:
    plan = tuple(Action(id=i, to_do=f"Do {i}") for i in "abc")
    workshop = PutFirst(("c", "a")).apply(msgspec.structs.replace(workshop, actions=plan))

    report = build_report(model, workshop)

    assert [(a.id, a.put_first) for a in report.actions] == [("a", 2), ("b", None), ("c", 1)]
    assert [a.id for a in report.first_actions] == ["c", "a"]


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        (None, ""),
        (Baseline(workshop="w"), "An earlier workshop"),
        (
            Baseline(workshop="w", place="Northdale", held_on=dt.date(2026, 3, 3)),
            "Northdale, 3 March 2026",
        ),
    ],
)
def test_a_report_names_the_earlier_workshop(
    model: Model, workshop: Workshop, baseline: Baseline | None, words: str
) -> None:
    compared = msgspec.structs.replace(workshop, baseline=baseline)

    assert build_report(model, compared).baseline == words


def test_a_report_states_its_seal_only_while_it_stands(
    model: Model, workshop: Workshop, row: str
) -> None:
    signed = SignOff(AT, ("p1",)).apply(workshop)
    version = signed.sealed[0]
    later = msgspec.structs.replace(signed, rows=(RowRecord(row=row, note="More"),))

    assert build_report(model, workshop).seal == ReportSeal("Not signed off.")
    assert build_report(model, signed).seal == ReportSeal(
        "Signed off 12 November 2026 at 15:40, version 1.",
        grouped(version.fingerprint),
        ("Council, Social care",),
    )
    changed = build_report(model, later).seal
    assert changed.words.startswith("Changed since version 1")
    assert (changed.fingerprint, changed.present) == ("", ())


def test_a_report_of_a_version_holds_what_was_signed_off_and_its_seal(
    model: Model, workshop: Workshop, row: str
) -> None:
    private = RowRecord(row=row, note="Then", private_note="Mine alone")
    signed = SignOff(AT, ()).apply(msgspec.structs.replace(workshop, rows=(private,)))
    later = msgspec.structs.replace(signed, rows=(RowRecord(row=row, note="Now"),))

    report = build_report(model, later, version=later.sealed[0], parts=Parts(private_notes=True))

    assert [text.text for text in report.changes[0].rows[0].texts] == ["Then"]
    assert report.seal.words.startswith("Signed off 12 November 2026 at 15:40")
    assert "Now" in repr(build_report(model, later))


def test_private_notes_are_in_a_report_only_where_they_are_asked_for_by_name(
    model: Model, workshop: Workshop, row: str
) -> None:
    private = msgspec.structs.replace(
        workshop, rows=(RowRecord(row=row, private_note="Mine alone"),)
    )

    assert "Mine alone" not in repr(build_report(model, private))
    asked = build_report(model, private, parts=Parts(private_notes=True))
    assert asked.changes[0].rows[0].texts == (LabelledText("Private note", "Mine alone"),)

"""What of a workshop goes out: the chosen parts and nothing of the others, which are named."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.decisions import written
from hicm_desktop.workshop.edits import AddAction
from hicm_desktop.workshop.entry import Entry, Kind
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import EVERYTHING, Parts, left_out_words, only
from hicm_desktop.workshop.report_values import Point
from hicm_desktop.workshop.room_edits import PutFirst
from hicm_desktop.workshop.sealing import seal
from hicm_desktop.workshop.tally import Hands, Position, Tally
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    RowRecord,
    Workshop,
)

AT = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
FIRST, SECOND = "early-discharge-planning", "demand-and-capacity"
TALLY = Tally(hands=(Hands("mature", 3),), positions=(Position("p", "established"),))


@pytest.fixture
def workshop(blank: Workshop) -> Workshop:
    """Give a workshop with something in two changes, in none, and in one that is not there."""
    entries = (
        Entry(1, AT, Kind.DECISION, row="planned", was="Not discussed", now="Parked"),
        Entry(2, AT, Kind.DECISION, row="responsive-capacity", was="Not discussed", now="Mature"),
        Entry(3, AT, Kind.ACTION_ADDED, change=SECOND, action="b", now="Second"),
        Entry(4, AT, Kind.PUT_FIRST, now="First"),
        Entry(5, AT, Kind.DECISION, row="gone", was="Not discussed", now="Parked"),
    )
    return msgspec.structs.replace(
        blank,
        details=Details(partners=(Partner("Council", "Social care", "Priya Shah", "p"),)),
        rows=(
            RowRecord(
                row="planned",
                outcome=Outcome.PARKED,
                reason="Later.",
                data="Counted",
                people="Heard",
                differing_view="Otherwise",
                note="Noted",
                before=TALLY,
                after=TALLY,
                private_note="Mine",
            ),
            RowRecord(row="responsive-capacity", outcome=Outcome.AGREED, level="mature"),
            RowRecord(row="gone", outcome=Outcome.PARKED),
        ),
        changes=(ChangeRecord(FIRST, note="One"), ChangeRecord(SECOND, note="Two")),
        actions=(
            Action("a", row="planned", to_do="First"),
            Action("b", change=SECOND, to_do="Second"),
            Action("c", to_do="Of no change"),
            Action("d", row="gone", to_do="Of a row that is gone"),
        ),
        first_actions=("b", "a"),
        log=entries,
    )


def test_everything_goes_out_but_private_notes(model: Model, workshop: Workshop) -> None:
    kept = only(model, workshop, EVERYTHING)

    assert kept.row("planned").private_note == ""
    assert msgspec.structs.replace(kept, rows=workshop.rows) == workshop, (
        "nothing else may be touched"
    )
    assert left_out_words(model, EVERYTHING) == ()
    assert only(model, workshop, Parts(private_notes=True)) == workshop


def test_one_change_brings_its_own_and_what_belongs_to_none(
    model: Model, workshop: Workshop
) -> None:
    kept = only(model, workshop, Parts(changes=(FIRST,)))

    assert [row.row for row in kept.rows] == ["planned"]
    assert [change.change for change in kept.changes] == [FIRST]
    assert [action.id for action in kept.actions] == ["a", "c"]
    assert kept.first_actions == ("a",)
    assert [entry.number for entry in kept.log] == [1]


def test_evidence_views_names_and_log_are_left_out_each_by_itself(
    model: Model, workshop: Workshop
) -> None:
    def row(parts: Parts) -> RowRecord:
        return only(model, workshop, parts).row("planned")

    whole = row(EVERYTHING)
    assert row(Parts(evidence=False)) == msgspec.structs.replace(whole, data="", people="")
    counted = Tally(hands=TALLY.hands)
    assert row(Parts(differing_views=False)) == msgspec.structs.replace(
        whole, differing_view="", before=counted, after=counted
    )
    nameless = only(model, workshop, Parts(names=False))
    assert nameless.details.partners == (Partner("Council", "Social care", "", "p"),)
    assert only(model, workshop, Parts(decision_log=False)).log == ()


def test_what_is_left_out_is_named(model: Model, workshop: Workshop) -> None:
    others = tuple(change.id for change in model.changes if change.id != SECOND)
    parts = Parts(others, evidence=False, differing_views=False, names=False, decision_log=False)
    report = build_report(model, workshop, parts)

    assert report.left_out == (
        "Change 2: Monitoring and responding to system demand and capacity",
        "Evidence",
        "Differing views",
        "Names in the list of partners",
        "Decision log",
    )
    assert SECOND not in [change.id for change in report.changes]
    assert not report.minutes
    assert not report.has_private_notes


def test_a_version_that_was_signed_off_counts_as_without_private_notes(
    model: Model, workshop: Workshop
) -> None:
    (version,) = seal(workshop, AT, ()).sealed
    asked = Parts(private_notes=True)

    assert build_report(model, workshop, asked).has_private_notes
    assert not build_report(model, workshop, asked, version=version).has_private_notes


def test_guidance_is_the_models_own_and_comes_where_it_is_asked_for(
    model: Model, workshop: Workshop
) -> None:
    assert build_report(model, workshop).changes[0].guidance is None
    assert build_report(model, workshop).materials == ()
    report = build_report(model, workshop, Parts(guidance=True))
    guidance = report.changes[3].guidance

    assert guidance is not None
    assert (guidance.tips, guidance.boxes) == (model.changes[3].tips, model.changes[3].boxes)
    assert guidance.materials == model.changes[3].materials
    assert report.materials == model.materials


def test_the_summary_says_what_was_agreed_and_what_is_open_change_by_change(
    model: Model, workshop: Workshop
) -> None:
    summary = build_report(model, workshop).summary

    assert summary.agreed == (Point(model.changes[1].heading, "Responsive capacity: Mature."),)
    assert summary.open[0].where == "Change 1: Early discharge planning"
    assert summary.open[0].words.startswith("Planned: parked (Later); Emergency: not discussed;")
    assert [point.where for point in summary.open] == [c.heading for c in model.changes]


def test_the_summary_keeps_reservations_views_and_wide_hands(
    model: Model, workshop: Workshop
) -> None:
    wide = Tally(hands=(Hands("not-yet-established", 1), Hands("mature", 3)))
    rows = (
        RowRecord(
            row="planned",
            outcome=Outcome.AGREED_WITH_RESERVATION,
            level="mature",
            reason="Not at night.",
            differing_view="Carers see it otherwise.",
            after=wide,
        ),
        RowRecord(row="emergency", outcome=Outcome.AGREED_WITH_RESERVATION, level="mature"),
    )
    points = build_report(model, msgspec.structs.replace(workshop, rows=rows)).summary.differing

    assert points == (
        Point(
            "Change 1: Early discharge planning, Planned",
            "Reservation: Not at night.\nDiffering view: Carers see it otherwise.\n"
            "Hands: Not yet established 1, Mature 3 "
            "(After discussion: 4 hands, from Not yet established to Mature, none between)",
        ),
        Point("Change 1: Early discharge planning, Emergency", "Agreed with reservation"),
    )


def test_rows_out_of_scope_are_named_only_where_something_became_of_them(
    model: Model, sample: Workshop
) -> None:
    points = build_report(model, sample).summary.open

    assert "Change 9: Housing and related services" not in [point.where for point in points]


def test_what_is_put_first_in_other_changes_is_in_no_entry_of_an_extract(
    model: Model, blank: Workshop
) -> None:
    workshop = blank
    for edit in (
        AddAction(Action("a", change=FIRST, to_do="Told")),
        AddAction(Action("b", change=SECOND, to_do="Of another change")),
        PutFirst(("a", "b")),
    ):
        workshop = written(model, workshop, edit.apply(workshop), AT)
    report = build_report(model, workshop, Parts(changes=(FIRST,)))

    assert "Told" in repr(report.minutes)
    assert "Of another change" not in repr(report)
    assert "Of another change" in repr(build_report(model, workshop))


def test_a_copy_says_which_changes_it_shows_whose_it_is_and_of_when(
    model: Model, sample: Workshop
) -> None:
    whole = build_report(model, sample)
    extract = build_report(model, sample, Parts(changes=(FIRST, "home-first")))

    assert (whole.extract, whole.foot) == ("", "Northbridge, 12 November 2026")
    assert extract.extract == "This copy shows changes 1 and 4 alone."
    assert extract.foot == f"{whole.foot}. This copy shows changes 1 and 4 alone"
    assert whole.nothing("None yet.") == "None yet."
    assert extract.nothing("None yet.") == "In the changes in this copy, none yet."
    none = build_report(model, sample, Parts(changes=()))
    assert none.nothing("None yet.") == none.extract == "This copy shows none of the changes."
    assert whole.recorded_at == extract.recorded_at == max(entry.at for entry in sample.log)
    ahead = dt.timezone(dt.timedelta(hours=1))
    moved = msgspec.structs.replace(whole, recorded_at=whole.recorded_at.astimezone(ahead))
    assert moved.recorded_utc.utcoffset() == dt.timedelta()
    assert moved.recorded_utc == whole.recorded_at


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((), "This copy shows none of the changes."),
        ((SECOND,), "This copy shows change 2 alone."),
        ((FIRST, SECOND, "home-first"), "This copy shows changes 1, 2 and 4 alone."),
    ],
)
def test_an_extract_is_named_by_its_numbers(
    changes: tuple[str, ...], words: str, model: Model, blank: Workshop
) -> None:
    report = build_report(model, blank, Parts(changes=changes))

    assert report.extract == words
    assert report.recorded_at == blank.created_at


@pytest.mark.parametrize(
    ("place", "foot"),
    [
        ("", "A workshop"),
        ("North\n dale", "North dale"),
        ("Word " * 40, ("Word " * 14).strip()),
        ("W" * 200, "W" * 70),
    ],
)
def test_the_foot_of_a_page_has_room_for_the_place(
    place: str, foot: str, model: Model, blank: Workshop
) -> None:
    workshop = msgspec.structs.replace(blank, details=Details(place=place))

    assert build_report(model, workshop).foot == foot

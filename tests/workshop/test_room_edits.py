"""The verbs of a live workshop: leans, hands, positions, the previous level, what comes first."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.closing import ReadRow, read_back
from hicm_desktop.workshop.edits import (
    AgreeLevel,
    Edit,
    RemoveActions,
    RowField,
    SetOutcome,
    WriteRow,
)
from hicm_desktop.workshop.journey import baseline_of, may_be_shown, previous
from hicm_desktop.workshop.room_edits import (
    ClearTally,
    CountHands,
    LeanLevel,
    PutFirst,
    SetBaseline,
    ShowPrevious,
    TakePosition,
)
from hicm_desktop.workshop.spread import (
    hands_words,
    last_tally,
    last_words,
    reach,
    spread_words,
    wide_rows,
)
from hicm_desktop.workshop.tally import MOST_HANDS, Hands, Position, Tally, When
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    Baseline,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    RowRecord,
    Workshop,
)

ROW = "planned"
LEVELS = ("not-yet-established", "plans-in-place", "established", "mature", "exemplary")


def hands(**numbers: int) -> Tally:
    return Tally(
        hands=tuple(
            Hands(level=level, number=numbers[key])
            for key, level in zip("npemx", LEVELS, strict=True)
            if key in numbers
        )
    )


# Leans


def test_a_row_leans_from_its_level_and_stands_upright_at_another(blank: Workshop) -> None:
    assert LeanLevel(ROW, Lean.UP).apply(blank) is blank
    agreed = AgreeLevel(ROW, "mature").apply(blank)
    leaning = LeanLevel(ROW, Lean.UP).apply(agreed)
    assert leaning.row(ROW).lean is Lean.UP
    assert AgreeLevel(ROW, "mature").apply(leaning) == leaning
    reserved = SetOutcome(ROW, Outcome.AGREED_WITH_RESERVATION).apply(leaning)
    assert reserved.row(ROW).lean is Lean.UP
    for edit in (AgreeLevel(ROW, "exemplary"), AgreeLevel(ROW, None)):
        assert edit.apply(leaning).row(ROW).lean is None
    for outcome in (Outcome.PARKED, Outcome.NOT_APPLICABLE, Outcome.NOT_DISCUSSED):
        assert SetOutcome(ROW, outcome).apply(leaning).row(ROW).lean is None
    assert LeanLevel(ROW, None).apply(leaning) == agreed


def test_what_leans_from_no_level_is_refused() -> None:
    for kind in (RowRecord, EarlierRow):
        with pytest.raises(ValueError, match="leans from a level"):
            kind(row=ROW, outcome=Outcome.PARKED, lean=Lean.UP)
        with pytest.raises(ValueError, match="needs a level"):
            kind(row=ROW, outcome=Outcome.AGREED)
        with pytest.raises(ValueError, match="has no level"):
            kind(row=ROW, outcome=Outcome.PARKED, level="mature")


# Hands


def test_hands_are_kept_in_the_order_of_the_levels(blank: Workshop) -> None:
    workshop = blank
    for level, number in (("mature", 3), ("not-yet-established", 1), ("mature", 2)):
        workshop = CountHands(ROW, When.BEFORE, level, number, LEVELS).apply(workshop)
    assert workshop.row(ROW).before == hands(n=1, m=2)
    assert workshop.row(ROW).after == Tally()
    for level in ("mature", "not-yet-established"):
        workshop = CountHands(ROW, When.BEFORE, level, 0, LEVELS).apply(workshop)
    assert workshop == blank


def test_hands_at_a_level_that_the_model_has_no_more_are_kept_before_the_others() -> None:
    odd = Tally(hands=(Hands(level="odd", number=1),))
    assert [h.level for h in odd.with_hands("mature", 1, LEVELS).hands] == ["odd", "mature"]


@pytest.mark.parametrize("number", [-1, MOST_HANDS + 1])
def test_hands_out_of_bounds_are_refused(number: int, blank: Workshop) -> None:
    with pytest.raises(ValueError, match="hands at a level"):
        CountHands(ROW, When.AFTER, "mature", number, LEVELS).apply(blank)
    most = CountHands(ROW, When.AFTER, "mature", MOST_HANDS, LEVELS).apply(blank)
    assert most.row(ROW).after.number("mature") == MOST_HANDS


def test_a_partner_stands_at_one_level_of_a_row(blank: Workshop) -> None:
    there = TakePosition(ROW, When.AFTER, "p", "mature").apply(blank)
    both = TakePosition(ROW, When.AFTER, "q", "established").apply(there)
    tally = TakePosition(ROW, When.AFTER, "p", "established").apply(both).row(ROW).after
    assert (tally.position("p"), tally.position("q"), tally.position("r")) == (
        "established",
        "established",
        None,
    )
    assert tally.number("established") == 2
    assert TakePosition(ROW, When.AFTER, "q", None).apply(both) == there
    assert ClearTally(ROW, When.AFTER).apply(both) == blank
    assert ClearTally(ROW, When.BEFORE).apply(both) == both


def test_hands_that_were_counted_go_before_positions() -> None:
    tally = replace(hands(e=4), positions=(Position(partner="p", level="mature"),))
    assert (tally.number("established"), tally.number("mature")) == (4, 0)


def test_what_a_tally_promises_it_checks() -> None:
    with pytest.raises(ValueError, match="counted twice"):
        Tally(hands=(Hands(level="a", number=1), Hands(level="a", number=2)))
    with pytest.raises(ValueError, match="two positions"):
        Tally(positions=(Position(partner="p", level="a"), Position(partner="p", level="b")))


def test_the_edits_name_what_they_do(model: Model) -> None:
    row = "Early discharge planning, Planned"
    edits: tuple[tuple[Edit, str], ...] = (
        (LeanLevel(ROW, Lean.DOWN), f"{row} → leaning down"),
        (LeanLevel(ROW, None), f"{row} → not leaning"),
        (
            CountHands(ROW, When.BEFORE, "mature", 3, LEVELS),
            f"{row}, hands before discussion, Mature 3",
        ),
        (
            TakePosition(ROW, When.AFTER, "p", "mature"),
            f"{row}, a partner’s position after discussion → Mature",
        ),
        (
            TakePosition("gone", When.AFTER, "p", None),
            "gone, a partner’s position after discussion → no position",
        ),
        (ClearTally(ROW, When.AFTER), f"{row}, clear hands after discussion"),
        (ShowPrevious(ROW), f"{row}, show the previous level"),
        (ShowPrevious(ROW, shown=False), f"{row}, hide the previous level"),
        (SetBaseline(None), "Remove the baseline"),
        (SetBaseline(Baseline(workshop="b")), "Set the baseline"),
        (PutFirst(("a",)), "Actions put first"),
    )
    assert [edit.describe(model) for edit, _ in edits] == [words for _, words in edits]


def test_only_one_count_is_undone_as_one() -> None:
    def key(when: When, level: str) -> object:
        return CountHands(ROW, when, level, 1, LEVELS).merge_key

    assert key(When.BEFORE, "mature") == key(When.BEFORE, "mature")
    assert len({key(When.BEFORE, "mature"), key(When.AFTER, "mature"), key(When.AFTER, "x")}) == 3


# The spread, in words


@pytest.mark.parametrize(
    ("tally", "hands_told", "spread", "apart"),
    [
        (Tally(), "", "", 0),
        (hands(e=1), "Established 1", "1 hand, all at Established", 0),
        (hands(p=2, e=5), "Plans in place 2, Established 5",
         "7 hands, at Plans in place and Established", 1),
        (hands(p=2, e=3, m=3), "Plans in place 2, Established 3, Mature 3",
         "8 hands, from Plans in place to Mature", 2),
        (hands(n=1, x=1), "Not yet established 1, Exemplary 1",
         "2 hands, from Not yet established to Exemplary, none between", 4),
        (Tally(positions=(Position(partner="p", level="mature"),)), "Mature 1",
         "1 partner, all at Mature", 0),
        (replace(hands(p=2, e=12), positions=(Position(partner="p", level="mature"),)),
         "Plans in place 2, Established 12; partners: Mature 1",
         "14 hands, at Plans in place and Established; 1 partner, all at Mature", 2),
        (Tally(hands=(Hands(level="odd", number=1),)), "odd 1", "", 0),
    ],
)  # fmt: skip
def test_hands_are_told_by_level_and_by_how_far_apart_they_lie(
    tally: Tally, hands_told: str, spread: str, apart: int, model: Model
) -> None:
    assert hands_words(model, tally) == hands_told
    assert spread_words(model, tally) == spread
    assert reach(model, tally) == apart


def test_wide_rows_go_by_the_hands_after_discussion_in_the_published_order(
    model: Model, blank: Workshop
) -> None:
    wide, narrow = hands(n=1, e=1), hands(e=2)
    rows = (
        RowRecord(row="system-flow", before=wide),
        RowRecord(row="emergency", before=wide, after=narrow),
        RowRecord(row="planned", before=narrow, after=wide),
    )
    found = wide_rows(model, replace(blank, rows=rows))
    assert [row.row for row in found] == ["planned", "system-flow"]
    assert found[0].words == "2 hands, from Not yet established to Established, none between"
    assert last_tally(rows[1]) == narrow


def test_a_row_is_wide_where_only_its_partners_lie_apart(model: Model, blank: Workshop) -> None:
    positions = tuple(
        Position(partner=level, level=level) for level in ("plans-in-place", "exemplary")
    )
    rows = (RowRecord(row="planned", after=replace(hands(e=14), positions=positions)),)
    (found,) = wide_rows(model, replace(blank, rows=rows))
    assert found.words == (
        "14 hands, all at Established; 2 partners, from Plans in place to Exemplary, none between"
    )


def test_the_hands_shown_last_are_told_with_the_moment(model: Model) -> None:
    before, after = hands(e=2), hands(m=3)
    assert last_words(model, RowRecord(row="x")) == ""
    words = last_words(model, RowRecord(row="x", before=before))
    assert words == "Before discussion: 2 hands, all at Established"
    words = last_words(model, RowRecord(row="x", before=before, after=after))
    assert words == "After discussion: 3 hands, all at Mature"


# The previous level


def test_a_baseline_is_what_was_agreed_and_nothing_else(sample: Workshop) -> None:
    baseline = baseline_of(sample)
    assert (baseline.workshop, baseline.place) == (sample.id, "Northbridge")
    assert baseline.held_on == dt.date(2026, 11, 12)
    assert baseline.row("discharge-to-assess") == EarlierRow(
        row="discharge-to-assess", outcome=Outcome.AGREED, level="mature", lean=Lean.DOWN
    )
    assert baseline.row("joint-working") is None
    assert len(baseline.rows) == 23


def test_the_previous_level_waits_for_the_row_to_be_agreed_or_for_its_reveal(
    model: Model, blank: Workshop
) -> None:
    rows = (
        EarlierRow(row=ROW, outcome=Outcome.AGREED, level="established"),
        EarlierRow(row="emergency", outcome=Outcome.AGREED, level="odd"),
    )
    workshop = SetBaseline(Baseline(workshop="b", rows=rows)).apply(blank)
    shown = ShowPrevious(ROW).apply(workshop)
    assert not may_be_shown(workshop, ROW)
    assert may_be_shown(shown, ROW)
    assert not may_be_shown(ShowPrevious(ROW).apply(blank), ROW)
    assert previous(model, workshop, ROW) is None
    assert previous(model, ShowPrevious(ROW).apply(blank), ROW) is None
    told = previous(model, shown, ROW)
    assert told is not None
    assert (told.level, told.words, told.movement) == ("established", "Established", "")
    for row, words in (("emergency", "odd"), ("red-bag-scheme", "Not discussed")):
        told = previous(model, AgreeLevel(row, "mature").apply(workshop), row)
        assert told is not None
        assert (told.level, told.words, told.movement) == (None, words, "")


def test_a_level_now_that_the_model_has_not_moved_nowhere(model: Model, blank: Workshop) -> None:
    rows = (EarlierRow(row="gone", outcome=Outcome.AGREED, level="mature"),)
    workshop = SetBaseline(Baseline(workshop="b", rows=rows)).apply(blank)
    odd = replace(workshop, rows=(RowRecord(row="gone", outcome=Outcome.AGREED, level="odd"),))
    told = previous(model, odd, "gone")
    assert told is not None
    assert (told.words, told.movement) == ("Mature", "")


# What comes first, and the read-back


def test_what_is_put_first_is_of_the_plan_and_goes_with_its_action(blank: Workshop) -> None:
    plan = replace(blank, actions=tuple(Action(id=i) for i in "abcd"))
    first = PutFirst(("c", "gone", "a")).apply(plan)
    assert first.first_actions == ("c", "a")
    assert RemoveActions(("c",)).apply(first).first_actions == ("a",)
    for wrong, words in (("abcd", "At most 3"), ("aa", "put first twice")):
        with pytest.raises(ValueError, match=words):
            PutFirst(tuple(wrong)).apply(plan)


def test_the_read_back_walks_what_is_open_in_the_published_order(
    model: Model, blank: Workshop
) -> None:
    workshop = replace(
        blank,
        details=Details(agenda=tuple(
            AgendaItem(change=change.id, in_scope=change.id == "home-first")
            for change in model.changes
        )),
        actions=(
            Action(id="a", row=ROW, to_do=" Ring ", owner="Ann", due_words="May", success="ok"),
            Action(id="b", row=ROW, to_do=" Ring "),
            Action(id="c", due_on=dt.date(2027, 1, 1), owner=" "),
        ),
    )  # fmt: skip
    for row, outcome in (
        ("system-flow", Outcome.PARKED), ("emergency", Outcome.PARKED),
        ("discharge-to-assess", Outcome.NOT_APPLICABLE),
    ):  # fmt: skip
        workshop = SetOutcome(row, outcome).apply(workshop)
    workshop = WriteRow("emergency", RowField.REASON, " later ").apply(workshop)
    workshop = AgreeLevel("red-bag-scheme", "mature").apply(workshop)
    workshop = SetOutcome("red-bag-scheme", Outcome.AGREED_WITH_RESERVATION).apply(workshop)
    workshop = WriteRow("red-bag-scheme", RowField.DIFFERING_VIEW, "Not so").apply(workshop)
    found = read_back(model, workshop)
    assert [(r.row, r.text) for r in found.parked] == [("emergency", "later"), ("system-flow", "")]
    assert [r.row for r in found.undiscussed] == ["reablement-and-pathways", "embedding-home-first"]
    assert found.unexplained == (ReadRow("discharge-to-assess", ""),)
    explained = WriteRow("discharge-to-assess", RowField.REASON, "None here").apply(workshop)
    assert read_back(model, explained).unexplained == ()
    assert [r.row for r in found.reservations] == ["red-bag-scheme"]
    assert [(r.row, r.text) for r in found.differing_views] == [("red-bag-scheme", "Not so")]
    assert [(a.action, a.text, a.lacks) for a in found.actions] == [
        ("b", "Ring", ("owner", "date", "measure")),
        ("c", "", ("wording", "owner", "measure")),
    ]
    assert found.actions[0].where == ("Change 1: Early discharge planning", "Planned")
    assert found.wide == ()
    assert not found.is_empty


def test_a_read_back_of_nothing_open_is_empty(model: Model, blank: Workshop) -> None:
    agreed = blank
    for _, row in model.rows():
        agreed = AgreeLevel(row.id, "mature").apply(agreed)
    assert read_back(model, agreed).is_empty
    wide = CountHands(ROW, When.AFTER, "mature", 1, LEVELS).apply(agreed)
    wide = CountHands(ROW, When.AFTER, "plans-in-place", 1, LEVELS).apply(wide)
    assert not read_back(model, wide).is_empty
    assert read_back(model, wide).wide == wide_rows(model, wide)


def test_another_baseline_is_hidden_again(blank: Workshop) -> None:
    first = Baseline(workshop="a", rows=(EarlierRow(row=ROW, outcome=Outcome.PARKED),))
    shown = ShowPrevious(ROW).apply(SetBaseline(first).apply(blank))
    assert shown.row(ROW).previous_shown
    assert SetBaseline(first).apply(shown) is shown
    for other in (None, replace(first, workshop="b")):
        after = SetBaseline(other).apply(shown)
        assert after.baseline == other
        assert after.rows == (), "a row of which nothing else is recorded has no record"


def test_nothing_is_shown_of_a_row_of_which_the_baseline_says_nothing(blank: Workshop) -> None:
    assert ShowPrevious(ROW).apply(blank) is blank
    other = Baseline(workshop="a", rows=(EarlierRow(row="emergency", outcome=Outcome.PARKED),))
    compared = SetBaseline(other).apply(blank)
    assert ShowPrevious(ROW).apply(compared) is compared
    old = replace(blank, rows=(RowRecord(row=ROW, previous_shown=True),))
    assert ShowPrevious(ROW, shown=False).apply(old).rows == (), "an older file can be put right"


def test_the_same_position_again_changes_nothing(blank: Workshop) -> None:
    workshop = blank
    for partner in ("p", "q"):
        workshop = TakePosition(ROW, When.BEFORE, partner, "mature").apply(workshop)
    assert TakePosition(ROW, When.BEFORE, "p", "mature").apply(workshop) == workshop
    moved = TakePosition(ROW, When.BEFORE, "p", "exemplary").apply(workshop)
    assert [p.partner for p in moved.row(ROW).before.positions] == ["p", "q"]
    assert TakePosition(ROW, When.BEFORE, "nobody", None).apply(workshop) == workshop


def test_only_an_action_of_the_plan_is_put_first(blank: Workshop) -> None:
    with pytest.raises(ValueError, match="not in the plan"):
        replace(blank, first_actions=("ghost",))


def test_nothing_leans_beyond_the_ends_of_the_levels(blank: Workshop) -> None:
    for level, lean, other in (
        (LEVELS[0], Lean.DOWN, Lean.UP),
        (LEVELS[-1], Lean.UP, Lean.DOWN),
    ):
        agreed = AgreeLevel(ROW, level).apply(blank)
        assert LeanLevel(ROW, lean, LEVELS).apply(agreed) is agreed
        assert LeanLevel(ROW, other, LEVELS).apply(agreed).row(ROW).lean is other
        old = replace(agreed, rows=(replace(agreed.row(ROW), lean=lean),))
        assert LeanLevel(ROW, None, LEVELS).apply(old) == agreed

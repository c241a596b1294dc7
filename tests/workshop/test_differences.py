"""What differs between two states of a workshop: everything recorded, each thing once, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.clock import Clock
from hicm_desktop.workshop.differences import Difference, differences
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    ChangeField,
    Edit,
    RemoveActions,
    ReviseAction,
    RowField,
    SetDetails,
    SetOutcome,
    WriteChange,
    WriteRow,
)
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.room_edits import (
    CountHands,
    LeanLevel,
    PutFirst,
    SetBaseline,
    ShowPrevious,
    SignOff,
    StartClock,
    TakePosition,
)
from hicm_desktop.workshop.tally import Hands, Position, Tally, When
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    Baseline,
    ChangeRecord,
    Details,
    EarlierRow,
    Lean,
    Outcome,
    Partner,
    Progress,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import contents, standing
from tests.workshop.live_edits import live_edits

HOME = "Change 4: Home first"
ROW = f"{HOME} · Discharge to assess"
AT = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
CHANGES = st.sampled_from(("housing", "gone"))
ROWS = st.sampled_from(("planned", "discharge-to-assess", "gone"))
TEXT = st.sampled_from(("", " ", "words", "words ", "“zebra”\n", "a\u200b", "5 November 2026"))
DETAILS = st.builds(
    Details,
    place=TEXT,
    held_on=st.none() | st.dates(),
    partners=st.lists(
        st.builds(
            Partner,
            organisation=TEXT,
            role=TEXT,
            name=TEXT,
            id=st.sampled_from(("", "partner-1", "partner-2", "x", "y")),
        ),
        max_size=4,
    ).map(tuple),
    agenda=st.lists(
        st.builds(
            AgendaItem,
            change=st.sampled_from(("home-first", "housing", "gone")),
            in_scope=st.booleans(),
            minutes=st.integers(0, 2),
        ),
        max_size=3,
        unique_by=lambda item: item.change,
    ).map(tuple),
)
ACTIONS = st.builds(
    Action,
    id=st.sampled_from("abcd"),
    change=st.sampled_from((None, "home-first", "gone")),
    row=st.none() | ROWS,
    to_do=TEXT,
    where_now=TEXT,
    due_on=st.just(None) | st.just(dt.date(2026, 11, 5)),
    owner=TEXT,
    progress=st.sampled_from(Progress),
)


def edits(model: Model) -> st.SearchStrategy[Edit]:
    """Any edit there is; those of actions are made only where the plan lets them."""
    return st.one_of(
        st.builds(AgreeLevel, ROWS, st.none() | st.sampled_from(("mature", "exemplary"))),
        st.builds(SetOutcome, ROWS, st.sampled_from(Outcome)),
        st.builds(WriteRow, ROWS, st.sampled_from(RowField), TEXT),
        st.builds(WriteChange, CHANGES, st.sampled_from(ChangeField), TEXT),
        st.builds(SetDetails, DETAILS),
        st.builds(AddAction, ACTIONS),
        st.builds(ReviseAction, ACTIONS, st.just("any")),
        st.builds(RemoveActions, st.sampled_from((("a",), ("b", "c"), ("d",)))),
        live_edits(model, ROWS, CHANGES, Workshop(id="w", created_at=AT), AT),
        st.builds(PutFirst, st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(tuple)),
    )


def made(workshop: Workshop, steps: list[Edit]) -> Workshop:
    ids = {a.id for a in workshop.actions}
    for step in steps:
        if isinstance(step, AddAction | ReviseAction):
            if (step.action.id in ids) is isinstance(step, AddAction):
                continue
            ids.add(step.action.id)
        if isinstance(step, RemoveActions):
            ids -= set(step.ids)
        workshop = step.apply(workshop)
    return workshop


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_after_any_edits_something_differs_exactly_where_the_workshops_do(
    model: Model, sample: Workshop, data: st.DataObject
) -> None:
    before = made(sample, data.draw(st.lists(edits(model), max_size=12)))
    after = made(before, data.draw(st.lists(edits(model), max_size=12)))
    forth, back = differences(model, before, after), differences(model, after, before)
    assert bool(forth) == bool(back) == (before != after)
    assert all(d.where and d.before != d.after for d in forth)
    assert len(set(forth)) == len(forth) or any("Partners" in d.where for d in forth)
    assert not differences(model, before, before)
    whole = "\n".join(d.before + d.after for d in forth)
    for row in ("planned", "discharge-to-assess", "gone"):
        for field in RowField:
            texts = field.read(before.row(row)), field.read(after.row(row))
            assert texts[0] == texts[1] or all(text in whole for text in texts)


def test_every_edit_of_a_row_is_told_where_it_stands(model: Model, blank: Workshop) -> None:
    row = "discharge-to-assess"
    after = AgreeLevel(row, "established").apply(blank)
    after = SetOutcome(row, Outcome.AGREED_WITH_RESERVATION).apply(after)
    assert differences(model, blank, after) == (
        Difference(ROW, "Not discussed", "Established, agreed with reservation", RowPlace(row)),
    )
    for field in RowField:
        assert differences(model, blank, WriteRow(row, field, "New\nwords").apply(blank)) == (
            Difference(f"{ROW} · {field.words}", "", "New\nwords", RowPlace(row, field=field)),
        )


def test_every_text_of_a_change_is_told(model: Model, blank: Workshop) -> None:
    for field in ChangeField:
        after = WriteChange("home-first", field, "words").apply(blank)
        assert differences(model, after, blank) == (
            Difference(
                f"{HOME} · {field.words}", "words", "", ChangeFieldPlace("home-first", field)
            ),
        )


def test_they_stand_in_the_published_order(model: Model, blank: Workshop) -> None:
    after = blank
    steps: tuple[Edit, ...] = (
        WriteRow("gone", RowField.NOTE, "x"),
        AddAction(Action(id="a", to_do="x")),
        WriteRow("discharge-to-assess", RowField.NOTE, "x"),
        WriteRow("planned", RowField.NOTE, "x"),
        WriteChange("home-first", ChangeField.NOTE, "x"),
        WriteChange("gone", ChangeField.NOTE, "x"),
        SetDetails(Details(place="x")),
    )
    for step in steps:
        after = step.apply(after)
    assert [d.where for d in differences(model, blank, after)] == [
        "Workshop details · Place",
        "Change 1: Early discharge planning · Planned · Note",
        f"{HOME} · Note",
        f"{ROW} · Note",
        "Action plan",
        "Not in this model · gone · Note",
        "Not in this model · gone · Note",
    ]


def test_a_level_and_texts_of_a_row_that_the_model_does_not_have_are_told(
    model: Model, blank: Workshop
) -> None:
    record = RowRecord(row="gone", outcome=Outcome.AGREED, level="odd", note="kept")
    before = replace(blank, rows=(record,), changes=(ChangeRecord(change="old", culture="c"),))
    assert differences(model, before, blank) == (
        Difference("Not in this model · gone", "odd", "Not discussed", UnplacedPlace("gone")),
        Difference("Not in this model · gone · Note", "kept", "", UnplacedPlace("gone")),
        Difference("Not in this model · old · Culture", "c", "", UnplacedPlace("old")),
    )


# Details


def detailed(blank: Workshop, **changes: object) -> Workshop:
    return replace(blank, details=replace(blank.details, **changes))


def test_each_detail_is_told_in_words(model: Model, blank: Workshop) -> None:
    after = detailed(
        blank,
        place="Northbridge",
        held_on=dt.date(2026, 11, 12),
        facilitator="Lead",
        populations="Over 75",
    )
    assert [(d.where, d.before, d.after) for d in differences(model, blank, after)] == [
        ("Workshop details · Place", "", "Northbridge"),
        ("Workshop details · Date", "", "12 November 2026"),
        ("Workshop details · Facilitator", "", "Lead"),
        ("Workshop details · Populations in focus", "", "Over 75"),
    ]


def test_the_agenda_is_told_change_by_change(model: Model, blank: Workshop) -> None:
    items = (
        AgendaItem(change="home-first", minutes=1),
        AgendaItem(change="housing", in_scope=False),
        AgendaItem(change="gone", in_scope=False, minutes=5),
    )
    found = differences(model, detailed(blank, agenda=items), blank)
    assert [(d.where, d.before, d.after) for d in found] == [
        (f"Workshop details · Agenda · {HOME}", "In scope, 1 minute", "In scope"),
        (
            f"Workshop details · Agenda · {model.change('housing').heading}",
            "Not in scope",
            "In scope",
        ),
        ("Workshop details · Agenda · gone", "Not in scope, 5 minutes", "In scope"),
    ]


ANN, BEN = Partner(organisation="Trust", role="Nurse", name="Ann"), Partner(organisation="Council")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((), (ANN,), [("", "", "Trust, Nurse · Ann")]),
        ((BEN, ANN), (ANN,), [("", "Council", "")]),
        ((ANN,), (replace(ANN, role="Matron"),), [(" · Trust · Role", "Nurse", "Matron")]),
        ((ANN,), (replace(ANN, name=""),), [(" · Trust · Name", "Ann", "")]),
        ((ANN, BEN), (BEN, ANN), [
            (" · Order", "1. Trust, Nurse · Ann\n2. Council", "1. Council\n2. Trust, Nurse · Ann")
        ]),
        ((ANN, BEN, ANN), (ANN, BEN), [("", "Trust, Nurse · Ann", "")]),
        ((BEN,), (BEN, BEN), [("", "", "Council")]),
        ((), (Partner(organisation=""),), [("", "", "A partner with no organisation yet")]),
        ((), (Partner(organisation="\u200b", role="Aide", name="Eve"),), [("", "", "Aide · Eve")]),
        ((Partner(organisation="Trust"), ANN), (ANN, replace(ANN, name="Eve")), [
            (" · Trust · Role", "", "Nurse"), (" · Trust · Name", "", "Eve")
        ]),
        ((replace(ANN, id="1"),), (replace(ANN, id="2"),), []),
        ((replace(ANN, id="1"),), (replace(BEN, id="1"),), [
            (" · Trust · Organisation", "Trust", "Council"),
            (" · Trust · Role", "Nurse", ""), (" · Trust · Name", "Ann", ""),
        ]),
        ((replace(ANN, id="1"),), (replace(ANN, role="Matron", id="2"),), [
            ("", "Trust, Nurse · Ann", ""), ("", "", "Trust, Matron · Ann")
        ]),
        ((replace(ANN, id="1"),), (replace(ANN, role="Matron"),), [
            (" · Trust · Role", "Nurse", "Matron")
        ]),
        ((replace(BEN, id="1"), replace(BEN, role="Lead", id="2")),
         (replace(BEN, role="Head", id="2"), replace(BEN, role="Aide", id="1")), [
            (" · Council · Role", "", "Aide"), (" · Council · Role", "Lead", "Head")
        ]),
        ((Partner(organisation=" ", id="1"),), (replace(BEN, id="1"),), [
            (" · A partner with no organisation yet · Organisation", " ", "Council")
        ]),
    ],
)  # fmt: skip
def test_partners_are_told_one_by_one(
    model: Model,
    blank: Workshop,
    before: tuple[Partner, ...],
    after: tuple[Partner, ...],
    told: list[tuple[str, str, str]],
) -> None:
    found = differences(model, detailed(blank, partners=before), detailed(blank, partners=after))
    if not told:
        (alike,) = found
        assert alike.where == "The file itself"
        return
    where = "Workshop details · Partners"
    assert [(d.where, d.before, d.after) for d in found] == [
        (where + rest, old, new) for rest, old, new in told
    ]
    assert {d.place for d in found} == {DetailsPlace()}


def test_a_workshop_made_at_another_time_says_so(model: Model, blank: Workshop) -> None:
    later = replace(blank, created_at=blank.created_at + dt.timedelta(seconds=1))
    assert differences(model, blank, later) == (
        Difference(
            "Workshop details · First made",
            "12 November 2026, 09:00:00",
            "12 November 2026, 09:00:01",
            DetailsPlace(),
        ),
    )


# The action plan

ACTION = Action(
    id="a",
    change="home-first",
    row="discharge-to-assess",
    where_now="Established: here",
    to_do="Agree one referral",
    due_words="end of March",
    success="Fewer calls",
    owner="Ann",
)


def with_actions(blank: Workshop, *actions: Action) -> Workshop:
    return replace(blank, actions=actions)


def test_an_action_that_came_or_went_is_told_whole(model: Model, blank: Workshop) -> None:
    whole = (
        f"Impact change: {ROW}\n"
        "Where are you now?: Established: here\n"
        "What do you need to do?: Agree one referral\n"
        "When will it be done by?: end of March\n"
        "How will you know it has been successful?: Fewer calls\n"
        "Owner: Ann\n"
        "Progress: Not started"
    )
    after, where = with_actions(blank, ACTION), f"Action plan · {ROW}"
    place = ActionPlace("a")
    assert differences(model, blank, after) == (Difference(where, "", whole, place),)
    assert differences(model, after, blank) == (Difference(where, whole, "", place),)
    bare = with_actions(blank, Action(id="b"))
    assert [(d.where, d.after) for d in differences(model, blank, bare)] == [
        ("Action plan", "Impact change: No change named\nProgress: Not started")
    ]


@pytest.mark.parametrize(
    ("change", "where", "before", "after"),
    [
        ({"to_do": "Else"}, "What do you need to do?", "Agree one referral", "Else"),
        ({"where_now": ""}, "“Agree one referral” · Where are you now?", "Established: here", ""),
        ({"success": "x"}, "“Agree one referral” · How will you know it has been successful?",
         "Fewer calls", "x"),
        ({"owner": "x"}, "“Agree one referral” · Owner", "Ann", "x"),
        ({"progress": Progress.DONE}, "“Agree one referral” · Progress", "Not started", "Done"),
        ({"due_words": "", "due_on": dt.date(2027, 3, 31)},
         "“Agree one referral” · When will it be done by?", "end of March", "31 March 2027"),
    ],
)  # fmt: skip
def test_each_field_of_an_action_is_told(
    model: Model, blank: Workshop, change: dict[str, object], where: str, before: str, after: str
) -> None:
    other = replace(ACTION, **change)
    found = differences(model, with_actions(blank, ACTION), with_actions(blank, other))
    assert found == (Difference(f"Action plan · {ROW} · {where}", before, after, ActionPlace("a")),)


def test_an_action_tied_elsewhere_is_told_under_where_it_stands_now(
    model: Model, blank: Workshop
) -> None:
    here = with_actions(blank, ACTION)
    for change, row, line, words in (
        ("home-first", None, f" · {HOME}", HOME),
        (None, None, "", "No change named"),
        ("gone", "lost", "", "gone · lost"),
        (None, "discharge-to-assess", f" · {ROW}", "No change named · Discharge to assess"),
    ):
        moved = with_actions(blank, replace(ACTION, change=change, row=row))
        assert [(d.where, d.before, d.after) for d in differences(model, here, moved)] == [
            (f"Action plan{line} · “Agree one referral” · Impact change", ROW, words)
        ]


def test_a_date_and_its_words_are_told_apart(model: Model, blank: Workshop) -> None:
    words = with_actions(blank, replace(ACTION, due_words="31 March 2027"))
    date = with_actions(blank, replace(ACTION, due_words="", due_on=dt.date(2027, 3, 31)))
    told = ("31 March 2027 (in words)", "31 March 2027 (as a date)")
    assert [(d.before, d.after) for d in differences(model, words, date)] == [told]
    assert [(d.after, d.before) for d in differences(model, date, words)] == [told]


def test_another_order_of_the_plan_is_said_once(model: Model, blank: Workshop) -> None:
    long = replace(ACTION, id="b", change=None, row=None, to_do="Many words " * 20)
    bare, new = Action(id="c"), Action(id="d", to_do="New")
    before = with_actions(blank, ACTION, long, bare)
    assert [d.where for d in differences(model, before, with_actions(blank, long, bare))] == [
        f"Action plan · {ROW}"
    ]
    found = differences(model, before, with_actions(blank, bare, new, ACTION, long))
    assert [d.where for d in found] == ["Action plan", "Action plan · Order"]
    shortened = "“" + "Many words " * 5 + "…”"
    assert found[-1].before.splitlines() == [
        f"1. {ROW} · “Agree one referral”",
        f"2. {shortened}",
        "3. An action with no wording yet",
    ]
    assert found[-1].after.splitlines()[0] == "1. An action with no wording yet"
    assert found[-1].place == ActionPlace("c")


# What nobody would see


@pytest.mark.parametrize("text", ["note ", "note\n", "no\u200bte", "note\u00a0", "\u0007note"])
def test_texts_that_read_the_same_are_told_and_said_to(
    model: Model, blank: Workshop, text: str
) -> None:
    pair = [WriteRow("planned", RowField.NOTE, t).apply(blank) for t in ("note", text)]
    (found,) = differences(model, *pair)
    assert found.where.endswith("Planned · Note · only spaces or hidden characters differ")
    assert (found.before, found.after) == ("note", text)


@pytest.mark.parametrize(
    "alter",
    [
        lambda w: replace(w, id="other"),
        lambda w: replace(w, rows=w.rows[::-1]),
        lambda w: replace(w, rows=(*w.rows, RowRecord(row="gone"))),
        lambda w: replace(w, baseline=replace(w.baseline, workshop="another")),
        lambda w: replace(
            w,
            details=replace(
                w.details, partners=tuple(replace(p, id=f"{p.id}!") for p in w.details.partners)
            ),
        ),
    ],
)
def test_workshops_that_differ_in_nothing_recorded_are_not_said_to_be_the_same(
    model: Model, sample: Workshop, alter: Callable[[Workshop], Workshop]
) -> None:
    (found,) = differences(model, sample, alter(sample))
    assert found.where == "The file itself"
    assert found.after == "Reads the same; only how it is written down differs"


@pytest.mark.parametrize(
    "alter",
    [
        lambda w: StartClock("housing", AT).apply(w),
        lambda w: replace(w, log=w.log[:-1]),
        lambda w: replace(w, log=(), clock=Clock()),
    ],
)
def test_workshops_of_which_only_the_clock_or_the_log_differs_are_said_to_be(
    model: Model, sample: Workshop, alter: Callable[[Workshop], Workshop]
) -> None:
    (found,) = differences(model, sample, alter(sample))
    assert found == Difference(
        "The clock and the decision log",
        "All else reads the same",
        "All else reads the same; only the clock or the decision log is different",
        DetailsPlace(),
    )
    both = WriteRow("planned", RowField.NOTE, "x").apply(alter(sample))
    assert [d.where for d in differences(model, sample, both)] == [
        "Change 1: Early discharge planning · Planned · Note"
    ]


# What a live workshop records


def told(model: Model, before: Workshop, after: Workshop) -> list[tuple[str, str, str]]:
    return [(d.where, d.before, d.after) for d in differences(model, before, after)]


def test_a_lean_is_told_with_the_level(model: Model, blank: Workshop) -> None:
    agreed = AgreeLevel("discharge-to-assess", "mature").apply(blank)
    leaning = LeanLevel("discharge-to-assess", Lean.UP).apply(agreed)
    assert told(model, agreed, leaning) == [(ROW, "Mature", "Mature, leaning up")]


@pytest.mark.parametrize("when", When)
def test_hands_are_told_by_level_and_positions_by_partner(
    when: When, model: Model, blank: Workshop
) -> None:
    row, levels = "discharge-to-assess", tuple(level.id for level in model.levels)
    before = detailed(blank, partners=(replace(ANN, id="a"), replace(BEN, id="b")))
    after = detailed(before, partners=(replace(ANN, id="a", name=""),))
    for level, number in (("mature", 2), ("established", 1)):
        after = CountHands(row, when, level, number, levels).apply(after)
    for partner in ("a", "b", "lost"):
        before = TakePosition(row, when, partner, "mature").apply(before)
    after = TakePosition(row, when, "b", "exemplary").apply(after)
    label = f"{ROW} · Show of hands {when.value} discussion"
    found = [line for line in told(model, before, after) if line[0].startswith(ROW)]
    assert found == [
        (label, "", "Established 1, Mature 2"),
        (f"{label} · Trust, Nurse", "Mature", ""),
        (f"{label} · Council", "Mature", "Exemplary"),
        (f"{label} · A partner no longer listed", "Mature", ""),
    ]
    places = {d.place for d in differences(model, before, after) if d.where.startswith(ROW)}
    assert places == {RowPlace(row)}


def test_hands_of_a_row_that_the_model_does_not_have_are_told(
    model: Model, blank: Workshop
) -> None:
    tally = Tally(
        hands=(Hands(level="odd", number=1),), positions=(Position(partner="p", level="odd"),)
    )
    label = "Not in this model · gone · Show of hands before discussion"
    after = replace(blank, rows=(RowRecord(row="gone", before=tally),))
    assert told(model, blank, after) == [
        (label, "", "odd 1"),
        (f"{label} · A partner no longer listed", "", "odd"),
    ]
    assert {d.place for d in differences(model, blank, after)} == {UnplacedPlace("gone")}


def test_that_the_previous_level_was_shown_is_told(model: Model, blank: Workshop) -> None:
    rows = (EarlierRow(row="discharge-to-assess", outcome=Outcome.PARKED),)
    hidden = SetBaseline(Baseline(workshop="b", rows=rows)).apply(blank)
    shown = ShowPrevious("discharge-to-assess").apply(hidden)
    assert told(model, hidden, shown) == [(f"{ROW} · Previous level", "Not shown", "Shown")]


def test_a_baseline_is_told_by_itself_and_then_row_by_row(model: Model, blank: Workshop) -> None:
    one = Baseline(
        workshop="b",
        place="Northbridge",
        held_on=dt.date(2025, 11, 13),
        rows=(
            EarlierRow(row="discharge-to-assess", outcome=Outcome.AGREED, level="mature"),
            EarlierRow(row="gone", outcome=Outcome.PARKED),
        ),
    )
    bare = Baseline(
        workshop="c",
        rows=(
            EarlierRow(
                row="discharge-to-assess", outcome=Outcome.AGREED, level="mature", lean=Lean.DOWN
            ),
        ),
    )
    first, other = (SetBaseline(baseline).apply(blank) for baseline in (one, bare))
    assert told(model, blank, first) == [("Baseline", "", "Northbridge, 13 November 2025")]
    assert told(model, other, blank) == [("Baseline", "An earlier workshop", "")]
    assert told(model, first, other) == [
        ("Baseline", "Northbridge, 13 November 2025", "An earlier workshop"),
        (
            "Baseline · Home first, Discharge to assess",
            "Still hidden",
            "Another, and still hidden",
        ),
        ("Baseline · gone", "Still hidden", "Another, and still hidden"),
    ]
    shown, other_shown = (
        ShowPrevious("discharge-to-assess").apply(workshop) for workshop in (first, other)
    )
    levels = ("Baseline · Home first, Discharge to assess", "Mature", "Mature, leaning down")
    assert levels in told(model, shown, other_shown)
    for pair in ((shown, other), (first, other_shown)):
        assert "Mature" not in repr(told(model, *pair)), "hidden on one side is hidden"


def test_what_is_put_first_is_told_in_its_order(model: Model, blank: Workshop) -> None:
    plan = with_actions(blank, ACTION, Action(id="b"))
    first = PutFirst(("b", "a")).apply(plan)
    (found,) = differences(model, plan, first)
    words = "1. An action with no wording yet\n2. “Agree one referral”"
    assert found == Difference("Action plan · Put first", "", words, ActionPlace("b"))
    (back,) = differences(model, first, plan)
    assert (back.before, back.after, back.place) == (words, "", ActionPlace("b"))


def test_signed_off_versions_are_told_by_number(model: Model, blank: Workshop) -> None:
    there = detailed(blank, partners=(replace(ANN, id="a"),))
    signed = SignOff(AT, ("a",)).apply(there)
    (sealed,) = signed.sealed
    words = f"12 November 2026, 10:00:00, {sealed.fingerprint}\nTrust, Nurse"
    assert told(model, there, signed) == [("Signed off · Version 1", "", words)]
    altered = replace(signed, sealed=(replace(sealed, content=blank, present=()),))
    assert told(model, signed, altered) == [
        (
            "Signed off · Version 1",
            words,
            f"12 November 2026, 10:00:00, {sealed.fingerprint}, has been altered since",
        )
    ]
    assert told(model, altered, there)[0][2] == ""


# What a workshop holds


def test_what_a_workshop_holds_is_said_without_adding_levels_up(
    model: Model, blank: Workshop
) -> None:
    assert contents(model, blank) == "0 of 27 rows agreed · no actions"
    some = AgreeLevel("planned", "mature").apply(with_actions(blank, ACTION))
    assert contents(model, some) == "1 of 27 rows agreed · 1 action"
    parked = SetOutcome("emergency", Outcome.PARKED).apply(some)
    parked = replace(parked, actions=(ACTION, Action(id="b")))
    assert contents(model, parked) == "1 of 27 rows agreed · 1 parked · 2 actions"


def test_a_level_that_the_model_does_not_have_goes_by_its_id(model: Model) -> None:
    record = RowRecord(row="gone", outcome=Outcome.AGREED_WITH_RESERVATION, level="odd")
    assert standing(model, record) == "odd, agreed with reservation"

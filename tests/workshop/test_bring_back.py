"""A plan that comes back from outside: what differs, what is told, and what taking it does."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hicm_desktop.export.plain_text import plain
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir
from hicm_desktop.workshop.bring_back import (
    NOT_WHOLE,
    PUT_FIRST,
    STRANGE_ID,
    BroughtBack,
    Offer,
    compare,
    rivals,
    taking,
)
from hicm_desktop.workshop.decisions import written
from hicm_desktop.workshop.difference import seen
from hicm_desktop.workshop.entry import Kind
from hicm_desktop.workshop.limits import LONGEST_TEXT
from hicm_desktop.workshop.plan_edits import BringBackPlan, Part, Revision
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.values import Action, Progress, Workshop

HEADING, ROW = "Change 4: Home first", "Discharge to assess"
TRAIN = Action(
    id="train",
    change="home-first",
    row="discharge-to-assess",
    where_now="Established: some of it",
    to_do="Train 12 staff.\nThen the next.",
    due_on=dt.date(2027, 3, 31),
    success="All trained",
    owner="Council",
    progress=Progress.UNDER_WAY,
)
AT = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
LINE = PlanLine(
    id="",
    change=HEADING,
    row=ROW,
    where_now="",
    to_do="Ring the council",
    due="",
    due_on=None,
    success="",
    owner="",
    progress="",
    place="row 9",
)


@pytest.fixture
def workshop(blank: Workshop) -> Workshop:
    return replace(blank, actions=(TRAIN,))


def exported(model: Model, workshop: Workshop) -> list[PlanLine]:
    """Give the plan as a workbook holds it: what has a date is a date, the rest is words."""
    return [
        PlanLine(
            id=action.id,
            change=action.change_heading,
            row=action.row_name,
            where_now=plain(action.where_now),
            to_do=plain(action.to_do),
            due="" if action.due_on else plain(action.due),
            due_on=action.due_on,
            success=plain(action.success),
            owner=plain(action.owner),
            progress=action.progress.words,
            place=f"row {number}",
        )
        for number, action in enumerate(build_report(model, workshop).actions, start=2)
    ]


def line_of(model: Model, workshop: Workshop, **other: object) -> PlanLine:
    """Give the line of the one action, filled in otherwise."""
    (line,) = exported(model, workshop)
    return replace(line, **other)


def told_of(brought: BroughtBack) -> list[tuple[Part | None, str, str]]:
    return [(offer.part, offer.was, offer.now) for offer in brought.offers]


def taken(workshop: Workshop, offers: tuple[Offer, ...]) -> Workshop:
    numbers = count(1)
    return taking(offers, lambda: f"new-{next(numbers)}").apply(workshop)


# What is no difference


def test_what_went_out_and_came_back_as_it_was_is_no_difference(
    model: Model, sample: Workshop
) -> None:
    assert compare(model, sample, exported(model, sample)) == BroughtBack()


@pytest.mark.parametrize(
    "text",
    [
        "Train 12 staff.\r\nThen the next.",
        "Train 12 staff.\rThen the next.\r",
        "  Train\u00a012 staff.\nThen the\u2007next. \n",
        "Train 12 staff.\u200b\nThen the next.",
    ],
)
def test_what_excel_does_to_spaces_is_no_difference(
    model: Model, workshop: Workshop, text: str
) -> None:
    assert compare(model, workshop, [line_of(model, workshop, to_do=text)]) == BroughtBack()


def test_what_a_workbook_cannot_hold_is_no_difference(model: Model, workshop: Workshop) -> None:
    odd = replace(workshop, actions=(replace(TRAIN, owner="A\x00B\ud800"),))
    assert compare(model, odd, [line_of(model, odd, owner="A\ufffdB\ufffd")]) == BroughtBack()


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("Home first", "discharge  to assess"),
        ("change 4 – HOME FIRST", "Discharge-to-assess"),
        ("4", "Discharge to assess"),
        ("", "Discharge to assess"),
        ("No change named", "Discharge to assess"),
    ],
)
def test_a_place_is_read_however_it_is_typed(
    model: Model, workshop: Workshop, change: str, row: str
) -> None:
    line = line_of(model, workshop, change=change, row=row)
    assert compare(model, workshop, [line]) == BroughtBack()


@pytest.mark.parametrize("progress", ["under way", "Underway", " UNDER-WAY "])
def test_progress_is_read_however_it_is_typed(
    model: Model, workshop: Workshop, progress: str
) -> None:
    assert not compare(model, workshop, [line_of(model, workshop, progress=progress)]).lines


@pytest.mark.parametrize("due", ["31/3/2027", " 31 March 2027", "2027-03-31"])
def test_words_that_are_a_date_are_that_date(model: Model, workshop: Workshop, due: str) -> None:
    line = line_of(model, workshop, due_on=None, due=due)
    assert compare(model, workshop, [line]) == BroughtBack()
    said = replace(workshop, actions=(replace(TRAIN, due_on=None, due_words=due),))
    assert compare(model, said, exported(model, workshop)) == BroughtBack()


def test_an_action_tied_to_a_row_alone_is_of_its_change(model: Model, workshop: Workshop) -> None:
    bare = replace(workshop, actions=(replace(TRAIN, change=None),))
    assert compare(model, bare, exported(model, bare)) == BroughtBack()


def test_what_this_model_does_not_have_comes_back_as_it_went_out(
    model: Model, workshop: Workshop
) -> None:
    gone = replace(workshop, actions=(replace(TRAIN, change="gone", row="gone-row"),))
    assert compare(model, gone, exported(model, gone)) == BroughtBack()


# What differs


def test_every_part_is_offered_by_itself_with_both_texts_whole(
    model: Model, workshop: Workshop
) -> None:
    line = line_of(
        model,
        workshop,
        change="Change 1: Early discharge planning",
        row="Planned",
        where_now="Mature",
        to_do="Train 20 staff",
        due_on=None,
        due="after Easter ",
        success="",
        owner="Trust",
        progress="Done",
    )
    brought = compare(model, workshop, [line])
    assert told_of(brought) == [
        (Part.PLACE, f"{HEADING} · {ROW}", "Change 1: Early discharge planning · Planned"),
        (Part.WHERE_NOW, "Established: some of it", "Mature"),
        (Part.TO_DO, "Train 12 staff.\nThen the next.", "Train 20 staff"),
        (Part.DUE, "31 March 2027", "after Easter"),
        (Part.SUCCESS, "All trained", ""),
        (Part.OWNER, "Council", "Trust"),
        (Part.PROGRESS, "Under way", "Done"),
    ]
    assert [part.label(model) for part in Part] == [*model.columns, "Owner", "Progress"]
    (found,) = brought.lines
    assert (found.ours, found.place, found.about, found.told) == (TRAIN, "row 2", "", ())
    for offer in brought.offers:
        (now,) = taken(workshop, (offer,)).actions
        assert offer.part is not None
        assert offer.part.onto(TRAIN, now) == now, "that part alone is taken"
        assert now != TRAIN
    assert taken(workshop, brought.offers).actions == (
        Action(
            id="train",
            change="early-discharge-planning",
            row="planned",
            where_now="Mature",
            to_do="Train 20 staff",
            due_words="after Easter",
            owner="Trust",
            progress=Progress.DONE,
        ),
    )


def test_a_date_that_is_typed_is_taken_as_a_date(model: Model, workshop: Workshop) -> None:
    line = line_of(model, workshop, due_on=None, due="1.4.27")
    (offer,) = compare(model, workshop, [line]).offers
    assert (offer.was, offer.now) == ("31 March 2027", "1 April 2027")
    (now,) = taken(workshop, (offer,)).actions
    assert (now.due_on, now.due_words) == (dt.date(2027, 4, 1), "")


def test_a_place_can_be_taken_away(model: Model, workshop: Workshop) -> None:
    brought = compare(model, workshop, [line_of(model, workshop, change=" ", row="")])
    assert told_of(brought) == [(Part.PLACE, f"{HEADING} · {ROW}", "No change named")]
    (now,) = taken(workshop, brought.offers).actions
    assert (now.change, now.row) == (None, None)
    brought = compare(model, workshop, [line_of(model, workshop, row="")])
    assert told_of(brought) == [(Part.PLACE, f"{HEADING} · {ROW}", HEADING)]


# What is new, and what is missing


@pytest.mark.parametrize(("line_id", "why"), [("", ""), (" ", ""), ("other", STRANGE_ID)])
def test_a_line_of_no_action_here_is_offered_as_a_new_one(
    model: Model, workshop: Workshop, line_id: str, why: str
) -> None:
    line = replace(LINE, id=line_id, due="31/3/2027", progress="done")
    brought = compare(model, workshop, [*exported(model, workshop), line])
    (found,) = brought.lines
    assert (found.ours, found.place, found.about) == (None, "row 9", why)
    (offer,) = brought.offers
    assert (offer.part, offer.was) == (None, "")
    assert offer.now == (
        f"Impact change: {HEADING} · {ROW}\nWhat do you need to do? Ring the council\n"
        "When will it be done by? 31 March 2027\nProgress: Done"
    )
    assert taken(workshop, brought.offers).actions == (
        TRAIN,
        Action(
            id="new-1",
            change="home-first",
            row="discharge-to-assess",
            to_do="Ring the council",
            due_on=dt.date(2027, 3, 31),
            progress=Progress.DONE,
        ),
    )
    assert not brought.knows_none


def test_a_line_that_says_nothing_is_passed_over(model: Model, workshop: Workshop) -> None:
    empty = replace(LINE, to_do="\u00a0", progress="Not started")
    assert compare(model, workshop, [*exported(model, workshop), empty]) == BroughtBack()


def test_each_line_that_the_plan_has_word_for_word_stands_for_one_action(
    model: Model, blank: Workshop
) -> None:
    same = Action(id="a", change="home-first", row="discharge-to-assess", to_do="Ring the council")
    plan = replace(blank, actions=(same, replace(same, id="b")))
    assert compare(model, plan, [LINE, replace(LINE, id="strange")]) == BroughtBack()
    assert [o.theirs for o in compare(model, plan, [LINE] * 3).offers] == [replace(same, id="")]
    assert compare(model, plan, [LINE]).missing == (plan.actions[1],)


def test_what_the_file_does_not_have_is_told_and_stays(model: Model, workshop: Workshop) -> None:
    plan = replace(workshop, actions=(TRAIN, replace(TRAIN, id="two", to_do="Two")))
    brought = compare(model, plan, [line_of(model, workshop)])
    assert (brought.lines, brought.missing) == ((), (plan.actions[1],))
    assert taken(plan, brought.offers) == plan


def test_the_workbook_of_another_workshop_is_known_for_one(
    model: Model, workshop: Workshop, sample: Workshop
) -> None:
    brought = compare(model, workshop, exported(model, sample))
    assert brought.knows_none
    assert len(brought.offers) == len(sample.actions)
    assert brought.missing == (TRAIN,)
    assert not compare(model, workshop, []).knows_none


# What cannot be told for certain


def test_of_an_action_that_stands_twice_each_part_is_taken_from_one_line(
    model: Model, workshop: Workshop
) -> None:
    lines = [
        line_of(model, workshop, owner="Trust", place="row 2"),
        replace(LINE, place="row 3"),
        line_of(model, workshop, owner="Hospice", progress="Done", place="row 4"),
        line_of(model, workshop, place="row 5"),
    ]
    brought = compare(model, workshop, lines)
    assert [found.place for found in brought.lines] == ["row 2", "row 4", "row 5", "row 3"]
    twice = "The file has this action more than once: row 2, row 4 and row 5. "
    assert all(found.about.startswith(twice) for found in brought.lines[:3])
    assert [found.repeated for found in brought.lines] == [True, True, True, False]
    offers = brought.offers
    assert [(o.part, o.now) for o in offers[:3]] == [
        (Part.OWNER, "Trust"),
        (Part.OWNER, "Hospice"),
        (Part.PROGRESS, "Done"),
    ]
    assert [rivals(offers, n) for n in range(len(offers))] == [(1,), (0,), (), ()]
    assert brought.plain_offers == offers[3:], "which of the lines is right is not for us to say"


def test_a_line_that_was_copied_and_worded_anew_is_a_new_action(
    model: Model, workshop: Workshop
) -> None:
    copy = line_of(model, workshop, to_do="Train the porters", place="row 2")
    for other in ({}, {"owner": "Trust"}):
        own = line_of(model, workshop, place="row 3", **other)
        brought = compare(model, workshop, [copy, own])
        after = taken(workshop, brought.plain_offers)
        assert after.actions == (
            replace(TRAIN, **other),
            replace(TRAIN, id="new-1", to_do="Train the porters"),
        )
        new = brought.lines[-1]
        about = "A copy of row 3 with other words, so it would be a new action."
        assert (new.place, new.about, new.repeated) == ("row 2", about, False)
        assert compare(model, after, [copy, own]) == BroughtBack(), "it is not offered again"


def test_where_no_line_has_the_words_of_the_action_nobody_can_tell_which_is_the_copy(
    model: Model, workshop: Workshop
) -> None:
    lines = [line_of(model, workshop, to_do=f"To do {n}", place=f"row {n}") for n in range(2, 12)]
    brought = compare(model, workshop, lines)
    assert brought.plain == frozenset()
    assert rivals(brought.offers, 0) == tuple(range(1, 10))
    named = "row 2, row 3, row 4, row 5, row 6, row 7 and more. "
    assert f"more than once: {named}" in brought.lines[0].about


def test_new_lines_are_nobodys_rivals(model: Model, blank: Workshop) -> None:
    offers = compare(model, blank, [LINE, replace(LINE, to_do="Other")]).offers
    assert [rivals(offers, n) for n in range(2)] == [(), ()]


@pytest.mark.parametrize("name", ["row", "owner", "progress"])
def test_what_has_no_column_in_the_file_stays_and_is_told_once(
    model: Model, workshop: Workshop, name: str
) -> None:
    two = replace(workshop, actions=(TRAIN, replace(TRAIN, id="two")))
    told = (
        f"The file has no column “{name.capitalize()}”, so what this workshop has there stays.",
    )
    lines = [replace(line, **{name: None}) for line in exported(model, two)]
    assert compare(model, two, lines) == BroughtBack(told=told)
    (found,) = compare(model, two, [replace(lines[0], success="x"), lines[1]]).lines
    (offer,) = found.offers
    assert offer.part is Part.SUCCESS
    assert found.told == ()


def test_without_its_row_an_action_stays_in_it_unless_its_change_is_another(
    model: Model, workshop: Workshop
) -> None:
    line = line_of(model, workshop, row=None, change="home FIRST")
    assert compare(model, workshop, [line]).lines == ()
    (offer,) = compare(model, workshop, [replace(line, change="1")]).offers
    assert (offer.theirs.change, offer.theirs.row) == ("early-discharge-planning", None)
    gone = replace(workshop, actions=(replace(TRAIN, change="gone", row="gone-row"),))
    line = line_of(model, gone, row=None)
    assert compare(model, gone, [line]).lines == ()


def test_what_is_not_whole_is_kept_or_left_to_the_user(model: Model, workshop: Workshop) -> None:
    first_gone = line_of(
        model,
        workshop,
        **dict.fromkeys(("change", "where_now", "to_do", "due", "due_on", "success")),
        is_whole=False,
    )
    (found,) = compare(model, workshop, [first_gone]).lines
    assert (found.offers, found.told) == ((), (NOT_WHOLE,))
    last_gone = line_of(model, workshop, to_do="Train", is_whole=False)
    brought = compare(model, workshop, [last_gone])
    assert told_of(brought) == [(Part.TO_DO, TRAIN.to_do, "Train")]
    assert brought.plain == frozenset()
    brought = compare(model, workshop, [line_of(model, workshop), last_gone])
    assert brought.lines[-1].told == (NOT_WHOLE,)
    assert (len(brought.offers), brought.plain) == (1, frozenset())


def test_what_was_emptied_is_offered_and_left_to_the_user(model: Model, workshop: Workshop) -> None:
    emptied = dict.fromkeys(("change", "row", "where_now", "to_do", "due", "success", "owner"), " ")
    line = line_of(model, workshop, **emptied, due_on=None, progress="Done")
    brought = compare(model, workshop, [line])
    assert len(brought.offers) == 7
    assert [offer.part for offer in brought.plain_offers] == [Part.PROGRESS]
    assert taken(workshop, brought.offers).actions == (Action("train", progress=Progress.DONE),)


@pytest.mark.parametrize("words", ["31/02/2027", "next Tuesday"])
def test_words_in_the_place_of_a_date_are_said_to_be_none(
    model: Model, workshop: Workshop, words: str
) -> None:
    line = line_of(model, workshop, due_on=None, due=words)
    (offer,) = compare(model, workshop, [line]).offers
    assert (offer.now, offer.note) == (words, "Not a date, so it would be kept as words.")
    said = replace(workshop, actions=(replace(TRAIN, due_on=None, due_words="soon"),))
    assert compare(model, said, [line]).offers[0].note == ""


@pytest.mark.parametrize(("written", "is_told"), [("1", False), ("", True), ("2", True)])
def test_what_is_put_first_is_not_taken_and_told(
    model: Model, workshop: Workshop, written: str, *, is_told: bool
) -> None:
    first = replace(workshop, first_actions=("train",))
    brought = compare(model, first, [line_of(model, first, put_first=written)])
    assert brought == BroughtBack(told=(PUT_FIRST,) if is_told else ())


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ("nearly", "“nearly” is not “Not started” or “Under way” or “Done”, so progress stays"),
        ("", "The file gives no progress, so progress stays"),
        ("75 %", "“75 %” is not “Not started” or “Under way” or “Done”, so progress stays"),
    ],
)
def test_progress_that_cannot_be_read_is_told_and_stays(
    model: Model, workshop: Workshop, progress: str, words: str
) -> None:
    (found,) = compare(model, workshop, [line_of(model, workshop, progress=progress)]).lines
    assert found.offers == ()
    assert found.told == (f"{words} “Under way”.",)


def test_no_progress_at_all_is_that_nothing_was_started(model: Model, workshop: Workshop) -> None:
    idle = replace(workshop, actions=(replace(TRAIN, progress=Progress.NOT_STARTED),))
    assert compare(model, idle, [line_of(model, idle, progress=" ")]) == BroughtBack()


def test_a_place_that_the_model_does_not_have_is_told_and_the_action_stays_where_it_is(
    model: Model, workshop: Workshop
) -> None:
    for other in ({"change": "Change 10: More"}, {"row": "Beds"}, {"change": "", "row": "Beds"}):
        (found,) = compare(model, workshop, [line_of(model, workshop, **other)]).lines
        name = next(filter(None, other.values()))
        stays = f"“{name}” is not in this model, so the action stays where it is."
        assert (found.offers, found.told) == ((), (stays,))


def test_a_change_that_is_known_is_offered_without_a_row_that_is_not(
    model: Model, workshop: Workshop
) -> None:
    line = line_of(model, workshop, change="Change 1", row="Beds")
    (found,) = compare(model, workshop, [line]).lines
    (offer,) = found.offers
    heading = "Change 1: Early discharge planning"
    assert offer.now == heading
    assert found.told == (f"“Beds” is no row of {heading}, so no row would be named.",)


@pytest.mark.parametrize(
    ("change", "row", "place", "words"),
    [
        ("Beds", "Planned", (None, None), "“Beds” is not in this model, so no change would be"),
        (HEADING, "Beds", ("home-first", None), f"“Beds” is no row of {HEADING}, so no row would"),
        ("", "Beds", (None, None), "“Beds” is not in this model, so no change would be"),
        ("", "", (None, None), ""),
    ],
)
def test_a_new_line_goes_without_a_place_that_the_model_does_not_have(
    model: Model,
    blank: Workshop,
    change: str,
    row: str,
    place: tuple[str | None, str | None],
    words: str,
) -> None:
    (found,) = compare(model, blank, [replace(LINE, change=change, row=row)]).lines
    assert (found.theirs.change, found.theirs.row) == place
    assert bool(words) == bool(found.told)
    assert all(told.startswith(words) for told in found.told)


def test_a_new_line_with_progress_that_cannot_be_read_has_not_been_started(
    model: Model, blank: Workshop
) -> None:
    (found,) = compare(model, blank, [replace(LINE, progress="soon")]).lines
    assert found.theirs.progress is Progress.NOT_STARTED
    assert found.told[-1].endswith("so progress would be “Not started”.")


def test_a_text_too_long_for_a_field_is_told_and_neither_taken_nor_cut(
    model: Model, workshop: Workshop
) -> None:
    long = "x" * (LONGEST_TEXT + 1)
    lines = [
        line_of(model, workshop, success=long, owner="Trust"),
        replace(LINE, due=long),
        replace(LINE, to_do=long[1:]),
    ]
    brought = compare(model, workshop, lines)
    refused = {o.part: o for found in brought.lines for o in found.offers if o.refused}
    assert refused.keys() == {Part.SUCCESS, None}
    success = "How will you know it has been successful?"
    words = f"“{success}” has 30,001 characters in the file, and a field holds up to 30,000"
    assert refused[Part.SUCCESS].refused.startswith(words)
    assert refused[Part.SUCCESS].now == long
    assert refused[None].refused.startswith("“When will it be done by?” has 30,001")
    assert [(o.part, o.theirs.to_do) for o in brought.offers] == [
        (Part.OWNER, TRAIN.to_do),
        (None, long[1:]),
    ]
    kept, added = taken(workshop, brought.offers).actions
    assert (kept.success, kept.owner, len(added.to_do)) == ("All trained", "Trust", LONGEST_TEXT)


# The edit


def test_the_edit_takes_all_at_once_and_says_how_much(model: Model, workshop: Workshop) -> None:
    edit = BringBackPlan((Revision(Part.OWNER, replace(TRAIN, owner="Trust")),))
    assert edit.describe(model) == "Bring back action plan, 1 difference"
    edit = replace(edit, added=(Action(id="new"),))
    assert edit.describe(model) == "Bring back action plan, 2 differences"
    assert [(a.id, a.owner) for a in edit.apply(workshop).actions] == [
        ("train", "Trust"),
        ("new", ""),
    ]
    with pytest.raises(ValueError, match="already has an action train"):
        replace(edit, added=(TRAIN,)).apply(workshop)
    with pytest.raises(KeyError):
        BringBackPlan((Revision(Part.OWNER, Action(id="gone")),)).apply(workshop)


def test_the_log_tells_of_what_was_taken_as_of_any_other_edit(
    model: Model, workshop: Workshop
) -> None:
    lines = [line_of(model, workshop, to_do="Train 20 staff", owner="Trust"), LINE]
    made = taken(workshop, compare(model, workshop, lines).offers)
    told = [(e.kind, e.was, e.now) for e in written(model, workshop, made, AT).log]
    assert told == [
        (Kind.ACTION_CHANGED, "Train 12 staff.\nThen the next.", "Train 20 staff"),
        (Kind.ACTION_ADDED, "", "Ring the council"),
    ]


# Whatever comes back

THE_MODEL = read_model(content_dir())
WORDS = st.sampled_from(
    ("", " ", "Train staff", "Train\u00a0 staff\r\n", "1/4/2027", "Ring\rround", "\x7f", "=1+1")
) | st.text(max_size=12)
FROM_XML = WORDS.map(plain)
DATES = st.none() | st.dates(dt.date(1999, 1, 1), dt.date(2040, 1, 1))
HEADINGS = st.sampled_from(("", HEADING, "home FIRST", "Change 1", "Beds", "9"))
NAMES = st.sampled_from(("", ROW, "planned", "Beds"))
IDS = st.sampled_from(("a", "b", "c", "d", "", "strange"))


@st.composite
def actions_of(draw: st.DrawFn, action_id: str) -> Action:
    on = draw(DATES)
    return Action(
        id=action_id,
        change=draw(st.sampled_from((None, "home-first", "housing", "gone"))),
        row=draw(st.sampled_from((None, "discharge-to-assess", "planned", "gone"))),
        where_now=draw(WORDS),
        to_do=draw(WORDS),
        due_on=on,
        due_words="" if on else draw(WORDS),
        success=draw(WORDS),
        owner=draw(WORDS),
        progress=draw(st.sampled_from(Progress)),
    )


PLANS = st.tuples(*map(actions_of, ("a", "b", "c")))
LINES = st.lists(
    st.builds(
        PlanLine,
        id=IDS,
        change=HEADINGS,
        row=NAMES,
        where_now=FROM_XML,
        to_do=FROM_XML,
        due=FROM_XML,
        due_on=DATES,
        success=FROM_XML,
        owner=FROM_XML,
        progress=st.sampled_from(("", "Done", "underway", "nearly")),
        place=st.integers(2, 99).map("row {}".format),
    ),
    max_size=6,
)


def plan_of(actions: tuple[Action, ...]) -> Workshop:
    return Workshop(id="any", created_at=AT, actions=actions)


@given(PLANS, st.lists(st.integers(0, 2), unique=True))
def test_any_plan_that_went_out_differs_in_nothing(
    actions: tuple[Action, ...], left_out: list[int]
) -> None:
    lines = exported(THE_MODEL, plan_of(actions))
    for number in sorted(left_out, reverse=True):
        del lines[number]
    brought = compare(THE_MODEL, plan_of(actions), lines)
    assert brought.lines == ()
    assert brought.missing == tuple(actions[n] for n in sorted(left_out))


@given(PLANS, LINES)
def test_all_that_is_taken_makes_the_plan_say_what_the_file_says(
    actions: tuple[Action, ...], lines: list[PlanLine]
) -> None:
    once = list({line.id or number: line for number, line in enumerate(lines)}.values())
    before = plan_of(actions)
    brought = compare(THE_MODEL, before, once)
    after = taken(before, brought.plain_offers)
    again = compare(THE_MODEL, after, once)
    assert again.plain_offers == ()
    assert all(offer.is_left for offer in again.offers)
    assert again.missing == brought.missing, "what the file does not have is left alone"
    assert all(action in after.actions for action in brought.missing)
    mine = {action.id: action for action in after.actions}
    for line in once:
        if line.id in ("a", "b", "c"):
            assert seen(mine[line.id].owner) in (
                seen(line.owner or ""),
                seen(before.action(line.id).owner),
            )


@given(PLANS)
def test_nothing_that_is_taken_changes_nothing(actions: tuple[Action, ...]) -> None:
    before = plan_of(actions)
    assert taken(before, ()) == before
    brought = compare(THE_MODEL, before, exported(THE_MODEL, before))
    assert taken(before, brought.offers) == before


@given(PLANS, LINES, st.data())
def test_any_choice_takes_that_alone(
    actions: tuple[Action, ...], lines: list[PlanLine], data: st.DataObject
) -> None:
    before = plan_of(actions)
    offers = compare(THE_MODEL, before, lines).offers
    chosen: list[int] = []
    for place in data.draw(st.permutations(range(len(offers))).map(lambda p: p[: len(p) // 2])):
        if not set(rivals(offers, place)).intersection(chosen):
            chosen.append(place)
    picked = [offers[place] for place in chosen]
    after = taken(before, tuple(picked))
    assert [a.id for a in after.actions[:3]] == ["a", "b", "c"]
    assert len(after.actions) == 3 + sum(o.part is None for o in picked)
    for old, new in zip(actions, after.actions, strict=False):
        for part in Part:
            theirs = [o.theirs for o in picked if (o.part, o.theirs.id) == (part, old.id)]
            assert part.onto(new, theirs[0] if theirs else old) == new

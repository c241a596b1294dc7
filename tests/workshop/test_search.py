"""Search: found whatever its spelling, shown in whole words, and jumped to where it stands."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hicm_desktop.model.values import Model
from hicm_desktop.workshop import matching
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.places import (
    EXAMPLES,
    LEVELS,
    MATERIALS,
    TIPS,
    TOP,
    ActionPlace,
    ChangeFieldPlace,
    ChangePlace,
    DetailsPlace,
    OverviewPlace,
    Place,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.search import Hit, search
from hicm_desktop.workshop.values import Action, ChangeRecord, RowRecord, Workshop


def noted(workshop: Workshop, text: str) -> Workshop:
    rows = (RowRecord(row="planned", note=text),)
    return msgspec.structs.replace(workshop, rows=rows)


def match(hit: Hit) -> str:
    return hit.excerpt[hit.start : hit.end]


# What is found


@pytest.mark.parametrize(
    ("query", "where", "place"),
    [
        ("deputy chief nurse acute", "", None),
        ("head of hospital social", "Workshop details · Partners", DetailsPlace()),
        ("12 november 2026", "Workshop details · Date", DetailsPlace()),
        (
            "pathway two",
            "Change 4: Home first · Communication",
            ChangeFieldPlace("home-first", ChangeField.COMMUNICATION),
        ),
        (
            "show her my kitchen",
            "Change 4: Home first · Discharge to assess · What people and staff tell us",
            RowPlace("discharge-to-assess", field=RowField.PEOPLE),
        ),
        (
            "cottage clinic",
            "Action plan · Change 4: Home first · Discharge to assess",
            ActionPlace("action-06"),
        ),
        ("discharge hub manager with", "", ActionPlace("action-02")),
        ("end of march", "", ActionPlace("action-03")),
        ("15 january", "", ActionPlace("action-02")),
        ("night shelter", "", ChangeFieldPlace("housing", ChangeField.NOTE)),
        (
            "whenever possible, people are supported to be assessed",
            "Change 4: Home first · Discharge to assess · Mature",
            RowPlace("discharge-to-assess", "mature"),
        ),
        (
            "embedding and home",
            "Change 4: Home first · Embedding and home first mentality",
            RowPlace("embedding-home-first"),
        ),
        ("conventional treatments", "", ChangePlace("housing", TOP)),
        ("wasted time in a person's journey", "", ChangePlace("demand-and-capacity", TIPS)),
        (
            "step-down beds therapies",
            "Change 4: Home first · Discharge to assess",
            ChangePlace("home-first", "about-discharge-to-assess"),
        ),
        ("embracing risk", "", ChangePlace("home-first", MATERIALS)),
        (
            "medway home first",
            "Change 4: Home first · Examples",
            ChangePlace("home-first", EXAMPLES),
        ),
        ("ad hoc reactive", "Overview · Not yet established", OverviewPlace(LEVELS)),
        ("550 colleagues", "", OverviewPlace("review")),
        ("vcse carers and advocates can be", "", OverviewPlace("engagement-and-choice")),
    ],
)
def test_words_are_found_where_they_stand(
    query: str, where: str, place: Place | None, model: Model, sample: Workshop
) -> None:
    hits = search(model, sample, query)
    if place is None:
        assert hits == ()
    else:
        assert hits[0].place == place
        assert where in ("", hits[0].where)


def test_every_material_that_serves_all_changes_is_found_on_the_overview(
    model: Model, blank: Workshop
) -> None:
    for material in model.materials:
        places = [hit.place for hit in search(model, blank, material.title)]
        assert OverviewPlace(MATERIALS) in places


def test_every_text_of_the_model_is_found_by_its_own_words(model: Model, blank: Workshop) -> None:
    for change, row in model.rows():
        for level, text in zip(model.levels, row.descriptors, strict=True):
            places = [hit.place for hit in search(model, blank, text)]
            assert RowPlace(row.id, level.id) in places
        for text in (change.i_statement, change.we_statement, change.description):
            assert ChangePlace(change.id, TOP) in [h.place for h in search(model, blank, text)]


def test_a_tip_of_a_tip_is_found(model: Model, blank: Workshop) -> None:
    nested = [(c, inner) for c in model.changes for tip in c.tips for inner in tip.tips]
    assert nested
    for change, tip in nested:
        assert ChangePlace(change.id, TIPS) in [h.place for h in search(model, blank, tip.text)]


def test_what_the_model_does_not_have_is_found_as_well(model: Model, blank: Workshop) -> None:
    workshop = msgspec.structs.replace(
        blank,
        rows=(RowRecord(row="gone", note="zebra"),),
        changes=(ChangeRecord(change="gone-too", culture="zebra"),),
        actions=(Action(id="a", to_do="zebra"), Action(id="b", row="gone", owner="zebra")),
    )
    hits = search(model, workshop, "zebra")
    assert [(hit.where, hit.place) for hit in hits] == [
        ("Action plan", ActionPlace("a")),
        ("Action plan · Owner", ActionPlace("b")),
        ("Not in this model · gone · Note", UnplacedPlace("gone")),
        ("Not in this model · gone-too · Culture", UnplacedPlace("gone-too")),
    ]


@pytest.mark.parametrize("query", ["", "  ", "\u0301", "zzzz", "home zzzz"])
def test_nothing_is_found_where_a_word_is_missing(
    query: str, model: Model, sample: Workshop
) -> None:
    assert search(model, sample, query) == ()


def test_recorded_words_come_before_the_model_and_each_in_the_published_order(
    model: Model, sample: Workshop
) -> None:
    places = [hit.place for hit in search(model, sample, "discharge")]
    published = [
        isinstance(place, OverviewPlace | ChangePlace)
        or (isinstance(place, RowPlace) and place.field is None)
        for place in places
    ]
    assert published == sorted(published)
    order = [row.id for _, row in model.rows()]
    for is_published in (False, True):
        rows = [
            order.index(place.row_id)
            for place, wording in zip(places, published, strict=True)
            if isinstance(place, RowPlace) and wording is is_published
        ]
        assert rows
        assert rows == sorted(rows)


# However it is spelled


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Tŷ Gwyn", "ty gwyn", "Tŷ Gwyn"),
        ("Cafe\u0301 hour", "CAFÉ", "Cafe\u0301"),
        ("the person’s plan", "person's", "person’s"),
        ("pay–day", "pay-day", "pay–day"),
        ("Straße", "STRASSE", "Straße"),
        ("eﬃcient", "fic", "ﬃc"),
        ("İzmir x", "izmir", "İzmir"),
        ("one\ntwo", "one two", "one two"),
        ("two and one", "one two", "one"),
        ("“Quoted”", '"quoted"', "“Quoted”"),
        ("ΟΔΟΣ", "οδος", "ΟΔΟΣ"),
    ],
)
def test_capitals_accents_and_quotation_marks_do_not_matter(
    text: str, query: str, shown: str, model: Model, blank: Workshop
) -> None:
    hit = search(model, noted(blank, text), query)[0]
    assert (match(hit), hit.place) == (shown, RowPlace("planned", field=RowField.NOTE))


# What is shown


LONG = "Wherever " * 30 + "zebras waited " + "often " * 40


def test_an_excerpt_is_cut_between_words_and_says_so(model: Model, blank: Workshop) -> None:
    (hit,) = search(model, noted(blank, LONG), "zebras waited")
    assert match(hit) == "zebras waited"
    assert (hit.excerpt[:2], hit.excerpt[-2:]) == ("… ", " …")
    assert set(hit.excerpt.split()) == {"…", "Wherever", "zebras", "waited", "often"}
    assert len(hit.excerpt) < 200


def test_a_short_text_is_shown_whole(model: Model, blank: Workshop) -> None:
    (hit,) = search(model, noted(blank, "Nobody zebra at all"), "zebra")
    assert hit.excerpt == "Nobody zebra at all"


WORDS = st.text(st.sampled_from("aéBßﬁ ’\u0301\n–ŷ"), max_size=300)


@given(text=WORDS, query=WORDS.filter(matching.words_of))
def test_a_match_is_shown_as_it_was_written_and_in_whole_words(text: str, query: str) -> None:
    words = matching.words_of(query)
    found = matching.find(text, words)
    if found is None:
        assert not all(word in matching.fold(text) for word in words)
        return
    shown = matching.fold(found.text[found.start : found.end])
    assert " ".join(words) in shown or words[0] in shown
    inner = found.text.removeprefix("… ").removesuffix(" …")
    assert f" {inner} " in f" {text} ".replace("\n", " ")


@given(text=st.text(), other=st.text())
@example(text="a\tb", other="é")
@example(text="ΟΔΟΣ", other=" a")
def test_folding_a_text_is_folding_its_characters(text: str, other: str) -> None:
    assert matching.fold(text + other) == matching.fold(text) + matching.fold(other)


def test_a_year_of_notes_is_searched_in_every_field(model: Model, blank: Workshop) -> None:
    rows = tuple(
        msgspec.structs.replace(
            RowRecord(row=row.id), **{field.attribute: "zebra" for field in RowField}
        )
        for _, row in model.rows()
    )
    details = msgspec.structs.replace(blank.details, held_on=dt.date(2026, 11, 12))
    workshop = msgspec.structs.replace(blank, rows=rows, details=details)
    assert len(search(model, workshop, "zebra")) == len(rows) * len(RowField)

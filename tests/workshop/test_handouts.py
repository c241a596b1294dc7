"""What an agenda says of a workshop, and what the files of handouts are called."""

from __future__ import annotations

import datetime as dt

import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.handouts import (
    AgendaLine,
    Attending,
    Handout,
    Paper,
    agenda_of,
    only_details,
)
from hicm_desktop.workshop.patient_data import findings
from hicm_desktop.workshop.values import AgendaItem, Details, Partner
from hicm_desktop.workshop.words import NO_ORGANISATION


def details(*partners: Partner) -> Details:
    return Details(partners=partners)


def test_without_a_workshop_every_change_is_on_it_and_the_rest_is_to_be_filled_in(
    model: Model,
) -> None:
    blank = agenda_of(model, None)

    assert blank.lines == tuple(AgendaLine(change.heading, "") for change in model.changes)
    assert (blank.place, blank.date, blank.facilitator, blank.populations) == ("",) * 4
    assert blank.planned == ""
    assert blank.partners == ()
    assert agenda_of(model, Details()) == blank


def test_minutes_are_added_up_for_the_changes_in_scope_alone(model: Model) -> None:
    first, second, third = model.changes[:3]
    items = (
        AgendaItem(change=first.id, minutes=85),
        AgendaItem(change=second.id, in_scope=False, minutes=40),
        AgendaItem(change=third.id, minutes=60),
    )

    agenda = agenda_of(model, Details(agenda=items))

    assert agenda.planned == "2 h 25 min planned"
    assert agenda.lines[0] == AgendaLine(first.heading, "1 h 25 min")
    assert agenda.lines[1] == AgendaLine(third.heading, "1 h")
    assert second.heading not in [line.heading for line in agenda.lines]
    assert [line.minutes for line in agenda.lines[2:]] == [""] * 6


def test_a_date_has_its_day_of_the_week(model: Model) -> None:
    agenda = agenda_of(model, Details(place=" Northdale ", held_on=dt.date(2026, 11, 12)))

    assert (agenda.place, agenda.date) == ("Northdale", "Thursday 12 November 2026")


def test_partners_stand_by_organisation_without_names_unless_they_are_asked_for(
    model: Model,
) -> None:
    known = details(
        Partner(organisation="Northdale Council", role="Social care", name="Priya Shah"),
        Partner(organisation="Age Well", role="", name="Siân Llŷr"),
        Partner(organisation="northdale council ", role="Housing", name=""),
        Partner(organisation="", role="Carers", name="Jo Lee"),
        Partner(organisation="", role="", name="Sam Roe"),
    )

    assert agenda_of(model, known).partners == (
        Attending("Northdale Council", ("Social care", "Housing")),
        Attending("Age Well", ()),
        Attending("Carers", ()),
        Attending(NO_ORGANISATION, ()),
    )
    assert agenda_of(model, known, names=True).partners == (
        Attending("Northdale Council", ("Social care, Priya Shah", "Housing")),
        Attending("Age Well", ("Siân Llŷr",)),
        Attending("Carers", ("Jo Lee",)),
        Attending(NO_ORGANISATION, ("Sam Roe",)),
    )


def test_what_goes_out_with_an_agenda_is_looked_through(model: Model) -> None:
    known = Details(
        populations="such as 943 476 5919", partners=(Partner("Trust", name="943 476 5919"),)
    )

    assert len(findings(model, only_details(known, names=False))) == 1
    assert len(findings(model, only_details(known, names=True))) == 2


@pytest.mark.parametrize(
    ("handout", "paper", "number", "place", "stem"),
    [
        (Handout.MATRICES, Paper.A3, None, "Northdale", "HICM matrices, A3"),
        (Handout.MATRICES, Paper.A4, 4, "", "HICM matrix, change 4, A4"),
        (Handout.LEVELS, Paper.A4, None, "", "HICM levels, A4"),
        (Handout.PLAN, Paper.A3, None, "", "HICM action plan, A3"),
        (Handout.AGENDA, Paper.A4, None, "Northdale", "HICM agenda, Northdale"),
        (Handout.AGENDA, Paper.A4, None, "", "HICM agenda"),
    ],
)
def test_files_are_named_by_what_they_are(
    handout: Handout, paper: Paper, number: int | None, place: str, stem: str
) -> None:
    assert handout.file_stem(paper, number, place) == stem

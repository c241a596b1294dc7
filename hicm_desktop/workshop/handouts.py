"""What is printed before a workshop: which handouts there are, and what an agenda says.

Pure. For whoever offers handouts, and for the writer that sets them on pages and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words, weekday
from hicm_desktop.workshop.values import AgendaItem, Details, Partner, Workshop
from hicm_desktop.workshop.words import NO_ORGANISATION, duration_words


class Paper(enum.Enum):
    """The sheet a handout is printed on. All lie across, but for the agenda."""

    A4 = "A4"
    A3 = "A3"


class Handout(enum.Enum):
    """A handout: its word on the command line, its title, one line about it, and its papers.

    The first of the papers is the one it is made for.
    """

    MATRICES = (
        "matrices",
        "Matrices of the changes",
        "A page for each change, with a box to tick by every descriptor.",
        (Paper.A3, Paper.A4),
    )
    LEVELS = (
        "levels",
        "Card of the levels",
        "Every level with its definition. Printed two on a sheet, it is a card of A5.",
        (Paper.A4, Paper.A3),
    )
    PLAN = (
        "plan",
        "Blank action plan",
        "The published columns, then owner and progress, with room to write.",
        (Paper.A4, Paper.A3),
    )
    AGENDA = (
        "agenda",
        "Agenda",
        "Place and date, the changes in scope with their minutes, and the partners.",
        (Paper.A4,),
    )

    def __init__(self, word: str, title: str, about: str, papers: tuple[Paper, ...]) -> None:
        self.word = word
        self.title = title
        self.about = about
        self.papers = papers

    def file_stem(self, paper: Paper, change_number: int | None = None, place: str = "") -> str:
        """Suggest a name for its file: "HICM matrix, change 4, A3", "HICM agenda, Northbridge"."""
        if self is Handout.MATRICES and change_number is not None:
            parts = ["matrix", f"change {change_number}"]
        elif self is Handout.AGENDA:
            return ", ".join(filter(None, ("HICM agenda", place)))
        else:
            parts = ["action plan" if self is Handout.PLAN else self.word]
        return f"HICM {', '.join([*parts, paper.value])}"


class AgendaLine(msgspec.Struct, frozen=True):
    """A change on an agenda. `minutes` is in words, and empty where none were planned."""

    heading: str
    minutes: str


class Attending(msgspec.Struct, frozen=True):
    """An organisation or group on an agenda, and its people, each by role."""

    organisation: str
    people: tuple[str, ...]


class Agenda(msgspec.Struct, frozen=True):
    """What an agenda says. A text is empty where it is still to be filled in by hand.

    `planned` is the time of all changes together; time is added up, levels never are.
    """

    place: str
    date: str
    facilitator: str
    populations: str
    lines: tuple[AgendaLine, ...]
    planned: str
    partners: tuple[Attending, ...]


def agenda_of(model: Model, details: Details | None, *, names: bool = False) -> Agenda:
    """Give the agenda of a workshop, or a blank one.

    The names of persons are left out unless `names` asks for them.
    """
    known = details or Details()
    items = {item.change: item for item in known.agenda}
    chosen = [
        (change, item)
        for change in model.changes
        if (item := items.get(change.id, AgendaItem(change=change.id))).in_scope
    ]
    minutes = sum(item.minutes for _, item in chosen)
    day = known.held_on
    return Agenda(
        place=known.place.strip(),
        date="" if day is None else f"{weekday(day)} {date_words(day)}",
        facilitator=known.facilitator.strip(),
        populations=known.populations.strip(),
        lines=tuple(
            AgendaLine(change.heading, duration_words(item.minutes) if item.minutes else "")
            for change, item in chosen
        ),
        planned=f"{duration_words(minutes)} planned" if minutes else "",
        partners=_attending(known.partners, names=names),
    )


def only_details(details: Details, *, names: bool) -> Workshop:
    """Give a workshop of which nothing is known but what its agenda says.

    It is for looking through what goes out.
    """
    partners = tuple(p if names else msgspec.structs.replace(p, name="") for p in details.partners)
    return Workshop(
        id="agenda",
        created_at=dt.datetime.min.replace(tzinfo=dt.UTC),
        details=msgspec.structs.replace(details, partners=partners),
    )


def _attending(partners: Iterable[Partner], *, names: bool) -> tuple[Attending, ...]:
    """Gather the partners by organisation, in the order in which each was first named."""
    found: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for partner in partners:
        organisation = partner.organisation.strip()
        role = partner.role.strip()
        named = (role, partner.name.strip() if names else "")
        if not organisation:
            # A role, such as "Carers", is the group itself where no organisation is given.
            organisation, named = role or NO_ORGANISATION, ("", named[1])
        key = organisation.casefold()
        written.setdefault(key, organisation)
        people = found.setdefault(key, [])
        if person := ", ".join(filter(None, named)):
            people.append(person)
    return tuple(Attending(written[key], tuple(people)) for key, people in found.items())

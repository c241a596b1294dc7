"""One thing that differs between two states of a workshop, and how its texts are compared.

Pure. For the modules that find differences: `differences` and its parts.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.places import Place

UNSEEN = "only spaces or hidden characters differ"
"""Ends the words of a place whose two texts read the same."""


class Difference(msgspec.Struct, frozen=True):
    """One thing that is recorded otherwise. `where` names its place in words.

    `before` and `after` are whole, and empty where nothing is recorded. What `place` names may be
    gone from either workshop.
    """

    where: str
    before: str
    after: str
    place: Place


def texts(where: Sequence[str], before: str, after: str, place: Place) -> Iterator[Difference]:
    """Give the difference of two texts, where there is one; one that nobody would see says so."""
    if before == after:
        return
    unseen = (UNSEEN,) if seen(before) == seen(after) else ()
    yield Difference(" · ".join((*where, *unseen)), before, after, place)


def seen(text: str) -> str:
    """Give a text as a reader sees it: without hidden characters, and spaces all alike."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf"))


def numbered(names: Iterable[str]) -> str:
    """Write names line by line, with their numbers."""
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, start=1))


def moment(at: dt.datetime) -> str:
    """Write a moment to the second, by the clock of the room."""
    return f"{date_words(at.date())}, {at:%H:%M:%S}"

"""Finding words in a text, whatever their capitals, accents and quotation marks.

For `hicm_desktop.workshop.search` and `plan_place`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

_BEFORE = 50
_AFTER = 90
"""How many characters of an excerpt stand about the match, before it is widened to whole words."""

_SAME = {
    "'": "\u2018\u2019\u201a",
    '"': "\u201c\u201d\u201e",
    "-": "\u2010\u2011\u2012\u2013\u2014",
    " ": "\n\u00a0\u00b7\u202f",
}
_PLAIN = {ord(fancy): plain for plain, fancies in _SAME.items() for fancy in fancies}
"""One character for one, so that places in a text stay where they are."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Excerpt(msgspec.Struct, frozen=True):
    """Part of a text in whole words, with the match from `start` to before `end`."""

    text: str
    start: int
    end: int


def words_of(query: str) -> tuple[str, ...]:
    """Give the words to look for, folded."""
    return tuple(fold(query).split())


def fold(text: str) -> str:
    """Give a text in the form in which two spellings of it are equal."""
    if text.isascii():
        return text.replace("\n", " ").lower()
    return _BEYOND_ASCII.sub(_fold_match, text.translate(_PLAIN)).lower()


def find(text: str, words: Sequence[str]) -> Excerpt | None:
    """Give the part of a text that shows a match, or None where it lacks one of the folded words.

    Where the words stand side by side they are the match together, else the first of them is.
    """
    folded = fold(text)
    if not all(word in folded for word in words):
        return None
    sought = " ".join(words)
    found = folded.find(sought)
    if found < 0:
        sought = words[0]
        found = folded.index(sought)
    start, end = _in_original(text, found, found + len(sought))
    return _excerpt(text.replace("\n", " "), start, end)


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """Widen a match to its surroundings, in whole words."""
    left = 0 if start <= _BEFORE else text.rfind(" ", 0, start - _BEFORE) + 1
    right = text.find(" ", end + _AFTER)
    before, after = "… " if left else "", " …" if right >= 0 else ""
    shown = text[left : right if right >= 0 else len(text)]
    moved = len(before) - left
    return Excerpt(f"{before}{shown}{after}", start + moved, end + moved)


def _in_original(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span in a text that a span in its folded form stands for."""
    if all(len(_fold_character(character)) == 1 for character in _BEYOND_ASCII.findall(text)):
        return start, end
    places = [place for place, character in enumerate(text) for _ in fold(character)]
    first, last = places[start], places[end - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return first, last


def _fold_match(match: re.Match[str]) -> str:
    return _fold_character(match[0])


def _fold_character(character: str) -> str:
    """Fold one character by itself, so that a text folds as its characters do, one by one."""
    parts = unicodedata.normalize("NFKD", character.casefold()).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))

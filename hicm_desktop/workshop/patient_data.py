"""What could identify a patient in the texts that the room recorded: NHS numbers.

Pure. For the user interface and the command line, which point them out and never block or alter
anything. A number is never to go into a log: what is made here does not show it in its repr, and
`without_numbers` takes it out of words.

A number is ten digits of any script with a right check digit (modulus 11). A missed one is worse
than a false alarm, but phone numbers and dates stand in every note and must not be pointed out:
hence the rules below on what digits stand beside, and on how they are grouped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.places import Place
from hicm_desktop.workshop.recorded_texts import outgoing_texts
from hicm_desktop.workshop.values import Workshop

DIGITS = 10

_SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_OPEN, _CLOSE = "(\uff08", ")\uff09"

_GROUP = re.compile(rf"\d+(?:[{_UNSEEN}]+\d+)*")
_GAP = re.compile(rf"(?:[{_SPACES}{_DASHES}]{{1,3}}|\.)")
_HAS_SPACE = re.compile(rf"[{_SPACES}]")
_NOT_SEEN = re.compile(rf"[{_UNSEEN}]")
_LONGEST_GAP = 12
"""What lies between two groups of digits is looked at no further than this, in characters."""
_LONGEST_CODE = 6
"""The most digits of an area code in brackets."""

_USUAL = (3, 3, 4)
_CODES = frozenset({"0", "00", "44", "044", "0044", "353", "00353"})
"""What is dialled before a number from abroad: after one of these, ten digits are a phone's."""


class Span(msgspec.Struct, frozen=True):
    """Where a number stands in a text: `text[start:end]`."""

    start: int
    end: int


class Finding(msgspec.Struct, frozen=True):
    """A recorded text with numbers in it: where it stands, in words and to go to, and which."""

    where: str
    place: Place
    numbers: tuple[str, ...]

    def __repr__(self) -> str:
        """Leave the numbers out, since this is what a log would show."""
        return f"Finding(where={without_numbers(self.where)!r})"


class _Group(msgspec.Struct, frozen=True):
    """Digits that stand together, as 0 to 9. `plus`: a plus sign before; `code`: in brackets."""

    start: int
    end: int
    digits: str
    plus: bool
    code: bool


class _Run(msgspec.Struct, frozen=True):
    """Groups of digits of a text that separators join, by where they stand.

    `gaps[i]` stands before group i + 1. A group is read only where it matters: there may be
    millions of them.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    gaps: Sequence[str]

    def group(self, at: int) -> _Group:
        return _group(self.text, *self.spans[at])

    def groups(self, at: int, end: int) -> list[_Group]:
        """Give the groups from one to before another, as far as there are such."""
        return [_group(self.text, *span) for span in self.spans[max(0, at) : max(0, end)]]


def findings(model: Model, workshop: Workshop) -> tuple[Finding, ...]:
    """Find every text of an export that holds what looks like an NHS number, in published order.

    The workshop is that which goes out: what is recorded, or a version that was signed off.
    """
    found = []
    for recorded in outgoing_texts(model, workshop):
        if numbers := numbers_in(recorded.text):
            column = (recorded.column,) if recorded.column else ()
            where = " · ".join((*recorded.where, *column))
            found.append(Finding(where, recorded.place, numbers))
    return tuple(found)


def numbers_in(text: str) -> tuple[str, ...]:
    """Give what looks like NHS numbers, each once, written as is usual: "943 476 5919"."""
    spans = nhs_numbers(text)
    return tuple(dict.fromkeys(_written(text[span.start : span.end]) for span in spans))


def without_numbers(text: str) -> str:
    """Give a text with the words "NHS number" in place of each."""
    parts, done = [], 0
    for span in nhs_numbers(text):
        parts += [text[done : span.start], "(NHS number)"]
        done = span.end
    return "".join((*parts, text[done:]))


def nhs_numbers(text: str) -> tuple[Span, ...]:
    """Find what looks like an NHS number, from left to right; in time linear in the text."""
    return tuple(span for run in _runs(text) for span in _numbers(run))


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits, 0 to 9, have the check digit of an NHS number (modulus 11).

    One that begins with 0 is a Scottish number (CHI), and so begins with a date of birth.
    """
    total = sum(int(digit) * (DIGITS - at) for at, digit in enumerate(digits[:-1]))
    if (11 - total % 11) % 11 != int(digits[-1]):  # a remainder of 10 is no digit at all
        return False
    return digits[0] != "0" or _is_date(digits[:2], digits[2:4], digits[4:6])


def _runs(text: str) -> Iterator[_Run]:
    spans: list[tuple[int, int]] = []
    gaps: list[str] = []
    for match in _GROUP.finditer(text):
        span = match.span()
        if spans:
            gap = _gap(text, spans[-1], span)
            if gap is None:
                yield _Run(text, spans, gaps)
                spans, gaps = [], []
            else:
                gaps.append(gap)
        spans.append(span)
    if spans:
        yield _Run(text, spans, gaps)


def _group(text: str, start: int, end: int) -> _Group:
    plus = text[start - 1 : start] in ("+", "\uff0b")
    before = text[max(0, start - 1 - plus) : start - plus]
    after = text[end : end + 1]
    digits = _plain(text[start:end])
    in_brackets = bool(before and before in _OPEN and after and after in _CLOSE)
    return _Group(start, end, digits, plus, in_brackets and len(digits) <= _LONGEST_CODE)


def _plain(text: str) -> str:
    """Give the digits of a text, whatever their script, as 0 to 9."""
    if text.isascii():
        return text if text.isdecimal() else "".join(filter(str.isdecimal, text))
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _gap(text: str, before: tuple[int, int], after: tuple[int, int]) -> str | None:
    """Give what joins two groups, less what is not seen; None where they are not joined.

    A bracket joins where it holds an area code; else it stands around a number, or numbers a list.
    """
    if after[0] - before[1] > _LONGEST_GAP:
        return None
    gap = text[before[1] : after[0]]
    if gap in (" ", "-"):  # nearly always, and a text may hold millions
        return gap
    gap = _NOT_SEEN.sub("", gap)
    if _GAP.fullmatch(gap):
        return gap
    left, right = _group(text, *before), _group(text, *after)
    if not (left.code or right.code):
        return None
    bare = gap[left.code : len(gap) - right.code]
    return gap if not bare or _GAP.fullmatch(bare) else None


def _numbers(run: _Run) -> Iterator[Span]:
    """Find the numbers in a run: the whole of it, or those that stand out from a longer one."""
    if len(run.spans) <= DIGITS:
        groups = run.groups(0, DIGITS)
        if sum(len(group.digits) for group in groups) == DIGITS:
            if _is_number(run, groups):
                yield Span(groups[0].start, groups[-1].end)
            return
    done = 0
    for at, (start, end) in enumerate(run.spans):
        if at < done or end - start < _USUAL[0]:
            continue
        done = at + _length(run, at)
        if done > at and _stands_alone(run, at, done) and is_nhs_number(_digits(run, at, done)):
            yield Span(start, run.spans[done - 1][1])


def _is_number(run: _Run, groups: list[_Group]) -> bool:
    """Tell whether a whole run of ten digits is a number and neither a phone's nor a date."""
    sizes = tuple(len(group.digits) for group in groups)
    if groups[0].plus or any(group.code for group in groups):
        return False
    if "." in run.gaps and (sizes != _USUAL or set(run.gaps) != {"."}):
        return False
    if sizes not in ((DIGITS,), _USUAL) and (
        _ends_other(run.text, groups[0])
        or _begins_other(run.text, groups[-1])
        or _is_dated([group.digits for group in groups])
    ):
        return False
    return is_nhs_number("".join(group.digits for group in groups))


def _length(run: _Run, at: int) -> int:
    """Give in how many groups a number may stand here: in one, in 3-3-4, or 0 for none."""
    if at < 0 or at >= len(run.spans):
        return 0
    if len(run.group(at).digits) == DIGITS:
        return 1
    groups = run.groups(at, at + len(_USUAL))
    usual = tuple(len(group.digits) for group in groups) == _USUAL
    coded = any(group.code for group in groups)
    dots = run.gaps[at : at + 2].count(".")
    return len(_USUAL) if usual and not coded and dots != 1 else 0


def _stands_alone(run: _Run, at: int, end: int) -> bool:
    """Tell whether a number within a run of more digits is not merely a part of a longer one."""
    inner = frozenset(run.gaps[at : end - 1])
    if run.group(at).plus:
        return False
    if at > 0:
        left = run.group(at - 1)
        if left.plus or left.code or left.digits in _CODES:
            return False
        if not (
            _parts(run.gaps[at - 1], inner)
            or (at == 1 and _is_count(left, run.gaps[0]))
            or _ends_other(run.text, left)
            or _is_year(left.digits)
            or _is_date_of(run.groups(at - 3, at))
            or _length(run, at - 3) == len(_USUAL)
        ):
            return False
    if end == len(run.spans):
        return True
    right = run.group(end)
    return (
        right.code
        or _parts(run.gaps[end - 1], inner)
        or (end == len(run.spans) - 1 and _is_count(right, run.gaps[-1]))
        or _begins_other(run.text, right)
        or _is_year(right.digits)
        or _is_date_of(run.groups(end, end + 3))
        or _length(run, end) > 0
    )


def _parts(gap: str, inner: frozenset[str]) -> bool:
    """Tell whether a gap parts a number from its neighbour.

    For ten digits in one piece white space does; else whatever differs from the gaps within.
    """
    return gap not in inner if inner else _HAS_SPACE.search(gap) is not None


def _is_count(group: _Group, gap: str) -> bool:
    """Tell whether digits a space away are likely to count or name something: "bed 12".

    What is dialled within a country begins with 0; from abroad, with a plus or one of `_CODES`.
    """
    is_short = len(group.digits) < _USUAL[-1] and group.digits[0] != "0"
    return is_short and _HAS_SPACE.search(gap) is not None


def _ends_other(text: str, group: _Group) -> bool:
    """Tell whether digits are the end of a time or a date: 10:30, 1/2/2026."""
    before = text[max(0, group.start - 2) : group.start]
    return before[1:] in ("/", ":") and before[0].isdecimal()


def _begins_other(text: str, group: _Group) -> bool:
    """Tell whether digits are the beginning of a time or a date."""
    after = text[group.end : group.end + 2]
    return after[:1] in ("/", ":") and after[1:].isdecimal()


def _is_dated(groups: list[str]) -> bool:
    """Tell whether groups of ten digits begin or end with a date, as in "21-11-2026 10"."""
    years = [group for group in groups if _is_year(group)]
    ends = ((groups[:3], groups[3:]), (groups[-3:], groups[:-3]))
    return (
        len(years) > 1
        or any(_is_whole_date(group) for group in (groups[0], groups[-1]))
        or any(_is_long_date(date) for date, _ in ends)
        or any(_is_short_date(date) and _is_time_or_day(rest) for date, rest in ends)
    )


def _is_date_of(groups: Sequence[_Group]) -> bool:
    digits = [group.digits for group in groups]
    return _is_long_date(digits) or _is_short_date(digits)


def _is_whole_date(digits: str) -> bool:
    """Tell whether eight digits are a date: 20261121 or 21112026."""
    if len(digits) != len("20261121"):
        return False
    year_first = (digits[:4], digits[4:6], digits[6:])
    return _is_long_date(year_first) or _is_long_date((digits[:2], digits[2:4], digits[4:]))


def _is_long_date(groups: Sequence[str]) -> bool:
    """Tell whether three groups are a date with all of its year, at either end."""
    if len(groups) != 3:  # noqa: PLR2004 - day, month, year
        return False
    day, month, year = groups if _is_year(groups[2]) else reversed(groups)
    return _is_year(year) and max(len(day), len(month)) <= 2 and _is_date(day, month, year)  # noqa: PLR2004


def _is_short_date(groups: Sequence[str]) -> bool:
    """Tell whether three groups are a date with two digits of its year."""
    if [len(group) for group in groups[2:]] != [2] or max(map(len, groups)) > 2:  # noqa: PLR2004
        return False
    return _is_date(*groups)


def _is_time_or_day(groups: Sequence[str]) -> bool:
    """Tell whether what stands beside a short date is a time of day, or a day and a month."""
    digits = "".join(groups)
    if len(digits) != len("1030"):
        return False
    first, second = int(digits[:2]), int(digits[2:])
    return (first < 24 and second < 60) or (0 < first <= 31 and 0 < second <= 12)  # noqa: PLR2004


def _is_year(digits: str) -> bool:
    return len(digits) == len("2026") and digits[:2] in ("19", "20")


def _is_date(day: str, month: str, year: str) -> bool:
    """Tell whether there is such a day; two digits are a year of this century."""
    with suppress(ValueError):
        dt.date(int(year) if _is_year(year) else 2000 + int(year), int(month), int(day))
        return True
    return False


def _digits(run: _Run, at: int, end: int) -> str:
    return "".join(group.digits for group in run.groups(at, end))


def _written(text: str) -> str:
    """Write the digits of a number as is usual, in groups of three, three and four."""
    digits = _plain(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"

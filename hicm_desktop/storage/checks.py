"""What a file must not say, beyond what its types can tell: repeats, strange levels, huge numbers.

For `hicm_desktop.storage.codec` only, which looks for it when it reads and when it writes: what
cannot be opened again is not written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType

from hicm_desktop.model.values import Model
from hicm_desktop.storage.strict_json import quoted
from hicm_desktop.workshop.by_identity import by_identity
from hicm_desktop.workshop.entry import MOST_ENTRIES, Entry
from hicm_desktop.workshop.tally import Tally
from hicm_desktop.workshop.values import MOST_SEALED, Lean, RowRecord, Workshop

MOST_RECORDS = 10_000
"""The most rows, changes or actions that a file may hold: no window shows more in good time."""

MOST_OF = MappingProxyType(
    {
        "rows": MOST_RECORDS,
        "changes": MOST_RECORDS,
        "actions": MOST_RECORDS,
        "log": MOST_ENTRIES,
        "sealed": MOST_SEALED,
    }
)
"""The most of each kind of record that a workshop holds, by the kind's name in a file."""

_WORDS = {"log": "lines of the decision log", "sealed": "signed-off versions"}
_HIGHEST = 10**9
_YEARS = range(1900, 9000)
"""A moment outside of these is nobody's, and cannot be told in every time zone."""


def too_many(workshop: object, path: str = "$.workshop") -> Iterator[str]:
    """Find the kinds of which a workshop, as JSON, holds more than any has.

    It is asked before values are made of them.
    """
    if not isinstance(workshop, dict):
        return
    for kind, most in MOST_OF.items():
        records = workshop.get(kind)
        if isinstance(records, list) and len(records) > most:
            words = _WORDS.get(kind, kind)
            yield f"It holds {len(records):,} {words}, and {most:,} are the most - at {path}.{kind}"
    sealed = workshop.get("sealed")
    for number, version in enumerate(sealed[:MOST_SEALED] if isinstance(sealed, list) else ()):
        if not isinstance(version, dict) or not isinstance(version.get("content"), dict):
            continue
        content, at = version["content"], f"{path}.sealed[{number}].content"
        if content.get("sealed"):
            yield f"A signed-off version holds none itself - at {at}.sealed"
        else:
            yield from too_many(content, at)


def unwritable(workshop: Workshop, model: Model) -> Iterator[str]:
    """Find why a workshop could not be opened again if it were written."""
    for kind, most in MOST_OF.items():
        if len(getattr(workshop, kind)) > most:
            yield f"It holds more than {most:,} {_WORDS.get(kind, kind)} - at $.workshop.{kind}"
    yield from faults(workshop, model)


def faults(workshop: Workshop, model: Model, path: str = "$.workshop") -> Iterator[str]:
    """Find what is wrong with a workshop, each with its place in the file."""
    yield from _repeats(workshop, path)
    yield from _levels(workshop, model, path)
    yield from _numbers([entry.number for entry in workshop.log], f"{path}.log")
    yield from _numbers([sealed.number for sealed in workshop.sealed], f"{path}.sealed")
    yield from _moments(workshop, path)
    is_sound = _soundness(model)
    for number, sealed in enumerate(workshop.sealed):
        if not is_sound(sealed.content):
            yield from faults(sealed.content, model, f"{path}.sealed[{number}].content")


@by_identity(2)
def _soundness(model: Model) -> Callable[[Workshop], bool]:
    """Give what tells whether nothing is wrong with a content, and looks through each only once."""
    return by_identity(2 * MOST_SEALED)(lambda content: next(faults(content, model), None) is None)


def _repeats(workshop: Workshop, path: str) -> Iterator[str]:
    """Find a record that stands twice: one of the two would be hidden."""
    details = workshop.details
    earlier = workshop.baseline.rows if workshop.baseline is not None else ()
    for where, ids in (
        ("rows[{}].row", [r.row for r in workshop.rows]),
        ("changes[{}].change", [c.change for c in workshop.changes]),
        ("actions[{}].id", [a.id for a in workshop.actions]),
        ("details.agenda[{}].change", [a.change for a in details.agenda]),
        ("details.partners[{}].id", [p.id for p in details.partners]),
        ("baseline.rows[{}].row", [r.row for r in earlier]),
    ):
        seen: set[str] = set()
        for number, its_id in enumerate(ids):
            if its_id in seen:
                yield _twice(its_id, f"{path}.{where.format(number)}")
            if its_id or not where.endswith("partners[{}].id"):
                seen.add(its_id)


def _levels(workshop: Workshop, model: Model, path: str) -> Iterator[str]:
    """Find unknown levels, and leans to where none is.

    What a row says that the model does not have is kept, whatever it is.
    """
    ends = {(Lean.DOWN, model.levels[0].id), (Lean.UP, model.levels[-1].id)}
    for number, record in enumerate(workshop.rows):
        if not model.has_row(record.row):
            continue
        for where, level in _levels_of(record):
            if not model.has_level(level):
                place = f"{path}.rows[{number}].{where}"
                yield f"The model has no level “{quoted(level)}” - at {place}"
        if (record.lean, record.level) in ends:
            level = quoted(str(record.level))
            yield f"There is no level beyond “{level}” to lean to - at {path}.rows[{number}].lean"


def _levels_of(record: RowRecord) -> Iterator[tuple[str, str]]:
    if record.level is not None:
        yield "level", record.level
    for name, tally in (("before", record.before), ("after", record.after)):
        yield from ((f"{name}.{where}", level) for where, level in _levels_in(tally))


def _levels_in(tally: Tally) -> Iterator[tuple[str, str]]:
    yield from ((f"hands[{i}].level", hands.level) for i, hands in enumerate(tally.hands))
    yield from ((f"positions[{i}].level", p.level) for i, p in enumerate(tally.positions))


def _numbers(numbers: Sequence[int], path: str) -> Iterator[str]:
    """Find a number that is not above the one before: the next to be given would repeat one."""
    seen: set[int] = set()
    last = 0
    for index, number in enumerate(numbers):
        place = f"{path}[{index}].number"
        if number in seen:
            yield _twice(quoted(str(number)), place)
        elif not last < number <= _HIGHEST:
            yield f"The numbers count up from 1, and “{quoted(str(number))}” does not - at {place}"
        seen.add(number)
        last = number


def _moments(workshop: Workshop, path: str) -> Iterator[str]:
    clock = workshop.clock
    for where, moments in (
        ("created_at", [workshop.created_at]),
        ("clock.since", [clock.since]),
        ("clock.break_until", [clock.break_until]),
        ("log[{}].at", _times(workshop.log)),
        ("sealed[{}].at", [sealed.at for sealed in workshop.sealed]),
    ):
        for number, moment in enumerate(moments):
            if moment is not None and moment.year not in _YEARS:
                place = f"{path}.{where.format(number)}"
                yield f"Nobody recorded anything in the year {moment.year} - at {place}"


def _times(log: Iterable[Entry]) -> list[dt.datetime]:
    return [entry.at for entry in log]


def _twice(its_id: str, place: str) -> str:
    return f"“{quoted(its_id)}” stands in it twice - at {place}"

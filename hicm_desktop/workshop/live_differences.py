"""What differs in what a live workshop records: hands, positions, the baseline, the sign-off.

Pure. For `hicm_desktop.workshop.differences`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.difference import Difference, moment, texts
from hicm_desktop.workshop.edits import level_words, row_words
from hicm_desktop.workshop.journey import earlier_record, may_be_shown
from hicm_desktop.workshop.places import DetailsPlace, Place
from hicm_desktop.workshop.sealing import is_intact
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import Baseline, RowRecord, Sealed, Workshop
from hicm_desktop.workshop.words import baseline_words, partner_words, standing

_BASELINE = "Baseline"
_SIGNED_OFF = "Signed off"
_HIDDEN, _OTHER_HIDDEN = "Still hidden", "Another, and still hidden"


def names_of(*workshops: Workshop) -> Mapping[str, str]:
    """Give the words for each partner by its id, those of the last workshop first."""
    return {p.id: partner_words(p, or_name=True) for w in workshops for p in w.details.partners}


def hand_differences(
    model: Model,
    where: Sequence[str],
    pair: tuple[RowRecord, RowRecord],
    names: Mapping[str, str],
    place: Place,
) -> Iterator[Difference]:
    """Tell what differs in the hands of a row, partner by partner where they took positions."""
    old, new = pair
    for when in When:
        was, now = old.tally(when), new.tally(when)
        label = f"Show of hands {when.words.lower()}"
        yield from texts((*where, label), _hands(model, was), _hands(model, now), place)
        for partner in dict.fromkeys(p.partner for p in (*was.positions, *now.positions)):
            line = (*where, label, names.get(partner, "A partner no longer listed"))
            before, after = (_position(model, tally, partner) for tally in (was, now))
            yield from texts(line, before, after, place)
    was_shown, is_shown = ("Shown" if r.previous_shown else "Not shown" for r in pair)
    yield from texts((*where, "Previous level"), was_shown, is_shown, place)


def baseline_differences(model: Model, before: Workshop, after: Workshop) -> Iterator[Difference]:
    """Tell whether another baseline is set, and which rows it says otherwise.

    Where a row stood is told only where both workshops may show it: else that it is another.
    """
    old, new = before.baseline, after.baseline
    place = DetailsPlace()
    yield from texts((_BASELINE,), _baseline(old), _baseline(new), place)
    if old is None or new is None:
        return
    for row in dict.fromkeys(row.row for row in (*old.rows, *new.rows)):
        where = (_BASELINE, row_words(model, row))
        was, now = (standing(model, earlier_record(baseline, row)) for baseline in (old, new))
        if was != now and not (may_be_shown(before, row) and may_be_shown(after, row)):
            was, now = _HIDDEN, _OTHER_HIDDEN
        yield from texts(where, was, now, place)


def sealed_differences(before: Workshop, after: Workshop) -> Iterator[Difference]:
    """Tell which versions were signed off in one and not, or otherwise, in the other."""
    old = {sealed.number: sealed for sealed in before.sealed}
    new = {sealed.number: sealed for sealed in after.sealed}
    for number in sorted({*old, *new}):
        where = (_SIGNED_OFF, f"Version {number}")
        yield from texts(where, _sealed(old.get(number)), _sealed(new.get(number)), DetailsPlace())


def _hands(model: Model, tally: Tally) -> str:
    return ", ".join(f"{level_words(model, hands.level)} {hands.number}" for hands in tally.hands)


def _position(model: Model, tally: Tally, partner: str) -> str:
    level = tally.position(partner)
    return "" if level is None else level_words(model, level)


def _baseline(baseline: Baseline | None) -> str:
    return "" if baseline is None else baseline_words(baseline)


def _sealed(sealed: Sealed | None) -> str:
    if sealed is None:
        return ""
    altered = "" if is_intact(sealed) else "has been altered since"
    there = "\n".join(map(partner_words, sealed.present))
    head = ", ".join(filter(None, (moment(sealed.at), sealed.fingerprint, altered)))
    return f"{head}\n{there}".rstrip()

"""What a report tells of one row besides its texts: hands, where partners stand, what moved.

Pure. `hicm_desktop.workshop.report` has them put together; exporters know them by their labels.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.spread import hands_words, spread_words
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import RowRecord, Workshop
from hicm_desktop.workshop.words import partner_words

HANDS = {when: f"Hands {when.words.lower()}" for when in When}
PARTNERS = {when: f"Partners {when.words.lower()}" for when in When}
PREVIOUS = "Previous level"
FACTS = (*(label[when] for when in When for label in (HANDS, PARTNERS)), PREVIOUS)
"""The labels of all that may be told of a row, in their order."""

PRIVATE = frozenset(field.words for field in (*RowField, *ChangeField) if field.is_private)
"""The labels of the facilitator's own notes, which are shown apart from what the room said."""

_REMOVED = "A partner no longer listed"


class LabelledText(msgspec.Struct, frozen=True):
    """A text the room wrote, under the label of its field. Only written ones are in a report."""

    label: str
    text: str


def row_facts(model: Model, workshop: Workshop, row_id: str) -> tuple[LabelledText, ...]:
    """Tell of a row the hands shown, where partners stood, and where it was before, in words.

    What was not recorded is left out, and so is a previous level that nobody has seen yet.
    """
    record = workshop.row(row_id)
    texts = {PREVIOUS: previous_words(model, workshop, row_id)}
    for when in When:
        texts[HANDS[when]] = tally_words(model, record, when)
        texts[PARTNERS[when]] = _positions(model, workshop, record.tally(when))
    return tuple(LabelledText(label, texts[label]) for label in FACTS if texts[label])


def tally_words(model: Model, record: RowRecord, when: When) -> str:
    """Tell the hands of a row and how they spread; empty where none were shown.

    Where partners took positions, it tells how they spread as well; who stood where is apart.
    """
    tally = record.tally(when)
    spread = spread_words(model, tally)
    hands = hands_words(model, msgspec.structs.replace(tally, positions=()))
    return f"{hands} ({spread})" if hands and spread else hands or spread


def previous_words(model: Model, workshop: Workshop, row_id: str) -> str:
    """Tell where a row stood before and what moved; empty where that is not known, or hidden."""
    found = previous(model, workshop, row_id)
    return "" if found is None else ". ".join(filter(None, (found.words, found.movement)))


def _positions(model: Model, workshop: Workshop, tally: Tally) -> str:
    """List who stands where, a partner to a line, in the order in which partners are listed."""
    partners = workshop.details.partners
    known = {partner.id: partner_words(partner) for partner in partners if partner.id}
    order = [*known, *(p.partner for p in tally.positions if p.partner not in known)]
    lines = []
    for partner in order:
        level = tally.position(partner)
        if level is not None:
            name = model.level(level).name if model.has_level(level) else level
            lines.append(f"{known.get(partner, _REMOVED)}: {name}")
    return "\n".join(lines)

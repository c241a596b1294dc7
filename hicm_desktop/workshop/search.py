"""Search: where words stand in the model and in what the room recorded, and where to jump to.

Pure. For the user interface, which knows how to go to a `Place`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

import msgspec

from hicm_desktop.model.values import Block, Change, Material, Model, Paragraph, Tip
from hicm_desktop.workshop import matching
from hicm_desktop.workshop.places import (
    EXAMPLES,
    LEVELS,
    MATERIALS,
    TIPS,
    TOP,
    ChangePlace,
    OverviewPlace,
    Place,
    RowPlace,
)
from hicm_desktop.workshop.recorded_texts import joined, recorded_texts
from hicm_desktop.workshop.values import Workshop


class Hit(msgspec.Struct, frozen=True):
    """A text that has all the words. The match is `excerpt[start:end]`; `where` names its place."""

    where: str
    excerpt: str
    start: int
    end: int
    place: Place


_Text: TypeAlias = tuple[str, Place, tuple[str, ...]]
"""A text to search, where to jump to, and the parts of the words that say where it stands."""


def search(model: Model, workshop: Workshop, query: str) -> tuple[Hit, ...]:
    """Find the texts that have every word of a query, each as part of a word or whole.

    What was recorded comes first, then the model's wording, each in the published order. A query
    without a word finds nothing.
    """
    words = matching.words_of(query)
    return tuple(_hits(model, workshop, words)) if words else ()


def _hits(model: Model, workshop: Workshop, words: tuple[str, ...]) -> Iterator[Hit]:
    recorded = ((t.text, t.place, t.where) for t in recorded_texts(model, workshop))
    for text, place, where in chain(recorded, _published(model)):
        found = matching.find(text, words)
        if found is not None:
            yield Hit(" · ".join(where), found.text, found.start, found.end, place)


def _published(model: Model) -> Iterator[_Text]:
    for level in model.levels:
        for text in (level.name, level.definition):
            yield text, OverviewPlace(LEVELS), ("Overview", level.name)
    for section in model.sections:
        for text in (section.title, *_texts_of(section.blocks)):
            yield text, OverviewPlace(section.id), ("Overview", section.title)
    for text in map(_material, model.materials):
        yield text, OverviewPlace(MATERIALS), ("Overview", "Supporting materials")
    for change in model.changes:
        yield from _change(model, change)


def _change(model: Model, change: Change) -> Iterator[_Text]:
    heading = change.heading
    top = ChangePlace(change.id, TOP)
    yield change.title, top, (heading,)
    if change.summary != change.description:
        yield change.summary, OverviewPlace(change.id), ("Overview", heading)
    yield change.description, top, (heading,)
    yield change.i_statement, top, (heading, "I statement")
    yield change.we_statement, top, (heading, "We statement")
    for row in change.rows:
        yield row.name, RowPlace(row.id), (heading, row.name)
        for level, text in zip(model.levels, row.descriptors, strict=True):
            yield text, RowPlace(row.id, level.id), (heading, row.name, level.name)
    for text in _tips(change.tips):
        yield text, ChangePlace(change.id, TIPS), (heading, "Tips for success")
    for box in change.boxes:
        for text in (box.title, box.text):
            yield text, ChangePlace(change.id, box.id), (heading, box.title)
    for text in map(_material, change.materials):
        yield text, ChangePlace(change.id, MATERIALS), (heading, "Supporting materials")
    for example in change.examples:
        text = joined(example.place, example.title, example.description)
        yield text, ChangePlace(change.id, EXAMPLES), (heading, "Examples")


def _texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from block.items


def _tips(tips: Iterable[Tip]) -> Iterator[str]:
    for tip in tips:
        yield tip.text
        yield from _tips(tip.tips)


def _material(material: Material) -> str:
    return joined(material.title, material.publisher)

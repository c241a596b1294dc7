"""Search: where words stand in the model and in what the room recorded, and where to jump to.

Pure. For the user interface, which knows how to go to a `Place`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from hicm_desktop.model.values import Block, Change, Material, Model, Paragraph, Tip
from hicm_desktop.workshop import matching
from hicm_desktop.workshop.dates import date_words
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
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Details, Workshop


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
    for texts in (_recorded(model, workshop), _published(model)):
        for text, place, where in texts:
            found = matching.find(text, words)
            if found is not None:
                yield Hit(" · ".join(where), found.text, found.start, found.end, place)


def _recorded(model: Model, workshop: Workshop) -> Iterator[_Text]:
    yield from _details(workshop.details)
    for change in model.changes:
        noted = workshop.change(change.id)
        for part in ChangeField:
            place = ChangeFieldPlace(change.id, part)
            yield part.read(noted), place, (change.heading, part.words)
        for row in change.rows:
            record = workshop.row(row.id)
            for field in RowField:
                where = (change.heading, row.name, field.words)
                yield field.read(record), RowPlace(row.id, field=field), where
    for action in workshop.actions:
        line = _action_words(model, action)
        for text in (action.where_now, action.to_do, due_words(action), action.success):
            yield text, ActionPlace(action.id), line
        yield action.owner, ActionPlace(action.id), (*line, "Owner")
    yield from _unplaced(model, workshop)


def _details(details: Details) -> Iterator[_Text]:
    for label, text in (
        ("Place", details.place),
        ("Date", date_words(details.held_on)),
        ("Facilitator", details.facilitator),
        ("Populations in focus", details.populations),
        *(("Partners", _joined(p.organisation, p.role, p.name)) for p in details.partners),
    ):
        yield text, DetailsPlace(), ("Workshop details", label)


def _unplaced(model: Model, workshop: Workshop) -> Iterator[_Text]:
    for record in workshop.orphans(model):
        for field in RowField:
            where = ("Not in this model", record.row, field.words)
            yield field.read(record), UnplacedPlace(record.row), where
    for noted in workshop.orphan_changes(model):
        for part in ChangeField:
            where = ("Not in this model", noted.change, part.words)
            yield part.read(noted), UnplacedPlace(noted.change), where


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
        text = _joined(example.place, example.title, example.description)
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
    return _joined(material.title, material.publisher)


def _joined(*texts: str | None) -> str:
    return " · ".join(text for text in texts if text)


def _action_words(model: Model, action: Action) -> tuple[str, ...]:
    row = action.row
    if row is not None and model.has_row(row):
        return ("Action plan", model.change_of(row).heading, model.row(row).name)
    if action.change is not None and model.has_change(action.change):
        return ("Action plan", model.change(action.change).heading)
    return ("Action plan",)

"""The schema of a model's front matter and changes: which keys there are and what each holds.

Imported only by `hicm_desktop.model.reader`. A key read with `need` must be there, one read with
`may` can be left out, and any other is refused.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from hicm_desktop.model.cursor import (
    Cursor,
    Fields,
    Ids,
    Reader,
    many,
    or_null,
    phrase,
    record,
    text,
    unchecked,
    url,
)
from hicm_desktop.model.values import (
    Block,
    Box,
    Change,
    CrossReference,
    Example,
    Level,
    Material,
    Paragraph,
    Points,
    Row,
    Section,
    Tip,
)

COLUMNS = 5
"""The published action plan has five columns, and an action has a field for each."""

MOST_LEVELS = 5
"""Levels are chosen with the keys 1 to 5."""


class FrontMatter(msgspec.Struct, frozen=True):
    """What the model says before and beside its changes."""

    levels: tuple[Level, ...]
    sections: tuple[Section, ...]
    materials: tuple[Material, ...]
    columns: tuple[str, ...]


def front_matter(fields: Fields) -> FrontMatter:
    """Read the front matter."""
    return FrontMatter(
        levels=fields.need("levels", _levels),
        sections=fields.need("sections", _sections),
        materials=fields.need("materials", many(record(_material))),
        columns=fields.need("action_plan_columns", many(phrase, least=COLUMNS, most=COLUMNS)),
    )


def _levels(at: Cursor) -> tuple[Level, ...]:
    ids = Ids("level")

    def level(fields: Fields) -> Level:
        return Level(
            id=fields.need("id", ids.new),
            number=0,
            name=fields.need("name", phrase),
            definition=fields.need("definition", text),
        )

    found = many(record(level), least=2, most=MOST_LEVELS)(at)
    return tuple(
        Level(level.id, number, level.name, level.definition)
        for number, level in enumerate(found, start=1)
    )


def _sections(at: Cursor) -> tuple[Section, ...]:
    ids = Ids("section")

    def section(fields: Fields) -> Section:
        return Section(
            id=fields.need("id", ids.new),
            title=fields.need("title", phrase),
            blocks=fields.need("blocks", many(record(_block), least=1)),
        )

    return many(record(section))(at)


def _block(fields: Fields) -> Block:
    match fields.one_of("paragraph", "points", "numbered"):
        case "points":
            return Points(fields.need("points", many(phrase, least=1)))
        case "numbered":
            return Points(fields.need("numbered", many(phrase, least=1)), ordered=True)
        case _:
            return Paragraph(
                text=fields.need("paragraph", phrase),
                editor_note=fields.may("editor_note", text),
            )


def _material(fields: Fields) -> Material:
    return Material(
        title=fields.need("title", phrase),
        publisher=fields.may("publisher", phrase),
        url=fields.need("url", or_null(url)),
        editor_note=fields.may("editor_note", text),
    )


# A change


class ChangeSchema:
    """What the file of a change holds. Knows the other files' ids, and all rows read so far."""

    def __init__(self, level_ids: tuple[str, ...], change_ids: tuple[str, ...]) -> None:
        self._level_ids = level_ids
        self._change_ids = change_ids
        self._row_ids = Ids("row")
        self._box_ids = Ids("box")

    def change(self, change_id: str, number: int) -> Callable[[Fields], Change]:
        """Give the schema of the change that the index lists under this id, at this place."""

        def build(fields: Fields) -> Change:
            return Change(
                id=change_id,
                number=number,
                title=fields.need("title", phrase),
                short_title=fields.need("short_title", phrase),
                summary=fields.need("summary", text),
                description=fields.need("description", text),
                i_statement=fields.need("i_statement", text),
                we_statement=fields.need("we_statement", text),
                rows=fields.need("rows", many(record(self._row), least=1)),
                tips=fields.need("tips", many(record(self._tip))),
                boxes=fields.may("boxes", many(record(self._box)), ()),
                materials=fields.need("materials", many(record(_material))),
                examples=fields.need("examples", many(record(_example))),
            )

        return build

    def _row(self, fields: Fields) -> Row:
        return Row(
            id=fields.need("id", self._row_ids.new),
            name=fields.need("name", phrase),
            descriptors=fields.need("descriptors", self._descriptors()),
            editor_note=fields.may("editor_note", text),
        )

    def _descriptors(self) -> Reader[tuple[str, ...]]:
        if not self._level_ids or "" in self._level_ids:
            return unchecked(())
        return record(lambda fields: tuple(fields.need(id_, text) for id_ in self._level_ids))

    def _tip(self, fields: Fields) -> Tip:
        wording = fields.need("text", text)

        def reference(inner: Fields) -> CrossReference:
            return CrossReference(
                words=inner.need("words", _words_of(wording)),
                change_id=inner.need("change", self._known_change),
            )

        return Tip(
            text=wording,
            references=fields.may("references", many(record(reference), least=1), ()),
            tips=fields.may("tips", many(record(self._tip), least=1), ()),
            editor_note=fields.may("editor_note", text),
        )

    def _known_change(self, at: Cursor) -> str:
        change_id = phrase(at)
        if change_id and change_id not in self._change_ids and "" not in self._change_ids:
            at.say(f'names "{change_id}", which is no change of this model')
        return change_id

    def _box(self, fields: Fields) -> Box:
        return Box(
            id=fields.need("id", self._box_ids.new),
            title=fields.need("title", phrase),
            text=fields.need("text", text),
        )


def _words_of(wording: str) -> Reader[str]:
    def read(at: Cursor) -> str:
        words = phrase(at)
        if wording and words not in wording:
            at.say(f'"{words}" does not stand in the text of the tip')
        return words

    return read


def _example(fields: Fields) -> Example:
    return Example(
        title=fields.need("title", phrase),
        place=fields.may("place", phrase),
        description=fields.may("description", text),
        url=fields.need("url", or_null(url)),
        editor_note=fields.may("editor_note", text),
    )

"""The published model as frozen values: what a pack of content says, and nothing else.

Made only by `hicm_desktop.model.reader`, which has checked everything these types promise, so no
reader of a `Model` needs to check it again. Wording is verbatim from the model document.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

import msgspec


class Level(msgspec.Struct, frozen=True):
    """One of the five levels, with its definition ("Self-assessment matrix levels")."""

    id: str
    number: int
    name: str
    definition: str


class Row(msgspec.Struct, frozen=True):
    """One line of a change's matrix: a descriptor for each level, in level order.

    Row ids are unique in the whole model, so that a record can name a row by its id alone.
    """

    id: str
    name: str
    descriptors: tuple[str, ...]
    editor_note: str | None = None


class CrossReference(msgspec.Struct, frozen=True):
    """Words of a text that name another change, to be shown as a link to its tab."""

    words: str
    change_id: str


class Tip(msgspec.Struct, frozen=True):
    """One of a change's "Tips for success"; some carry tips of their own."""

    text: str
    references: tuple[CrossReference, ...] = ()
    tips: tuple[Tip, ...] = ()
    editor_note: str | None = None


class Box(msgspec.Struct, frozen=True):
    """A text set apart from the rest of its change, such as "Discharge to assess" in change 4."""

    id: str
    title: str
    text: str


class Material(msgspec.Struct, frozen=True):
    """A supporting material. `url` is None where the source gives no link."""

    title: str
    publisher: str | None = None
    url: str | None = None
    editor_note: str | None = None


class Example(msgspec.Struct, frozen=True):
    """An example of emerging and developing practice."""

    title: str
    place: str | None = None
    description: str | None = None
    url: str | None = None
    editor_note: str | None = None


class Change(msgspec.Struct, frozen=True):
    """One of the high impact changes.

    `summary` is the text of the overview and `description` that of the change's own chapter; they
    differ in the source, and both are kept. `short_title` is ours, for narrow tabs.
    """

    id: str
    number: int
    title: str
    short_title: str
    summary: str
    description: str
    i_statement: str
    we_statement: str
    rows: tuple[Row, ...]
    tips: tuple[Tip, ...]
    boxes: tuple[Box, ...]
    materials: tuple[Material, ...]
    examples: tuple[Example, ...]

    @property
    def heading(self) -> str:
        """The published heading, such as "Change 4: Home first"."""
        return f"Change {self.number}: {self.title}"


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """A paragraph of the front matter."""

    text: str
    editor_note: str | None = None


class Points(msgspec.Struct, frozen=True, tag=True):
    """A list of the front matter."""

    items: tuple[str, ...]
    ordered: bool = False


Block: TypeAlias = Paragraph | Points


class Section(msgspec.Struct, frozen=True):
    """A headed part of the front matter, such as the principles or how to use the model."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The section's paragraphs, without its lists."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))


class Model(msgspec.Struct, frozen=True, dict=True):
    """The whole published model.

    `columns` are the headings of the published action plan, in order. `materials` serve all
    changes. `version`, `source` and `attribution` are stated in every export; `provenance` tells
    how the text came to us and what is not known of it.
    """

    id: str
    title: str
    version: str
    source: str
    attribution: str
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    sections: tuple[Section, ...]
    materials: tuple[Material, ...]
    columns: tuple[str, ...]
    provenance: str | None = None

    @cached_property
    def _changes(self) -> dict[str, Change]:
        return {change.id: change for change in self.changes}

    @cached_property
    def _rows(self) -> dict[str, tuple[Change, Row]]:
        return {row.id: (change, row) for change in self.changes for row in change.rows}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {level.id: level for level in self.levels}

    def change(self, change_id: str) -> Change:
        """Give the change with this id. Raises KeyError for an id the model does not have."""
        return self._changes[change_id]

    def has_change(self, change_id: str) -> bool:
        """Tell whether the model has a change with this id."""
        return change_id in self._changes

    def row(self, row_id: str) -> Row:
        """Give the row with this id. Raises KeyError for an id the model does not have."""
        return self._rows[row_id][1]

    def has_row(self, row_id: str) -> bool:
        """Tell whether the model has a row with this id."""
        return row_id in self._rows

    def change_of(self, row_id: str) -> Change:
        """Give the change that holds this row. Raises KeyError for an unknown row id."""
        return self._rows[row_id][0]

    def rows(self) -> Iterator[tuple[Change, Row]]:
        """Go through every row with its change, in the published order."""
        yield from self._rows.values()

    def level(self, level_id: str) -> Level:
        """Give the level with this id. Raises KeyError for an id the model does not have."""
        return self._levels[level_id]

    def has_level(self, level_id: str) -> bool:
        """Tell whether the model has a level with this id."""
        return level_id in self._levels

    def next_level(self, level_id: str | None) -> Level | None:
        """Give the level after this one: the first for None, and None after the last."""
        number = 0 if level_id is None else self.level(level_id).number
        return self.levels[number] if number < len(self.levels) else None

    def descriptor(self, row_id: str, level_id: str) -> str:
        """Give a row's wording at a level. Raises KeyError for an unknown row or level id."""
        return self.row(row_id).descriptors[self.level(level_id).number - 1]

    def section(self, section_id: str) -> Section | None:
        """Give a part of the front matter, or None where this model has no such part."""
        return next((s for s in self.sections if s.id == section_id), None)

"""What exporters are given: a workshop laid over its model, as frozen values in reading order.

Exporters render this and decide nothing. It holds no total, average or ranking, because the model
says it is not a performance management tool. Made by `hicm_desktop.workshop.report`.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from hicm_desktop.model.values import Box, Example, Material, Section, Tip
from hicm_desktop.workshop.record_words import NO_DATE, NO_OWNER, TICK
from hicm_desktop.workshop.report_rows import LabelledText
from hicm_desktop.workshop.values import Outcome, Partner, Progress
from hicm_desktop.workshop.words import NOT_IN_SCOPE


class ReportRow(msgspec.Struct, frozen=True):
    """One row of the model and what the room recorded about it.

    `level_number` counts from 1 and is None where no level is agreed, as is `level_name`. `lean`
    says which way the room leans from it, and is empty where it does not; `standing` is all of it
    in words.
    """

    id: str
    name: str
    descriptors: tuple[str, ...]
    outcome: Outcome
    level_number: int | None
    level_name: str | None
    lean: str
    standing: str
    previous_number: int | None
    """The level it was at in the workshop this one is compared with, where the room may see it."""
    movement: str
    """How far it is from there, in words; empty where nothing is known of it."""
    reason: str
    data: str
    people: str
    local_interpretation: str
    differing_view: str
    note: str
    texts: tuple[LabelledText, ...]
    """All of the texts above that were written, labelled, in the order of the screen."""
    facts: tuple[LabelledText, ...]
    """The hands that were shown, where partners stood and what moved, labelled, if recorded."""
    editor_note: str
    """What the editors say of the row's wording, such as that an error stands in the source."""

    @property
    def level_words(self) -> str:
        """The level agreed and the way the room leans from it; empty where there is none."""
        return ", ".join(filter(None, (self.level_name, self.lean)))

    @property
    def verdict(self) -> str:
        """What stands over the descriptor of the level agreed, so that it shows without colour."""
        return f"{TICK} {', '.join(filter(None, (self.outcome.words, self.lean))).upper()}"


class ReportGuidance(msgspec.Struct, frozen=True):
    """What the model says of a change besides its matrix, in the published order."""

    tips: tuple[Tip, ...]
    boxes: tuple[Box, ...]
    materials: tuple[Material, ...]
    examples: tuple[Example, ...]


class ReportChange(msgspec.Struct, frozen=True):
    """One change with its rows and what was recorded about it as a whole.

    `guidance` is None where it was not asked for.
    """

    id: str
    number: int
    title: str
    short_title: str
    """Ours, for narrow places."""
    heading: str
    description: str
    i_statement: str
    we_statement: str
    in_scope: bool
    minutes: int
    rows: tuple[ReportRow, ...]
    texts: tuple[LabelledText, ...]
    guidance: ReportGuidance | None

    def became(self, row: ReportRow) -> str:
        """Say what became of a row; of one not discussed in a change that was not to be, that."""
        is_out = row.outcome is Outcome.NOT_DISCUSSED and not self.in_scope
        return NOT_IN_SCOPE if is_out else row.outcome.words


class ReportAction(msgspec.Struct, frozen=True):
    """One line of the action plan. `due_on` is given where `due` is a real date.

    `put_first` is its place among those the room puts first, from 1, or None.
    """

    id: str
    change_heading: str
    row_name: str
    where_now: str
    to_do: str
    due: str
    due_on: dt.date | None
    success: str
    owner: str
    progress: Progress
    put_first: int | None

    @property
    def where(self) -> str:
        """The change and the row it is about; empty for the whole plan."""
        return ", ".join(filter(None, (self.change_heading, self.row_name)))

    @property
    def due_told(self) -> str:
        """When it is due, in a line of its own: "Due: 12 March 2027", or that no date is set."""
        return f"Due: {self.due}" if self.due else NO_DATE

    @property
    def owner_told(self) -> str:
        """Whose it is, in a line of its own, or that it is nobody's yet."""
        return f"Owner: {self.owner}" if self.owner else NO_OWNER


class ReportEntry(msgspec.Struct, frozen=True):
    """One line of the minutes: what changed from what to what, when, where and why.

    `at` is by the room's own clock, as are `day` and `time`, its words.
    """

    at: dt.datetime
    day: str
    time: str
    change_heading: str
    row_name: str
    what: str
    was: str
    now: str
    reason: str
    words: str
    """What it tells, in one sentence: what, was and now."""


class Point(msgspec.Struct, frozen=True):
    """What is said of one change or row in the summary: where, and what."""

    where: str
    words: str


class Summary(msgspec.Struct, frozen=True):
    """The record in words, which counts nothing up: a point per change, and per differing view.

    `first_actions` are in the report itself.
    """

    agreed: tuple[Point, ...]
    """The changes in which a level was agreed, with every row and its level."""
    open: tuple[Point, ...]
    """The changes in which a row was parked, is not applicable or was not discussed, with why."""
    differing: tuple[Point, ...]
    """The rows that are seen otherwise by somebody, agreed with reservation, or widely spread."""


class ReportSeal(msgspec.Struct, frozen=True):
    """Whether the record is as it was signed off, in words; then by whom, and its fingerprint."""

    words: str
    fingerprint: str = ""
    present: tuple[str, ...] = ()


class ReportLevel(msgspec.Struct, frozen=True):
    """A level with its published definition."""

    number: int
    name: str
    definition: str


class UnplacedRecord(msgspec.Struct, frozen=True):
    """What was recorded about a row or change that this model does not have, kept as it was.

    `row_id` is then the id of the change, and `outcome` says that no level was agreed for it.
    `lean` is empty where there is none; `facts` and `texts` are those of a row.
    """

    row_id: str
    outcome: Outcome
    level_id: str | None
    texts: tuple[LabelledText, ...]
    lean: str = ""
    facts: tuple[LabelledText, ...] = ()

    @property
    def told(self) -> tuple[LabelledText, ...]:
        """All that was recorded, labelled: what became of it first, if it was discussed."""
        level = f"level “{self.level_id}”" if self.level_id else ""
        words = ", ".join(filter(None, (self.outcome.words, level, self.lean)))
        is_told = self.outcome is not Outcome.NOT_DISCUSSED
        outcome = (LabelledText("Outcome", words),) if is_told else ()
        return (*outcome, *self.facts, *self.texts)


class Report(msgspec.Struct, frozen=True):
    """Everything an export may say, in order. `columns` are the published action plan headings."""

    model_title: str
    model_version: str
    model_source: str
    model_attribution: str
    disclaimer: str
    how_to_read: tuple[str, ...]
    sections: tuple[Section, ...]
    """What the model says it is, what it is not, and how to use it: whole parts of its wording."""
    place: str
    held_on: dt.date | None
    held_on_words: str
    facilitator: str
    populations: str
    partners: tuple[Partner, ...]
    levels: tuple[ReportLevel, ...]
    summary: Summary
    changes: tuple[ReportChange, ...]
    columns: tuple[str, ...]
    actions: tuple[ReportAction, ...]
    first_actions: tuple[ReportAction, ...]
    """The actions the room puts first, in its order."""
    minutes: tuple[ReportEntry, ...]
    """The decision log in the order it was written, without what was taken back."""
    baseline: str
    """The earlier workshop this one is compared with, by place and date; empty for none."""
    seal: ReportSeal
    unplaced: tuple[UnplacedRecord, ...]
    materials: tuple[Material, ...]
    """Supporting materials that serve all changes; none where guidance was not asked for."""
    left_out: tuple[str, ...]
    """What this copy does not tell, by name, in the order of the record; empty for a whole one."""
    has_private_notes: bool
    """Whether the facilitator's own notes are in, which were asked for by name."""
    workshop_id: str
    """The id of the workshop, which is the same in every report of it; not for a reader's eye."""
    recorded_at: dt.datetime
    """When something was last decided, else when the file was made; fixed for the same record.

    Of a version that was signed off it is the time of that.
    """
    extract: str
    """That this copy shows some changes alone, in a sentence; empty where it shows all."""
    foot: str
    """Whose record it is and of when, for the foot of a page: "Northbridge, 12 November 2026"."""

    @property
    def recorded_utc(self) -> dt.datetime:
        """`recorded_at` in UTC, which files say of themselves: the same wherever one is written."""
        return self.recorded_at.astimezone(dt.UTC)

    @property
    def not_in_scope(self) -> str:
        """The changes that were not in scope, named in a sentence; empty for none."""
        headings = "; ".join(change.heading for change in self.changes if not change.in_scope)
        return f"Not in scope for this workshop: {headings}." if headings else ""

    def nothing(self, words: str) -> str:
        """Say that there is nothing, and not of changes that a copy does not show."""
        if not self.extract:
            return words
        here = f"In the changes in this copy, {words[0].lower()}{words[1:]}"
        return here if self.changes else self.extract

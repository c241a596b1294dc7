"""The neutral report: a workshop laid over its model, in the order and words a reader is given.

Exporters render this and decide nothing. It holds no total, average or
ranking, because the model says it is not a performance management tool.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from hicm_desktop.model.values import Change, Model, Row
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.decisions import minutes
from hicm_desktop.workshop.edits import ENABLERS, ChangeField, RowField
from hicm_desktop.workshop.entry import Entry
from hicm_desktop.workshop.minutes import (
    entry_where,
    entry_words,
    grouped,
    seal_state,
    sealed_words,
)
from hicm_desktop.workshop.private_notes import without_private_notes
from hicm_desktop.workshop.report_rows import LabelledText, row_facts
from hicm_desktop.workshop.sealing import standing_seal
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Outcome,
    Partner,
    Progress,
    RowRecord,
    Sealed,
    Workshop,
)
from hicm_desktop.workshop.words import baseline_words, partner_words, standing

NOT_A_PERFORMANCE_TOOL = (
    "This is not a performance management tool. It shows the level that partners agreed for each "
    "row. Levels are not added up, averaged, rated or ranked, and should not be."
)
"""Our own words for what the model's principles say; stated in every export."""


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


class ReportChange(msgspec.Struct, frozen=True):
    """One change with its rows and what was recorded about it as a whole."""

    id: str
    number: int
    title: str
    heading: str
    description: str
    i_statement: str
    we_statement: str
    in_scope: bool
    minutes: int
    rows: tuple[ReportRow, ...]
    texts: tuple[LabelledText, ...]


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
    place: str
    held_on: dt.date | None
    held_on_words: str
    facilitator: str
    populations: str
    partners: tuple[Partner, ...]
    levels: tuple[ReportLevel, ...]
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
    created_at: dt.datetime
    """When the workshop's file was made; a fixed time for the properties of an export."""


def build_report(
    model: Model,
    workshop: Workshop,
    *,
    private_notes: bool = False,
    version: Sealed | None = None,
) -> Report:
    """Lay a workshop over its model. The facilitator's private notes are left out unless named.

    With a `version` it is the report of what was signed off then, whatever was recorded since.
    """
    workshop = workshop if version is None else version.content
    seal = _seal(workshop, version or standing_seal(workshop))
    if not private_notes:
        workshop = without_private_notes(workshop)
    details = workshop.details
    how_to = model.section("how-to-use")
    actions = tuple(_action(model, workshop, action) for action in workshop.actions)
    return Report(
        model_title=model.title,
        model_version=model.version,
        model_source=model.source,
        model_attribution=model.attribution,
        disclaimer=NOT_A_PERFORMANCE_TOOL,
        how_to_read=how_to.paragraphs if how_to else (),
        place=details.place,
        held_on=details.held_on,
        held_on_words=date_words(details.held_on),
        facilitator=details.facilitator,
        populations=details.populations,
        partners=details.partners,
        levels=tuple(ReportLevel(v.number, v.name, v.definition) for v in model.levels),
        changes=tuple(_change(model, workshop, change) for change in model.changes),
        columns=model.columns,
        actions=actions,
        first_actions=tuple(
            sorted((a for a in actions if a.put_first), key=lambda a: a.put_first or 0)
        ),
        minutes=tuple(_entry(model, entry) for entry in minutes(workshop)),
        baseline=baseline_words(workshop.baseline) if workshop.baseline is not None else "",
        seal=seal,
        unplaced=_unplaced(model, workshop),
        created_at=workshop.created_at,
    )


def due_words(action: Action) -> str:
    """Write when an action will be done by, be it a date or the room's own words."""
    return date_words(action.due_on) if action.due_on is not None else action.due_words


def _unplaced(model: Model, workshop: Workshop) -> tuple[UnplacedRecord, ...]:
    rows = (
        UnplacedRecord(
            r.row,
            r.outcome,
            r.level,
            _row_texts(r),
            "" if r.lean is None else r.lean.words,
            row_facts(model, workshop, r.row),
        )
        for r in workshop.orphans(model)
    )
    changes = (
        UnplacedRecord(c.change, Outcome.NOT_DISCUSSED, None, _change_texts(c))
        for c in workshop.orphan_changes(model)
    )
    return (*rows, *changes)


def _change(model: Model, workshop: Workshop, change: Change) -> ReportChange:
    agenda = workshop.agenda_item(change.id)
    return ReportChange(
        id=change.id,
        number=change.number,
        title=change.title,
        heading=change.heading,
        description=change.description,
        i_statement=change.i_statement,
        we_statement=change.we_statement,
        in_scope=agenda.in_scope,
        minutes=agenda.minutes,
        rows=tuple(_row(model, workshop, row) for row in change.rows),
        texts=_change_texts(workshop.change(change.id)),
    )


def _row(model: Model, workshop: Workshop, row: Row) -> ReportRow:
    record = workshop.row(row.id)
    level = None if record.level is None else model.level(record.level)
    return ReportRow(
        id=row.id,
        name=row.name,
        descriptors=row.descriptors,
        outcome=record.outcome,
        level_number=level.number if level else None,
        level_name=level.name if level else None,
        lean="" if record.lean is None else record.lean.words,
        standing=standing(model, record),
        reason=_text(record, RowField.REASON),
        data=record.data,
        people=record.people,
        local_interpretation=record.local_interpretation,
        differing_view=record.differing_view,
        note=record.note,
        texts=_row_texts(record),
        facts=row_facts(model, workshop, row.id),
    )


def _row_texts(record: RowRecord) -> tuple[LabelledText, ...]:
    texts = ((field, _text(record, field)) for field in RowField)
    return tuple(LabelledText(field.words, text) for field, text in texts if text.strip())


def _text(record: RowRecord, field: RowField) -> str:
    """Give a text of a row. A reason is told only of an outcome that has one.

    The record keeps it when the room goes on to agree, and it is no reason of the agreement.
    """
    if field is RowField.REASON and not record.outcome.needs_reason:
        return ""
    return field.read(record)


def _change_texts(record: ChangeRecord) -> tuple[LabelledText, ...]:
    fields = (ChangeField.NOTE, *ENABLERS, ChangeField.POPULATIONS, ChangeField.PRIVATE_NOTE)
    return tuple(LabelledText(f.words, f.read(record)) for f in fields if f.read(record).strip())


def _action(model: Model, workshop: Workshop, action: Action) -> ReportAction:
    row = action.row
    change = action.change
    first = workshop.first_actions
    if change is None and row and model.has_row(row):
        change = model.change_of(row).id
    return ReportAction(
        id=action.id,
        change_heading=(
            model.change(change).heading if change and model.has_change(change) else change or ""
        ),
        row_name=model.row(row).name if row and model.has_row(row) else row or "",
        where_now=action.where_now,
        to_do=action.to_do,
        due=due_words(action),
        due_on=action.due_on,
        success=action.success,
        owner=action.owner,
        progress=action.progress,
        put_first=first.index(action.id) + 1 if action.id in first else None,
    )


def _entry(model: Model, entry: Entry) -> ReportEntry:
    heading, row = entry_where(model, entry)
    return ReportEntry(
        at=entry.at,
        day=date_words(entry.at.date()),
        time=f"{entry.at:%H:%M}",
        change_heading=heading,
        row_name=row,
        what=entry.kind.words,
        was=entry.was,
        now=entry.now,
        reason=entry.reason,
        words=entry_words(entry),
    )


def _seal(workshop: Workshop, sealed: Sealed | None) -> ReportSeal:
    if sealed is None:
        return ReportSeal(seal_state(workshop))
    present = tuple(partner_words(partner) for partner in sealed.present)
    return ReportSeal(sealed_words(sealed), grouped(sealed.fingerprint), present)

"""Makes the neutral report: a workshop laid over its model, in the order and words of a reader.

Pure. What a record holds is decided here and in `report_parts`; exporters render it.
"""

from __future__ import annotations

import datetime as dt

from hicm_desktop.model.values import Change, Model, Row
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.decisions import minutes
from hicm_desktop.workshop.edits import ENABLERS, ChangeField, RowField
from hicm_desktop.workshop.entry import Entry
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.minutes import (
    entry_where,
    entry_words,
    grouped,
    seal_state,
    sealed_words,
)
from hicm_desktop.workshop.record_words import extract_words, listed
from hicm_desktop.workshop.report_parts import EVERYTHING, Parts, left_out_words, only
from hicm_desktop.workshop.report_rows import LabelledText, row_facts
from hicm_desktop.workshop.report_summary import summary
from hicm_desktop.workshop.report_values import (
    Report,
    ReportAction,
    ReportChange,
    ReportEntry,
    ReportGuidance,
    ReportLevel,
    ReportRow,
    ReportSeal,
    UnplacedRecord,
)
from hicm_desktop.workshop.sealing import standing_seal
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    RowRecord,
    Sealed,
    Workshop,
)
from hicm_desktop.workshop.words import baseline_words, partner_words, standing

NOT_FOR_RANKING = (
    "This is not a performance management tool. Levels are not to be added up, averaged, rated or "
    "ranked."
)
"""The same of what holds no levels yet, such as a handout."""

NOT_A_PERFORMANCE_TOOL = (
    "This is not a performance management tool. It shows the level that partners agreed for each "
    "row. Levels are not added up, averaged, rated or ranked, and should not be."
)
"""Our own words for what the model's principles say; stated in every export."""

_LONGEST_PLACE = 70
"""Letters of a place at the foot of a page; the cover has all of it."""

_QUOTED = ("what-it-is", "principles", "how-to-use")
"""The parts of the model's front matter that a record quotes whole."""


def build_report(
    model: Model,
    workshop: Workshop,
    parts: Parts = EVERYTHING,
    *,
    version: Sealed | None = None,
) -> Report:
    """Lay the chosen parts of a workshop over its model; private notes only where they are named.

    With a `version` it is the report of what was signed off then, whatever was recorded since.
    """
    workshop = workshop if version is None else version.content
    seal = _seal(workshop, version or standing_seal(workshop))
    recorded_at = _recorded_at(workshop) if version is None else version.at
    left_out = left_out_words(model, parts)
    workshop = only(model, workshop, parts)
    details = workshop.details
    how_to = model.section("how-to-use")
    sections = (model.section(part) for part in _QUOTED)
    changes = tuple(change for change in model.changes if parts.has(change.id))
    numbers = listed([str(change.number) for change in changes])
    extract = extract_words(len(changes), len(model.changes), numbers)
    actions = tuple(_action(model, workshop, action) for action in workshop.actions)
    return Report(
        model_title=model.title,
        model_version=model.version,
        model_source=model.source,
        model_attribution=model.attribution,
        disclaimer=NOT_A_PERFORMANCE_TOOL,
        how_to_read=how_to.paragraphs if how_to else (),
        sections=tuple(section for section in sections if section is not None),
        place=details.place,
        held_on=details.held_on,
        held_on_words=date_words(details.held_on),
        facilitator=details.facilitator,
        populations=details.populations,
        partners=details.partners,
        levels=tuple(ReportLevel(v.number, v.name, v.definition) for v in model.levels),
        summary=summary(model, workshop, changes),
        changes=tuple(_change(model, workshop, change, parts) for change in changes),
        columns=model.columns,
        actions=actions,
        first_actions=tuple(
            sorted((a for a in actions if a.put_first), key=lambda a: a.put_first or 0)
        ),
        minutes=tuple(_entry(model, entry) for entry in minutes(workshop)),
        baseline=baseline_words(workshop.baseline) if workshop.baseline is not None else "",
        seal=seal,
        unplaced=_unplaced(model, workshop),
        materials=model.materials if parts.guidance else (),
        left_out=left_out,
        has_private_notes=parts.private_notes and version is None,  # a version holds none
        workshop_id=workshop.id,
        recorded_at=recorded_at,
        extract=extract,
        foot=_foot(details, extract=extract),
    )


def due_words(action: Action) -> str:
    """Write when an action will be done by, be it a date or the room's own words."""
    return date_words(action.due_on) if action.due_on is not None else action.due_words


def _recorded_at(workshop: Workshop) -> dt.datetime:
    """Give when something was last decided; when the file was made, where nothing was."""
    return max((entry.at for entry in workshop.log), default=workshop.created_at)


def _foot(details: Details, *, extract: str) -> str:
    place = " ".join(details.place.split())
    if len(place) > _LONGEST_PLACE:  # a page has a line or two for its foot
        place = place[:_LONGEST_PLACE].rpartition(" ")[0] or place[:_LONGEST_PLACE]
    named = ", ".join(filter(None, (place, date_words(details.held_on))))
    return ". ".join(filter(None, (named or "A workshop", extract.removesuffix("."))))


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


def _change(model: Model, workshop: Workshop, change: Change, parts: Parts) -> ReportChange:
    agenda = workshop.agenda_item(change.id)
    guidance = ReportGuidance(change.tips, change.boxes, change.materials, change.examples)
    return ReportChange(
        id=change.id,
        number=change.number,
        title=change.title,
        short_title=change.short_title,
        heading=change.heading,
        description=change.description,
        i_statement=change.i_statement,
        we_statement=change.we_statement,
        in_scope=agenda.in_scope,
        minutes=agenda.minutes,
        rows=tuple(_row(model, workshop, row) for row in change.rows),
        texts=_change_texts(workshop.change(change.id)),
        guidance=guidance if parts.guidance else None,
    )


def _row(model: Model, workshop: Workshop, row: Row) -> ReportRow:
    record = workshop.row(row.id)
    level = None if record.level is None else model.level(record.level)
    before = previous(model, workshop, row.id)
    was = model.level(before.level) if before is not None and before.level is not None else None
    return ReportRow(
        id=row.id,
        name=row.name,
        descriptors=row.descriptors,
        outcome=record.outcome,
        level_number=level.number if level else None,
        level_name=level.name if level else None,
        lean="" if record.lean is None else record.lean.words,
        standing=standing(model, record),
        previous_number=None if was is None else was.number,
        movement="" if before is None else before.movement,
        reason=_text(record, RowField.REASON),
        data=record.data,
        people=record.people,
        local_interpretation=record.local_interpretation,
        differing_view=record.differing_view,
        note=record.note,
        texts=_row_texts(record),
        facts=row_facts(model, workshop, row.id),
        editor_note=row.editor_note or "",
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

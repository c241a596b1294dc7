"""Every text that the room recorded, each with the words and the `Place` of where it stands.

Pure. For what goes through all of a workshop: `search` and `patient_data`. A text field that is
new to the workshop is added here, and is found by both. The minutes hold copies; what stands in
them alone still goes out with an export, and is found by `patient_data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.entry import BETWEEN_ACTIONS, Entry, Kind
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    LogPlace,
    Place,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Details, Workshop


class RecordedText(msgspec.Struct, frozen=True):
    """A text, where to go for it, and the parts of the words that say where it stands.

    `column` is the heading it stands under, where `where` names a line of the plan alone.
    """

    text: str
    place: Place
    where: tuple[str, ...]
    column: str = ""


def recorded_texts(model: Model, workshop: Workshop) -> Iterator[RecordedText]:
    """Go through all recorded texts, empty ones too, in the published order."""
    yield from _details(workshop.details)
    if workshop.baseline is not None:
        yield RecordedText(workshop.baseline.place, DetailsPlace(), ("Baseline", "Place"))
    for change in model.changes:
        noted = workshop.change(change.id)
        for part in ChangeField:
            place = ChangeFieldPlace(change.id, part)
            yield RecordedText(part.read(noted), place, (change.heading, part.words))
        for row in change.rows:
            record = workshop.row(row.id)
            for field in RowField:
                where = (change.heading, row.name, field.words)
                yield RecordedText(field.read(record), RowPlace(row.id, field=field), where)
    for action in workshop.actions:
        yield from _action(model, action)
    yield from _unplaced(model, workshop)


def outgoing_texts(model: Model, workshop: Workshop) -> Iterator[RecordedText]:
    """Go through all texts that an export holds, those last that stand in its minutes alone.

    A text that stands in several places is told at the first. A reason that is kept from another
    outcome is in no export, nor is what was taken back; of private notes the workshop has those
    that are to go out.
    """
    found: set[str] = set()
    for text in recorded_texts(model, _with_told_reasons(workshop)):
        found.add(text.text.strip())
        yield text
    for text in _of_log(workshop.log):
        if text.text.strip() not in found:
            found.add(text.text.strip())
            yield text


def _with_told_reasons(workshop: Workshop) -> Workshop:
    rows = tuple(
        record if record.outcome.needs_reason else msgspec.structs.replace(record, reason="")
        for record in workshop.rows
    )
    return msgspec.structs.replace(workshop, rows=rows)


def _of_log(log: Iterable[Entry]) -> Iterator[RecordedText]:
    for entry in log:
        if entry.stands:
            where = ("Decision log", entry.kind.words)
            for text in _texts_of(entry):
                yield RecordedText(text, LogPlace(entry.number), where)


def _texts_of(entry: Entry) -> tuple[str, ...]:
    if entry.kind is Kind.PUT_FIRST:
        return (*entry.was.split(BETWEEN_ACTIONS), *entry.now.split(BETWEEN_ACTIONS))
    return (entry.was, entry.now, entry.reason)


def joined(*texts: str | None) -> str:
    """Put the texts that say anything on one line."""
    return " · ".join(text for text in texts if text)


def _details(details: Details) -> Iterator[RecordedText]:
    for label, text in (
        ("Place", details.place),
        ("Date", date_words(details.held_on)),
        ("Facilitator", details.facilitator),
        ("Populations in focus", details.populations),
        *(("Partners", joined(p.organisation, p.role, p.name)) for p in details.partners),
    ):
        yield RecordedText(text, DetailsPlace(), ("Workshop details", label))


def _action(model: Model, action: Action) -> Iterator[RecordedText]:
    place, line = ActionPlace(action.id), action_words(model, action)
    texts = (action.where_now, action.to_do, due_words(action), action.success)
    for text, column in zip(texts, model.columns[1:], strict=True):
        yield RecordedText(text, place, line, column)
    yield RecordedText(action.owner, place, (*line, "Owner"))


def _unplaced(model: Model, workshop: Workshop) -> Iterator[RecordedText]:
    for record in workshop.orphans(model):
        for field in RowField:
            where = ("Not in this model", record.row, field.words)
            yield RecordedText(field.read(record), UnplacedPlace(record.row), where)
    for noted in workshop.orphan_changes(model):
        for part in ChangeField:
            where = ("Not in this model", noted.change, part.words)
            yield RecordedText(part.read(noted), UnplacedPlace(noted.change), where)


def action_words(model: Model, action: Action) -> tuple[str, ...]:
    """Give the parts of the words that name a line of the plan: by what it is tied to."""
    row = action.row
    if row is not None and model.has_row(row):
        return ("Action plan", model.change_of(row).heading, model.row(row).name)
    if action.change is not None and model.has_change(action.change):
        return ("Action plan", model.change(action.change).heading)
    return ("Action plan",)

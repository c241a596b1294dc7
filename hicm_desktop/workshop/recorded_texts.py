"""Every text that the room recorded, each with the words and the `Place` of where it stands.

Pure. For what goes through all of a workshop: `search` and `patient_data`. A text field that is
new to the workshop is added here, and is found by both. The decision log and the versions that were
signed off hold copies; what stands in them alone is still in the file and goes out with it, and is
found by `patient_data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.entry import BETWEEN_ACTIONS, Entry, Kind
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    DetailsPlace,
    Place,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Details, Sealed, Workshop


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


def kept_texts(model: Model, workshop: Workshop) -> Iterator[RecordedText]:
    """Go through all recorded texts, and then those that only the log or a sealed version has.

    Their places are those of what they are about, where it stands now.
    """
    found: set[str] = set()
    for text in recorded_texts(model, workshop):
        found.add(text.text.strip())
        yield text
    kept = chain(
        _of_log(model, workshop.log, ()),
        *(_of_sealed(model, sealed) for sealed in workshop.sealed),
    )
    for text in kept:
        if text.text.strip() not in found:
            found.add(text.text.strip())
            yield text


def _of_log(model: Model, log: Iterable[Entry], where: tuple[str, ...]) -> Iterator[RecordedText]:
    for entry in log:
        place: Place = DetailsPlace()
        if entry.action is not None:
            place = ActionPlace(entry.action)
        elif entry.row is not None:
            known = model.has_row(entry.row)
            place = RowPlace(entry.row) if known else UnplacedPlace(entry.row)
        for text in _texts_of(entry):
            yield RecordedText(text, place, (*where, "Decision log", entry.kind.words))


def _texts_of(entry: Entry) -> tuple[str, ...]:
    if entry.kind is Kind.PUT_FIRST:
        return (*entry.was.split(BETWEEN_ACTIONS), *entry.now.split(BETWEEN_ACTIONS))
    return (entry.was, entry.now, entry.reason)


def _of_sealed(model: Model, sealed: Sealed) -> Iterator[RecordedText]:
    where = (f"Signed-off version {sealed.number}",)
    for partner in sealed.present:
        words = joined(partner.organisation, partner.role, partner.name)
        yield RecordedText(words, DetailsPlace(), (*where, "Partners"))
    for text in recorded_texts(model, sealed.content):
        yield msgspec.structs.replace(text, where=(*where, *text.where))
    yield from _of_log(model, sealed.content.log, where)


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

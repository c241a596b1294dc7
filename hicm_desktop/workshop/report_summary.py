"""The record in words: what was agreed, what is open, and where views differ. It counts nothing up.

Pure. For `hicm_desktop.workshop.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from hicm_desktop.model.values import Change, Model, Row
from hicm_desktop.workshop.report_values import Point, Summary
from hicm_desktop.workshop.spread import hands_words, last_tally, last_words, wide_rows
from hicm_desktop.workshop.values import Outcome, RowRecord, Workshop
from hicm_desktop.workshop.words import standing


def summary(model: Model, workshop: Workshop, changes: Sequence[Change]) -> Summary:
    """Say of these changes what became of every row. What is not in scope is left out.

    A row that was not discussed is named only where it is in scope.
    """
    return Summary(
        agreed=tuple(_points(changes, lambda change: _agreed(model, workshop, change))),
        open=tuple(_points(changes, lambda change: _open(workshop, change))),
        differing=tuple(_differing(model, workshop, changes)),
    )


def _points(changes: Iterable[Change], words: Callable[[Change], str]) -> Iterator[Point]:
    for change in changes:
        if said := words(change):
            yield Point(change.heading, said)


def _agreed(model: Model, workshop: Workshop, change: Change) -> str:
    rows = ((row, workshop.row(row.id)) for row in change.rows)
    told = (f"{row.name}: {standing(model, r)}" for row, r in rows if r.outcome.is_agreed)
    return _sentence(told)


def _open(workshop: Workshop, change: Change) -> str:
    in_scope = workshop.agenda_item(change.id).in_scope
    rows = ((row, workshop.row(row.id)) for row in change.rows)
    return _sentence(
        _open_words(row, record)
        for row, record in rows
        if not record.outcome.is_agreed
        and (in_scope or record.outcome is not Outcome.NOT_DISCUSSED)
    )


def _open_words(row: Row, record: RowRecord) -> str:
    words = f"{row.name}: {record.outcome.words.lower()}"
    reason = record.reason.strip().rstrip(".")
    return f"{words} ({reason})" if reason and record.outcome.needs_reason else words


def _differing(model: Model, workshop: Workshop, changes: Sequence[Change]) -> Iterator[Point]:
    wide = {row.row for row in wide_rows(model, workshop)}
    for change in changes:
        for row in change.rows:
            record = workshop.row(row.id)
            view = record.differing_view.strip()
            told = [f"Differing view: {view}" if view else ""]
            if record.outcome is Outcome.AGREED_WITH_RESERVATION:
                reason = record.reason.strip()
                told.insert(0, f"Reservation: {reason}" if reason else "Agreed with reservation")
            if row.id in wide:
                hands = hands_words(model, last_tally(record))
                told.append(f"Hands: {hands} ({last_words(model, record)})")
            if said := "\n".join(filter(None, told)):
                yield Point(f"{change.heading}, {row.name}", said)


def _sentence(parts: Iterable[str]) -> str:
    said = "; ".join(parts)
    return f"{said}." if said else ""

"""The sheets of what the room recorded: profile, changes, minutes and notes.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.setting import copy_words, footer
from hicm_desktop.export.workbook.sheet import Placed, Sheet
from hicm_desktop.export.workbook.tables import Heading, TableKind
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.record_words import CHANGE_NOT_IN_SCOPE, NO_DECISIONS
from hicm_desktop.workshop.report_parts import NO_DIFFERING_VIEWS, NO_EVIDENCE
from hicm_desktop.workshop.report_rows import FACTS, PARTNERS, PRIVATE, LabelledText
from hicm_desktop.workshop.report_values import Report, ReportChange

NOTHING = "Nothing was recorded."
AS_A_WHOLE = "The change as a whole"
NOT_IN_MODEL = "Not in this model"
ROW = "Row"
NO_LEVEL = "No level agreed"
_FIELDS_OF = {
    NO_EVIDENCE: (RowField.DATA, RowField.PEOPLE),
    NO_DIFFERING_VIEWS: (RowField.DIFFERING_VIEW,),
}
"""The texts of a row that belong to a part which may be left out."""


def profile(book: Book, report: Report) -> Placed:
    """Add the sheet of every row with its level and what was recorded about it."""
    kind = profile_kind(report)
    labels = (heading.text for heading in kind.headings[4:])
    widths = (21, 21, 17, 16, *(27 if label in FACTS else 25 for label in labels))
    sheet = Sheet(book, "Profile", widths, footer(report), "A3")
    sheet.head("Profile", report.disclaimer)
    if words := copy_words(report):
        sheet.line(words, looks.STRONG)
    return sheet.table(kind, profile_rows(report), freeze=2)


def profile_kind(report: Report) -> TableKind:
    """Give the columns of the profile: facts where there are some, and every text."""
    names = ("Change", ROW, "Level", "Outcome")
    return TableKind(
        "Profile",
        "Profile",
        "Every row of every change with the level that was agreed and what was recorded about it.",
        (*(Heading(n, is_key=True) for n in names), *map(_heading, _profile_labels(report))),
        "The model has no rows.",
    )


def profile_rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of the profile: every row of the model."""
    labels = _profile_labels(report)
    for change in report.changes:
        for row in change.rows:
            by_label = {told.label: told.text for told in (*row.facts, *row.texts)}
            yield (
                Entry(change.heading, looks.NAME),
                Entry(row.name, looks.NAME),
                Entry(
                    row.level_words or NO_LEVEL,
                    looks.STRONG_CELL if row.level_name else looks.QUIET_CELL,
                ),
                Entry(change.became(row)),
                *(_told(label, by_label) for label in labels),
            )


def _profile_labels(report: Report) -> tuple[str, ...]:
    """Give the labels of what the profile tells of a row: not who stood where, which is long."""
    facts = (label for label in _facts(report) if label not in PARTNERS.values())
    return (*facts, *_fields(report))


def _facts(report: Report) -> tuple[str, ...]:
    """Give the labels of the facts that are told of any row, in their order."""
    told = {fact.label for c in report.changes for row in c.rows for fact in row.facts}
    return tuple(label for label in FACTS if label in told)


def _fields(report: Report) -> tuple[str, ...]:
    """Give the labels of the texts that a row may have, without those that are left out."""
    left_out = {field for part in report.left_out for field in _FIELDS_OF.get(part, ())}
    return tuple(
        field.words
        for field in RowField
        if field not in left_out and (report.has_private_notes or not field.is_private)
    )


def _heading(label: str) -> Heading:
    """Give the heading of what goes by a label; private notes are marked in words and colour."""
    if label not in PRIVATE:
        return Heading(label)
    return Heading(f"{label.removeprefix('Private ').capitalize()} (private)", look=looks.OURS)


def _told(label: str, by_label: Mapping[str, str]) -> Entry:
    look = looks.PRIVATE_CELL if label in PRIVATE else looks.CELL
    return Entry(by_label.get(label, ""), look)


def change(book: Book, report: Report, change: ReportChange) -> str:
    """Add the sheet of a change: its whole matrix, then what was recorded. Give its title."""
    widths = (
        20,
        22,
        *(29,) * max(len(report.levels), len(_fields(report)) - 1, len(_facts(report)) - 1),
    )
    name = change.short_title if change.short_title.strip() else change.title
    sheet = Sheet(book, f"{change.number} {name}", widths, footer(report))
    in_scope = "" if change.in_scope else CHANGE_NOT_IN_SCOPE
    sheet.head(change.heading, in_scope, looks.STRONG)
    for label, entry in statements(change):
        sheet.record(Entry(label, looks.NAME), replace(entry, columns=sheet.columns - 1))
    sheet.gap()
    sheet.freeze_columns(1)
    sheet.table(matrix_kind(report, change), matrix_rows(change))
    for title, kind, rows in recorded(report, change):
        if rows:
            sheet.table(kind, rows, title=title)
        else:
            sheet.section(title)
            sheet.line(NOTHING, looks.QUIET)
    told = [
        (Entry(label, looks.NAME), replace(entry, columns=sheet.columns - 1))
        for label, entry in whole(change)
    ]
    sheet.section(AS_A_WHOLE, *(told[0] if told else ()))
    for line in told:
        sheet.record(*line)
    if not told:
        sheet.line(NOTHING, looks.QUIET)
    return sheet.title


def matrix_kind(report: Report, change: ReportChange) -> TableKind:
    """Give the columns of a change's matrix."""
    return TableKind(
        f"Change{change.number}",
        change.heading,
        "The matrix: a row for each row of the model, a column for each level. The descriptor of "
        "the level agreed begins with a tick and the word “agreed”.",
        (
            *(Heading(name, is_key=True) for name in (ROW, "Level agreed")),
            *(Heading(level.name) for level in report.levels),
        ),
        "The change has no rows.",
    )


def matrix_rows(change: ReportChange) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of a change's matrix; the descriptor agreed says so in words.

    Colour may not be seen.
    """
    for row in change.rows:
        yield (
            Entry(row.name, looks.NAME),
            Entry("\n".join(filter(None, (row.level_words, change.became(row))))),
            *(
                Entry(f"{row.verdict}\n{descriptor}", looks.CHOSEN)
                if number == row.level_number
                else Entry(descriptor)
                for number, descriptor in enumerate(row.descriptors, start=1)
            ),
        )


def recorded(
    report: Report, change: ReportChange
) -> list[tuple[str, TableKind, list[tuple[Entry, ...]]]]:
    """Give what was recorded about the rows of a change: a title, a table and its rows, twice.

    First come their texts, then the hands that were shown and where each row was before.
    """
    facts = _facts(report)
    rows = change.rows
    found = [
        ("What was recorded", "Recorded", _fields(report), [(row.name, row.texts) for row in rows])
    ]
    if facts:
        told = [(row.name, row.facts) for row in rows]
        found.append(("Hands and movement", "Hands", facts, told))
    return [
        (
            title,
            TableKind(
                f"Change{change.number}{name}",
                f"{change.heading}: {title.lower()}",
                "A row for each row of the model about which there is any.",
                (Heading(ROW, is_key=True), *map(_heading, labels)),
                NOTHING,
            ),
            [_by_label(name, labels, texts) for name, texts in told if texts],
        )
        for title, name, labels, told in found
    ]


def _by_label(name: str, labels: Sequence[str], told: Sequence[LabelledText]) -> tuple[Entry, ...]:
    texts = {text.label: text.text for text in told}
    return (Entry(name, looks.NAME), *(_told(label, texts) for label in labels))


def statements(change: ReportChange) -> Iterator[tuple[str, Entry]]:
    """Give what people and staff should be able to say, labelled: the person first."""
    told = (("I statement", change.i_statement), ("We statement", change.we_statement))
    yield from ((label, Entry(text)) for label, text in told if text)


def whole(change: ReportChange) -> Iterator[tuple[str, Entry]]:
    """Give what the model says of a change as a whole, then what was recorded, labelled."""
    if change.description:
        yield "The change", Entry(change.description)
    for told in change.texts:
        yield told.label, _told(told.label, {told.label: told.text})


def decision_log(book: Book, report: Report) -> None:
    """Add the minutes: what changed from what to what, when, where and why."""
    sheet = Sheet(book, "Decision log", (28, 28, 24, 20, 34, 34, 38), footer(report))
    sheet.head("Decision log", "What was decided, when and why, without what was taken back.")
    sheet.table(decisions_kind(report), decision_rows(report), freeze=2)


def decisions_kind(report: Report) -> TableKind:
    """Give the columns of the minutes."""
    return TableKind(
        "DecisionLog",
        "Decision log",
        "What was decided, when, where and why, in the order in which it was. What was taken back "
        "is not in it.",
        (
            *(Heading(name, is_key=True) for name in ("When", "Change", "Row", "What")),
            *(Heading(name) for name in ("From", "To", "Reason")),
        ),
        report.nothing(NO_DECISIONS),
    )


def decision_rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of the minutes."""
    for entry in report.minutes:
        texts = (entry.row_name, entry.what, entry.was, entry.now, entry.reason)
        yield (
            Entry(f"{entry.day} {entry.time}", looks.NAME, moment=entry.at),
            Entry(entry.change_heading, looks.NAME),
            *map(Entry, texts),
        )


def notes(book: Book, report: Report) -> None:
    """Add every note and piece of evidence, one to a row, those without a place included."""
    sheet = Sheet(book, "Notes", (30, 30, 28, 90), footer(report))
    kind = notes_kind(report)
    sheet.head("Notes", kind.about)
    sheet.table(kind, note_rows(report), freeze=2)
    if report.unplaced:
        sheet.gap()
        sheet.line(
            f"“{NOT_IN_MODEL}” marks answers to rows and changes that this model does not have. "
            "They were recorded with another version of it, and are kept as they were.",
            looks.QUIET,
        )


def notes_kind(report: Report) -> TableKind:
    """Give the columns of the notes."""
    return TableKind(
        "Notes",
        "Notes",
        "Every note and piece of evidence, one to a row, with the change and row it is about.",
        (
            *(Heading(name, is_key=True) for name in ("Change", "Row", "About")),
            Heading("What was recorded"),
        ),
        report.nothing(NOTHING),
    )


def note_rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of the notes: every text with the change and the row it is about."""
    for heading, place, told in _notes(report):
        yield (
            Entry(heading, looks.NAME),
            Entry(place, looks.NAME),
            Entry(told.label),
            _told(told.label, {told.label: told.text}),
        )


def _notes(report: Report) -> Iterator[tuple[str, str, LabelledText]]:
    if report.populations:
        told = LabelledText("Populations in focus", report.populations)
        yield "The workshop", "", told
    for change in report.changes:
        yield from ((change.heading, AS_A_WHOLE, told) for told in change.texts)
        for row in change.rows:
            yield from ((change.heading, row.name, told) for told in (*row.facts, *row.texts))
    for record in report.unplaced:
        yield from ((NOT_IN_MODEL, record.row_id, told) for told in record.told)

"""The sheets about the workshop: what it was, of which model, and who was there.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator

from hicm_desktop.export.plain_text import one_line
from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry, web_address
from hicm_desktop.export.workbook.sheet import Placed, Sheet
from hicm_desktop.export.workbook.tables import Heading, TableKind
from hicm_desktop.workshop.record_words import LEAVES_OUT, NOT_GIVEN, PRIVATE_FOOT
from hicm_desktop.workshop.report_parts import NO_DIFFERING_VIEWS, NO_EVIDENCE, NO_LOG, NO_NAMES
from hicm_desktop.workshop.report_values import Report, ReportGuidance
from hicm_desktop.workshop.words import NO_ORGANISATION, NOT_IN_SCOPE, model_words

NAMED_PARTS = (NO_EVIDENCE, NO_DIFFERING_VIEWS, NO_NAMES, NO_LOG)
_LONGEST_FOOT = 90
"""Letters of a footer that place and day may take, lest they leave no room for what follows."""

ALL_CHANGES = "All changes"
SCOPE = TableKind(
    "Scope",
    "What this workshop set out to cover",
    "Every change, whether it was in scope, and the time that was planned for it.",
    (Heading("Change", is_key=True), Heading("In this workshop")),
    "No changes.",
)
LEVELS = TableKind(
    "Levels",
    "The levels",
    "Every level with its published definition.",
    (Heading("Level", is_key=True), Heading("Definition")),
    "No levels.",
)
GUIDANCE = TableKind(
    "Guidance",
    "Guidance",
    "What the model says of each change besides its matrix, in the published order.",
    (
        *(Heading("Change", is_key=True), Heading("Kind", is_key=True)),
        *(Heading("Title", is_key=True), Heading("Text"), Heading("Link")),
    ),
    "The model has no guidance.",
)


def footer(report: Report) -> str:
    """Give the words at the foot of every printed page: whose record it is, then of what model."""
    foot = _begun(one_line(report.foot), _LONGEST_FOOT)
    notes = PRIVATE_FOOT if report.has_private_notes else ""
    model = model_words(report.model_title, report.model_source, report.model_version)
    return f"{'. '.join(filter(None, (foot, notes)))}\n{model}"


def _begun(text: str, most: int) -> str:
    """Give the whole words that a text begins with, in so many letters."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] or text[:most]


def copy_words(report: Report) -> str:
    """Say what this copy is where it is not the whole record; changes are not named one by one."""
    parts = [part for part in report.left_out if part in NAMED_PARTS]
    leaves_out = f"{LEAVES_OUT} {'; '.join(parts)}." if parts else ""
    return " ".join(filter(None, (report.extract, leaves_out)))


def about(book: Book, report: Report) -> Placed:
    """Add the sheet that says of which workshop and model this is; give where the changes stand."""
    sheet = Sheet(book, "About", (36, 104), footer(report))
    sheet.head("About this workshop", copy_words(report), looks.STRONG)
    sheet.gap()
    for label, entry in details(report):
        sheet.record(Entry(label, looks.NAME), entry)
    sheet.gap()
    sheet.line("The levels", looks.SUBTITLE)
    sheet.table(LEVELS, [(Entry(v.name, looks.NAME), Entry(v.definition)) for v in report.levels])
    sheet.new_page()
    sheet.gap()
    sheet.line("The changes in this copy" if report.extract else SCOPE.title, looks.SUBTITLE)
    if report.extract:
        sheet.line(f"{report.extract} The workshop may have covered others as well.")
    placed = sheet.table(SCOPE, _scope(report))
    if report.how_to_read:
        sheet.gap()
        sheet.line("How to use the model", looks.SUBTITLE)
        for paragraph in report.how_to_read:
            sheet.line(paragraph)
    return placed


def details(report: Report) -> Iterator[tuple[str, Entry]]:
    """Give what is told of the workshop and its model, labelled."""
    yield "System or place", Entry(report.place or NOT_GIVEN)
    yield "Date", Entry(report.held_on_words or NOT_GIVEN, date=report.held_on)
    yield "Facilitator", Entry(report.facilitator or NOT_GIVEN)
    yield "Populations in focus", Entry(report.populations or NOT_GIVEN)
    if report.baseline:
        yield "Compared with", Entry(report.baseline)
    yield "Sign-off", Entry(report.seal.words)
    if report.seal.present:
        yield "Who was there", Entry("\n".join(report.seal.present))
    if report.seal.fingerprint:
        yield "Fingerprint", Entry(report.seal.fingerprint)
    yield "Model", Entry(report.model_title)
    yield "Version of the model", Entry(report.model_version)
    yield "Source", Entry(report.model_source)
    yield "Attribution", Entry(report.model_attribution)


def partners(book: Book, report: Report) -> None:
    """Add the sheet of the organisations and groups in the room."""
    kind = partners_kind(report)
    sheet = Sheet(book, kind.title, (54, 44, 44)[: len(kind.headings)], footer(report))
    sheet.head(kind.title, kind.about)
    sheet.table(kind, partner_rows(report), freeze=1)


def partners_kind(report: Report) -> TableKind:
    """Give the columns of the partners: no names where they are left out."""
    names = ("Role",) if NO_NAMES in report.left_out else ("Role", "Name")
    return TableKind(
        "Partners",
        "Partners",
        "The organisations and groups in the room, by role.",
        (Heading("Organisation or group", is_key=True), *map(Heading, names)),
        "No partners were recorded.",
    )


def partner_rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of the partners."""
    for partner in report.partners:
        told = (partner.organisation, partner.role, partner.name)
        # A row in which nothing stands would end the table.
        organisation = partner.organisation if any(told) else NO_ORGANISATION
        others = told[1 : len(partners_kind(report).headings)]
        yield Entry(organisation, looks.NAME), *map(Entry, others)


def guidance(book: Book, report: Report) -> None:
    """Add the sheet of what the model says besides its matrices."""
    sheet = Sheet(book, "Guidance", (26, 20, 36, 66, 40), footer(report))
    sheet.head("Guidance", "The model’s own tips, supporting materials and examples.")
    sheet.table(GUIDANCE, guidance_rows(report), freeze=1)


def guidance_rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of guidance: change by change, then what serves all of them."""
    found = [(change.heading, change.guidance) for change in report.changes]
    found.append((ALL_CHANGES, ReportGuidance((), (), report.materials, ())))
    for heading, guidance in found:
        if guidance is not None:
            yield from ((Entry(heading, looks.NAME), *told) for told in _guidance(guidance))


def has_guidance(report: Report) -> bool:
    """Whether there is a sheet of guidance."""
    return bool(report.materials) or any(change.guidance for change in report.changes)


def _guidance(found: ReportGuidance) -> Iterator[tuple[Entry, ...]]:
    for tip in found.tips:
        lines = (tip.text, *(f"• {lesser.text}" for lesser in tip.tips))
        yield _told("Tip for success", "", "\n".join(lines))
    for box in found.boxes:
        yield _told("Further text", box.title, box.text)
    for material in found.materials:
        yield _told("Supporting material", material.title, material.publisher or "", material.url)
    for example in found.examples:
        words = "\n".join(filter(None, (example.place, example.description)))
        yield _told("Example", example.title, words, example.url)


def _told(kind: str, title: str, text: str, url: str | None = None) -> tuple[Entry, ...]:
    address = web_address(url)
    link = Entry(url or "", looks.LINK_CELL if address else looks.CELL, address=address)
    return (Entry(kind), Entry(title, looks.STRONG_CELL), Entry(text), link)


def _scope(report: Report) -> Iterator[tuple[Entry, ...]]:
    for change in report.changes:
        words = "In scope" if change.in_scope else NOT_IN_SCOPE
        if change.minutes:
            words = f"{words}, {change.minutes} minutes planned"
        yield (Entry(change.heading, looks.NAME), Entry(words))

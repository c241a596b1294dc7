"""The chapters about the workshop: cover, how to read the record, the profile, and who was there.

For this package only.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.grid import Cell, Edge, Row, lay
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface, name_of
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportRow
from hicm_desktop.workshop.values import Outcome

_MARKS = {
    Outcome.AGREED: "●",
    Outcome.AGREED_WITH_RESERVATION: "◆",
    Outcome.PARKED: "■",
    Outcome.NOT_APPLICABLE: "—",
    Outcome.NOT_DISCUSSED: "",
}
_MOST_NAMED = 200
_WHOLE = (UPRIGHT_WIDTH,)


def cover(typeface: Typeface, report: Report) -> list[Flowable]:
    """Say what this is, where and when it was made, and of which model."""
    facts = (
        ("Date", report.held_on_words or "Not given"),
        ("Facilitator", report.facilitator or "Not given"),
        *((("Populations in focus", report.populations),) if report.populations else ()),
        *((("Compared with", report.baseline),) if report.baseline else ()),
        ("Sign-off", report.seal.words),
        ("Model", report.model_title),
        ("Version of the model", report.model_version),
        ("Source", report.model_source),
    )
    heading = (
        text_row((report.model_title, looks.COVER)),
        text_row((report.place or "Place not given", looks.PLACE)),
        text_row(("The record of a workshop", looks.BODY)),
    )
    return [
        space(120),
        lay(typeface, _WHOLE, heading),
        space(26),
        lay(typeface, (130, UPRIGHT_WIDTH - 130), [_fact(*fact) for fact in facts]),
        space(26),
        _disclaimer(typeface, report),
    ]


def how_to_read(typeface: Typeface, report: Report) -> list[Flowable]:
    """Define the levels and the marks, and give the model's own words on its use."""
    count = len(report.levels)
    levels = [
        Row((_level_cell(level.name, level.number, count), _text_cell(level.definition)))
        for level in report.levels
    ]
    marks = (
        "In a matrix, the descriptor of the level that partners agreed has a heavy border, a tick "
        "and the word “agreed”. In the profile ● stands for agreed, ◆ for agreed with "
        "reservation, ■ for parked and — for not applicable."
    )
    story: list[Flowable] = [
        lay(typeface, _WHOLE, [title_row("How to read this record", 1)]),
        space(4),
        _disclaimer(typeface, report),
        space(12),
        lay(
            typeface,
            (130, UPRIGHT_WIDTH - 130),
            [
                title_row("The levels", 2, depth=1, style=looks.SUBTITLE),
                head_row(("Level", "Definition")),
                *levels,
            ],
        ),
        space(12),
        lay(
            typeface,
            _WHOLE,
            [
                title_row("The marks", 1, depth=1, style=looks.SUBTITLE),
                text_row((marks, looks.BODY)),
            ],
        ),
    ]
    if report.how_to_read:
        paragraphs = [text_row((text, looks.BODY)) for text in report.how_to_read]
        heading = title_row("How to use the model", 1, depth=1, style=looks.SUBTITLE)
        story += [space(12), lay(typeface, _WHOLE, [heading, *paragraphs])]
    return story


def profile(typeface: Typeface, report: Report) -> list[Flowable]:
    """Show on one page which level each row is at."""
    count = len(report.levels)
    level_width = min(42.0, 210.0 / max(count, 1))
    widths = (126, *(level_width,) * count, UPRIGHT_WIDTH - 126 - count * level_width)
    head = Row(
        (
            Cell((("Row", looks.PROFILE_HEAD),)),
            *(_level_head(level.name, level.number, count) for level in report.levels),
            Cell((("What was agreed", looks.PROFILE_HEAD),)),
        ),
        keeps=True,
        repeats=True,
        padding=(2.0, 2.5),
    )
    rows = [title_row("Profile", count + 2), head]
    for change in report.changes:
        rows.append(_profile_band(change, count + 2))
        rows += [_profile_row(row, count) for row in change.rows]
    key = "● agreed   ◆ agreed with reservation   ■ parked   — not applicable"
    return [
        lay(typeface, widths, rows),
        space(4),
        lay(typeface, _WHOLE, [text_row((key, looks.PROFILE_QUIET))]),
    ]


def partners(typeface: Typeface, report: Report) -> list[Flowable]:
    """List the organisations and groups in the room."""
    rows = [title_row("Partners", 3)]
    if report.partners:
        rows.append(head_row(("Organisation or group", "Role", "Name")))
    else:
        rows.append(text_row(("No partners were recorded.", looks.QUIET), columns=3))
    rows += [
        Row(
            (
                Cell(((partner.organisation, looks.NAME),), fill=looks.PALE),
                _text_cell(partner.role),
                _text_cell(partner.name),
            )
        )
        for partner in report.partners
    ]
    side = UPRIGHT_WIDTH * 0.29
    return [lay(typeface, (UPRIGHT_WIDTH - 2 * side, side, side), rows)]


def about(typeface: Typeface, report: Report) -> list[Flowable]:
    """Close with whose the wording is, and with what this typeface could not show."""
    rows = [
        title_row("About this record", 1),
        text_row((report.model_attribution, looks.BODY)),
        text_row((f"Source: {report.model_source}", looks.BODY)),
        text_row((f"Version: {report.model_version}", looks.BODY)),
    ]
    if typeface.stood_in:
        unseen = (
            "Some characters that were typed have no shape in the typeface of this document. Each "
            "is shown as □. The workshop file holds them as they were typed."
        )
        names = [name_of(letter) for letter in typeface.stood_in]
        more = f"; and {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else ""
        rows.append(text_row((unseen, looks.STRONG)))
        rows.append(text_row((f"They are: {'; '.join(names[:_MOST_NAMED])}{more}.", looks.NOTE)))
    return [lay(typeface, _WHOLE, rows)]


def _disclaimer(typeface: Typeface, report: Report) -> Flowable:
    text = Cell(((report.disclaimer, looks.STRONG),), fill=looks.LEVELS[0], edge=Edge.NONE)
    return lay(typeface, _WHOLE, [Row((text,), padding=(10, 7))])


def _fact(label: str, text: str) -> Row:
    return Row(
        (
            Cell(((label, looks.LABEL),), edge=Edge.NONE),
            Cell(((text, looks.BODY),), edge=Edge.NONE),
        ),
        padding=(0.0, 1.5),
    )


def _text_cell(text: str) -> Cell:
    return Cell(((text, looks.NOTE),))


def _level_cell(name: str, number: int, count: int) -> Cell:
    fill = looks.level_fill(number, count)
    style = looks.HEAD_LIGHT if looks.reads_light(fill) else looks.HEAD
    return Cell(((name, style),), fill=fill)


def _level_head(name: str, number: int, count: int) -> Cell:
    fill = looks.level_fill(number, count)
    style = looks.PROFILE_HEAD_LIGHT if looks.reads_light(fill) else looks.PROFILE_HEAD
    return Cell(((name, style),), fill=fill, is_centred=True)


def _profile_band(change: ReportChange, columns: int) -> Row:
    words = change.heading if change.in_scope else f"{change.heading} (not in scope)"
    band = Cell(((words, looks.PROFILE_NAME),), columns, fill=looks.PALE)
    return Row((band,), keeps=True, padding=(4.0, 2.2))


def _profile_row(row: ReportRow, count: int) -> Row:
    mark = _MARKS[row.outcome]
    cells = [Cell(((row.name, looks.PROFILE),))]
    for number in range(1, count + 1):
        text = mark if number == row.level_number else ""
        cells.append(Cell(((text, looks.MARK),), is_centred=True))
    if row.level_name is not None:
        level = ", ".join(filter(None, (row.level_name, row.lean)))
        words, style = f"{row.outcome.words}: {level}", looks.PROFILE_STRONG
    else:
        words, style = f"{mark} {row.outcome.words}".strip(), looks.PROFILE_QUIET
    cells.append(Cell(((words, style),)))
    return Row(tuple(cells), padding=(4.0, 2.4))

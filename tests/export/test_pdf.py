"""The PDF, read back: what it says, that it is said as typed, and how its pages are made."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pikepdf
import pytest
from pypdf import PdfReader

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Model, Paragraph, Section
from hicm_desktop.workshop.record_words import NO_DATE, NO_OWNER
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL, build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import (
    Action,
    AgendaItem,
    ChangeRecord,
    Details,
    Outcome,
    RowRecord,
    Workshop,
)
from tests.export import workshops
from tests.export.conftest import FONTS, as_pdf
from tests.export.pdf_files import heavy_frames, joined, outline, pages, pages_of, set_in
from tests.export.test_workbook import PUBLISHED, UNWELCOME

MODEL = "The model, and how to read this record"


@pytest.fixture(scope="session")
def full_pages(full_pdf: Path) -> list[str]:
    return pages(full_pdf)


@pytest.fixture(scope="session")
def hostile_text(hostile_pdf: Path) -> str:
    return joined("".join(pages(hostile_pdf)))


def test_the_cover_says_what_where_when_by_whom_and_of_which_model(
    full_pages: list[str], full: Report
) -> None:
    cover = joined(full_pages[0])

    for text in (
        *(full.model_title, full.place, full.held_on_words, full.facilitator),
        *(full.model_version, full.model_source, NOT_A_PERFORMANCE_TOOL),
    ):
        assert joined(text) in cover


def test_the_levels_and_their_use_are_explained(
    full_pages: list[str], full_pdf: Path, full: Report
) -> None:
    starts = dict(outline(full_pdf))
    chapter = full_pages[starts[MODEL] - 1 : starts[full.changes[0].heading] - 1]
    text = joined("".join(chapter))

    for level in full.levels:
        assert joined(level.name + level.definition) in text
    for paragraph in full.how_to_read:
        assert joined(paragraph) in text
    assert text.index(joined(NOT_A_PERFORMANCE_TOOL)) < text.index(joined(full.sections[0].title))


def test_every_change_has_its_words_and_its_whole_matrix(full_pdf: Path, full: Report) -> None:
    found = pages(full_pdf)
    starts = dict(outline(full_pdf))

    for change in full.changes:
        text = joined("".join(found[starts[change.heading] - 1 : starts[change.heading] + 2]))
        for words in (change.description, change.i_statement, change.we_statement):
            assert joined(words) in text
        for row in change.rows:
            for descriptor in row.descriptors:
                assert joined(descriptor) in text


def test_the_descriptor_agreed_is_told_by_tick_word_and_heavy_border(
    model: Model, blank: Workshop, full: Report, full_pdf: Path, tmp_path: Path
) -> None:
    for change in full.changes:
        for row in change.rows:
            if row.level_number is not None:
                told = f"✓ {row.outcome.words.upper()}{row.descriptors[row.level_number - 1]}"
                assert joined(told) in joined("".join(pages_of(full_pdf, change.heading)))
    record = RowRecord(row="planned", outcome=Outcome.AGREED, level="mature")
    agreed = Workshop(id="w", created_at=blank.created_at, rows=(record,))
    as_pdf(build_report(model, agreed), tmp_path / "one.pdf")
    as_pdf(build_report(model, blank), tmp_path / "none.pdf")

    assert heavy_frames(tmp_path / "one.pdf") == heavy_frames(tmp_path / "none.pdf") + 1


def test_in_black_and_white_the_descriptor_agreed_is_the_only_one_that_weighs_more(
    full: Report, full_pdf: Path
) -> None:
    regular, heavier = set_in(full_pdf, "Regular"), set_in(full_pdf, "SemiBold")

    for change in full.changes:
        for row in change.rows:
            for number, descriptor in enumerate(row.descriptors, start=1):
                agreed = number == row.level_number
                assert joined(descriptor) in (heavier if agreed else regular)
                assert agreed or joined(descriptor) not in heavier


def test_what_was_recorded_follows_the_matrix(full_pdf: Path, full: Report) -> None:
    for change in full.changes:
        text = joined("".join(pages_of(full_pdf, change.heading)))
        after = text.partition(joined("What was recorded"))[2]
        for row in change.rows:
            for said in row.texts:
                assert joined(said.label) in after
                assert joined(said.text) in after
        for said in change.texts:
            assert joined(said.label + said.text) in after


def test_the_action_plan_repeats_the_published_columns_and_then_ours(
    full_pdf: Path, empty_pdf: Path
) -> None:
    heads = joined(
        "".join(PUBLISHED) + "Owner(added by this application)Progress(added by this application)"
    )
    plan = dict(outline(full_pdf))["Action plan"]
    log = dict(outline(full_pdf))["Decision log"]

    for page in pages(full_pdf)[plan - 1 : log - 1]:
        assert heads in joined(page)
    assert log - plan > 2
    assert heads in joined(pages(empty_pdf)[dict(outline(empty_pdf))["Action plan"] - 1])


def test_every_action_is_in_the_plan(full_pdf: Path, full: Report) -> None:
    text = joined("".join(pages(full_pdf)))

    for action in full.actions:
        due, owner = action.due or NO_DATE, action.owner or NO_OWNER
        line = (action.where_now, action.to_do, due, action.success, owner)
        assert joined("".join(line) + action.progress.words) in text


def test_partners_and_answers_without_a_place_are_kept(full_pdf: Path, full: Report) -> None:
    text = joined("".join(pages(full_pdf)[dict(outline(full_pdf))["Partners"] - 1 :]))

    for partner in full.partners:
        assert joined(partner.organisation + partner.role + partner.name) in text
    assert joined("seven-day-services Outcome Parked") in text
    assert joined("seven-day-services Reason Old row") in text
    assert joined("seven-day-services Hands after discussion Mature 2") in text
    assert joined(full.model_attribution) in text


def test_every_page_names_the_model_its_version_and_its_place_among_the_pages(
    full_pages: list[str], full: Report
) -> None:
    for number, page in enumerate(full_pages, start=1):
        assert joined(f"{full.model_source}, {full.model_version}") in joined(page)
        assert f"Page {number} of {len(full_pages)}" in page


def test_the_outline_leads_to_every_chapter(full_pdf: Path, full: Report) -> None:
    found = outline(full_pdf)
    titles = [title for title, _ in found]
    text = pages(full_pdf)

    chapters = [
        *("Summary", "Profile", MODEL),
        *(c.heading for c in full.changes),
        "Action plan",
        "Decision log",
        "Partners",
    ]
    assert [title for title in titles if title in chapters] == chapters
    for title, page in found:
        assert joined(title) in joined(text[page - 1])


def test_the_file_tells_its_title_author_subject_language_and_time(
    full_pdf: Path, full: Report
) -> None:
    reader = PdfReader(full_pdf)

    assert reader.metadata is not None
    assert full.place in (reader.metadata.title or "")
    assert reader.metadata.author == full.facilitator
    assert full.model_version in (reader.metadata.subject or "")
    assert reader.metadata.creation_date == full.recorded_at
    assert reader.metadata.modification_date == full.recorded_at
    assert str(reader.root_object["/Lang"]) == "en-GB"


def test_the_same_record_gives_the_same_file(full: Report, full_pdf: Path, tmp_path: Path) -> None:
    as_pdf(full, tmp_path / "again.pdf")

    assert (tmp_path / "again.pdf").read_bytes() == full_pdf.read_bytes()


def test_all_type_is_embedded(full_pdf: Path, hostile_pdf: Path) -> None:
    for path in (full_pdf, hostile_pdf):
        with pikepdf.open(path) as pdf:
            fonts = [
                font
                for page in pdf.pages
                for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
            ]
            names = {str(font.BaseFont) for font in fonts}
            assert all("/FontFile2" in font.FontDescriptor for font in fonts)
        assert names
        assert all("SourceSans3" in name for name in names), names


def test_pages_are_a4_and_lie_across_where_a_matrix_needs_it(full_pdf: Path, full: Report) -> None:
    starts = dict(outline(full_pdf))

    for number, page in enumerate(PdfReader(full_pdf).pages, start=1):
        sides = sorted((round(page.mediabox.width), round(page.mediabox.height)))
        assert sides == [595, 842]
        is_across = page.mediabox.width > page.mediabox.height
        upright_again = starts["Decision log"]
        assert is_across is (starts[full.changes[0].heading] <= number < upright_again)


def test_markup_and_formulas_appear_as_typed(hostile_text: str) -> None:
    for typed in (workshops.MARKUP, *workshops.FORMULAS, workshops.LONG_WORD[:58]):
        assert joined(typed) in hostile_text


def test_line_breaks_and_spaces_are_kept() -> None:
    typeface = Typeface(FONTS)

    lines = typeface.lines(workshops.SPACED, looks.NOTE, 400)

    assert lines == ("  two  spaces    and a tab ", "", "    indented")


def test_nothing_that_was_typed_goes_blank(hostile_text: str) -> None:
    assert "a□b□c□d□e□f" in hostile_text
    assert joined("Siân yn Ŵyr Ŷ · Ελληνικά · Русский · □□ □") in hostile_text
    assert joined("Each is shown as □.") in hostile_text
    assert joined("□ A character that was typed and that this typeface cannot show") in hostile_text


def test_no_more_is_said_of_unseen_characters_than_there_are(full_pages: list[str]) -> None:
    assert "no shape in the typeface" not in "".join(full_pages)
    assert "□" not in "".join(full_pages)


def test_accents_typed_as_two_characters_are_shown_as_one() -> None:
    typeface = Typeface(FONTS)

    assert typeface.lines("w\u0302y\u0302r", looks.NOTE, 400) == ("ŵŷr",)
    assert not typeface.stood_in


def test_the_longest_notes_are_whole(hostile_pdf: Path) -> None:
    """By the structure: what goes on over pages is one element, whatever stands between."""
    going_on: dict[str, list[str]] = {}
    with PdfFile(hostile_pdf) as pdf:
        for number in range(len(pdf)):
            for part in pdf.parts(number):
                if part.key:
                    going_on.setdefault(part.key, []).append(part.text)
    found = {joined("".join(texts)) for texts in going_on.values()}

    for text in (workshops.LONG, workshops.TALL, workshops.LONG_WORD):
        assert any(joined(text) in told for told in found)


@pytest.mark.parametrize("length", [80, 340, 1_200])
def test_records_of_any_length_find_room(
    length: int, model: Model, blank: Workshop, tmp_path: Path
) -> None:
    text = ("WWWW MMMM " * length)[:length].strip()
    fields = ("data", "people", "local_interpretation", "differing_view", "note", "private_note")
    rows = tuple(
        msgspec.structs.replace(
            RowRecord(row=row.id, outcome=Outcome.PARKED),
            **{name: f"{row.id} {name} {text}" for name in ("reason", *fields)},
        )
        for _, row in model.rows()
    )
    enablers = ("workforce", "communication", "culture", "governance", "populations")
    changes = tuple(
        msgspec.structs.replace(
            ChangeRecord(change=change.id),
            **{name: f"{change.id} {name} {text}" for name in ("note", *enablers, "private_note")},
        )
        for change in model.changes
    )
    workshop = Workshop(id="w", created_at=blank.created_at, rows=rows, changes=changes)
    report = build_report(model, workshop, Parts(private_notes=True))

    as_pdf(report, tmp_path / "long.pdf")

    foot = f"{report.model_source}, {report.model_version}"
    found = (page.rpartition(foot)[0] for page in pages(tmp_path / "long.pdf"))
    said = joined("".join(found)).replace("(continued)", "")
    for record in (*rows, *changes):
        for field in record.__struct_fields__:
            written = str(getattr(record, field))
            if text in written:
                # The halves of the evidence stand side by side, and break side by side.
                is_half = field in ("data", "people")
                assert joined(written.removesuffix(text) if is_half else written) in said


def test_lines_never_pass_the_edge_of_their_column() -> None:
    typeface = Typeface(FONTS)

    for text in (
        workshops.LONG[:9_000],
        workshops.LONG_WORD,
        workshops.ABROAD,
        "m" * 999,
        " " * 99,
    ):
        for width in (20.0, 90.0, 500.0):
            for line in typeface.lines(text, looks.NOTE, width):
                assert typeface.width(line.rstrip(), looks.NOTE) <= width + 0.01


def test_a_model_with_other_levels_and_no_rows_is_set_too(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    change = msgspec.structs.replace(model.changes[0], rows=())
    other = msgspec.structs.replace(model, levels=model.levels[:1], changes=(change,), sections=())

    as_pdf(build_report(other, blank), tmp_path / "other.pdf")

    found = pages(tmp_path / "other.pdf")
    profile = found[dict(outline(tmp_path / "other.pdf"))["Profile"] - 1]
    assert joined(model.levels[0].name) in joined(profile)


def words_of(section: Section) -> list[str]:
    blocks = section.blocks
    return [w for b in blocks for w in ((b.text,) if isinstance(b, Paragraph) else b.items)]


def test_we_add_no_word_of_reckoning(empty_pdf: Path, empty: Report) -> None:
    text = joined("".join(pages(empty_pdf)))
    published = (
        *(d for c in empty.changes for r in c.rows for d in r.descriptors),
        *(t for c in empty.changes for t in (c.description, c.i_statement, c.we_statement)),
        *(text for section in empty.sections for text in words_of(section)),
        *(row.name for c in empty.changes for row in c.rows),
        *(*(level.definition for level in empty.levels), empty.model_attribution),
        NOT_A_PERFORMANCE_TOOL,
    )
    for words in sorted(published, key=len, reverse=True):
        text = text.replace(joined(words), " ")

    assert "Actionplan" in text
    assert UNWELCOME.search(text) is None


def test_a_matrix_out_of_scope_says_so_and_not_that_it_was_not_discussed(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    out = model.changes[0]
    agenda = (AgendaItem(change=out.id, in_scope=False),)
    parked = RowRecord(row=out.rows[0].id, outcome=Outcome.PARKED, reason="For spring.")
    workshop = msgspec.structs.replace(blank, details=Details(agenda=agenda), rows=(parked,))

    as_pdf(build_report(model, workshop), tmp_path / "scope.pdf")

    text = joined("".join(pages_of(tmp_path / "scope.pdf", out.heading)[:-1]))
    assert text.count(joined("Not in scope")) == len(out.rows) - 1
    assert joined(f"{out.rows[0].name} (Parked)") in text
    assert joined("Not discussed") not in text


def test_what_an_action_has_not_yet_is_told(model: Model, blank: Workshop, tmp_path: Path) -> None:
    workshop = msgspec.structs.replace(blank, actions=(Action(id="a", to_do="Ring the ward."),))

    as_pdf(build_report(model, workshop), tmp_path / "plan.pdf")

    plan = joined("".join(pages_of(tmp_path / "plan.pdf", "Action plan")))
    assert joined("Ring the ward. No date yet No owner yet Not started") in plan


def test_no_few_lines_of_a_change_are_on_a_page_of_their_own(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    """The first change of the sample is a few lines too long for its pages as they usually are."""
    as_pdf(build_report(model, sample), tmp_path / "sample.pdf")

    starts = dict(outline(tmp_path / "sample.pdf"))
    first, second = (starts[change.heading] for change in model.changes[:2])
    assert second - first == 2
    found = pages_of(tmp_path / "sample.pdf", model.changes[0].heading)[:2]
    assert "(continued)" not in "".join(found)


def test_what_was_recorded_of_a_row_is_on_one_page_where_it_is_short(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    """Whatever stands above it, so that a block is at the foot of the page in one of these."""
    change = model.changes[0]
    for lines in (27, 30):
        rows = (
            RowRecord(row=change.rows[0].id, note="\n".join(["Above."] * lines)),
            RowRecord(
                row=change.rows[1].id,
                data="One.",
                people="Two.",
                local_interpretation="A\nB\nC",
                differing_view="T\nU\nV",
                note="Last of it.",
            ),
        )
        workshop = msgspec.structs.replace(blank, rows=rows)
        report = build_report(model, workshop, Parts(changes=(change.id,)))
        as_pdf(report, tmp_path / "short.pdf")
        found = pages_of(tmp_path / "short.pdf", change.heading)
        band = f"{change.rows[1].name} (Not discussed)"
        whole = [page for page in found if joined(band) in joined(page)]
        assert [joined("Last of it.") in joined(page) for page in whole] == [True]


def test_an_untouched_workshop_says_what_is_missing(empty_pdf: Path) -> None:
    text = "".join(pages(empty_pdf))

    for words in ("Place not given", "No actions were recorded.", "No partners were recorded."):
        assert words in text
    assert text.count("Nothing was recorded.") == 9


def test_no_heading_is_left_alone_at_the_foot_of_a_page(
    full_pdf: Path, hostile_pdf: Path, full: Report
) -> None:
    headings = (
        *("What was recorded", "The change as a whole", "Progress", "Exemplary"),
        *(
            "What was agreed",
            "What is still open, or does not apply",
            "Where views differ",
            "The room puts first",
        ),
    )
    bands = tuple(f"{row.name} (" for change in full.changes for row in change.rows)

    for path in (full_pdf, hostile_pdf):
        for page in pages(path):
            foot = f"{full.model_source}, {full.model_version}"
            body = page.partition(foot)[0].strip()
            last = body.splitlines()[-1].strip() if body else ""
            assert last not in headings
            assert not last.startswith(bands)

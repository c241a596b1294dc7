"""What a screen reader is given of a PDF: PDF/UA-1, and a structure that says what is what."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import msgspec
import pikepdf
import pytest

from hicm_desktop.export.pdf import render_pdf
from hicm_desktop.export.pdf.handouts import write_handout
from hicm_desktop.export.pdf.key_card import write_key_card
from hicm_desktop.export.pdf.reading import Part, PdfFile
from hicm_desktop.model.values import Model
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE
from hicm_desktop.workshop.handouts import Handout
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Action, Details, Workshop
from tests.export.conftest import FONTS
from tests.export.pdf_files import faults

UNSEEN = "漢字 and a note"


def parts(pdf: bytes) -> list[Part]:
    with PdfFile(pdf) as opened:
        return [part for number in range(len(opened)) for part in opened.parts(number)]


@pytest.mark.parametrize("name", ["full", "empty", "hostile"])
def test_every_record_keeps_every_rule_of_pdf_ua(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)

    assert faults(render_pdf(report, FONTS)) == []


def test_a_record_with_guidance_and_private_notes_keeps_them_too(
    model: Model, sample: Workshop
) -> None:
    report = build_report(model, sample, Parts(guidance=True, private_notes=True))

    assert faults(render_pdf(report, FONTS)) == []


@pytest.mark.parametrize("handout", list(Handout))
def test_every_handout_keeps_them_too(
    handout: Handout, model: Model, sample: Workshop, tmp_path: Path
) -> None:
    for paper in handout.papers:
        for details in (None, sample.details):
            write_handout(handout, model, details, FONTS, tmp_path / "out.pdf", paper=paper)
            pdf = (tmp_path / "out.pdf").read_bytes()
            assert faults(pdf) == []
            assert parts(pdf)[0].role == "H1"


def test_the_card_of_keys_keeps_them_too(tmp_path: Path) -> None:
    write_key_card(KEY_GROUPS, KEYS_NOTE, FONTS, tmp_path / "keys.pdf")
    pdf = (tmp_path / "keys.pdf").read_bytes()
    found = parts(pdf)

    assert faults(pdf) == []
    assert [part.text.strip() for part in found if part.role == "H2"] == [
        group.heading for group in KEY_GROUPS
    ]
    assert sum(part.role == "LBody" for part in found) == sum(len(g.lines) for g in KEY_GROUPS)


def test_the_validator_tells_a_fault_when_there_is_one(empty: Report) -> None:
    pdf = render_pdf(empty, FONTS)

    broken = pdf.replace(b"/S /TD", b"/S /XX")

    assert faults(broken)


def test_headings_begin_with_the_chapters_and_no_level_is_left_out(full: Report) -> None:
    found = [part for part in parts(render_pdf(full, FONTS)) if part.role.startswith("H")]
    levels = [int(part.role[1:]) for part in found]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    chapters = [part.text.strip() for part in found if part.role == "H1"]
    assert [text for text in chapters if text.startswith("Change ")] == [
        change.heading for change in full.changes
    ]


def test_what_repeats_on_another_page_is_read_out_once(full: Report) -> None:
    pdf = render_pdf(full, FONTS)
    with PdfFile(pdf) as opened:
        shown = sum("do you need to do?" in opened.text(n) for n in range(len(opened)))
    heads = [part for part in parts(pdf) if part.text.strip() == full.columns[2]]

    assert shown > 1
    assert [part.role for part in heads] == ["TH"]


def test_footers_are_on_every_page_and_read_out_on_none(full: Report) -> None:
    pdf = render_pdf(full, FONTS)
    with PdfFile(pdf) as opened:
        last = len(opened)
        assert all(f"Page {n + 1} of {last}" in opened.text(n) for n in range(last))

    assert not [part for part in parts(pdf) if "Page 1 of" in part.text]


def test_what_the_typeface_lacks_is_read_out_as_it_was_typed(model: Model, blank: Workshop) -> None:
    workshop = msgspec.structs.replace(blank, actions=(Action(id="a", to_do=UNSEEN),))
    pdf = render_pdf(build_report(model, workshop), FONTS)

    with pikepdf.open(BytesIO(pdf)) as opened:
        said = [
            str(thing.ActualText)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing
        ]
    assert UNSEEN in said


def test_the_contents_lead_to_every_chapter_by_its_page(full: Report) -> None:
    pdf = render_pdf(full, FONTS)
    found = parts(pdf)
    listed = [part.text.strip() for part in found if part.role == "Link"]
    chapters = [part.text.strip() for part in found if part.role == "H1"]
    starts = {}
    with PdfFile(pdf) as opened:
        for number in range(len(opened)):
            for part in opened.parts(number):
                if part.role == "H1":
                    starts[part.text.strip()] = number + 1

    with pikepdf.open(BytesIO(pdf)) as opened_again:
        pages = list(opened_again.pages)
        links = [link for page in pages for link in page.get("/Annots", []) if "/Dest" in link]
        leads = {pages.index(pikepdf.Page(link.Dest[0])) + 1 for link in links}
    told = {title: page for title, page in starts.items() if title != "Contents"}
    assert len(chapters) == len(set(chapters)) == len(told) + 1
    for title, page in told.items():
        assert any(text.startswith(title) and text.endswith(str(page)) for text in listed), title
    assert leads >= set(told.values())


def test_a_title_of_any_letters_is_in_the_metadata(model: Model, blank: Workshop) -> None:
    place = "Ŵyr & <Llŷr> 漢"
    report = build_report(model, msgspec.structs.replace(blank, details=Details(place=place)))
    pdf = render_pdf(report, FONTS)

    assert faults(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert place in str(metadata["dc:title"])
        assert metadata["pdfuaid:part"] == "1"

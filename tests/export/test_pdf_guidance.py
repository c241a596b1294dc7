"""The model's own words in the PDF: its front matter, tips, boxes, materials and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from hicm_desktop.export.pdf.blocks import web_link
from hicm_desktop.export.pdf.guidance import NO_LINK, NO_LINKS
from hicm_desktop.model.values import Model, Paragraph, Tip
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.values import Workshop
from tests.export.conftest import as_pdf
from tests.export.pdf_files import joined, pages


@pytest.fixture(scope="module")
def text(model: Model, blank: Workshop, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give what the PDF says, without what stands at the foot of its pages."""
    path: Path = tmp_path_factory.mktemp("guidance") / "guidance.pdf"
    report = build_report(model, blank, Parts(guidance=True))
    as_pdf(report, path)
    foot = f"{report.model_source}, {report.model_version}"
    return joined("".join(page.rpartition(foot)[0] for page in pages(path)))


def tips(found: Iterable[Tip]) -> Iterator[Tip]:
    for tip in found:
        yield tip
        yield from tips(tip.tips)


def test_the_model_says_itself_what_it_is_and_how_to_use_it(model: Model, text: str) -> None:
    for name in ("what-it-is", "principles", "how-to-use"):
        section = model.section(name)
        assert section is not None
        assert joined(section.title) in text
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert joined(block.text) in text
            else:
                marked = "".join(f"•{words}" for words in block.items)
                assert joined(marked) in text


def test_every_tip_is_whole_and_those_within_others_follow_them(model: Model, text: str) -> None:
    for change in model.changes:
        for tip in tips(change.tips):
            assert joined(tip.text) in text
        for tip in change.tips:
            if tip.tips:
                assert joined(f"{tip.text}–{tip.tips[0].text}") in text


def test_boxes_materials_and_examples_are_whole(model: Model, text: str) -> None:
    for change in model.changes:
        for box in change.boxes:
            assert joined(box.title + box.text) in text
        for example in change.examples:
            place = f"{example.place}: " if example.place else ""
            assert joined(place + example.title) in text
            assert joined(example.description or "") in text
    for material in (*model.materials, *(m for c in model.changes for m in c.materials)):
        publisher = f" ({material.publisher})" if material.publisher else ""
        assert joined(material.title + publisher) in text


def test_links_that_the_source_does_not_give_are_told_of(model: Model, text: str) -> None:
    lists = [
        [m.url for m in model.materials],
        *([m.url for m in change.materials] for change in model.changes),
        *([e.url for e in change.examples] for change in model.changes),
    ]
    without = [found for found in lists if found and not any(found)]
    mixed = [found for found in lists if any(found) and not all(found)]

    assert without
    assert mixed
    assert text.count(joined(NO_LINKS)) == len(without)
    assert text.count(joined(NO_LINK)) == sum(found.count(None) for found in mixed)
    for found in mixed:
        assert all(joined(address) in text for address in found if address)


def test_what_editors_say_stands_beside_what_they_say_it_of(model: Model, text: str) -> None:
    for change in model.changes:
        for tip in tips(change.tips):
            if tip.editor_note:
                assert joined(f"{tip.text}Editor’s note: {tip.editor_note}") in text
        for row in change.rows:
            if row.editor_note:
                assert joined(f"{row.name}: {row.editor_note}") in text


def test_guidance_is_left_out_unless_asked_for(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    as_pdf(build_report(model, blank), tmp_path / "plain.pdf")

    plain = joined("".join(pages(tmp_path / "plain.pdf")))
    assert joined("Tips for success") not in plain
    assert joined("Supporting materials") not in plain


def test_only_addresses_of_the_web_are_links() -> None:
    for address in ("http://example.org/a", "https://example.org"):
        link = web_link(address)
        assert link is not None
        assert link.address == address
    for other in (
        *(None, "", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@example.org"),
        *(" https://example.org", "https://example.org/\nx", "example.org"),
    ):
        assert web_link(other) is None

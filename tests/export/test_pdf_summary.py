"""The cover, the summary and what a copy leaves out, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL, build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import ChangeRecord, RowRecord, Workshop
from tests.export.conftest import as_pdf
from tests.export.pdf_files import joined, outline, pages
from tests.export.workshops import TALL

_PRIVATE = "Ask the chair for her view before the next meeting."
_LABEL = "The facilitator’s own. Please do not pass this copy on."


@pytest.fixture(scope="module")
def sample_report(model: Model, sample: Workshop) -> Report:
    return build_report(model, sample)


@pytest.fixture(scope="module")
def sample_pdf(sample_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.pdf"
    as_pdf(sample_report, path)
    return path


def summary_of(path: Path) -> str:
    """Give the summary, up to the profile, which follows it."""
    starts = dict(outline(path))
    return joined("".join(pages(path)[starts["Summary"] - 1 : starts["Profile"] - 1]))


def written(report: Report, folder: Path) -> str:
    path = folder / "report.pdf"
    as_pdf(report, path)
    return joined("".join(pages(path)))


def test_the_summary_says_what_is_first_agreed_open_and_seen_otherwise(
    sample_report: Report, sample_pdf: Path
) -> None:
    text = summary_of(sample_pdf)
    told = sample_report.summary
    headings = ("The room puts first", "What was agreed", "What is still open, or does not apply")
    places = [text.index(joined(words)) for words in (*headings, "Where views differ")]

    assert places == sorted(places)
    assert sample_report.first_actions
    for number, action in enumerate(sample_report.first_actions, start=1):
        first = f"{number}.{action.to_do}{action.change_heading}"
        assert joined(first) in text[places[0] : places[1]]
        assert joined(f"Due: {action.due} · Owner: {action.owner}") in text
    assert all((told.agreed, told.open, told.differing))
    for point in (*told.agreed, *told.open, *told.differing):
        assert joined(point.where + point.words) in text


def test_the_summary_is_no_longer_than_two_pages(sample_pdf: Path) -> None:
    starts = dict(outline(sample_pdf))

    assert starts["Profile"] - starts["Summary"] <= 2


def test_the_summary_names_what_was_not_in_scope(sample_report: Report, sample_pdf: Path) -> None:
    outside = [change.heading for change in sample_report.changes if not change.in_scope]

    assert outside
    told = f"Not in scope for this workshop: {'; '.join(outside)}."
    assert joined(told) in summary_of(sample_pdf)


def test_an_empty_summary_says_so_kindly(empty_pdf: Path) -> None:
    text = summary_of(empty_pdf)

    for words in (
        "No actions were recorded.",
        "No level was agreed.",
        "No view was recorded as differing.",
    ):
        assert joined(words) in text


def test_actions_of_which_none_is_first_are_where_the_summary_says(full_pdf: Path) -> None:
    none_first = "The room put no action first. All of them are in the action plan."

    assert joined(none_first) in summary_of(full_pdf)


def test_a_copy_of_some_changes_claims_nothing_of_the_others(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    numbers = (1, 4)
    chosen = tuple(change.id for change in model.changes if change.number in numbers)
    report = build_report(model, sample, Parts(changes=chosen))

    as_pdf(report, tmp_path / "report.pdf")
    found = pages(tmp_path / "report.pdf")
    starts = dict(outline(tmp_path / "report.pdf"))

    for chapter in ("Summary", "Profile", "Action plan"):
        page = joined(found[starts[chapter] - 1])
        assert page.startswith(joined(f"{chapter} This copy shows changes 1 and 4 alone."))
    whole = joined("In the changes in this copy, every row has its level.")
    assert whole in summary_of(tmp_path / "report.pdf")


def test_a_copy_of_a_change_without_actions_does_not_say_that_there_are_none(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    with_actions = {action.change for action in sample.actions}
    with_actions |= {model.change_of(a.row).id for a in sample.actions if a.row}
    none = next(change.id for change in model.changes if change.id not in with_actions)
    workshop = msgspec.structs.replace(sample, actions=sample.actions[:4], first_actions=())
    text = written(build_report(model, workshop, Parts(changes=(none,))), tmp_path)

    assert text.count(joined("In the changes in this copy, no actions were recorded.")) == 2


def test_the_cover_says_what_a_copy_leaves_out(
    model: Model, sample: Workshop, tmp_path: Path
) -> None:
    parts = Parts(
        changes=tuple(change.id for change in model.changes[1:]),
        evidence=False,
        differing_views=False,
        names=False,
        decision_log=False,
    )
    report = build_report(model, sample, parts)

    text = written(report, tmp_path)
    cover = joined(pages(tmp_path / "report.pdf")[0])

    told = "; ".join(report.left_out)
    assert model.changes[0].heading in told
    assert joined(f"This copy is not the whole record. It leaves out: {told}.") in cover
    for words in (
        "Differing views are left out of this copy",
        "Names are left out of this copy.",
        "It is left out of this copy.",
    ):
        assert joined(words) in text
    assert joined("Nothing has been decided yet.") not in text
    assert joined("Nobody’s view was recorded") not in text


def test_a_whole_copy_says_nothing_of_what_it_leaves_out(sample_pdf: Path) -> None:
    text = joined("".join(pages(sample_pdf)))

    assert joined("not the whole record") not in text
    assert joined("left out of this copy") not in text


def test_private_notes_are_told_on_the_cover_and_where_they_stand(
    model: Model, blank: Workshop, tmp_path: Path
) -> None:
    workshop = msgspec.structs.replace(
        blank,
        rows=(RowRecord(row="planned", private_note=_PRIVATE),),
        changes=(ChangeRecord(change=model.changes[1].id, private_note=_PRIVATE),),
    )

    asked = written(build_report(model, workshop, Parts(private_notes=True)), tmp_path)
    cover = joined(pages(tmp_path / "report.pdf")[0])
    (tmp_path / "other").mkdir()
    plain = written(build_report(model, workshop), tmp_path / "other")

    assert joined("This copy holds the facilitator’s private notes.") in cover
    assert asked.count(joined(f"Private note{_LABEL}{_PRIVATE}")) == 2
    assert joined("private notes") not in plain
    assert joined(_PRIVATE) not in plain


def test_what_is_too_long_for_the_cover_stands_whole_with_the_partners(
    hostile_pdf: Path, hostile: Report
) -> None:
    found = pages(hostile_pdf)
    cover = joined(found[0])
    after = joined("".join(found[dict(outline(hostile_pdf))["Partners"] - 1 :]))

    assert joined(NOT_A_PERFORMANCE_TOOL) in cover
    assert joined("Populations in focus Too long for the cover") in cover
    assert hostile.populations == TALL
    assert joined("Populations in focus line 0") in after
    assert joined("line 1999") in after

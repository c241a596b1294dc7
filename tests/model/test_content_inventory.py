"""The content against the inventory of the model document: nothing lost, doubled or moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Change, CrossReference, Model, Points, Tip

from .packs import CONTENT

# id, title, rows, tips, nested tips, materials, examples
INVENTORY = [
    (
        "early-discharge-planning",
        "Early discharge planning",
        {"planned": "Planned", "emergency": "Emergency", "red-bag-scheme": "Red Bag Scheme"},
        (5, 0, 5, 1),
    ),
    (
        "demand-and-capacity",
        "Monitoring and responding to system demand and capacity",
        {
            "responsive-capacity": "Responsive capacity",
            "system-flow": "Improving how the system flows",
            "information-sharing": "Effective information sharing",
        },
        (7, 0, 9, 3),
    ),
    (
        "multi-disciplinary-working",
        "Multi-disciplinary working",
        {
            "mdt-working": "MDT working",
            "discharge-planning-and-assessment": "Discharge planning and assessment",
        },
        (9, 0, 4, 3),
    ),
    (
        "home-first",
        "Home first",
        {
            "discharge-to-assess": "Discharge to assess",
            "reablement-and-pathways": "Reablement and pathways",
            "embedding-home-first": "Embedding and home first mentality",
        },
        (13, 0, 7, 4),
    ),
    (
        "flexible-working-patterns",
        "Flexible working patterns",
        {
            "assessment-and-decision-making": "Assessment and decision making",
            "discharge-services": "Discharge services",
            "care-packages": "Care packages",
        },
        (6, 0, 5, 3),
    ),
    (
        "trusted-assessment",
        "Trusted assessment",
        {
            "independent-care-sector-assessments": "Independent care sector assessments",
            "within-hospital": "Within hospital (acute or community)",
            "adult-social-care": "Adult social care (hospital and community)",
        },
        (7, 6, 6, 4),
    ),
    (
        "engagement-and-choice",
        "Engagement and choice",
        {
            "information-and-support": "Information and support to decide care",
            "choice-protocol": "Choice protocol",
            "vcse-provision": "VCSE provision",
        },
        (14, 0, 3, 1),
    ),
    (
        "care-homes",
        "Improved discharge to care homes",
        {
            "discharge-support": "Discharge support",
            "enhanced-primary-care": "Enhanced primary care",
            "out-of-hours-and-urgent-care": "Access to out-of-hours/urgent care",
        },
        (13, 0, 6, 3),
    ),
    (
        "housing",
        "Housing and related services",
        {
            "systematic-response": "Systematic response, and demand/capacity",
            "early-needs-assessment": "Early needs assessment and response",
            "joint-working": "Integration/joint working",
            "adaptations-equipment-telecare": "Home adaptations, equipment, telecare and health",
        },
        (14, 4, 12, 4),
    ),
]

TABS = [
    "Early planning",
    "Demand & capacity",
    "MDT working",
    "Home first",
    "Flexible working",
    "Trusted assessment",
    "Engagement & choice",
    "Care homes",
    "Housing",
]


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(CONTENT)


def _count(tips: tuple[Tip, ...]) -> tuple[int, int]:
    return len(tips), sum(len(tip.tips) for tip in tips)


def _texts(value: object) -> Iterator[str]:
    """Every string in a value of the model, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif names := getattr(value, "__struct_fields__", None):
        for name in names:
            yield from _texts(getattr(value, name))


def test_the_changes_stand_in_the_published_order_with_their_agreed_ids(model: Model) -> None:
    assert [(c.id, c.title) for c in model.changes] == [(i[0], i[1]) for i in INVENTORY]
    assert [c.number for c in model.changes] == list(range(1, 10))
    assert [c.short_title for c in model.changes] == TABS


@pytest.mark.parametrize(("change_id", "_title", "rows", "counts"), INVENTORY)
def test_a_change_has_its_rows_by_name_and_all_its_parts(
    model: Model,
    change_id: str,
    _title: str,
    rows: dict[str, str],
    counts: tuple[int, int, int, int],
) -> None:
    change = model.change(change_id)
    assert {row.id: row.name for row in change.rows} == rows
    assert [row.name for row in change.rows] == list(rows.values())
    assert (*_count(change.tips), len(change.materials), len(change.examples)) == counts


def test_there_are_27_rows_135_descriptors_and_137_paragraphs_of_them(model: Model) -> None:
    descriptors = [text for _, row in model.rows() for text in row.descriptors]
    assert len(list(model.rows())) == 27
    assert len(descriptors) == 135
    assert sum(len(text.split("\n\n")) for text in descriptors) == 137


def test_the_two_descriptors_of_two_paragraphs_keep_them(model: Model) -> None:
    planned = model.descriptor("planned", "exemplary").split("\n\n")
    embedding = model.descriptor("embedding-home-first", "plans-in-place").split("\n\n")
    assert planned[1].startswith("People have a clear understanding of when their treatment")
    assert embedding[1] == "It is raised in business as usual meetings."


def test_the_longest_descriptor_has_328_characters(model: Model) -> None:
    longest = max((t for _, r in model.rows() for t in r.descriptors), key=len)
    assert longest == model.descriptor("planned", "exemplary")
    assert len(longest.replace("\n\n", " ")) == 328


def test_there_are_88_tips_and_10_nested_in_the_right_ones(model: Model) -> None:
    counts = [_count(change.tips) for change in model.changes]
    assert (sum(c[0] for c in counts), sum(c[1] for c in counts)) == (88, 10)
    parents = {t.text: len(t.tips) for c in model.changes for t in c.tips if t.tips}
    assert parents == {
        "Remember a trusted assessment can be either:": 2,
        "Remember trusted assessment can be used in a variety of settings, such as:": 4,
        "Homelessness should not be a reason for delaying discharge –": 4,
    }


def test_the_tips_keep_their_order_round_the_materials_set_among_them(model: Model) -> None:
    first_words = [tip.text.split()[0] for tip in model.change("home-first").tips]
    assert first_words == [
        *("Establish", "Simplify", "A", "Start", "Remember", "Regularly", "Ensure"),
        *("Consider", "To", "Make", "Track", "Consider", "Work"),
    ]


def test_discharge_to_assess_is_a_box_of_change_4_and_no_tip(model: Model) -> None:
    assert [(c.id, b.title) for c in model.changes for b in c.boxes] == [
        ("home-first", "Discharge to assess")
    ]


def test_materials_serve_one_change_or_all(model: Model) -> None:
    assert sum(len(change.materials) for change in model.changes) == 57
    assert len(model.materials) == 10
    assert [m.publisher for m in model.materials] == [
        *(None, "Newton, 2017", "Newton, 2019", "Institute of Public Care", "ADASS, 2017"),
        *("Age UK, 2019", None, None, "NHS", "NHS"),
    ]


def test_23_of_26_examples_have_a_description(model: Model) -> None:
    examples = [(c.number, e) for c in model.changes for e in c.examples]
    assert len(examples) == 26
    assert [(n, e.title) for n, e in examples if e.description is None] == [
        (6, "Trusted assessment"),
        (8, "Clinical commissioning group quality improvement team"),
        (9, "West of England - Reducing DTOC through housing interventions"),
    ]


def test_there_are_two_web_addresses_in_all_and_one_is_a_link(model: Model) -> None:
    addresses = re.findall(r"https?://\S+", "\n".join(_texts(model)))
    assert addresses == [
        "http://careandrepair-england.org.uk/wp-content/uploads/2014/12/WE-C-R-Case-Study-Final.pdf",
        "https://www.thinklocalactpersonal.org.uk/_assets/MakingItReal/TLAP-Making-it-Real-report.pdf",
    ]


def test_the_cross_references_are_the_five_of_the_source(model: Model) -> None:
    found = {
        (c.number, number): tip.references
        for c in model.changes
        for number, tip in enumerate(c.tips, start=1)
        if tip.references
    }
    assert found == {
        (5, 1): (CrossReference("change 2", "demand-and-capacity"),),
        (5, 4): (CrossReference("change 6", "trusted-assessment"),),
        (7, 1): (CrossReference("change 1", "early-discharge-planning"),),
        (8, 1): (CrossReference("change 4", "home-first"),),
        (8, 3): (CrossReference("change 1", "early-discharge-planning"),),
    }


def test_every_mention_of_a_change_by_number_in_a_tip_is_a_cross_reference(model: Model) -> None:
    for change in model.changes:
        for tip in change.tips:
            mentions = re.findall(r"change \d", tip.text)
            assert mentions == [reference.words for reference in tip.references]
            for reference in tip.references:
                number = model.change(reference.change_id).number
                assert reference.words == f"change {number}"


def test_summary_and_description_differ_for_changes_3_4_6_7_and_9_alone(model: Model) -> None:
    assert [c.number for c in model.changes if c.summary != c.description] == [3, 4, 6, 7, 9]


def test_no_summary_begins_with_the_title_that_is_fused_to_it_in_the_source(model: Model) -> None:
    fused = [c.number for c in model.changes if c.summary.startswith(f"{c.title} ")]
    assert fused == [4], "only change 4's own wording begins with its title"
    assert model.change("home-first").summary.startswith("Home first is as much")


def test_the_same_i_statement_stands_at_changes_2_and_3(model: Model) -> None:
    statements = [change.i_statement for change in model.changes]
    assert statements[1] == statements[2]
    assert len(set(statements)) == 8
    assert all(change.we_statement.startswith("We ") for change in model.changes)


def test_change_6_has_the_same_exemplary_descriptor_three_times(model: Model) -> None:
    exemplary = {row.descriptors[-1] for row in model.change("trusted-assessment").rows}
    assert exemplary == {"People do not experience delays due to lack of timely assessment."}


def test_the_levels_are_the_five_with_their_own_definitions(model: Model) -> None:
    assert [(level.number, level.id, level.name) for level in model.levels] == [
        (1, "not-yet-established", "Not yet established"),
        (2, "plans-in-place", "Plans in place"),
        (3, "established", "Established"),
        (4, "mature", "Mature"),
        (5, "exemplary", "Exemplary"),
    ]
    beginnings = ["Processes are", "Developed", "Defined", "Processes have", "Fully"]
    for level, beginning in zip(model.levels, beginnings, strict=True):
        assert level.definition.startswith(beginning)


def test_the_action_plan_has_the_five_published_columns(model: Model) -> None:
    assert model.columns == (
        "Impact change",
        "Where are you now?",
        "What do you need to do?",
        "When will it be done by?",
        "How will you know it has been successful?",
    )


def test_the_front_matter_has_its_sections_and_lists(model: Model) -> None:
    lists = {
        section.id: [len(b.items) for b in section.blocks if isinstance(b, Points)]
        for section in model.sections
    }
    assert lists == {
        "review": [5],
        "refreshed-model": [5],
        "what-it-is": [9],
        "principles": [8],
        "making-it-real": [7],
        "how-to-use": [],
        "emerging-practice": [],
        "measuring": [],
        "supporting-materials": [],
    }
    assert list(lists) == [section.id for section in model.sections]
    refreshed = model.section("refreshed-model")
    assert refreshed is not None
    assert [b.ordered for b in refreshed.blocks if isinstance(b, Points)] == [True]


def test_no_layout_of_the_source_is_left_in_the_words(model: Model) -> None:
    for words in _texts(model):
        assert not re.search(r"\[|•|·|\xa0|\t|  |HIGH IMPACT CHANGE MODEL|Partnership\.As", words)
        assert words == words.strip()


def test_typing_errors_of_the_source_stay_and_are_told_to_be_the_sources(model: Model) -> None:
    kept = {
        "discharge-planning-and-assessment": "each others’",
        "assessment-and-decision-making": "less delays",
    }
    for row_id, words in kept.items():
        row = model.row(row_id)
        assert words in model.descriptor(row_id, "mature")
        assert words in (row.editor_note or "")
    resource = model.change("multi-disciplinary-working").materials[1]
    assert resource.title == "Social Care Institute for Excellent resource for MDT working"
    assert resource.editor_note


def test_the_words_an_editors_note_quotes_stand_in_what_it_speaks_of() -> None:
    def notes(node: object) -> Iterator[dict[str, object]]:
        if isinstance(node, dict):
            if "editor_note" in node:
                yield node
            for value in node.values():
                yield from notes(value)
        elif isinstance(node, list):
            for value in node:
                yield from notes(value)

    found = 0
    for path in CONTENT.glob("change-*.yaml"):
        for node in notes(yaml.safe_load(path.read_text(encoding="utf-8"))):
            words = str({key: value for key, value in node.items() if key != "editor_note"})
            for quoted in re.findall("“([^”]+)”", str(node["editor_note"])):
                found += 1
                assert quoted in words.replace("\\n", " ")
    assert found >= 9


def test_the_seams_are_repaired_as_they_say(model: Model) -> None:
    seams = yaml.safe_load((CONTENT / "source-seams.yaml").read_text(encoding="utf-8"))["seams"]
    sources = [seam["source"] for seam in seams]
    review, how_to_use = model.section("review"), model.section("how-to-use")
    assert review is not None
    assert how_to_use is not None
    first, second = sources[0].split("Partnership.As ")
    assert review.paragraphs[0] == f"{first}Partnership."
    assert review.paragraphs[2].startswith(f"As {second}")
    assert not any(sources[1] in paragraph for paragraph in how_to_use.paragraphs)
    for change, fused in zip(model.changes, sources[2:], strict=True):
        assert f"{change.title} {change.summary}".startswith(fused)


def test_the_model_says_what_it_is_who_wrote_it_and_that_nobody_endorses_us(model: Model) -> None:
    assert (model.id, model.title) == ("hicm-2019", "High Impact Change Model")
    assert model.version == "2019 refresh, pre-publication draft"
    assert "Managing transfers of care between hospital and home" in model.source
    for partner in (
        "Local Government Association",
        "Association of Directors of Adult Social Services",
        "NHS England and Improvement",
        "Department of Health and Social Care",
        "Ministry of Housing, Communities and Local Government",
        "Think Local Act Personal Partnership",
    ):
        assert partner in model.attribution
    assert "none endorses it" in model.attribution


def test_every_change_has_a_name_for_a_narrow_tab(model: Model) -> None:
    def too_long(change: Change) -> bool:
        return len(change.short_title) > 19

    assert not [change.short_title for change in model.changes if too_long(change)]

"""The sample workshop: it shows every kind of record, and nothing that a record must not hold."""

from __future__ import annotations

import re
from collections import Counter

from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.values import Outcome, Progress, Workshop


def test_the_sample_shows_every_outcome_and_every_level(model: Model, sample: Workshop) -> None:
    records = [sample.row(row.id) for _, row in model.rows()]
    outcomes = Counter(record.outcome for record in records)
    assert set(outcomes) == set(Outcome)
    assert sum(record.outcome.is_agreed for record in records) >= 20
    assert {record.level for record in records} == {None, *(level.id for level in model.levels)}


def test_the_sample_gives_a_reason_wherever_one_is_due(sample: Workshop) -> None:
    assert all(bool(r.reason) == r.outcome.needs_reason for r in sample.rows)


def test_the_sample_writes_in_every_field(sample: Workshop) -> None:
    for row_field in RowField:
        assert any(row_field.read(record) for record in sample.rows)
    for change_field in ChangeField:
        assert any(change_field.read(record) for record in sample.changes)


def test_the_sample_names_nothing_that_the_model_does_not_have(
    model: Model, sample: Workshop
) -> None:
    assert (sample.orphans(model), sample.orphan_changes(model)) == ((), ())
    for item in sample.details.agenda:
        assert model.has_change(item.change)
    for action in sample.actions:
        assert action.change is not None
        assert model.has_change(action.change)
        if action.row is not None:
            assert model.change_of(action.row).id == action.change


def test_the_plan_of_the_sample_has_dates_and_words_owners_and_none(sample: Workshop) -> None:
    plan = sample.actions
    assert 10 <= len(plan) <= 12
    assert {action.progress for action in plan} == set(Progress)
    assert all(bool(action.due_on) != bool(action.due_words) for action in plan)
    assert {bool(action.due_words) for action in plan} == {True, False}
    assert {bool(action.owner) for action in plan} == {True, False}
    assert [item.change for item in sample.details.agenda if not item.in_scope] == ["housing"]


def test_the_sample_names_no_person_number_or_address_and_scores_nothing() -> None:
    text = (resources_dir() / "sample.hicm").read_text("utf-8")
    assert not re.search(r"\d[\d \-]{8,}\d", re.sub(r"\d{4}-\d\d-\d\d", "", text))
    assert not re.search(r"https?:|www\.|@|\b(NHS|Mr|Mrs|Ms|Dr)\b", text)
    assert not re.search(r"%|\b(average|total|score|ranking|RAG|amber)\b", text, re.IGNORECASE)
    assert '"name"' not in text

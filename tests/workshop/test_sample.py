"""The sample workshop: it shows every kind of record, and nothing that a record must not hold."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise

from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.workshop.decisions import minutes
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.entry import Kind
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.spread import hands_words, wide_rows
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import Lean, Outcome, Progress, RowRecord, Workshop
from hicm_desktop.workshop.words import standing


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


def test_the_sample_has_hands_before_and_after_and_positions_of_partners(sample: Workshop) -> None:
    there = {partner.id for partner in sample.details.partners}
    assert len(there) == len(sample.details.partners)
    assert "" not in there
    tallies = [record.tally(when) for record in sample.rows for when in When]
    assert sum(bool(tally.hands) for tally in tallies) > 8
    assert sum(sum(h.number for h in t.hands) > len(there) for t in tallies) == 0
    posed = {r.row for r in sample.rows for w in When if r.tally(w).positions}
    assert posed == {"mdt-working", "embedding-home-first"}
    assert {p.partner for tally in tallies for p in tally.positions} <= there
    assert [r.row for r in sample.rows if r.after != Tally() and r.before == Tally()] == [
        "embedding-home-first"
    ]


def test_views_lie_wide_apart_on_one_row_of_the_sample(model: Model, sample: Workshop) -> None:
    (wide,) = wide_rows(model, sample)
    assert wide.row == "care-packages"
    assert sample.row(wide.row).differing_view


def test_the_sample_leans_both_ways(sample: Workshop) -> None:
    assert {record.lean for record in sample.rows} == {None, *Lean}


def test_the_sample_has_private_notes_on_a_row_and_a_change(sample: Workshop) -> None:
    assert 1 <= sum(bool(record.private_note) for record in sample.rows) <= 3
    assert sum(bool(record.private_note) for record in sample.changes) == 1


def test_the_baseline_of_the_sample_is_a_year_older_and_moved_since(
    model: Model, sample: Workshop
) -> None:
    baseline, held_on = sample.baseline, sample.details.held_on
    assert baseline is not None
    assert held_on is not None
    assert baseline.held_on is not None
    assert dt.timedelta(days=350) < held_on - baseline.held_on < dt.timedelta(days=380)
    assert baseline.place == sample.details.place
    assert baseline.workshop != sample.id
    assert all(model.has_row(row.row) for row in baseline.rows)
    assert {row.outcome for row in baseline.rows} >= {Outcome.AGREED, Outcome.PARKED}
    assert not {None, Lean.UP} - {row.lean for row in baseline.rows}
    moved = [p.movement for _, row in model.rows() if (p := previous(model, sample, row.id))]
    assert {"1 level up from before", "1 level down from before"} < set(moved)
    assert "At the same level as before" in moved
    assert [r.row for r in sample.rows if r.previous_shown] == ["information-sharing"]


def test_the_sample_puts_three_of_its_actions_first(sample: Workshop) -> None:
    assert sample.first_actions == ("action-01", "action-06", "action-09")
    assert all(sample.action(action).owner for action in sample.first_actions)


def test_the_clock_of_the_sample_stands_and_was_on_every_change_in_scope(sample: Workshop) -> None:
    clock = sample.clock
    assert (clock.since, clock.break_until) == (None, None)
    planned = {item.change: item.minutes for item in sample.details.agenda if item.in_scope}
    spent = {spent.change: spent.seconds for spent in clock.spent}
    assert set(spent) == set(planned)
    assert all(planned.values())
    over = [change for change, seconds in spent.items() if seconds > planned[change] * 60]
    assert 1 <= len(over) < len(spent)
    assert max(abs(seconds - planned[c] * 60) for c, seconds in spent.items()) < 10 * 60


def test_the_sample_is_not_signed_off(sample: Workshop) -> None:
    assert sample.sealed == ()


def test_the_log_of_the_sample_was_written_in_order_on_its_day(sample: Workshop) -> None:
    assert {entry.kind for entry in sample.log} == {
        Kind.DECISION,
        Kind.HANDS_BEFORE,
        Kind.HANDS_AFTER,
        Kind.PREVIOUS_SHOWN,
        Kind.ACTION_ADDED,
        Kind.PUT_FIRST,
    }
    assert [entry.number for entry in sample.log] == [*range(1, len(sample.log) + 1)]
    assert all(one.at < two.at for one, two in pairwise(sample.log))
    assert {entry.at.date() for entry in sample.log} == {sample.details.held_on}
    assert sum(entry.taken_back for entry in sample.log) == 1


def test_the_log_of_the_sample_agrees_with_what_is_recorded(model: Model, sample: Workshop) -> None:
    live = minutes(sample)
    said = {e.row: e for e in live if e.kind is Kind.DECISION}
    discussed = {r.row for r in sample.rows if r.outcome is not Outcome.NOT_DISCUSSED}
    assert set(said) == discussed
    for row in discussed:
        record, entry = sample.row(row), said[row]
        reason = record.reason if record.outcome.needs_reason else ""
        assert (entry.now, entry.reason) == (standing(model, record), reason)
        rows = [e for e in live if e.kind is Kind.DECISION and e.row == row]
        assert rows[0].was == standing(model, RowRecord(row=row))
        assert all(one.now == two.was for one, two in pairwise(rows))
    for kind, when in ((Kind.HANDS_BEFORE, When.BEFORE), (Kind.HANDS_AFTER, When.AFTER)):
        told = {e.row: e.now for e in live if e.kind is kind}
        tallies = {r.row: r.tally(when) for r in sample.rows if r.tally(when) != Tally()}
        assert told == {row: hands_words(model, tally) for row, tally in tallies.items()}
    added = {e.action: (e.row, e.now) for e in live if e.kind is Kind.ACTION_ADDED}
    assert added == {action.id: (action.row, action.to_do) for action in sample.actions}
    (first,) = [e for e in live if e.kind is Kind.PUT_FIRST]
    assert first.now == " · ".join(sample.action(i).to_do for i in sample.first_actions)

"""Any edits, one after another: after each, all that a workshop promises holds."""

from __future__ import annotations

import datetime as dt
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.bring_back import compare, taking
from hicm_desktop.workshop.decisions import minutes, written
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    ChangeField,
    Edit,
    RemoveActions,
    ReviseAction,
    RowField,
    SetDetails,
    SetOutcome,
    WriteChange,
    WriteRow,
    action_from_row,
)
from hicm_desktop.workshop.entry import COUNTED, Kind
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.sealing import content_of, is_intact, standing_seal
from hicm_desktop.workshop.search import search
from hicm_desktop.workshop.spread import hands_words
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import (
    AgendaItem,
    ChangeRecord,
    Details,
    Outcome,
    Partner,
    Progress,
    RowRecord,
    Workshop,
)
from hicm_desktop.workshop.words import standing
from tests.workshop.live_edits import PARTNERS, live_edits

NAMES = ("planned", "discharge-to-assess", "joint-working", "gone")
ROWS = st.sampled_from(NAMES)
CHANGES = st.sampled_from(("home-first", "housing", "gone"))
THERE = tuple(Partner(organisation=partner, id=partner) for partner in PARTNERS[:2])
LEVELS = st.none() | st.sampled_from(("not-yet-established", "mature", "exemplary"))
TEXT = st.sampled_from(("", " ", "words", "“zebra”\n"))

BROUGHT = st.builds(
    PlanLine,
    id=st.just(""),
    change=st.sampled_from(("", "Home first", "gone")),
    row=st.sampled_from(("", "Discharge to assess", "gone")),
    where_now=st.just(""),
    to_do=st.sampled_from(("", "words", "other words\r\n")),
    due=st.sampled_from(("", "soon", "1/4/2027")),
    due_on=st.none() | st.just(dt.date(2027, 5, 1)),
    success=st.just(""),
    owner=st.sampled_from(("", "Trust")),
    progress=st.sampled_from(("", "Done", "nearly")),
    place=st.just("row 2"),
)


@cache
def the_model() -> Model:
    return read_model(content_dir())


class AnyEdits(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.model = the_model()
        made = dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC)
        self.workshop = Workshop(id="any", created_at=made)
        self.written: dict[tuple[str, RowField], str] = {}
        self.made = 0
        self.at = made

    def make(self, edit: Edit) -> None:
        before = codec.encode(self.workshop, self.model)
        after = edit.apply(self.workshop)
        assert codec.encode(self.workshop, self.model) == before, "an edit altered the old value"
        assert edit.apply(self.workshop) == after
        assert edit.describe(self.model)
        hash(edit.merge_key)
        log = self.workshop.log
        if after != self.workshop:
            after = written(self.model, self.workshop, after, self.at)
        assert [e.number for e in after.log[: len(log)]] == [e.number for e in log]
        assert all(entry.at == self.at for entry in after.log[len(log) :])
        self.workshop = after

    @rule(minutes=st.integers(0, 20))
    def wait(self, minutes: int) -> None:
        self.at += dt.timedelta(minutes=minutes)

    @rule(data=st.data())
    def be_live(self, data: st.DataObject) -> None:
        edits = live_edits(self.model, ROWS, CHANGES, self.workshop, self.at)
        self.make(data.draw(edits))

    @rule(row=ROWS, level=LEVELS)
    def agree(self, row: str, level: str | None) -> None:
        self.make(AgreeLevel(row, level))
        assert self.workshop.row(row).level == level

    @rule(row=ROWS, outcome=st.sampled_from(Outcome))
    def settle(self, row: str, outcome: Outcome) -> None:
        old = self.workshop.row(row)
        had_level = old.level is not None
        self.make(SetOutcome(row, outcome))
        if had_level or not outcome.is_agreed:
            assert self.workshop.row(row).outcome is outcome
            if outcome.needs_reason and outcome is not old.outcome:
                self.written[row, RowField.REASON] = ""
                self.is_told(row, old.reason)

    def is_told(self, row: str, reason: str) -> None:
        """See that the log keeps a reason that the record has no more."""
        of_row = [entry for entry in self.workshop.log if entry.row == row]
        told = [text for e in of_row for text in (e.was, e.now, e.reason)]
        out = any(entry.words_out for entry in of_row)
        assert not reason.strip() or out or any(reason in text for text in told)

    @rule(row=ROWS, field=st.sampled_from(RowField), text=TEXT)
    def write(self, row: str, field: RowField, text: str) -> None:
        self.make(WriteRow(row, field, text))
        self.written[row, field] = text

    @rule(change=CHANGES, field=st.sampled_from(ChangeField), text=TEXT)
    def write_of_change(self, change: str, field: ChangeField, text: str) -> None:
        self.make(WriteChange(change, field, text))
        assert field.read(self.workshop.change(change)) == text

    @rule(place=TEXT, change=CHANGES, minutes=st.integers(0, 24 * 60))
    def set_details(self, place: str, change: str, minutes: int) -> None:
        self.make(
            SetDetails(
                Details(
                    place=place,
                    partners=THERE,
                    agenda=(AgendaItem(change=change, minutes=minutes),),
                )
            )
        )

    @rule(row=ROWS.filter(lambda row: row != "gone"))
    def add_action(self, row: str) -> None:
        self.made += 1
        self.make(AddAction(action_from_row(f"a{self.made}", self.model, self.workshop, row)))

    @rule(data=st.data(), progress=st.sampled_from(Progress), due=st.none() | st.dates())
    def revise_action(self, data: st.DataObject, progress: Progress, due: dt.date | None) -> None:
        if self.workshop.actions:
            action = data.draw(st.sampled_from(self.workshop.actions))
            kept = {f: getattr(action, f) for f in ("id", "change", "row", "where_now")}
            revised = type(action)(**kept, progress=progress, due_on=due)
            self.make(ReviseAction(revised, "due"))
            assert self.workshop.action(action.id) == revised

    @rule(data=st.data())
    def remove_actions(self, data: st.DataObject) -> None:
        ids = [action.id for action in self.workshop.actions]
        gone = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
        self.make(RemoveActions(tuple(gone)))
        assert [a.id for a in self.workshop.actions] == [i for i in ids if i not in gone]

    @rule(data=st.data(), line=BROUGHT)
    def bring_back(self, data: st.DataObject, line: PlanLine) -> None:
        ids = [action.id for action in self.workshop.actions]
        line = replace(line, id=data.draw(st.sampled_from(["", *ids])))
        brought = compare(self.model, self.workshop, [line])
        self.made += 1
        self.make(taking(brought.offers, lambda: f"a{self.made}"))
        again = compare(self.model, self.workshop, [line])
        assert again.offers == (), "the plan says what the line says"
        assert again.missing == brought.missing

    @invariant()
    def a_level_stands_exactly_where_it_is_agreed(self) -> None:
        for record in self.workshop.rows:
            assert (record.level is not None) == record.outcome.is_agreed

    @invariant()
    def no_record_stands_twice_and_none_is_blank(self) -> None:
        rows, changes = self.workshop.rows, self.workshop.changes
        assert len({r.row for r in rows}) == len(rows)
        assert len({c.change for c in changes}) == len(changes)
        assert not [r for r in rows if r == RowRecord(row=r.row)]
        assert not [c for c in changes if c == ChangeRecord(change=c.change)]

    @invariant()
    def nothing_written_is_lost(self) -> None:
        for (row, field), text in self.written.items():
            assert field.read(self.workshop.row(row)) == text

    @invariant()
    def the_log_says_what_is_recorded(self) -> None:
        numbers = [entry.number for entry in self.workshop.log]
        assert numbers == [*range(1, len(numbers) + 1)]
        last = {(e.kind, e.row): e for e in self.workshop.log}
        for record in map(self.workshop.row, NAMES):
            decision = last.get((Kind.DECISION, record.row))
            said = decision.now if decision else "Not discussed"
            assert standing(self.model, record) == said
            reason = record.reason if record.outcome.needs_reason else ""
            kinds = (Kind.DECISION, Kind.REASON_CHANGED)
            of_row = [e for e in self.workshop.log if e.row == record.row and e.kind in kinds]
            if of_row and not of_row[-1].words_out:
                is_decision = of_row[-1].kind is Kind.DECISION
                assert (of_row[-1].reason if is_decision else of_row[-1].now) == reason
            for kind, when in ((Kind.HANDS_BEFORE, When.BEFORE), (Kind.HANDS_AFTER, When.AFTER)):
                hands = last.get((kind, record.row))
                counted = hands_words(self.model, record.tally(when))
                assert counted == (hands.now if hands else "")
        told = [e for e in minutes(self.workshop) if e.kind in COUNTED and not e.words_out]
        assert not [e for e in told if e.was == e.now]

    @invariant()
    def what_is_put_first_is_in_the_plan(self) -> None:
        ids = [action.id for action in self.workshop.actions]
        assert set(self.workshop.first_actions) <= set(ids)

    @invariant()
    def what_was_signed_off_stays_as_it_was(self) -> None:
        assert all(map(is_intact, self.workshop.sealed))
        seal = standing_seal(self.workshop)
        if seal is not None:
            mine = content_of(self.workshop)
            assert {r.row: r for r in seal.content.rows} == {r.row: r for r in mine.rows}
            assert (seal.content.log, seal.content.actions) == (mine.log, mine.actions)

    @invariant()
    def the_previous_level_stays_hidden_until_it_may_be_seen(self) -> None:
        for row in ("planned", "discharge-to-assess", "gone"):
            record, baseline = self.workshop.row(row), self.workshop.baseline
            may_be = record.outcome.is_agreed or record.previous_shown
            told = previous(self.model, self.workshop, row)
            assert (told is not None) == (baseline is not None and may_be)

    @invariant()
    def it_is_saved_and_opened_exact(self) -> None:
        data = codec.encode(self.workshop, self.model)
        assert codec.decode(data, self.model).workshop == self.workshop

    def teardown(self) -> None:
        """See that every zebra is found, and reported but for a reason kept from before."""
        report = build_report(self.model, self.workshop, parts=Parts(private_notes=True))
        texts = [t.text for change in report.changes for t in change.texts]
        texts += [t.text for change in report.changes for row in change.rows for t in row.texts]
        texts += [t.text for record in report.unplaced for t in record.texts]
        kept = [r.reason for r in self.workshop.rows if not r.outcome.needs_reason]
        here = sum("zebra" in text for text in (*texts, *kept, report.place))
        assert len(search(self.model, self.workshop, '"zebra"')) == here


TestAnyEdits = AnyEdits.TestCase
TestAnyEdits.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)

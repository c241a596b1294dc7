"""Any edit of a live workshop, drawn for the tests that make edits at random."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import Edit
from hicm_desktop.workshop.room_edits import (
    ClearTally,
    CountHands,
    EndBreak,
    LeanLevel,
    PauseClock,
    PutFirst,
    RemoveSealed,
    SetBaseline,
    ShowPrevious,
    SignOff,
    StartClock,
    TakeBreak,
    TakeOutWords,
    TakePosition,
)
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Baseline, EarlierRow, Lean, Outcome, Workshop

PARTNERS = ("partner-1", "partner-2", "nobody")
_WHEN = st.sampled_from(When)
_BASELINES = st.builds(
    Baseline,
    workshop=st.sampled_from(("a", "b")),
    place=st.sampled_from(("", "Northbridge")),
    held_on=st.none() | st.just(dt.date(2025, 11, 13)),
    rows=st.sampled_from(
        (
            (),
            (EarlierRow(row="planned", outcome=Outcome.PARKED),),
            (
                EarlierRow(row="planned", outcome=Outcome.AGREED, level="mature", lean=Lean.UP),
                EarlierRow(row="gone", outcome=Outcome.AGREED, level="gone"),
            ),
        )
    ),
)


def live_edits(
    model: Model,
    rows: st.SearchStrategy[str],
    changes: st.SearchStrategy[str],
    workshop: Workshop,
    at: dt.datetime,
) -> st.SearchStrategy[Edit]:
    """Give every edit of `room_edits`, at a moment, as what is recorded now lets them."""
    levels = tuple(level.id for level in model.levels)
    actions = [action.id for action in workshop.actions]
    first = st.permutations(actions).map(lambda ids: tuple(ids[:3])) if actions else st.just(())
    return st.one_of(
        st.builds(LeanLevel, rows, st.none() | st.sampled_from(Lean), st.just(levels)),
        st.builds(
            CountHands,
            rows,
            _WHEN,
            st.sampled_from(levels),
            st.integers(0, 3) | st.just(999),
            st.just(levels),
        ),
        st.builds(
            TakePosition,
            rows,
            _WHEN,
            st.sampled_from(PARTNERS),
            st.none() | st.sampled_from(levels),
        ),
        st.builds(ClearTally, rows, _WHEN),
        st.builds(ShowPrevious, rows, st.booleans()),
        st.builds(SetBaseline, st.none() | _BASELINES),
        st.builds(StartClock, changes, st.just(at)),
        st.builds(PauseClock, st.just(at)),
        st.builds(TakeBreak, st.just(at), st.just(at + dt.timedelta(minutes=15))),
        st.builds(EndBreak, st.just(at)),
        st.builds(PutFirst, first),
        st.builds(SignOff, st.just(at), st.sampled_from(((), PARTNERS))),
        st.builds(RemoveSealed, st.integers(1, 3)),
        st.builds(TakeOutWords, st.integers(1, max(1, len(workshop.log)))),
    )

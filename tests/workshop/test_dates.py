"""Dates as people here write them: one whole date is read, and all else stays words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hicm_desktop.workshop.dates import date_words, read_date


@pytest.mark.parametrize(
    "text",
    [
        "31/3/2027",
        "31/03/27",
        " 31 . 03 . 2027 ",
        "31-3-2027",
        "2027-03-31",
        "31 March 2027",
        "31st of March 2027",
        "31 mar, 2027",
        "Wednesday 31 March 2027",
    ],
)
def test_one_whole_date_is_read_day_first(text: str) -> None:
    assert read_date(text) == dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "end of March",
        "March",
        "March 2027",
        "31 March",
        "31/6/2027",
        "2027-13-01",
        "31 Ma 2027",
        "31 Marchember 2027",
        "by 31/3/2027",
        "3/31/2027",
        "31/3/2027 or sooner",
    ],
)
def test_what_is_not_plainly_one_date_stays_words(text: str) -> None:
    assert read_date(text) is None


@given(date=st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_date_as_it_is_written_is_read_again(date: dt.date) -> None:
    assert read_date(date_words(date)) == date
    assert read_date(date.isoformat()) == date


def test_no_date_is_no_words() -> None:
    assert date_words(None) == ""

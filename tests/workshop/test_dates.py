"""Dates as people write them: what is plainly one date is read, and all else stays words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hicm_desktop.workshop.dates import date_words, read_date, weekday

DATE = dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        *("31/3/2027", "31/03/27", "31.3.2027", "31-03-2027", " 31 / 3 / 2027 ", "2027-03-31"),
        *("31 March 2027", "31 mar 2027", "31st March 2027", "31st of March, 2027", "31 Mar. 27"),
        *("Wednesday 31 March 2027", "Wed 31 March 2027", "wednesday, 31st march 2027"),
    ],
)
def test_a_date_written_in_any_usual_way_is_read(text: str) -> None:
    assert read_date(text) == DATE


@pytest.mark.parametrize(
    "text",
    [
        *("", "end of March", "March 2027", "31 March", "spring", "ASAP", "2027", "Q4 2026/27"),
        *("31 June 2027", "32/1/2027", "29 February 2027", "3/31/2027", "0/1/2027", "2027-13-01"),
        *("31 Ma 2027", "31 Mars 2027", "31 Marching 2027", "by 31 March 2027", "31 March 2027?"),
        *("Friday 31 March 2027", "We 31 March 2027", "maybe 31 March 2027", "31 March 202"),
        *("31/3/2027 or 1/4/2027", "٣١/", "31/3/0000"),
    ],
)
def test_what_is_not_plainly_one_date_stays_words(text: str) -> None:
    assert read_date(text) is None


def test_the_day_comes_before_the_month() -> None:
    assert read_date("4/12/2026") == dt.date(2026, 12, 4)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_date_written_out_is_read_back(date: dt.date) -> None:
    assert read_date(date_words(date)) == date
    assert read_date(f"{weekday(date)} {date_words(date)}") == date
    assert read_date(date.isoformat()) == date


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    read = read_date(text)
    assert read is None or read_date(date_words(read)) == read or read.year < 1000


def test_no_date_is_written_as_nothing() -> None:
    assert date_words(None) == ""

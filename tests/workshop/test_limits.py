"""The limit of a text field: counted as Excel counts, and refused in words that say what to do."""

from __future__ import annotations

import pytest

from hicm_desktop.workshop import limits


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("plain", 5), ("“é”", 3), ("😀", 2), ("a😀b😀", 6), ("\uffff", 1)]
)
def test_a_text_is_counted_in_the_units_of_excel(text: str, length: int) -> None:
    assert limits.units(text) == length == len(text.encode("utf-16-le")) // 2


def test_what_is_refused_is_told_with_its_length_and_what_to_do() -> None:
    assert "5,000,000 characters" in limits.paste_refused(5_000_000)
    assert "holds up to 30,000" in limits.paste_refused(5_000_000)
    assert "room for 12 more" in limits.paste_overflows(40, 12)
    assert "room for 0 more" in limits.paste_overflows(40, -3), "a text of an older program"
    for words in (limits.paste_refused(9), limits.paste_overflows(9, 1)):
        assert "Nothing was pasted." in words
    assert "Nothing was lost." in limits.typing_refused()


def test_a_full_field_fits_in_a_cell_of_excel() -> None:
    assert limits.LONGEST_TEXT <= 32_767

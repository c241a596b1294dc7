"""The largest type that fits, the widths of columns, dots, and the choice of a screen: all pure."""

from __future__ import annotations

import pytest

from hicm_desktop.ui.room.fit import Part, columns, dots, largest, lines, narrowest, widest
from hicm_desktop.ui.room.screens import Screen, choose

WORDS = tuple(Part(2.0, 0.5) for _ in range(6))
LAPTOP = Screen("eDP-1", 1366, 768, console=True)
PROJECTOR = Screen("HDMI-1", 1280, 720, console=False)
WALL = Screen("DP-2", 1920, 1080, console=False)


@pytest.mark.parametrize(("limit", "found"), [(41, 40), (33, 33), (20, 20), (19, None)])
def test_the_largest_size_that_fits_is_found(limit: int, found: int | None) -> None:
    assert largest(lambda px: px <= limit, 20, 40) == found


def test_no_size_is_tried_outside_the_bounds() -> None:
    tried: list[int] = []

    def fits(px: int) -> bool:
        tried.append(px)
        return px < 30

    largest(fits, 20, 40)
    assert min(tried) == 20
    assert max(tried) <= 40
    assert largest(lambda _: True, 20, 19) is None


@pytest.mark.parametrize(("width", "count"), [(15, 1), (14.5, 1), (7, 2), (4.5, 3), (2, 6)])
def test_lines_are_broken_between_parts(width: float, count: int) -> None:
    assert lines(WORDS, width) == count


def test_a_paragraph_ends_its_line_and_a_blank_one_takes_another() -> None:
    parts = (Part(2.0), Part(2.0, ends=2), Part(2.0))
    assert lines(parts, 100) == 3
    assert lines((), 10) == 0


@pytest.mark.parametrize("most", [1, 2, 3, 6, 20])
def test_the_narrowest_width_keeps_to_its_lines_and_is_hardly_wider_than_need_be(most: int) -> None:
    width = narrowest(WORDS, most)
    assert lines(WORDS, width) <= most
    assert width >= widest(WORDS)
    assert width < widest(WORDS) + 0.6 or lines(WORDS, width - 0.2) > most


def test_columns_are_even_where_they_can_be_and_as_wide_as_they_must() -> None:
    assert columns([10, 10, 10], 100) == (34, 33, 33)
    assert columns([60, 10, 10], 100) == (60, 20, 20)
    assert columns([60, 10, 25], 100) == (60, 14, 26) or columns([60, 10, 25], 100) == (60, 15, 25)
    assert columns([60, 30, 30], 100) is None
    assert columns([], 100) is None


def test_hands_are_dots_in_one_line_or_two_and_beyond_that_their_number_alone() -> None:
    assert dots([5, 3], 200, 1.0).lines == 1
    assert dots([5, 14], 200, 1.0).lines == 2
    assert dots([5, 60], 200, 1.0).lines == 0
    assert dots([5, 14], 400, 2.0).size == 2 * dots([5, 14], 200, 1.0).size


@pytest.mark.parametrize(
    ("screens", "asked", "remembered", "found"),
    [
        ((LAPTOP,), "", "", LAPTOP),
        ((LAPTOP, PROJECTOR), "", "", PROJECTOR),
        ((PROJECTOR, LAPTOP, WALL), "", "", PROJECTOR),
        ((LAPTOP, PROJECTOR, WALL), "", "DP-2", WALL),
        ((LAPTOP, PROJECTOR, WALL), "HDMI-1", "DP-2", PROJECTOR),
        ((LAPTOP, PROJECTOR), "", "DP-2", PROJECTOR),
        ((LAPTOP, PROJECTOR), "eDP-1", "", LAPTOP),
        ((LAPTOP, PROJECTOR), "", "eDP-1", PROJECTOR),
    ],
)
def test_the_other_screen_is_chosen_unless_another_was_asked_for(
    screens: tuple[Screen, ...], asked: str, remembered: str, found: Screen
) -> None:
    place = choose(screens, asked, remembered)
    assert place is not None
    assert screens[place] is found


def test_without_a_screen_none_is_chosen() -> None:
    assert choose((), "", "") is None


def test_a_screen_is_offered_by_name_and_size() -> None:
    assert PROJECTOR.words == "HDMI-1, 1280 × 720"
    assert LAPTOP.words == "eDP-1, 1366 × 768 (this screen)"

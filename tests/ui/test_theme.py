"""Every theme is readable: their contrasts are computed from the themes themselves (WCAG 2.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QGuiApplication, QStyleHints

from hicm_desktop.ui.appearance import Appearance, ThemeChoice, Type
from hicm_desktop.ui.stylesheet import stylesheet
from hicm_desktop.ui.theme import LIGHT, THEMES, Theme, contrast, ink_on

BODY, TEXT, SHAPE = 7.0, 4.5, 3.0
LEAST_PX = 14
"""10.5 pt at 96 dpi."""

themes = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


@dataclass(frozen=True)
class Pair:
    front: str
    back: str

    def __str__(self) -> str:
        return f"{self.front} on {self.back}"


def pairs(fronts: str, backs: str) -> list[Pair]:
    return [Pair(front, back) for front in fronts.split() for back in backs.split()]


def ratio(theme: Theme, pair: Pair) -> float:
    return contrast(getattr(theme, pair.front), getattr(theme, pair.back))


def test_contrast_is_what_the_standard_says_it_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#3F7FB8", "#3F7FB8") == 1


@themes
@pytest.mark.parametrize(
    "pair",
    [*pairs("ink", "ground surface field hover chosen"), Pair("chosen_ink", "chosen")],
    ids=str,
)
def test_body_text_is_read_with_ease(theme: Theme, pair: Pair) -> None:
    assert ratio(theme, pair) >= BODY


@themes
@pytest.mark.parametrize(
    "pair",
    [
        *pairs("muted accent", "ground surface hover field chosen"),
        *pairs("bar_ink bar_muted", "bar"),
        Pair("on_accent", "accent"),
        Pair("on_alert", "alert"),
        Pair("ground", "ink"),
    ],
    ids=str,
)
def test_all_other_text_is_readable(theme: Theme, pair: Pair) -> None:
    assert ratio(theme, pair) >= TEXT


@themes
@pytest.mark.parametrize(
    "pair",
    [
        *pairs("edge accent ink", "ground surface field chosen"),
        Pair("alert", "surface"),
        Pair("bar_muted", "bar"),
        Pair("accent", "chosen"),
    ],
    ids=str,
)
def test_edges_and_marks_that_mean_something_stand_out(theme: Theme, pair: Pair) -> None:
    assert ratio(theme, pair) >= SHAPE


@themes
def test_the_ring_of_the_focus_stands_out_wherever_it_is(theme: Theme) -> None:
    """The ring is drawn with a dark line on either side, and one of the two always shows."""
    assert contrast(theme.focus, theme.focus_edge) >= SHAPE
    for place in ("ground", "surface", "field", "hover", "chosen", "bar", "accent", "ink", "alert"):
        ground = getattr(theme, place)
        assert max(contrast(colour, ground) for colour in (theme.focus, theme.focus_edge)) >= SHAPE


@themes
def test_the_mark_on_every_hue_of_a_level_is_readable(theme: Theme) -> None:
    for hue in theme.levels:
        assert contrast(ink_on(hue), hue) >= TEXT, hue


@themes
def test_the_levels_stand_out_from_the_ground_more_and_more(theme: Theme) -> None:
    against_ground = [contrast(hue, theme.ground) for hue in theme.levels]
    assert all(fainter < stronger for fainter, stronger in pairwise(against_ground))


def test_no_text_of_the_console_is_smaller_than_can_be_read() -> None:
    assert min(kind.value[0] for kind in Type) >= LEAST_PX
    sizes = re.findall(r"font-size:\s*(\d+)px", stylesheet(LIGHT, 1.0))
    assert sizes
    assert min(map(int, sizes)) >= LEAST_PX


def test_no_two_themes_are_alike_in_what_tells_them_apart() -> None:
    assert len({(theme.ground, theme.ink) for theme in THEMES}) == len(THEMES)
    assert len({theme.name for theme in THEMES}) == len(THEMES)


@pytest.mark.parametrize("theme", THEMES[2:], ids=lambda theme: theme.name)
def test_more_contrast_is_more_for_every_text_and_edge(theme: Theme) -> None:
    usual = THEMES[THEMES.index(theme) - 2]
    for pair in pairs("ink muted accent edge alert", "ground surface"):
        assert ratio(theme, pair) >= BODY
        assert ratio(theme, pair) > ratio(usual, pair)
    assert contrast(theme.rule, theme.ground) >= SHAPE, "what is decoration elsewhere is seen here"
    assert contrast(theme.levels[0], theme.ground) > 1.5, "the faintest level is a colour still"


@pytest.mark.parametrize(
    ("scheme", "more", "name"),
    [
        (Qt.ColorScheme.Light, False, "light"),
        (Qt.ColorScheme.Dark, False, "dark"),
        (Qt.ColorScheme.Light, True, "light, more contrast"),
        (Qt.ColorScheme.Dark, True, "dark, more contrast"),
    ],
)
def test_the_system_is_followed_in_dark_and_in_contrast(
    appearance: Appearance,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Qt.ColorScheme,
    name: str,
    *,
    more: bool,
) -> None:
    preference = Qt.ContrastPreference.HighContrast if more else Qt.ContrastPreference.NoPreference
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: preference)
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: scheme)
    appearance.choose_theme(ThemeChoice.SYSTEM)
    assert appearance.look.theme.name == name
    appearance.choose_theme(ThemeChoice.LIGHT)
    assert appearance.look.theme.name == "light", "who chooses is not overruled"


def test_a_change_of_the_system_is_followed_at_once(
    appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance.choose_theme(ThemeChoice.SYSTEM)
    assert "contrast" not in appearance.look.theme.name
    high = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: high)
    QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.emit(high)
    assert "more contrast" in appearance.look.theme.name

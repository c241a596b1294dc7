"""The colours, as four frozen themes. For `hicm_desktop.ui`.

Contrast is computed from here in a test. One hue carries the five levels, faint to strong. No red,
amber or green stands for a level, and nothing is told by colour alone.
"""

from __future__ import annotations

import functools

import msgspec


class Theme(msgspec.Struct, frozen=True):
    """A set of colours by what they are for, as #RRGGBB.

    `ink` and `muted` are read on `ground` and on `surface`; `chosen_ink` on `chosen`; `bar_ink` and
    `bar_muted` on `bar`; `on_accent` on `accent`; `on_alert` on `alert`. `edge` bounds things that
    can be used and `rule` is decoration only.
    """

    name: str
    ground: str
    surface: str
    field: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    chosen: str
    chosen_ink: str
    edge: str
    rule: str
    bar: str
    bar_ink: str
    bar_muted: str
    alert: str
    on_alert: str
    focus: str
    focus_edge: str
    mark: str
    levels: tuple[str, ...]

    def level(self, number: int, count: int) -> str:
        """Give the hue of a level, counted from 1, spread over a model of `count` levels."""
        last = len(self.levels) - 1
        return self.levels[round((number - 1) * last / max(count - 1, 1))]


LIGHT = Theme(
    name="light",
    ground="#FFFFFF",
    surface="#F1F5FA",
    field="#FFFFFF",
    ink="#10243A",
    muted="#4A5D73",
    accent="#0B4F8A",
    on_accent="#FFFFFF",
    hover="#F1F6FB",
    chosen="#DCE9F7",
    chosen_ink="#10243A",
    edge="#748699",
    rule="#D3DCE6",
    bar="#10243A",
    bar_ink="#FFFFFF",
    bar_muted="#C3D0DE",
    alert="#6A1B5E",
    on_alert="#FFFFFF",
    focus="#FFB81C",
    focus_edge="#10243A",
    mark="#B4C2D1",
    levels=("#E6EEF6", "#C6DAEC", "#8FB6D9", "#3D7AB1", "#0B3C6F"),
)

DARK = Theme(
    name="dark",
    ground="#0F1B29",
    surface="#172636",
    field="#0B1520",
    ink="#F1F5FA",
    muted="#B3C1D0",
    accent="#8CC3F2",
    on_accent="#0B1A2A",
    hover="#1B2D41",
    chosen="#1E4468",
    chosen_ink="#FFFFFF",
    edge="#7F93A8",
    rule="#2B3D50",
    bar="#07111B",
    bar_ink="#FFFFFF",
    bar_muted="#B3C1D0",
    alert="#F3B6E6",
    on_alert="#2A0724",
    focus="#FFB81C",
    focus_edge="#0B1520",
    mark="#3E5267",
    levels=("#3779B8", "#5C9BD3", "#8CB9E0", "#BAD3EA", "#E3ECF5"),
)


LIGHT_CONTRAST = msgspec.structs.replace(
    LIGHT,
    name="light, more contrast",
    surface="#FFFFFF",
    ink="#000000",
    muted="#1C2733",
    accent="#00356B",
    hover="#E3EEFA",
    chosen="#C9DFF7",
    chosen_ink="#000000",
    edge="#000000",
    rule="#46525F",
    bar="#000000",
    bar_muted="#FFFFFF",
    alert="#4A0042",
    focus_edge="#000000",
    mark="#46525F",
    levels=("#BCD0E4", "#93B5D7", "#6694C3", "#2A66A3", "#04264A"),
)
DARK_CONTRAST = msgspec.structs.replace(
    DARK,
    name="dark, more contrast",
    ground="#000000",
    surface="#000000",
    field="#000000",
    ink="#FFFFFF",
    muted="#F1F5FA",
    accent="#A9D8FF",
    on_accent="#000000",
    hover="#0D2338",
    chosen="#003B73",
    edge="#FFFFFF",
    rule="#A7B4C2",
    bar="#000000",
    bar_muted="#FFFFFF",
    alert="#FFC8F4",
    on_alert="#000000",
    focus_edge="#000000",
    mark="#A7B4C2",
)
THEMES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)


def luminance(colour: str) -> float:
    """Give the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2, "relative luminance")."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = 0.04045
    red, green, blue = (
        c / 12.92 if c <= linear else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@functools.lru_cache(maxsize=64)
def ink_on(ground: str) -> str:
    """Give whichever of near-black and white reads better on a hue, such as a level's."""
    dark, light = "#10243A", "#FFFFFF"
    return dark if contrast(dark, ground) >= contrast(light, ground) else light

"""How everything looks now: theme and scale as one value, and the one object that changes it.

For `hicm_desktop.ui`. Widgets are handed the `Appearance`, read `look` when they paint or lay out,
and hear of a change through Qt's own StyleChange event, which a new style sheet sends to all.
"""

from __future__ import annotations

import enum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.ui.stylesheet import stylesheet
from hicm_desktop.ui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme

FAMILY = "Source Sans 3"
NEXT_FRAME_MS = 12
"""How long what lies round about waits for what was clicked or typed to be painted."""

_STEP_MS = 150
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)


class Type(enum.Enum):
    """The sizes of type, in px at scale 1, with their weights. 14 px is 10.5 pt at 96 dpi."""

    TITLE = (26, QFont.Weight.Bold)
    HEADING = (19, QFont.Weight.Bold)
    STRONG = (15, QFont.Weight.DemiBold)
    BODY = (15, QFont.Weight.Normal)
    SMALL = (14, QFont.Weight.Normal)
    SMALL_STRONG = (14, QFont.Weight.DemiBold)


class ThemeChoice(enum.Enum):
    """Which theme the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    LIGHT_CONTRAST = "light, more contrast"
    DARK_CONTRAST = "dark, more contrast"


_OF_CHOICE = {
    ThemeChoice.LIGHT: LIGHT,
    ThemeChoice.DARK: DARK,
    ThemeChoice.LIGHT_CONTRAST: LIGHT_CONTRAST,
    ThemeChoice.DARK_CONTRAST: DARK_CONTRAST,
}


class Look(msgspec.Struct, frozen=True):
    """A theme at a scale."""

    theme: Theme = LIGHT
    scale: float = 1.0

    def px(self, size: float) -> int:
        """Give a length of scale 1 in px at this scale."""
        return round(size * self.scale)

    def font(self, kind: Type) -> QFont:
        """Give the font of a size of type at this scale."""
        size, weight = kind.value
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def colour(self, colour: str) -> QColor:
        """Give a colour of the theme as Qt takes it."""
        return QColor(colour)


class Appearance(QObject):
    """The look in force. Changing it restyles the whole application in one go.

    `changing` is emitted before, for what would rather be made anew, and `changed` after.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, fonts: Path, room: ThemeChoice | None = None) -> None:
        """Load the bundled fonts and dress the application in the light theme at scale 1.

        `room` is the theme of the room view, where that is not to be the window's.
        """
        super().__init__(app)
        self._app = app
        self._choice = ThemeChoice.SYSTEM
        self.look = Look()
        self._room = room
        self._wanted: float | None = None
        self._stepping = QTimer(self, singleShot=True, interval=_STEP_MS)
        self._stepping.timeout.connect(self._wear_wanted)
        for style in ("Regular", "Semibold", "Bold"):
            QFontDatabase.addApplicationFont(str(fonts / f"SourceSans3-{style}.ttf"))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def room_theme(self) -> Theme:
        """The theme that the room sees."""
        return self.look.theme if self._room is None else _theme(self._room)

    @property
    def choice(self) -> ThemeChoice:
        """Which theme the user asked for."""
        return self._choice

    def dress(self, choice: ThemeChoice, scale: float) -> None:
        """Put a theme and a scale in force together."""
        self._choice = choice
        self._wear(Look(_theme(choice), _nearest(scale)))

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Change to another theme at the same scale."""
        self.dress(choice, self.look.scale)

    def set_scale(self, scale: float) -> None:
        """Change to the nearest of `SCALES`."""
        self._wear(msgspec.structs.replace(self.look, scale=_nearest(scale)))

    def step_scale(self, steps: int) -> float:
        """Go up or down by steps of `SCALES`, no further than its ends; gives the scale to come.

        Restyling a full window takes a while. Steps that follow one another closely are one.
        """
        index = SCALES.index(self._wanted or self.look.scale) + steps
        self._wanted = SCALES[min(max(index, 0), len(SCALES) - 1)]
        self._stepping.start()
        return self._wanted

    def _wear_wanted(self) -> None:
        if self._wanted is not None:
            self.set_scale(self._wanted)

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.choose_theme(ThemeChoice.SYSTEM)

    def _wear(self, look: Look) -> None:
        self._wanted = None
        self._stepping.stop()
        if look == self.look and self._app.styleSheet():
            return
        self.changing.emit()
        self.look = look
        self._app.setFont(look.font(Type.BODY))
        self._app.setPalette(_palette(look.theme))
        self._app.setStyleSheet(stylesheet(look.theme, look.scale))
        self.changed.emit()


def wear_anew(widget: QWidget) -> None:
    """Have a widget look as its properties now say; one not dressed yet will by itself."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _theme(choice: ThemeChoice) -> Theme:
    return _OF_CHOICE[_of_system() if choice is ThemeChoice.SYSTEM else choice]


def _of_system() -> ThemeChoice:
    """Give what the system asks for: dark or light, and more contrast where it is set so."""
    hints = QGuiApplication.styleHints()
    more = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if hints.colorScheme() == Qt.ColorScheme.Dark:
        return ThemeChoice.DARK_CONTRAST if more else ThemeChoice.DARK
    return ThemeChoice.LIGHT_CONTRAST if more else ThemeChoice.LIGHT


def _nearest(scale: float) -> float:
    return min(SCALES, key=lambda step: abs(step - scale))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, theme.ground),
        (role.WindowText, theme.ink),
        (role.Base, theme.field),
        (role.AlternateBase, theme.surface),
        (role.Text, theme.ink),
        (role.Button, theme.surface),
        (role.ButtonText, theme.ink),
        (role.BrightText, theme.ink),
        (role.ToolTipBase, theme.bar),
        (role.ToolTipText, theme.bar_ink),
        (role.PlaceholderText, theme.muted),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Light, theme.ground),
        (role.Midlight, theme.surface),
        (role.Mid, theme.rule),
        (role.Dark, theme.edge),
        (role.Shadow, theme.edge),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return palette

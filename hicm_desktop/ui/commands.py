"""Every command of the window as one table: its menu, its words, its keys.

For `hicm_desktop.ui`; the window says what each does. The menus, the shortcuts and the page of keys
are all made from here.
"""

from __future__ import annotations

import enum


class Command(enum.Enum):
    """What a user can ask of the window: menu, words, keys. The first keys are those shown."""

    NEW = ("&File", "&New workshop…", ("Ctrl+N",))
    OPEN = ("&File", "&Open…", ("Ctrl+O",))
    SAMPLE = ("&File", "Open the sam&ple workshop", ())
    DETAILS = ("&File", "Workshop &details…", ("Ctrl+D",))
    SAVE = ("&File", "&Save now", ("Ctrl+S",))
    COPY = ("&File", "Save a &copy…", ("Ctrl+Shift+S",))
    EARLIER = ("&File", "Earlier &versions…", ())
    RENAME = ("&File", "Rena&me…", ())
    FOLDER = ("&File", "Workshop &folder…", ())
    EXPORT_WORKBOOK = ("&File", "&Export to Excel…", ("Ctrl+E",))
    EXPORT_PDF = ("&File", "Export to P&DF…", ("Ctrl+P",))
    QUIT = ("&File", "E&xit", ("Ctrl+Q",))
    UNDO = ("&Edit", "&Undo", ("Ctrl+Z",))
    REDO = ("&Edit", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"))
    FIND = ("&Edit", "&Find…", ("Ctrl+F",))
    ACTION = ("&Edit", "Add an &action from this row", ("Ctrl+Return", "Ctrl+Enter"))
    NEXT_OPEN = ("&Edit", "Go to the &next row not discussed", ("F8",))
    OVERVIEW = ("&View", "&Overview", ("Alt+Home",))
    PLAN = ("&View", "Action &plan", ("Alt+End",))
    NEXT_TAB = ("&View", "&Next tab", ("Ctrl+Tab",))
    PREVIOUS_TAB = ("&View", "Pre&vious tab", ("Ctrl+Shift+Tab",))
    PANEL = ("&View", "Panel &beside the matrix", ("F9",))
    LARGER = ("&View", "&Larger", ("Ctrl++", "Ctrl+="))
    SMALLER = ("&View", "&Smaller", ("Ctrl+-",))
    NORMAL = ("&View", "N&ormal size", ("Ctrl+0",))
    FULL_SCREEN = ("&View", "&Full screen", ("F11",))
    KEYS = ("&Help", "&Keys", ("F1",))
    ABOUT = ("&Help", "&About", ())

    def __init__(self, menu: str, words: str, keys: tuple[str, ...]) -> None:
        self.menu = menu
        self.words = words
        self.keys = keys

    @property
    def plain(self) -> str:
        """The words without the marks of menu keys."""
        return self.words.replace("&", "").removesuffix("…")


STARTS_GROUP = frozenset(
    {
        Command.DETAILS,
        Command.EXPORT_WORKBOOK,
        Command.QUIT,
        Command.FIND,
        Command.NEXT_TAB,
        Command.LARGER,
        Command.FULL_SCREEN,
    }
)
CHECKABLE = frozenset({Command.PANEL, Command.FULL_SCREEN})

SINGLE_KEYS = (
    ("1 to 5", "Agree a level for the row in focus; the same again clears it"),
    ("Arrows", "Move between levels and rows"),
    ("Home, End", "First and last level of the row"),
    ("Page Up, Page Down", "A screen of rows up or down"),
    ("Ctrl+1 to 9", "Go to a change"),
    ("N", "Note on the row"),
    ("C", "Notes on the change"),
    ("T, M, E, L", "Tips, supporting materials, examples, level definitions"),
    ("D", "Discharge to assess, in change 4"),
    ("Escape", "Back to the matrix"),
)
"""Keys that are no command of a menu, for the page of keys."""

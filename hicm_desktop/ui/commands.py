"""Every command of the window as one table: its menu, its words, its keys.

For `hicm_desktop.ui`; the window says what each does. The menus, the shortcuts and the card of keys
are all made from here.
"""

from __future__ import annotations

import enum
from types import MappingProxyType

from hicm_desktop.export.key_groups import KeyGroup, KeyLine


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
    BASELINE = ("&File", "Compare &with an earlier workshop…", ())
    NO_BASELINE = ("&File", "Stop comparin&g", ())
    EXPORT_WORKBOOK = ("&File", "&Export to Excel…", ("Ctrl+E",))
    EXPORT_PDF = ("&File", "Expor&t to PDF…", ("Ctrl+P",))
    BRING_BACK = ("&File", "&Bring back action plan…", ())
    HANDOUTS = ("&File", "&Handouts…", ())
    QUIT = ("&File", "E&xit", ("Ctrl+Q",))
    UNDO = ("&Edit", "&Undo", ("Ctrl+Z",))
    REDO = ("&Edit", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"))
    FIND = ("&Edit", "&Find…", ("Ctrl+F",))
    ACTION = ("&Edit", "Add an &action from this row", ("Ctrl+Enter", "Ctrl+Return"))
    NEXT_OPEN = ("&Edit", "Go to the &next row not discussed", ("F8",))
    NEXT_PARKED = ("&Edit", "Go to the next &parked row", ("Shift+F8",))
    OVERVIEW = ("&View", "&Overview", ("Alt+Home",))
    PLAN = ("&View", "Action &plan", ("Alt+End",))
    CLOSING = ("&View", "&Read-back and sign-off", ("Ctrl+R",))
    LOG = ("&View", "Decision lo&g", ("Ctrl+G",))
    NEXT_TAB = ("&View", "&Next tab", ("Ctrl+Tab",))
    PREVIOUS_TAB = ("&View", "Pre&vious tab", ("Ctrl+Shift+Tab",))
    PANEL = ("&View", "Panel &beside the matrix", ("F9",))
    LARGER = ("&View", "&Larger", ("Ctrl++", "Ctrl+="))
    SMALLER = ("&View", "&Smaller", ("Ctrl+-",))
    NORMAL = ("&View", "Nor&mal size", ("Ctrl+0",))
    FULL_SCREEN = ("&View", "&Full screen", ("F11",))
    ROOM = ("&Room", "&Room view", ("F5",))
    PICTURE = ("&Room", "Row, &matrix or change", ("F6",))
    DEFINITIONS = ("&Room", "Level &definitions", ("F7",))
    SHOW_ACTION = ("&Room", "The &action being written", ("Ctrl+Shift+A",))
    BLANK = ("&Room", "&Blank the room", ("Ctrl+B",))
    FREEZE = ("&Room", "&Freeze the room", ("Ctrl+Shift+F",))
    CLOCK = ("&Time", "Start or pause the &clock", ("Ctrl+K",))
    BREAK = ("&Time", "Take or end a &break…", ("Ctrl+Shift+B",))
    KEYS = ("&Help", "&Keys", ("F1",))
    HINTS = ("&Help", "Show &hints again", ())
    POLICY = ("&Help", "&Set by your organisation", ())
    ABOUT = ("&Help", "&About", ())

    def __init__(self, menu: str, words: str, keys: tuple[str, ...]) -> None:
        self.menu = menu
        self.words = words
        self.keys = keys

    @property
    def plain(self) -> str:
        """The words without the marks of menu keys."""
        return self.words.replace("&", "").removesuffix("…")

    @property
    def tip(self) -> str:
        """The words with the keys, for what shows when the mouse rests on a button."""
        return f"{self.plain} ({self.shown})" if self.keys else self.plain

    @property
    def shown(self) -> str:
        """The first keys, by what stands on a keyboard; an empty text where there are none."""
        first = "".join(self.keys[:1])
        return first.replace("Return", "Enter").replace("+-", "+−")


STARTS_GROUP = frozenset(
    {
        Command.DETAILS,
        Command.EXPORT_WORKBOOK,
        Command.QUIT,
        Command.FIND,
        Command.NEXT_TAB,
        Command.LARGER,
        Command.FULL_SCREEN,
        Command.PICTURE,
        Command.BLANK,
    }
)
LETTERS = MappingProxyType(
    {
        "V": Command.PICTURE,
        "B": Command.BLANK,
        "F": Command.FREEZE,
        "K": Command.CLOCK,
    }
)
"""Commands that single letters are for, where nothing takes text."""

CHECKABLE = frozenset(
    {
        Command.PANEL,
        Command.FULL_SCREEN,
        Command.ROOM,
        Command.DEFINITIONS,
        Command.SHOW_ACTION,
        Command.BLANK,
        Command.FREEZE,
    }
)


def _line(command: Command, words: str = "", *more: str) -> KeyLine:
    """Give the line of a command: its first keys, and `more` that do the same."""
    return KeyLine((*more, command.shown), words or command.plain)


KEY_GROUPS = (
    KeyGroup(
        "Levels and outcomes",
        (
            KeyLine(("1", "5"), "Agree a level; again clears it", "to"),
            KeyLine(("+", "−"), "Leaning up or down; again clears it"),
            KeyLine(("G",), "Agreed, with no reservation"),
            KeyLine(("W",), "Agreed with reservation"),
            KeyLine(("P",), "Parked"),
            KeyLine(("X",), "Not applicable here"),
            KeyLine(("U",), "Not discussed"),
            KeyLine(("H",), "Hands before discussion; again: by partner"),
            KeyLine(("Shift+H",), "Hands after discussion"),
            KeyLine(("R",), "Reveal the previous level"),
        ),
    ),
    KeyGroup(
        "Writing",
        (
            _line(Command.ACTION, "Action from this row", "A"),
            KeyLine(("N",), "Note on the row"),
            KeyLine(("Shift+N",), "Private note on the row"),
            KeyLine(("C",), "Notes on the change"),
            KeyLine(("Shift+C",), "Private note on the change"),
            KeyLine(("Esc",), "Back to the matrix"),
            _line(Command.UNDO),
            _line(Command.REDO),
        ),
    ),
    KeyGroup(
        "Time",
        (
            _line(Command.CLOCK, "", "K"),
            _line(Command.BREAK),
        ),
    ),
    KeyGroup(
        "Moving",
        (
            KeyLine(("Arrows",), "Between levels and rows"),
            KeyLine(("Home", "End"), "First or last level"),
            KeyLine(("PgUp", "PgDn"), "A screen of rows; in the room view a row"),
            _line(Command.NEXT_OPEN, "Next row not discussed"),
            _line(Command.NEXT_PARKED, "Next parked row"),
            KeyLine(("Ctrl+1", "9"), "Go to a change", "to"),
            _line(Command.OVERVIEW),
            _line(Command.PLAN),
            _line(Command.NEXT_TAB),
            _line(Command.PREVIOUS_TAB),
        ),
    ),
    KeyGroup(
        "The room",
        (
            _line(Command.ROOM),
            _line(Command.PICTURE, "Show row, matrix or change", "V"),
            _line(Command.DEFINITIONS, "Show level definitions"),
            _line(Command.BLANK, "Blank the room, and back", "B"),
            KeyLine((".",), "Blank, from the room view"),
            _line(Command.FREEZE, "Freeze the room, and go on", "F"),
            _line(Command.SHOW_ACTION, "Show the action in the room"),
        ),
    ),
    KeyGroup(
        "Closing",
        (
            _line(Command.CLOSING),
            KeyLine(("Enter",), "From a list: go there, or put first"),
            KeyLine(("Alt+↑", "Alt+↓"), "Order of what is put first"),
            KeyLine(("Alt+S",), "Sign off"),
        ),
    ),
    KeyGroup(
        "The model",
        (
            KeyLine(("T",), "Tips"),
            KeyLine(("M",), "Supporting materials"),
            KeyLine(("E",), "Examples"),
            KeyLine(("L",), "Level definitions"),
            KeyLine(("D",), "Discharge to assess, in change 4"),
        ),
    ),
    KeyGroup(
        "The workshop",
        (
            _line(Command.NEW),
            _line(Command.OPEN),
            _line(Command.DETAILS),
            _line(Command.FIND),
            _line(Command.SAVE),
            _line(Command.COPY),
            _line(Command.EXPORT_WORKBOOK),
            _line(Command.EXPORT_PDF),
            _line(Command.QUIT),
        ),
    ),
    KeyGroup(
        "The window",
        (
            _line(Command.PANEL),
            _line(Command.LOG),
            _line(Command.LARGER),
            _line(Command.SMALLER),
            _line(Command.NORMAL),
            _line(Command.FULL_SCREEN),
            _line(Command.KEYS, "This card"),
        ),
    ),
)
"""Every key there is, for the card of keys: the window’s and the page’s are made from here."""

KEYS_NOTE = (
    "Single keys work in the matrix and in the room view, never while you type. "
    "For − and + you can also press <\u00a0and\u00a0>, or [\u00a0and\u00a0]."
)
"""What to know of all of them."""

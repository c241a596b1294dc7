"""What stands on each page of the room view, as texts with their looks.

For `hicm_desktop.ui.room.pictures.page`. What the model says is shown whole. What is recorded has
no bounds: of an action longer than a screen the beginning is shown, and that it goes on.
"""

from __future__ import annotations

import enum

import msgspec

from hicm_desktop.ui.room.card import numbered
from hicm_desktop.ui.room.tones import Tone
from hicm_desktop.workshop.room import (
    ActionPicture,
    Break,
    ChangePicture,
    Definitions,
    FirstActions,
    PlanPicture,
    RoomAction,
    Waiting,
    Welcome,
)
from hicm_desktop.workshop.values import Outcome

HOW_TO_GO_ON = "Press Esc"
"""All that is said where the facilitator has to go back to the console: the room reads it too."""
NOT_YET = "Not said yet"
GOES_ON = " … (it goes on in the record)"

LONGEST_LINE = 38
"""The longest line in ems: a longer one is hard to follow."""
_LIST_LINE = 60
"""The same in a list, where most lines are short and as many as can be are to fit."""
_SCREENFUL = 2400
"""About how many letters a screen holds in the smallest type."""
_SHORTEST = 160
"""A text that is cut keeps at least so many letters."""


class Weight(enum.Enum):
    """How heavy a text is."""

    PLAIN = "plain"
    STRONG = "strong"
    BOLD = "bold"


class Block(msgspec.Struct, frozen=True):
    """A text of a page.

    `size` and `gap` (the space above) are in sizes of the page's type. `beside` stands to the left
    of it: a name, with the mark of an outcome or on the hue of a level. Where room is short, what
    `gives_way` is left out, then what may be `cut` is shown from its beginning, and then of the
    texts of a `group`, counted from 1, those of the last groups; `left_out` counts the groups.
    """

    text: str
    size: float = 1.0
    weight: Weight = Weight.PLAIN
    tone: Tone = Tone.BODY
    gap: float = 0.4
    beside: str = ""
    mark: Outcome | None = None
    hue: tuple[int, int] | None = None
    quoted: bool = False
    cut: bool = False
    gives_way: bool = False
    group: int = 0
    left_out: int = 0


class Page(msgspec.Struct, frozen=True):
    """A page: its name, its texts, the largest type in px at 720 lines, the longest line in ems."""

    name: str
    blocks: tuple[Block, ...]
    most: int = 34
    centred: bool = False
    longest: int = LONGEST_LINE


def page_of(
    content: ActionPicture
    | Break
    | ChangePicture
    | Definitions
    | FirstActions
    | PlanPicture
    | Waiting
    | Welcome,
) -> Page:
    """Give the page for a content of the room view."""
    match content:
        case ChangePicture():
            page = _change(content)
        case Definitions():
            page = _definitions(content)
        case ActionPicture():
            page = _action(content.action)
        case FirstActions():
            page = Page("What we do first", _listed(content.actions), most=32)
        case PlanPicture():
            page = Page(
                "What we do next",
                _listed(content.actions, tell_first=True),
                most=28,
                longest=_LIST_LINE,
            )
        case Waiting():
            words = Block(HOW_TO_GO_ON, size=1.2, tone=Tone.QUIET)
            page = Page("Waiting", (words,), centred=True)
        case Break():
            words = Block(content.words, size=2.6, weight=Weight.BOLD)
            page = Page("Break", (words,), centred=True)
        case Welcome():
            page = _welcome(content)
    return page


def shortened(blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Give a page with less on it; None where nothing more may give way."""
    if any(block.gives_way for block in blocks):
        return tuple(block for block in blocks if not block.gives_way)
    longest = max((b for b in blocks if b.cut), key=lambda b: len(b.text), default=None)
    if longest is None or len(longest.text) <= _SHORTEST + len(GOES_ON):
        return _fewer(blocks)
    whole = longest.text.removesuffix(GOES_ON)
    kept = whole[: max(min(int(len(whole) * 0.8), _SCREENFUL), _SHORTEST)].rstrip()
    less = msgspec.structs.replace(longest, text=kept + GOES_ON)
    return tuple(less if block is longest else block for block in blocks)


def _fewer(blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Give a page with fewer of its groups, and how many there are beside them."""
    shown = max((block.group for block in blocks), default=0)
    if shown <= 1:
        return None
    kept = min(max(int(shown * 0.8), 1), shown - 1)
    gone = shown - kept + sum(block.left_out for block in blocks)
    rest = Block(f"and {gone} more in the record", tone=Tone.QUIET, gap=0.9, left_out=gone)
    return (*(block for block in blocks if 0 < block.group <= kept), rest)


def _change(content: ChangePicture) -> Page:
    rows = [
        Block(row.standing, beside=row.name, mark=row.outcome, gap=1.0 if i == 0 else 0.35)
        for i, row in enumerate(content.rows)
    ]
    statements = (
        Block(content.title, size=1.6, weight=Weight.BOLD),
        Block(
            f"“{content.i_statement}”",
            size=1.15,
            weight=Weight.STRONG,
            quoted=True,
            tone=Tone.RAISED,
        ),
        Block(content.we_statement, gap=0.7),
    )
    return Page("What the change is about", (*statements, *rows), most=32)


def _definitions(content: Definitions) -> Page:
    count = len(content.levels)
    return Page(
        "What the levels mean",
        tuple(
            Block(
                level.definition,
                beside=numbered(level.number, level.name),
                hue=(level.number, count),
                gap=0.6,
            )
            for level in content.levels
        ),
        most=32,
    )


def _action(action: RoomAction) -> Page:
    blocks = [Block(action.place, weight=Weight.STRONG, tone=Tone.QUIET, gap=0)]
    if action.prompt:
        prompt = f"{action.prompt_level}: {action.prompt}"
        blocks.append(Block(prompt, tone=Tone.RAISED, quoted=True, gap=0.5, gives_way=True))
    texts = (action.to_do, action.due, action.success, action.owner)
    for i, (words, text) in enumerate(zip(action.labels, texts, strict=True)):
        blocks.append(Block(words, size=0.8, weight=Weight.STRONG, tone=Tone.LABEL, gap=0.7))
        size, weight = (1.25, Weight.STRONG) if i == 0 else (1.0, Weight.PLAIN)
        said = Tone.BODY if text else Tone.QUIET
        blocks.append(
            Block(text or NOT_YET, size=size, weight=weight, tone=said, gap=0.05, cut=True)
        )
    return Page("The action", tuple(blocks), most=30)


def _listed(actions: tuple[RoomAction, ...], *, tell_first: bool = False) -> tuple[Block, ...]:
    """Give actions one below another, numbered so that the room can speak of them."""
    blocks = []
    for i, action in enumerate(actions, start=1):
        to_do = f"{i}.\u00a0\u00a0{action.to_do or NOT_YET}"
        gap = 0.2 if i == 1 else 1.1
        blocks.append(Block(to_do, size=1.15, weight=Weight.STRONG, gap=gap, cut=True, group=i))
        said = [
            f"{words}: {text or NOT_YET}"
            for words, text in ((action.labels[-1], action.owner), ("Due", action.due))
        ]
        if tell_first and action.put_first:
            said.append("Put\u00a0first")
        blocks.append(Block("   ·   ".join(said), gap=0.1, cut=True, group=i))
        if action.place:
            blocks.append(
                Block(action.place, size=0.85, tone=Tone.QUIET, gap=0.1, gives_way=True, group=i)
            )
    return tuple(blocks)


def _welcome(content: Welcome) -> Page:
    blocks = [Block(content.model, size=2.0, weight=Weight.BOLD)]
    about = "   ·   ".join(filter(None, (content.place, content.held_on)))
    if about:
        blocks.append(Block(about, size=1.1, gap=0.5))
    return Page("Welcome", tuple(blocks), most=32, centred=True)

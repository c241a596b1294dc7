"""How much one text field takes, and the words with which more is refused.

Pure. For the user interface. A recorded text may be longer, where an earlier program wrote it: it
is shown and kept whole, and may be shortened.
"""

from __future__ import annotations

LONGEST_TEXT = 30_000
"""The most that is typed or pasted into one field, counted as Excel counts: in UTF-16 units, where
an emoji counts as two. A cell of Excel holds 32,767, and a window lays out that much at once."""


def units(text: str) -> int:
    """Give the length of a text as it is counted here."""
    return len(text) + sum(map("\uffff".__lt__, text)) if not text.isascii() else len(text)


def paste_refused(length: int) -> str:
    """Say that a text of this length was not pasted, and what to do instead."""
    return (
        f"That text has {length:,} characters; this field holds up to {LONGEST_TEXT:,}. Nothing "
        "was pasted. Keep the text in a file of its own and say here where it is."
    )


def paste_overflows(length: int, room: int) -> str:
    """Say that a text was not pasted which would fit an empty field, and what to do instead."""
    return (
        f"That text has {length:,} characters, and this field has room for {max(room, 0):,} more. "
        "Nothing was pasted. Shorten what is here first, or paste a part."
    )


def typing_refused() -> str:
    """Say that a full field takes no more letters, and what to do instead."""
    return (
        f"This field is full: it holds up to {LONGEST_TEXT:,} characters. Nothing was lost. "
        "Shorten the text to go on, or keep it in a file of its own and say here where it is."
    )

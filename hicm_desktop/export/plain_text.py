"""Texts made fit for a file: what a format cannot hold is shown, and nothing goes unseen.

For the exporters of this package only.
"""

from __future__ import annotations

import re

MISSING = "�"
"""Stands for a letter that no file may hold, such as a control character."""

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_LINE = 200
"""Word and Excel allow 255 letters in a property of a file."""


def plain(text: str) -> str:
    """Make a text fit for XML: what it cannot hold is shown as "�", line ends are alike."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(MISSING, text)


def one_line(text: str) -> str:
    """Make a text fit for a property of a file, which stands on one line and is short."""
    return " ".join(plain(text[:_LONGEST_LINE]).split())

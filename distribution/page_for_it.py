"""The page for IT as a PDF, from the same text as the one in `docs`. For `distribution.build`.

It is set by the program's own means, so that it is tagged and readable as every export is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.platypus import Flowable

from hicm_desktop import PRODUCT, __version__
from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import BULLET, box, item
from hicm_desktop.export.pdf.cells import Cell, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH, About, write_pages
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface

_MARK = 16.0
_HEADS = {"h1": looks.TITLE, "h2": looks.SUBTITLE, "h3": looks.PART}
_SHARES = {2: (0.32, 0.68), 3: (0.27, 0.46, 0.27)}
"""How columns share the width: what is asked, and what is answered."""


class NotSet(Exception):  # noqa: N818 - read as a sentence where it is caught
    """The page holds something that this does not set, so it would be lost."""


def write(source: Path, fonts: Path, target: Path, moment: int) -> None:
    """Set the page of `source`, in Markdown, dated by `moment`. Raises NotSet."""
    made = dt.datetime.fromtimestamp(moment, dt.UTC)
    about = About(
        title=f"For IT: {PRODUCT} on your computers",
        author=f"The {PRODUCT} authors",
        subject=f"{PRODUCT} {__version__}",
        foot=f"{PRODUCT} {__version__}. For IT",
        made=made,
    )
    typeface = Typeface(fonts)
    parts = list(story(typeface, source.read_text("utf-8")))
    target.write_bytes(write_pages(about, typeface, parts))


def story(typeface: Typeface, text: str) -> Iterator[Flowable]:
    """Set the parts of a text in Markdown. Raises NotSet."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    place = 0
    while place < len(tokens):
        end = _end_of(tokens, place)
        widths, rows = _part(tokens[place : end + 1])
        head = tokens[place].tag
        if head in ("h2", "h3"):
            yield space(10)
        yield lay(typeface, widths, rows)
        yield space(0 if head in _HEADS else 5)
        place = end + 1


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """Give where the part that begins at `start` ends."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    raise NotSet("the text ends in the middle of a part")


def _part(tokens: Sequence[Token]) -> tuple[tuple[float, ...], list[Row]]:
    """Set one part: the widths of its columns, and its rows."""
    first = tokens[0]
    said = [_plain(token) for token in tokens if token.type == "inline"]
    if first.tag in _HEADS:
        depth = int(first.tag[1]) - 1
        return (UPRIGHT_WIDTH,), [title_row(said[0], 1, depth=depth, style=_HEADS[first.tag])]
    if first.tag == "p":
        return (UPRIGHT_WIDTH,), [text_row((said[0], looks.ABOUT))]
    if first.type == "fence":
        lines = first.content.rstrip("\n").split("\n")
        return (UPRIGHT_WIDTH,), [box(*((line, looks.ABOUT) for line in lines))]
    if first.tag in ("ul", "ol"):
        marks = [f"{t.info}." if t.info else BULLET for t in tokens if t.type == "list_item_open"]
        rows = [
            item((text, looks.ABOUT), mark=mark) for mark, text in zip(marks, said, strict=True)
        ]
        return (_MARK, UPRIGHT_WIDTH - _MARK), rows
    if first.tag == "table":
        return _table(tokens)
    raise NotSet(f"{first.type} in line {(first.map or [0])[0] + 1}")


def _table(tokens: Sequence[Token]) -> tuple[tuple[float, ...], list[Row]]:
    lines: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(_plain(token))
    head, *others = lines
    shares = _SHARES[len(head)]
    rows = [head_row(head)]
    for first, *rest in others:
        cells = [Cell(((first, looks.NOTE_STRONG),), heads=True)]
        cells += [Cell(((text, looks.NOTE),)) for text in rest]
        rows.append(Row(tuple(cells)))
    return tuple(UPRIGHT_WIDTH * share for share in shares), rows


def _plain(token: Token) -> str:
    """Give the words of a line without its marks. Raises NotSet for a picture."""
    words = []
    for part in token.children or ():
        if part.type in ("text", "code_inline"):
            words.append(part.content)
        elif part.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif part.nesting == 0:
            raise NotSet(f"{part.type}: {part.content!r}")
    return "".join(words)

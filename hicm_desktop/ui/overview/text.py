"""The text of the Overview as HTML: what the model says before and beside its changes.

For `hicm_desktop.ui.overview.reading`. The wording is the model's, verbatim; only the headings
"Summaries", "Levels", "About" and what stands under the last are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from hicm_desktop.model.values import Block, Model, Paragraph, Section
from hicm_desktop.ui.guidance import levels_html, materials_html
from hicm_desktop.workshop.places import LEVELS, MATERIALS
from hicm_desktop.workshop.report_values import UnplacedRecord

SUMMARIES = "summaries"
ABOUT = "about"
UNPLACED = "unplaced"
UNPLACED_TITLE = "Answers about rows this model does not have — kept as they are"
_FIRST = ("principles", "how-to-use", "making-it-real")
"""What a room asks for first, ahead of the rest in its published order."""

_MATERIALS_SECTION = "supporting-materials"
"""The section that leads up to the materials; it is shown with them, under one heading."""

_URL = re.compile(r"https?://\S*[^\s.,;:)’”]")


class _Part(msgspec.Struct, frozen=True):
    """A headed part of the text. `id` is its anchor, and `alias` another one."""

    id: str
    title: str
    html: str
    alias: str = ""


def reading_html(model: Model, unplaced: Iterable[UnplacedRecord]) -> str:
    """Give the whole text, with links to its parts at the top."""
    parts = tuple(_parts(model))
    links = "&nbsp;&nbsp; ".join(
        f'<a href="#{p.id}">{escape(p.title).replace(" ", "&nbsp;")}</a>' for p in parts
    )
    body = "".join(f"{_heading(part.title, part.id, part.alias)}{part.html}" for part in parts)
    return f"{_unplaced(model, tuple(unplaced))}{_heading(model.title)}<p>{links}</p>{body}"


def _parts(model: Model) -> Iterator[_Part]:
    yield _Part(SUMMARIES, "Summaries", _summaries(model))
    yield _Part(LEVELS, "Levels", levels_html(model.levels))
    rank = {section_id: place for place, section_id in enumerate(_FIRST)}
    for section in sorted(model.sections, key=lambda s: rank.get(s.id, len(_FIRST))):
        if section.id != _MATERIALS_SECTION:
            yield _Part(section.id, section.title, _blocks(section))
    if model.materials:
        yield _materials(model)
    yield _Part(ABOUT, "About this text", _about(model))


def _summaries(model: Model) -> str:
    return "".join(
        f'<p><a href="change:{change.id}"><b>{escape(change.heading)}</b>'
        f"</a><br>{_prose(change.summary)}</p>"
        for change in model.changes
    )


def _materials(model: Model) -> _Part:
    """Give the materials that serve all changes, after the words that lead up to them, if any."""
    section = model.section(_MATERIALS_SECTION)
    title = section.title if section else "Supporting materials"
    alias = section.id if section else ""
    words = _blocks(section) if section else ""
    return _Part(MATERIALS, title, f"{words}{materials_html(model.materials)}", alias)


def _blocks(section: Section) -> str:
    return "".join(map(_block, section.blocks))


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        note = block.editor_note
        quiet = f'<br><span class="quiet">Editor’s note: {escape(note)}</span>' if note else ""
        return f"<p>{_prose(block.text)}{quiet}</p>"
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{_prose(item)}</li>' for item in block.items)}</{tag}>"


def _prose(text: str) -> str:
    """Give a text of the model; an address in it can be followed."""
    html, done = "", 0
    for found in _URL.finditer(text):
        url = escape(found[0])
        html += f'{escape(text[done : found.start()])}<a href="{url}">{url}</a>'
        done = found.end()
    return (html + escape(text[done:])).replace("\n\n", "</p><p>")


def _about(model: Model) -> str:
    lines = [
        ("Model", model.title),
        ("Version", model.version),
        ("Source", model.source),
        ("Whose words these are", model.attribution),
        *([("How the text came to us", model.provenance)] if model.provenance else []),
    ]
    return "".join(f"<p><b>{escape(name)}</b><br>{_prose(words)}</p>" for name, words in lines)


def _unplaced(model: Model, records: tuple[UnplacedRecord, ...]) -> str:
    """Give what was recorded about rows and changes that the model does not have, in full."""
    if not records:
        return ""
    body = "".join(
        f'<p><a name="{escape(record.row_id)}"></a><b>{escape(record.row_id)}</b>: '
        f"{escape(_stands(model, record))}</p>"
        + "".join(
            f"<p>{escape(text.label)}<br>{escape(text.text).replace(chr(10), '<br>')}</p>"
            for text in record.texts
        )
        for record in records
    )
    kept = "<p>They came with the file. They stay in it and go into every export.</p>"
    return f"{_heading(UNPLACED_TITLE, UNPLACED)}{kept}{body}"


def _stands(model: Model, record: UnplacedRecord) -> str:
    level = record.level_id
    if level is None:
        return record.outcome.words
    name = model.level(level).name if model.has_level(level) else level
    return f"{name}, {record.outcome.words.lower()}"


def _heading(title: str, *anchors: str) -> str:
    names = "".join(f'<a name="{escape(anchor)}"></a>' for anchor in anchors if anchor)
    return f"<h2>{names}{escape(title)}</h2>"

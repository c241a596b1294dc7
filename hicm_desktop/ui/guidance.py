"""The model to hand: a change's tips, boxes, materials, examples and the level definitions.

For `hicm_desktop.ui`. The words are the model's; only the headings that name the parts are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import msgspec
from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import (
    QCursor,
    QDesktopServices,
    QFocusEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from hicm_desktop.model.values import Change, Example, Level, Material, Model, Tip
from hicm_desktop.ui.appearance import Appearance, Look
from hicm_desktop.ui.marks import draw_focus

NO_LINK = "link not given in the source"


class GuidancePart(msgspec.Struct, frozen=True):
    """One part of what the model says besides the matrix. `key` opens it; empty for none."""

    id: str
    title: str
    link: str
    key: str
    html: str


def guidance_parts(model: Model, change: Change) -> tuple[GuidancePart, ...]:
    """Give the parts a change has, in reading order."""
    examples = "Examples of emerging and developing practice"
    parts = (
        _part("tips", "Tips for success", "T", _tips(change.tips), len(change.tips)),
        *(_part(box.id, box.title, "D", paragraphs(box.text)) for box in change.boxes),
        _part(
            "materials",
            "Supporting materials",
            "M",
            materials_html(change.materials),
            len(change.materials),
        ),
        _part(
            "examples", examples, "E", _examples(change.examples), len(change.examples), "Examples"
        ),
        _part("levels", "Level definitions", "L", levels_html(model.levels)),
    )
    return tuple(part for part in parts if part.html)


def materials_html(materials: Iterable[Material]) -> str:
    """Give supporting materials as a list; says where the source gave no link."""
    items = []
    for material in materials:
        publisher = f" ({escape(material.publisher)})" if material.publisher else ""
        items.append(
            f"{escape(material.title)}{publisher} {_link(material.url)}"
            f"{_editor(material.editor_note)}"
        )
    return _list(items)


def levels_html(levels: Iterable[Level]) -> str:
    """Give the levels with their published definitions."""
    return "".join(
        f"<p><b>{v.number}&nbsp; {escape(v.name)}</b><br>{escape(v.definition)}</p>" for v in levels
    )


def paragraphs(text: str) -> str:
    """Give a text of the model as paragraphs."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


class Guidance(QTextBrowser):
    """A text of the model to read, with links to other tabs. `change_asked` carries a change id."""

    change_asked = Signal(str)

    def __init__(self, name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._html = ""
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)

    def show_html(self, html: str) -> None:
        """Show a text, from its top."""
        self._html = html
        look = self._appearance.look
        self.document().setDefaultStyleSheet(_style(look))
        self.document().setIndentWidth(look.px(20))
        self.setHtml(html)

    def show_change(self, model: Model, change: Change) -> None:
        """Show all parts of a change's guidance, one under another."""
        parts = (
            f'<h2><a name="{part.id}"></a>{escape(part.title)}</h2>{part.html}'
            for part in guidance_parts(model, change)
        )
        self.show_html("".join(parts))

    def show_part(self, part_id: str) -> None:
        """Bring a part to the top of the view."""
        self.scrollToAnchor(part_id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._html:
            self.show_html(self._html)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and draw the ring anew, which would scroll along."""
        super().scrollContentsBy(dx, dy)
        if self.hasFocus():
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the focus: a link that has it is marked, and without one there is a ring."""
        super().paintEvent(event)
        if self.hasFocus() and not self.textCursor().hasSelection():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_focus(painter, self.viewport().rect().toRectF(), self._appearance.look.theme)
            painter.end()

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "change":
            self.change_asked.emit(url.path())
        elif not QDesktopServices.openUrl(url):
            QGuiApplication.clipboard().setText(url.toString())
            QToolTip.showText(QCursor.pos(), "No browser could be opened. The link was copied.")


def _part(
    part_id: str, title: str, key: str, html: str, number: int | None = None, link: str = ""
) -> GuidancePart:
    words = link or title.removesuffix(" for success")
    return GuidancePart(
        part_id, title, words if number is None else f"{words} ({number})", key, html
    )


def _tips(tips: Iterable[Tip]) -> str:
    return _list(_refer(tip) + _editor(tip.editor_note) + _tips(tip.tips) for tip in tips)


def _refer(tip: Tip) -> str:
    """Make the words that name another change a link to its tab."""
    html = escape(tip.text)
    for reference in tip.references:
        words = escape(reference.words)
        html = html.replace(words, f'<a href="change:{reference.change_id}">{words}</a>', 1)
    return html


def _examples(examples: Iterable[Example]) -> str:
    items = []
    for example in examples:
        place = f"{escape(example.place)}: " if example.place else ""
        description = f"<br>{escape(example.description)}" if example.description else ""
        items.append(
            f"<b>{place}{escape(example.title)}</b> {_link(example.url)}{description}"
            f"{_editor(example.editor_note)}"
        )
    return _list(items)


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def _link(url: str | None) -> str:
    if url is None:
        return f'<span class="quiet">({NO_LINK})</span>'
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def _editor(note: str | None) -> str:
    return f'<br><span class="quiet">Editor’s note: {escape(note)}</span>' if note else ""


def _style(look: Look) -> str:
    theme = look.theme
    return (
        f"body, p, li {{ color: {theme.ink}; font-size: {look.px(15)}px; }}"
        f"p {{ margin-top: 0; margin-bottom: {look.px(8)}px; }}"
        f"li {{ margin-bottom: {look.px(7)}px; }}"
        "ul, ol { margin-left: 0; -qt-list-indent: 1; }"
        f"h2 {{ font-size: {look.px(17)}px; font-weight: 700; color: {theme.ink};"
        f" margin-top: {look.px(14)}px; margin-bottom: {look.px(6)}px; }}"
        f"a {{ color: {theme.accent}; }}"
        f".quiet {{ color: {theme.muted}; font-size: {look.px(14)}px; }}"
    )

"""The pages of a PDF that is made in memory, one at a time. For `hicm_desktop.ui.export`.

Nothing is computed on the window's thread: one other makes the PDF anew whenever something else is
wanted, and one opens it and draws its pages. What is shown stays until there is something newer.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.background import Background, raise_soon
from hicm_desktop.errors import ExportError
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.export.drawing import Drawer, Drawn, Opened, Wish
from hicm_desktop.ui.export.page_area import STEPS, PageArea
from hicm_desktop.ui.export.watched import Newest, Work
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label

PREPARING = "Preparing the preview…"
RENEWING = "Preparing it anew…"
WHOLE, IN_PRINT = "Whole page", "100 %"

_MOST_KEPT = 6
"""How many pictures of pages are kept: those round about, to turn to at once."""

_Told: TypeAlias = Opened | Drawn


class PagePreview(QWidget):
    """Shows a page, and goes from one to the next. `settled` says that what is wanted is shown."""

    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._maker = Newest("preview", self)
        self._maker.done.connect(self._open)
        self._maker.failed.connect(self._say)
        self._drawer = Drawer()
        self._drawing: Background[_Told] = Background("pages", self._take, self)
        self._data: bytes | None = None
        self._opened: Opened | None = None
        self._pictures: dict[Wish, QImage] = {}
        self._last: QImage | None = None
        self._last_page = -1
        self.page = 0
        self.area = PageArea()
        self.place = label("", "strong")
        self.place.setWordWrap(False)
        self.earlier = QPushButton("‹ Previous")
        self.later = QPushButton("Next ›")
        self.zoom = QPushButton(IN_PRINT)
        self.contents = QPushButton("Contents ▾")
        self._message = label(PREPARING)
        self._stack = QStackedWidget()
        self._lay_out()
        self.area.stepped.connect(self.step)
        self.area.resized.connect(self._draw)
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        self.zoom.clicked.connect(self._zoom)
        self._say(PREPARING)

    @property
    def pages(self) -> int:
        """How many pages there are; 0 as long as there is nothing to show."""
        return len(self._opened.sizes) if self._opened is not None else 0

    @property
    def image(self) -> QImage | None:
        """The picture of the page that is shown, once it is drawn as it is wanted."""
        return self._pictures.get(self._wish(self.page)) if self._opened is not None else None

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was wanted last."""
        return not self._maker.busy and self._data is None and not self._drawing.busy

    def want(self, work: Work) -> None:
        """Show the PDF that this makes, as bytes, in place of what is shown or is being made."""
        self._maker.want(work)
        self._show_place()

    def drop(self) -> None:
        """Make nothing more for now; what is shown stays."""
        self._maker.drop()
        self._show_place()

    def close_for_good(self) -> None:
        """End the work, and let the PDF go."""
        self._maker.close()
        self._drawing.close(self._let_go)

    def step(self, pages: int) -> None:
        """Go on by so many pages, or back."""
        self.go_to(self.page + pages)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0, or the nearest there is."""
        there = min(max(page, 0), max(self.pages - 1, 0))
        if there == self.page:
            return
        self.page = there
        self.area.verticalScrollBar().setValue(0)
        self._show()
        if self.area.hasFocus():
            announce(self.area, self.place.text())

    def event(self, event: QEvent) -> bool:
        """Draw anew for a screen with other pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages by the same keys where a button beside them has the keyboard."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not self.pages:
            super().keyPressEvent(event)
        else:
            self.step(step)

    # What comes from other threads

    def _open(self, data: bytes) -> None:
        self._data = data
        self._go_on()

    def _take(self, job: Future[_Told]) -> None:
        try:
            told = job.result()
        except ExportError as error:
            self._say(str(error))
        except Exception as error:
            self._say("No preview could be made.")
            raise_soon(error, self)
        else:
            if isinstance(told, Opened):
                self._take_opened(told)
            else:
                self._take_drawn(told)
        self._go_on()

    def _take_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._pictures.clear()
        self.page = min(self.page, max(len(opened.sizes) - 1, 0))
        self._fill_contents(opened)
        self._stack.setCurrentWidget(self.area)
        self._show_picture()
        self._show_place()

    def _fill_contents(self, opened: Opened) -> None:
        """List the chapters in a menu: each is a page to go to."""
        self._menu.clear()
        for heading in opened.headings:
            if heading.depth == 0:
                words = f"{heading.words}, page {heading.page + 1}".replace("&", "&&")
                self._menu.addAction(words, partial(self.go_to, heading.page))

    def _take_drawn(self, drawn: Drawn) -> None:
        picture, size = drawn.picture, drawn.wish
        if picture is None or self._opened is None or size.number != self._opened.number:
            return
        image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.width * 4,
            QImage.Format.Format_RGB32,
        )
        while len(self._pictures) >= _MOST_KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        self._pictures[drawn.wish] = image.copy()  # its own pixels, whatever becomes of the others
        if drawn.wish.page == self.page:
            self._show_picture()

    def _go_on(self) -> None:
        """Do what is wanted next: another PDF, the page that is shown, then those beside it."""
        if self._drawing.busy:
            return
        if self._data is not None:
            data, self._data = self._data, None
            self._drawing.start(partial(self._drawer.open, data))
            return
        opened = self._opened
        for page in (self.page, self.page + 1, self.page - 1) if opened is not None else ():
            if 0 <= page < self.pages and (wish := self._wish(page)) not in self._pictures:
                self._drawing.start(partial(self._drawer.draw, wish))
                return
        self._show_place()
        if self.is_settled:
            self.settled.emit()

    def _let_go(self) -> Opened:
        self._drawer.close()
        return Opened(0, (), ())

    # What is shown

    def _wish(self, page: int) -> Wish:
        """Give the picture that is wanted of a page: as many pixels as the screen has there."""
        opened = self._opened
        number = opened.number if opened is not None else 0
        points = opened.sizes[page] if opened is not None else (1.0, 1.0)
        here = self.area.size_of(points).width()
        return Wish(number, page, max(round(here * self.devicePixelRatioF()), 1))

    def _points(self) -> tuple[float, float]:
        return self._opened.sizes[self.page] if self._opened is not None else (1.0, 1.0)

    def _show(self) -> None:
        self._show_picture()
        self._show_place()
        self._go_on()

    def _draw(self) -> None:
        if self._opened is not None:
            self._show_picture()
            self._go_on()

    def _show_picture(self) -> None:
        """Show the page as it was drawn; of another size, for as long as there is no better one."""
        image = self.image
        if image is None:
            found = [i for wish, i in self._pictures.items() if wish.page == self.page]
            image = found[-1] if found else self._last if self._last_page == self.page else None
        else:
            self._last, self._last_page = image, self.page
        self.area.show_page(self._points(), image)

    def _show_place(self) -> None:
        words = f"Page {self.page + 1} of {self.pages}" if self.pages else ""
        self.place.setText(words)
        self.renewing.setText(RENEWING if self.pages and self._maker.busy else "")
        self.area.setAccessibleName(f"{words} of the report" if words else PREPARING)
        self.earlier.setEnabled(self.page > 0)
        self.later.setEnabled(self.page + 1 < self.pages)
        self.zoom.setEnabled(self.pages > 0)
        self.contents.setEnabled(not self._menu.isEmpty())

    def _say(self, words: str) -> None:
        """Say why there is no page, in place of one."""
        self._opened = None
        self._message.setText(words)
        self._stack.setCurrentWidget(self._message_holder)
        self._show_place()

    def _zoom(self) -> None:
        self.area.whole = not self.area.whole
        self.zoom.setText(IN_PRINT if self.area.whole else WHOLE)
        self._show()

    def _lay_out(self) -> None:
        self.renewing: QLabel = label("", "small")
        self.renewing.setWordWrap(False)
        self._menu = QMenu(self.contents)
        self.contents.setMenu(self._menu)
        self.contents.setAccessibleName("Contents")
        self.earlier.setAccessibleName("Previous page")
        self.later.setAccessibleName("Next page")
        self.earlier.setToolTip("Previous page (Page Up)")
        self.later.setToolTip("Next page (Page Down)")
        line = QWidget()
        flow = FlowLayout(line, gap=8)
        for button in (self.earlier, self.later, self.contents, self.zoom):
            button.setAutoDefault(False)
            flow.addWidget(button)
        for words in (self.place, self.renewing):
            words.setMinimumHeight(self.later.sizeHint().height())
            flow.addWidget(words)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message_holder = QWidget()
        holder = QVBoxLayout(self._message_holder)
        holder.addWidget(self._message)
        self._stack.addWidget(self._message_holder)
        self._stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(line)
        layout.addWidget(self._stack, 1)

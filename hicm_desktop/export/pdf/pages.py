"""The pages of the PDF: their size, margins and footer, and what the file says about itself.

For this package only.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from hicm_desktop import PRODUCT
from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Entry
from hicm_desktop.export.pdf.grid import Grid
from hicm_desktop.export.pdf.laid import Key
from hicm_desktop.export.pdf.structure import TaggedCanvas
from hicm_desktop.export.pdf.typeface import Typeface, font_name
from hicm_desktop.export.watching import Watch, part_of, unwatched
from hicm_desktop.workshop.record_words import NOT_GIVEN, PRIVATE_FOOT
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.words import model_words

UPRIGHT, ACROSS, WALL = "upright", "across", "wall"
"""Pages that lie this way: A4 upright, A4 across, and A3 across."""

_SIZES = {UPRIGHT: A4, ACROSS: landscape(A4), WALL: landscape(A3)}
SIDE, TOP, BOTTOM = 42.0, 34.0, 44.0
UPRIGHT_WIDTH = A4[0] - 2 * SIDE
ACROSS_WIDTH = A4[1] - 2 * SIDE
WALL_WIDTH = A3[1] - 2 * SIDE

_FOOT, _NUMBER = 22.0, 62.0
"""Where the last line at the foot of a page stands, and the room that the page's number takes."""

_DRAFT = 0.3
"""How much of the time the first setting takes, about."""

_MANY = 30
"""Pages of an ordinary record, for telling how far a first setting is."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself. `foot` stands at the foot of every page; `made` is when."""

    title: str
    author: str
    subject: str
    foot: str
    made: dt.datetime


def about_record(report: Report) -> About:
    """Give what the PDF of a record says about itself."""
    model = model_words(report.model_title, report.model_source, report.model_version)
    notes = PRIVATE_FOOT if report.has_private_notes else ""
    first = ". ".join(filter(None, (report.foot, notes)))
    return About(
        title=f"{report.model_title}: {report.place or 'workshop record'}",
        author=report.facilitator or NOT_GIVEN,
        subject=model,
        foot=f"{first}\nModel: {model}",
        made=report.recorded_utc,
    )


_Entries: TypeAlias = Sequence[tuple[Key, Entry]]


class LateGrid(Spacer):
    """Stands in a story for a grid that tells of the others, as a table of contents does.

    `make` is given every entry of the outline and the pages that are known so far. What it makes
    takes the same room whatever the pages are.
    """

    def __init__(self, make: Callable[[_Entries, Mapping[Key, int]], Grid]) -> None:
        super().__init__(0, 0)
        self.make = make


def write_pages(
    about: About,
    typeface: Typeface,
    story: Sequence[Flowable],
    *,
    first: str = UPRIGHT,
    watch: Watch = unwatched,
) -> bytes:
    """Set a story on pages, twice: the first time finds on which page everything is.

    `first` says how the first page lies. Raises Cancelled where `watch` does.
    """
    entries = [entry for part in story if isinstance(part, Grid) for entry in part.entries()]
    found: dict[Key, int] = {}

    def parts() -> Iterator[Flowable]:
        for part in story:
            yield part.make(entries, found) if isinstance(part, LateGrid) else part

    draft = _Document(about, typeface, first, part_of(watch, 0, _DRAFT), pages=0)
    # Copies, because reportlab marks what it had to put off to the next page.
    draft.build([f.draft(found) if isinstance(f, Grid) else copy(f) for f in parts()])
    pages = draft.page
    document = _Document(about, typeface, first, part_of(watch, _DRAFT, 1), pages=pages)
    document.build(list(parts()), canvasmaker=TaggedCanvas)
    return document.stream.getvalue()


class _Document(BaseDocTemplate):
    """The document in the making; `pages` is how many it will have."""

    def __init__(
        self, about: About, typeface: Typeface, first: str, watch: Watch, *, pages: int
    ) -> None:
        self.stream = io.BytesIO()
        self._typeface = typeface
        self._made = about.made
        self._watch = watch
        self._pages = pages
        self._foot = about.foot
        order = sorted(_SIZES, key=lambda name: name != first)
        super().__init__(
            self.stream,
            pagesize=_SIZES[first],
            title=_plain(about.title),
            author=_plain(about.author),
            subject=_plain(about.subject),
            creator=PRODUCT,
            lang="en-GB",
            invariant=1,
            displayDocTitle=True,
            initialFontName=font_name(looks.REGULAR),
            pageTemplates=[self._template(name, _SIZES[name]) for name in order],
        )

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Show the outline, and date the file by the workshop and not by the clock."""
        made = f"{self._made:D:%Y%m%d%H%M%SZ}"
        self.canv.setDateFormatter(lambda *_: made)
        self.canv.showOutline()

    def _template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        frame = Frame(
            SIDE,
            BOTTOM,
            size[0] - 2 * SIDE,
            size[1] - TOP - BOTTOM,
            *(0, 0, 0, 0),
        )
        return PageTemplate(name, [frame], onPageEnd=self._draw_footer, pagesize=size)

    def _draw_footer(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        page = canvas.getPageNumber()
        # How many pages there are is known the second time alone: until then a draft nears its end
        # and never comes to it.
        self._watch(page / self._pages if self._pages else 1 - 1 / (1 + page / _MANY))
        number = f"Page {page} of {self._pages}"
        width = self.pageTemplate.pagesize[0]
        if not isinstance(canvas, TaggedCanvas):  # of a draft nothing is kept
            return
        canvas.saveState()
        with canvas.artifact(footer=True):
            canvas.setFillColor(HexColor(looks.FOOT.color))
            canvas.setFont(font_name(looks.FOOT.face), looks.FOOT.size)
            foot = self._typeface.lines(self._foot, looks.FOOT, width - 2 * SIDE - _NUMBER)
            for place, line in enumerate(reversed(foot)):
                canvas.drawString(SIDE, _FOOT + place * looks.FOOT.leading, line)
            canvas.drawRightString(width - SIDE, _FOOT, number)
        canvas.restoreState()


def _plain(text: str) -> str:
    """Make a text fit for a file's properties, which stand on one line."""
    printable = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in printable)[:200]

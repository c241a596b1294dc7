"""The handouts as pages, read back: whole, on the paper they are for, in type that can be read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Protocol

import msgspec
import pikepdf
import pytest
from pypdf import PdfReader

from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.handouts import write_handout
from hicm_desktop.export.pdf.handouts.kit import levelled
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Model
from hicm_desktop.ui.theme import contrast
from hicm_desktop.workshop.handouts import Handout, Paper
from hicm_desktop.workshop.report import NOT_FOR_RANKING
from hicm_desktop.workshop.values import AgendaItem, Details, Partner, Workshop

from .conftest import FONTS

MARGIN = 28.0
"""What a printer may not reach, and a little more, in points."""

SIZES = {Paper.A4: (595.28, 841.89), Paper.A3: (841.89, 1190.55)}
LEAST = {Paper.A4: 8.5, Paper.A3: 13.0}
"""The least type of a descriptor, as the longest matrix is set today."""

EACH = [(handout, paper) for handout in Handout for paper in handout.papers]
each = pytest.mark.parametrize(
    ("handout", "paper"), EACH, ids=[f"{h.word}-{p.value}" for h, p in EACH]
)
papers = pytest.mark.parametrize("paper", list(Paper), ids=lambda paper: paper.value)


class Writer(Protocol):
    """Writes the agenda of a workshop's details."""

    def __call__(self, details: Details | None, *, names: bool = False) -> Path: ...


class Piece(msgspec.Struct, frozen=True):
    """Words as they were drawn, from their left end on the base line, in points."""

    words: str
    x: float
    y: float
    right: float
    size: float


class Box(msgspec.Struct, frozen=True):
    """A rectangle that was drawn or filled, in points."""

    width: float
    height: float


def squeezed(text: str) -> str:
    """Give a text without its spaces, for lines may end after a hyphen too."""
    return "".join(text.split())


def text_of(path: Path, page: int) -> str:
    return squeezed(PdfReader(path).pages[page].extract_text())


def pieces_of(path: Path, page: int) -> list[Piece]:
    found: list[Piece] = []
    typeface = Typeface(FONTS)

    def take(
        text: str, moved: list[float], place: list[float], font: dict[str, str] | None, size: float
    ) -> None:
        if font is not None and (words := text.strip()):
            face = font["/BaseFont"].rpartition("-")[2].capitalize()
            width = typeface.width(words, Style(size, size, face))
            x, y = moved[4] + place[4], moved[5] + place[5]
            found.append(Piece(words, x, y, x + width, size))

    PdfReader(path).pages[page].extract_text(visitor_text=take)
    return found


def drawn(path: Path, page: int, operator: str) -> list[list[float]]:
    """Give the numbers of every use of a drawing operator on a page."""
    with pikepdf.open(path) as pdf:
        return [
            [float(number) for number in instruction.operands]
            for instruction in pikepdf.parse_content_stream(pdf.pages[page])
            if str(instruction.operator) == operator
        ]


def boxes_to_tick(path: Path, page: int) -> list[Box]:
    boxes = [Box(width, height) for _, _, width, height in drawn(path, page, "re")]
    return [box for box in boxes if box.width == pytest.approx(box.height, abs=0.01)]


def lines_to_write_on(path: Path, page: int) -> int:
    return len(drawn(path, page, "l"))


@pytest.fixture(scope="module")
def made(model: Model, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Paper], Path]:
    """Give every handout on every paper, without a workshop."""
    folder = tmp_path_factory.mktemp("handouts")
    found = {}
    for handout, paper in EACH:
        path = folder / f"{handout.word}-{paper.value}.pdf"
        write_handout(handout, model, None, FONTS, path, paper=paper)
        found[handout.word, paper] = path
    return found


@pytest.fixture
def agenda(model: Model, tmp_path: Path) -> Writer:
    def write(details: Details | None, *, names: bool = False) -> Path:
        target = tmp_path / "agenda.pdf"
        write_handout(Handout.AGENDA, model, details, FONTS, target, names=names)
        return target

    return write


def crowd(model: Model, number: int) -> Details:
    """Give the details of a full day with so many partners, each of another organisation."""
    roles = ("Acute trust", "Adult social care", "Head of integrated discharge and flow", "")
    return Details(
        place="Northdale and the Vale",
        held_on=dt.date(2026, 12, 3),
        facilitator="Service improvement lead, Northdale Partnership",
        populations="Older people with frailty; people living with dementia; people at home alone",
        partners=tuple(
            Partner(
                organisation=f"Northdale Partnership of Care, number {n}",
                role=roles[n % len(roles)],
                name=f"Person {n}",
            )
            for n in range(number)
        ),
        agenda=tuple(AgendaItem(change=change.id, minutes=25) for change in model.changes),
    )


# All of them


@each
def test_every_page_is_the_paper_it_is_for(
    handout: Handout, paper: Paper, made: dict[tuple[str, Paper], Path]
) -> None:
    short, long = SIZES[paper]
    wanted = (short, long) if handout is Handout.AGENDA else (long, short)
    for page in PdfReader(made[handout.word, paper]).pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(wanted, abs=0.1)


@each
def test_every_page_names_the_model_its_version_and_its_source_at_its_foot(
    handout: Handout, paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    path = made[handout.word, paper]
    for number in range(len(PdfReader(path).pages)):
        foot = squeezed(" ".join(p.words for p in pieces_of(path, number) if p.y < 40))
        for words in (model.title, model.version, model.source):
            assert squeezed(words) in foot


@each
def test_nothing_is_where_a_printer_does_not_reach(
    handout: Handout, paper: Paper, made: dict[tuple[str, Paper], Path]
) -> None:
    path = made[handout.word, paper]
    for number, page in enumerate(PdfReader(path).pages):
        pieces = pieces_of(path, number)
        assert min(piece.x for piece in pieces) >= MARGIN
        assert max(piece.right for piece in pieces) <= float(page.mediabox.width) - MARGIN
        assert max(piece.y for piece in pieces) <= float(page.mediabox.height) - MARGIN
        body = [piece.y for piece in pieces if piece.y > 30]
        assert min(body) >= 40, "the foot stands alone"


@each
def test_its_typeface_is_in_it(
    handout: Handout, paper: Paper, made: dict[tuple[str, Paper], Path]
) -> None:
    with pikepdf.open(made[handout.word, paper]) as pdf:
        objects = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
        faces = [obj for obj in objects if obj.get("/Type") == "/Font"]
        kept = {str(obj["/FontName"]) for obj in objects if "/FontFile2" in obj}
        used = [face for face in faces if "/FontDescriptor" in face]
        assert used
        assert len(used) == len(faces)
        assert {str(face["/FontDescriptor"]["/FontName"]) for face in used} == kept
        assert str(pdf.docinfo["/Title"]).endswith(handout.title)
        assert str(pdf.Root["/Lang"]) == "en-GB"


@each
def test_it_is_the_same_file_each_time(
    handout: Handout,
    paper: Paper,
    made: dict[tuple[str, Paper], Path],
    model: Model,
    tmp_path: Path,
) -> None:
    write_handout(handout, model, None, FONTS, tmp_path / "again.pdf", paper=paper)

    assert (tmp_path / "again.pdf").read_bytes() == made[handout.word, paper].read_bytes()


def test_it_is_on_the_first_of_its_papers_unless_one_is_given(
    made: dict[tuple[str, Paper], Path], model: Model, tmp_path: Path
) -> None:
    write_handout(Handout.LEVELS, model, None, FONTS, tmp_path / "levels.pdf")

    assert (tmp_path / "levels.pdf").read_bytes() == made["levels", Paper.A4].read_bytes()
    with pytest.raises(ValueError, match="not made on A3"):
        write_handout(Handout.AGENDA, model, None, FONTS, tmp_path / "a.pdf", paper=Paper.A3)


def test_without_the_typeface_an_earlier_file_is_as_it_was(model: Model, tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"earlier")

    with pytest.raises(ExportError, match="typeface"):
        write_handout(Handout.PLAN, model, None, tmp_path, target)

    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]


# The matrices


@papers
def test_every_change_has_one_page_with_all_of_its_matrix_word_for_word(
    paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    path = made["matrices", paper]
    assert len(PdfReader(path).pages) == len(model.changes)
    for number, change in enumerate(model.changes):
        text = text_of(path, number)
        told = [change.heading, change.description, change.i_statement, change.we_statement]
        told += [level.name for level in model.levels]
        for row in change.rows:
            told += [row.name, *row.descriptors]
        assert [words for words in told if squeezed(words) not in text] == []
        assert squeezed(NOT_FOR_RANKING) in text


@papers
def test_every_descriptor_has_a_box_to_tick(
    paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    for number, change in enumerate(model.changes):
        descriptors = sum(len(row.descriptors) for row in change.rows)
        assert len(boxes_to_tick(made["matrices", paper], number)) == descriptors


@papers
def test_descriptors_are_set_as_large_as_the_page_takes(
    paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    for number, change in enumerate(model.changes):
        pieces = pieces_of(made["matrices", paper], number)
        wording = squeezed("".join("".join(row.descriptors) for row in change.rows))
        body = [p for p in pieces if len(p.words) > 20 and squeezed(p.words) in wording]
        sizes = {round(p.size, 2) for p in body}
        assert min(sizes) >= LEAST[paper]
        assert len(sizes) == 1, "one size for all of a matrix"


def test_on_a_wall_the_levels_are_defined_and_on_a_table_there_is_room_for_evidence(
    made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    wall, table = text_of(made["matrices", Paper.A3], 3), text_of(made["matrices", Paper.A4], 3)

    assert all(squeezed(level.definition) in wall for level in model.levels)
    for words in ("What the data says", "What people and staff tell us"):
        assert squeezed(words) in table
    assert lines_to_write_on(made["matrices", Paper.A4], 3) == 4


def test_one_change_can_be_had_by_itself(model: Model, tmp_path: Path) -> None:
    change = model.changes[3]

    write_handout(Handout.MATRICES, model, None, FONTS, tmp_path / "one.pdf", changes=(change.id,))

    assert len(PdfReader(tmp_path / "one.pdf").pages) == 1
    assert squeezed(change.heading) in text_of(tmp_path / "one.pdf", 0)
    with pytest.raises(KeyError):
        write_handout(
            Handout.MATRICES, model, None, FONTS, tmp_path / "none.pdf", changes=("unheard-of",)
        )


def test_a_matrix_that_no_page_holds_goes_overleaf_whole(model: Model, tmp_path: Path) -> None:
    change = model.changes[0]
    words = [
        [[f"r{row}c{column}w{n}" for n in range(60 * column)] for column in range(1, 6)]
        for row, _ in enumerate(change.rows)
    ]
    rows = tuple(
        msgspec.structs.replace(row, descriptors=tuple(map(" ".join, told)))
        for row, told in zip(change.rows, words, strict=True)
    )
    long = msgspec.structs.replace(change, rows=rows)
    larger = msgspec.structs.replace(model, changes=(long, *model.changes[1:]))
    target = tmp_path / "long.pdf"

    write_handout(Handout.MATRICES, larger, None, FONTS, target, paper=Paper.A4, changes=(long.id,))

    pages = [page.extract_text() for page in PdfReader(target).pages]
    assert len(pages) > 1
    assert all(level.name in page for level in model.levels for page in pages)
    assert not any(boxes_to_tick(target, number) for number in range(len(pages)))
    shown = " ".join(pages).split()
    assert [word for told in words for cell in told for word in cell if word not in shown] == []


# The card of the levels


@papers
def test_the_card_defines_every_level_on_one_page(
    paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    path = made["levels", paper]
    assert len(PdfReader(path).pages) == 1
    text = text_of(path, 0)
    for level in model.levels:
        assert squeezed(level.name) in text
        assert squeezed(level.definition) in text
    bands = [height for _, _, width, height in drawn(path, 0, "re") if width > 400]
    assert len(bands) == len(model.levels)
    assert max(bands) - min(bands) < 1.0, "equally high"


def test_the_card_is_read_with_ease_at_half_its_size(
    made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    defined = {word for level in model.levels for word in level.definition.split()}
    pieces = [p for p in pieces_of(made["levels", Paper.A4], 0) if p.words.split()[0] in defined]

    assert min(piece.size for piece in pieces if piece.y > 70) * 0.707 >= 10.5


@pytest.mark.parametrize("fill", looks.LEVELS)
def test_text_on_a_level_stands_out_from_it(fill: str) -> None:
    color = looks.ink_on(fill)

    assert contrast(color, fill) >= 4.5


# The action plan


@papers
def test_the_plan_has_the_published_columns_in_order_and_then_ours(
    paper: Paper, made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    path = made["plan", paper]
    pages = len(PdfReader(path).pages)
    assert pages == (2 if paper is Paper.A4 else 1)
    ours = "(added by this application)"
    for number in range(pages):
        text = text_of(path, number)
        columns = [*model.columns, f"Owner{ours}", f"Progress{ours}"]
        places = [text.find(squeezed(words)) for words in columns]
        assert -1 not in places
        assert places == sorted(places)
        assert text.count(squeezed(ours)) == 2
        assert squeezed(NOT_FOR_RANKING) in text
        rows = 5
        assert lines_to_write_on(path, number) >= rows * 3 * len(columns)


# The agenda


def test_without_a_workshop_the_agenda_is_to_be_filled_in(
    made: dict[tuple[str, Paper], Path], model: Model
) -> None:
    path = made["agenda", Paper.A4]
    text = text_of(path, 0)

    assert len(PdfReader(path).pages) == 1
    for change in model.changes:
        assert squeezed(change.heading) in text
    for words in ("Place", "Date", "Facilitator", "Populations in focus", "Partners", "Notes"):
        assert squeezed(words) in text
    assert "planned" not in text
    assert lines_to_write_on(path, 0) >= 4 + 8 + 4


def test_the_agenda_of_the_sample_says_what_its_details_say(
    agenda: Writer, sample: Workshop, model: Model
) -> None:
    details = sample.details
    text = text_of(agenda(details), 0)

    for words in (details.place, details.facilitator, details.populations):
        assert squeezed(words) in text
    for partner in details.partners:
        assert squeezed(partner.organisation) in text
        assert squeezed(partner.role) in text
    scope = {change.id for change in model.changes if sample.agenda_item(change.id).in_scope}
    assert 0 < len(scope) < len(model.changes)
    for change in model.changes:
        assert (squeezed(change.heading) in text) == (change.id in scope)
    assert squeezed("3 h 15 min planned for the changes, breaks not counted.") in text


@pytest.mark.parametrize("names", [False, True])
def test_nine_changes_and_forty_partners_are_one_page(
    agenda: Writer, model: Model, *, names: bool
) -> None:
    path = agenda(crowd(model, 40), names=names)

    assert len(PdfReader(path).pages) == 1
    text = text_of(path, 0)
    for number in range(40):
        assert squeezed(f"number {number}") in text
    assert ("Person39" in text) is names
    assert min(p.size for p in pieces_of(path, 0)) >= 7.5


def test_two_hundred_partners_go_overleaf_in_order(agenda: Writer, model: Model) -> None:
    path = agenda(crowd(model, 200))

    pages = len(PdfReader(path).pages)
    assert 1 < pages <= 3
    text = "".join(text_of(path, number) for number in range(pages))
    places = [text.find(squeezed(f"of Care, number {number}")) for number in range(10, 200)]
    assert -1 not in places
    assert places == sorted(places)
    assert squeezed(NOT_FOR_RANKING) in text


def test_nothing_that_was_typed_is_lost_or_cut(agenda: Writer) -> None:
    long = "Northdale " * 400
    odd = "Trust \U0001f600 <b>&amp;</b>\nsecond line"
    details = Details(place=long, partners=(Partner(organisation=odd, role="x" * 500),))

    path = agenda(details)

    text = "".join(text_of(path, number) for number in range(len(PdfReader(path).pages)))
    assert text.count("Northdale") == 400
    assert "Trust□<b>&amp;</b>secondline" in text
    assert "x" * 500 in text
    assert squeezed("cannot show is printed as □") in text


def test_no_change_in_scope_is_said(agenda: Writer, model: Model) -> None:
    items = tuple(AgendaItem(change=change.id, in_scope=False) for change in model.changes)

    assert squeezed("No change is in scope.") in text_of(agenda(Details(agenda=items)), 0)


# Sharing room


@pytest.mark.parametrize(
    ("heights", "room", "given"),
    [
        ((10.0, 20.0), 60.0, (30.0, 30.0)),
        ((50.0, 10.0, 10.0), 90.0, (50.0, 20.0, 20.0)),
        ((50.0, 10.0), 60.0, (50.0, 10.0)),
        ((50.0, 10.0), 40.0, (50.0, 10.0)),
        ((), 40.0, ()),
    ],
)
def test_room_is_shared_so_that_rows_are_about_equally_high(
    heights: tuple[float, ...], room: float, given: tuple[float, ...]
) -> None:
    assert levelled(heights, room) == given

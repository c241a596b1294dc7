"""What the room sees: whole at every size, large enough, and read by a screen reader."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple, get_args

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.room.card import Card
from hicm_desktop.ui.room.painted import Painted
from hicm_desktop.ui.room.pictures.blocks import GOES_ON
from hicm_desktop.ui.room.pictures.matrix import Line
from hicm_desktop.ui.room.stage import Stage
from hicm_desktop.ui.room.tones import NO_LIGHT, Tone
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.theme import DARK, LIGHT, Theme, contrast, ink_on
from hicm_desktop.workshop.clock import NEVER_RAN, Clock
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.room import (
    Blank,
    ChangePicture,
    Content,
    MatrixPicture,
    Picture,
    RowPicture,
    Showing,
    room_view,
)
from hicm_desktop.workshop.tally import Hands, Tally
from hicm_desktop.workshop.values import (
    Action,
    Baseline,
    EarlierRow,
    Lean,
    Outcome,
    RowRecord,
    Workshop,
)
from tests.ui.telling import name_of
from tests.ui.test_nothing_is_clipped import widest_part

SIZES = ((1024, 768), (1280, 720), (1920, 1080), (3840, 2160))
NOW = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
LONG_NAME = "reablement-and-pathways"

sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@pytest.fixture(scope="module")
def fullest(model: Model, blank: Workshop) -> Workshop:
    """Give a workshop where each row has all there is: hands, an earlier level, long words."""
    ids = [level.id for level in model.levels]
    counts = zip(ids, (1, 2, 14, 9, 3), strict=True)
    hands = Tally(hands=tuple(Hands(level, number) for level, number in counts))
    rows, earlier = [], []
    for _, row in model.rows():
        longest = max(range(len(ids)), key=lambda i: len(row.descriptors[i]))
        rows.append(
            RowRecord(
                row=row.id,
                outcome=Outcome.AGREED_WITH_RESERVATION,
                level=ids[longest],
                lean=Lean.DOWN,
                before=hands,
                after=hands,
            )
        )
        earlier.append(EarlierRow(row=row.id, outcome=Outcome.AGREED, level=ids[longest - 1]))
    baseline = Baseline(workshop="earlier", rows=tuple(earlier))
    return replace(blank, rows=tuple(rows), baseline=baseline)


@pytest.fixture
def stage(appearance: Appearance) -> Iterator[Stage]:
    stage = Stage(appearance)
    stage.show()
    yield stage
    stage.deleteLater()


class Drawn(NamedTuple):
    """A text as it was drawn: its words, its size of type, and its box in what drew it."""

    words: str
    size: int
    box: QRectF
    breaks_word: bool


@pytest.fixture(autouse=True)
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Drawn]:
    """Give a list to which every text is added that is drawn, by whatever part of the room."""
    drawings: list[Drawn] = []
    draw = TextBlock.draw

    def note(block: TextBlock, painter: QPainter, x: float, y: float) -> None:
        layout = block._layout
        words, lines = layout.text(), [layout.lineAt(i) for i in range(layout.lineCount())]
        width = max((line.naturalTextWidth() for line in lines), default=0.0)
        ends = [line.textStart() + line.textLength() for line in lines[:-1]]
        broken = any(words[end - 1] not in " /-\u2028" for end in ends)
        high, low = ink_of(layout.font())
        top = min((line.y() + line.ascent() + high for line in lines), default=0.0)
        below = max((line.y() + line.ascent() + low for line in lines), default=0.0)
        box = QRectF(x, y + top, width, below - top)
        drawings.append(Drawn(words, layout.font().pixelSize(), box, broken))
        draw(block, painter, x, y)

    monkeypatch.setattr(TextBlock, "draw", note)
    monkeypatch.setattr("tests.ui.test_room_pictures.DRAWINGS", drawings)
    return drawings


DRAWINGS: list[Drawn] = []


@cache
def ink_of(font: QFont) -> tuple[float, float]:
    """Give how far letters reach above and below their line: a font asks for more than it inks."""
    box = QFontMetricsF(font).tightBoundingRect("“Hdfk(gjpqy)")
    return box.top(), box.bottom()


def drawn_by(part: Painted) -> list[Drawn]:
    """Have a part paint itself, and give the texts that it drew."""
    DRAWINGS.clear()
    nowhere = QPixmap(1, 1)
    painter = QPainter(nowhere)
    part.paint(painter)
    painter.end()
    return list(DRAWINGS)


def least_of(stage: Stage) -> int:
    """Give the smallest type that is large enough: 20 px at 720 lines, growing with the screen."""
    return math.ceil(20 * stage.height() / 720)


def settle() -> None:
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def show(stage: Stage, model: Model, workshop: Workshop, showing: Showing) -> None:
    """Show what the room sees, while the clock runs for the change."""
    if showing.change is not None and workshop.clock == NEVER_RAN:
        clock = Clock(change=showing.change, since=NOW - dt.timedelta(minutes=128))
        workshop = replace(workshop, clock=clock)
    stage.show_view(room_view(model, workshop, showing, NOW))
    settle()


def parts(stage: Stage) -> list[Painted]:
    return [part for part in stage.findChildren(Painted) if part.isVisible()]


def to_be_read(stage: Stage, part: Painted) -> list[str]:
    """Give the texts that a part has to draw, by what the room is to see."""
    view = stage.shown
    if part is stage.bar:
        return [words for words in (view.heading, view.position, view.time) if words]
    if part is stage.foot:
        return [view.progress] if view.progress else []
    if isinstance(part, Card):
        shown = part._shown
        assert shown is not None
        banded = isinstance(view.content, RowPicture)
        name = [f"{shown.number}\u00a0\u00a0{shown.level}"] if banded else []
        hands = [str(shown.hands)] if shown.hands else []
        said = [words for words in (shown.before, shown.word) if words]
        return [shown.text, *name, *hands, *said]
    name_ = part.accessibleName()
    mark = getattr(part, "_mark", None)
    return [name_ if mark is None else name_.removeprefix(f"{mark.words}. ")]


def faults_of(stage: Stage) -> list[str]:
    """Say what is cut, too small, out of the window, not drawn, or over something else."""
    faults = []
    whole = stage.rect()
    boxes = []
    for part in parts(stage):
        name = f"{type(part).__name__} {part.accessibleName()[:40]}"
        box = part.rect().translated(part.mapTo(stage, part.rect().topLeft()))
        boxes.append((name, box))
        if not whole.contains(box):
            faults.append(f"{name} reaches out of the window")
        holder = part.parentWidget()
        assert holder is not None
        if not holder.rect().contains(part.geometry()):
            faults.append(f"{name} is cut by what holds it")
        faults += [f"{name}: {fault}" for fault in faults_of_drawing(stage, part)]
        if isinstance(part, Card):
            faults += faults_of_card(part)
    faults += overlaps((name, QRectF(box)) for name, box in boxes)
    return faults


def faults_of_drawing(stage: Stage, part: Painted) -> list[str]:
    """Say what is wrong with the texts that a part draws."""
    drawn = [text for text in drawn_by(part) if text.words]
    whole, least = QRectF(part.rect()), least_of(stage)
    faults = []
    for text in drawn:
        words = f"“{text.words[:30]}”"
        if text.size < least:
            faults.append(f"{words} is only {text.size} px of {least}")
        if not whole.contains(text.box):
            faults.append(f"{words} is cut: {text.box} in {whole}")
        if text.breaks_word:
            faults.append(f"{words} is broken within a word")
    left = [text.words for text in drawn]
    for words in to_be_read(stage, part):
        line = words.replace("\n", "\u2028")
        found = next(
            (each for each in left if each in (line, f"{line} hands", f"{line} hand")), None
        )
        if not line or found is None:
            faults.append(f"“{words[:30]}” is not drawn")
        else:
            left.remove(found)
    faults += [f"“{words[:30]}” is drawn and not told" for words in left]
    return faults + overlaps((text.words[:30], text.box) for text in drawn)


def overlaps(boxes: Iterable[tuple[str, QRectF]]) -> list[str]:
    return [
        f"{one} and {other} overlap"
        for (one, a), (other, b) in combinations(boxes, 2)
        if a.intersects(b)
    ]


def faults_of_card(card: Card) -> list[str]:
    name, block, shown = card.accessibleName()[:40], card.block, card._shown
    assert block is not None
    assert shown is not None
    faults = []
    # Measured anew, in the heavy type that a chosen wording has.
    font = card.look.font(card.type_size, QFont.Weight.DemiBold)
    leading = card._card.spacing.leading
    anew = TextBlock(shown.text, font, card.width() - 2 * card._pad, leading)
    needed = max(block.height, anew.height)
    if needed > card.room_for_text:
        faults.append(f"{name}: {needed} px of text in {card.room_for_text}")
    if widest_part(shown.text, font) > card.width() - 2 * card._pad:
        faults.append(f"{name}: a word is wider than the card")
    return faults


@sizes
@pytest.mark.parametrize("picture", list(Picture))
def test_every_row_fits_whole_with_all_that_can_be_said_of_it(
    stage: Stage,
    model: Model,
    fullest: Workshop,
    blank: Workshop,
    size: tuple[int, int],
    picture: Picture,
) -> None:
    stage.resize(*size)
    faults, rows = [], 0
    for change, row in model.rows():
        rows += 1
        if picture is Picture.CHANGE and row is not change.rows[0]:
            continue  # it is the same page for each of them
        for workshop in (fullest, blank):
            show(stage, model, workshop, Showing(change.id, row.id, picture))
            assert stage.shown.time, "the clock runs"
            faults += [f"{row.id}: {fault}" for fault in faults_of(stage)]
        if picture is Picture.ROW:
            shown = [card._shown.text for card in stage.row.cards if card._shown]
            assert shown == list(row.descriptors), "verbatim and whole"
        if picture is Picture.MATRIX:
            assert row.name in " ".join(p.accessibleName() for p in parts(stage))
    assert rows == 27
    assert not faults, "\n".join(faults)


@sizes
def test_the_other_pictures_fit_whole(
    stage: Stage, model: Model, sample: Workshop, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    first = tuple(action.id for action in sample.actions[:3])
    faults, seen = [], set()
    for showing in (
        Showing(definitions=True),
        Showing(closing=True),
        Showing(plan=True),
        Showing(waiting=True),
        Showing(),
        *(Showing(model.changes[0].id, action=action.id) for action in sample.actions),
    ):
        for workshop in (sample, replace(sample, first_actions=first)):
            show(stage, model, workshop, showing)
            seen.add(type(stage.shown.content))
            faults += faults_of(stage)
    for minutes in (-15, 15):
        clock = Clock(break_until=NOW + dt.timedelta(minutes=minutes))
        show(stage, model, replace(sample, clock=clock), Showing(model.changes[0].id))
        seen.add(type(stage.shown.content))
        faults += faults_of(stage)
    assert seen == set(get_args(Content)) - {RowPicture, MatrixPicture, ChangePicture, Blank}
    assert not faults, "\n".join(faults)


def test_an_action_longer_than_the_room_shows_its_beginning_and_that_it_goes_on(
    stage: Stage, model: Model, blank: Workshop
) -> None:
    stage.resize(1280, 720)
    action = Action(id="a", row="planned", change=model.changes[0].id, to_do="Very long. " * 2500)
    show(stage, model, replace(blank, actions=(action,)), Showing(action="a"))
    assert faults_of(stage) == []
    said = [part.accessibleName() for part in parts(stage)]
    assert any(name.startswith("Very long. ") and name.endswith(GOES_ON) for name in said)
    assert "What do you need to do?" in said


def test_the_type_is_as_large_as_the_row_lets_it_and_grows_with_the_screen(
    stage: Stage, model: Model, sample: Workshop
) -> None:
    found = {}
    for size in SIZES[1:]:
        stage.resize(*size)
        for row in ("planned", "red-bag-scheme"):
            show(stage, model, sample, Showing(model.change_of(row).id, row))
            found[row, size[1]] = stage.row.cards[0].type_size
    assert found["red-bag-scheme", 720] > found["planned", 720] >= 20
    assert found["red-bag-scheme", 720] <= 34, "nothing shouts"
    for row in ("planned", "red-bag-scheme"):
        assert found[row, 2160] >= 2.8 * found[row, 720]


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720)], ids=str)
def test_choosing_any_level_moves_nothing(
    stage: Stage, model: Model, blank: Workshop, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    moved, rows = [], 0
    for change, row in model.rows():
        rows += 1
        found = set()
        for level in (None, *(level.id for level in model.levels)):
            outcome = Outcome.AGREED if level else Outcome.NOT_DISCUSSED
            record = RowRecord(row=row.id, outcome=outcome, level=level)
            showing = Showing(change.id, row.id)
            stage.show_view(room_view(model, replace(blank, rows=(record,)), showing, NOW))
            cards = stage.row.cards
            found.add((cards[0].type_size, *(card.geometry().getRect() for card in cards)))
        if len(found) > 1:
            moved.append(row.id)
    assert rows == 27
    assert moved == []


@pytest.mark.parametrize(
    ("size", "kept"), [((1280, 720), 5), ((1920, 1080), 6), ((3840, 2160), 5)], ids=str
)
def test_agreeing_row_after_row_moves_none_of_a_matrix_that_keeps_room_for_it(
    stage: Stage, model: Model, blank: Workshop, size: tuple[int, int], kept: int
) -> None:
    stage.resize(*size)
    keeping = 0
    for change in model.changes:
        records: list[RowRecord] = []
        current, found = change.rows[0].id, []
        for row in (None, *change.rows):
            if row is not None:
                level = model.levels[len(records) % len(model.levels)].id
                records.append(RowRecord(row=row.id, outcome=Outcome.AGREED, level=level))
            workshop = replace(blank, rows=tuple(records))
            show(stage, model, workshop, Showing(change.id, current, Picture.MATRIX))
            cards = list(stage.matrix.shown_cards())
            found.append([(card.type_size, card.geometry().getRect()) for card in cards])
        keeping += all(each == found[0] for each in found)
    assert keeping >= kept


def test_a_bar_stands_by_the_row_in_focus_and_by_no_other(
    stage: Stage, model: Model, blank: Workshop
) -> None:
    stage.resize(1280, 720)
    change = model.change("home-first")
    for row in change.rows[:2]:
        show(stage, model, blank, Showing(change.id, row.id, Picture.MATRIX))
        barred = [
            line.accessibleName()
            for line in stage.matrix.lines
            if line.isVisible()
            and line.grab().toImage().pixelColor(_bar_of(line)) == stage.look.front(Tone.LABEL)
        ]
        assert barred == [f"{row.name}. Not discussed"]


def _bar_of(line: Line) -> QPoint:
    return QPoint(12, line.height() // 2)


@pytest.mark.parametrize("number", [1, 3, 12, 60])
def test_as_many_actions_as_fit_are_shown_and_how_many_more_there_are(
    stage: Stage, model: Model, blank: Workshop, number: int
) -> None:
    stage.resize(1280, 720)
    actions = tuple(
        Action(id=f"a{i}", row="planned", to_do=f"Do thing {i}", owner="The and 7 more group")
        for i in range(number)
    )
    workshop = replace(blank, actions=actions, first_actions=("a0",))
    show(stage, model, workshop, Showing(plan=True))
    assert stage.shown.heading == "What we do next"
    assert faults_of(stage) == []
    said = [part.accessibleName() for part in parts(stage)]
    shown = [name for name in said if "Do thing" in name]
    assert shown == [f"{i + 1}.\u00a0\u00a0Do thing {i}" for i in range(len(shown))]
    assert sum("Put\u00a0first" in name for name in said) == 1
    left = number - len(shown)
    assert (left == 0) == (number <= 3)
    assert [name for name in said if name.startswith("and ")] == (
        [f"and {left} more in the record"] if left else []
    )


@sizes
def test_a_row_by_itself_is_no_smaller_than_among_others(
    stage: Stage, model: Model, blank: Workshop, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    for change, row in model.rows():
        stage.show_view(room_view(model, blank, Showing(change.id, row.id), NOW))
        alone = stage.row.cards[0].type_size
        showing = Showing(change.id, row.id, Picture.MATRIX)
        stage.show_view(room_view(model, blank, showing, NOW))
        among = next(line.cards[0].type_size for line in stage.matrix.lines if line.isVisible())
        # It keeps room for hands and the statement, which may cost it an eighth.
        assert alone * 9 / 8 >= among, row.id


def test_the_statement_gives_way_only_to_type_that_is_worth_it(
    stage: Stage, model: Model, blank: Workshop
) -> None:
    stage.resize(1280, 720)
    kept = {}
    for change, row in model.rows():
        stage.show_view(room_view(model, blank, Showing(change.id, row.id), NOW))
        kept[row.id] = stage.row.statement.isVisible()
        assert kept[row.id] or stage.row.cards[0].type_size < 30
    assert not kept["planned"]
    assert kept["red-bag-scheme"]


def test_a_level_s_number_stays_with_its_name(stage: Stage, model: Model, blank: Workshop) -> None:
    stage.resize(1024, 768)
    for picture in Picture:
        show(stage, model, blank, Showing("home-first", LONG_NAME, picture))
        blocks = [card._name for card in stage.row.cards if picture is Picture.ROW]
        if picture is Picture.MATRIX:
            blocks = [level.block for level in stage.matrix.levels]
        for block in blocks:
            assert block is not None
            words = block._layout.text()
            first = words[: block._layout.lineAt(0).textLength()]
            assert len(first.split()) > 1, words


def test_hands_are_dots_for_all_levels_of_a_row_or_for_none(
    stage: Stage, model: Model, blank: Workshop
) -> None:
    stage.resize(1280, 720)
    dot = stage.look.front(Tone.HANDS).rgb()
    ids = [level.id for level in model.levels]
    for other, dotted in ((5, True), (123, False)):
        tally = Tally(hands=(Hands(ids[1], 4), Hands(ids[2], other)))
        workshop = replace(blank, rows=(RowRecord(row=LONG_NAME, after=tally),))
        show(stage, model, workshop, Showing("home-first", LONG_NAME))
        assert faults_of(stage) == []
        for card in stage.row.cards[1:3]:
            image = card.grab().toImage()
            line = range(card.height() - card._card.hands, card.height())
            seen = {image.pixel(x, y) for x in range(image.width()) for y in line}
            assert (dot in seen) is dotted
        assert stage.row.cards[1]._hands_block(4)._layout.text() == ("4" if dotted else "4 hands")


def test_hands_are_told_from_before_and_after_discussion_where_one_line_has_room(
    stage: Stage, model: Model, blank: Workshop
) -> None:
    stage.resize(1024, 768)
    near = Tally(hands=(Hands("mature", 5),))
    apart = Tally(hands=(Hands("not-yet-established", 5), Hands("mature", 19)))
    said = []
    for tally in (near, apart):
        record = RowRecord(row="red-bag-scheme", before=tally, after=tally)
        showing = Showing(model.change_of("red-bag-scheme").id, "red-bag-scheme")
        show(stage, model, replace(blank, rows=(record,)), showing)
        said.append(stage.row.said.accessibleName())
    assert said == [
        "Before discussion: 5 hands, all at Mature   ·   After discussion: 5 hands, all at Mature",
        "After discussion: 24 hands, from Not yet established to Mature, none between",
    ]


def test_the_first_actions_are_numbered_with_owner_and_date_by_name(
    stage: Stage, model: Model, sample: Workshop
) -> None:
    stage.resize(1280, 720)
    show(stage, model, sample, Showing(closing=True))
    said = [part.accessibleName() for part in parts(stage)]
    for number, id_ in enumerate(sample.first_actions, start=1):
        action = sample.action(id_)
        assert f"{number}.\u00a0\u00a0{action.to_do}" in said
        assert f"Owner: {action.owner}   ·   Due: {due_words(action)}" in said


def test_the_change_is_named_large(stage: Stage, model: Model, sample: Workshop) -> None:
    stage.resize(1280, 720)
    show(stage, model, sample, Showing("home-first", picture=Picture.CHANGE))
    texts = [text for text in stage.page.texts if text.isVisible()]
    assert texts[0].accessibleName() == "Home first"
    assert texts[0]._size > 1.3 * max(text._size for text in texts[1:])


def test_the_console_s_scale_leaves_the_room_as_it_is_and_its_theme_does_not(
    stage: Stage, model: Model, sample: Workshop, appearance: Appearance
) -> None:
    stage.resize(1280, 720)
    show(stage, model, sample, Showing(model.change_of(LONG_NAME).id, LONG_NAME))
    before = stage.grab().toImage()
    appearance.set_scale(2.0)
    settle()
    assert stage.grab().toImage() == before
    appearance.dress(ThemeChoice.DARK, 2.0)
    settle()
    dark = stage.grab().toImage()
    assert dark.pixelColor(3, 200).name().upper() == DARK.ground
    assert before.pixelColor(3, 200).name().upper() == LIGHT.ground


def test_a_blank_room_gets_no_light_and_no_words(
    stage: Stage, model: Model, sample: Workshop
) -> None:
    stage.resize(640, 360)
    show(stage, model, sample, Showing(model.changes[0].id))
    show(stage, model, sample, Showing(model.changes[0].id, blank=True))
    image = stage.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 640, 7) for y in range(0, 360, 7)}
    assert colours == {NO_LIGHT}
    assert parts(stage) == []
    assert name_of(stage) == "Room view, blank"


def test_a_screen_reader_is_told_of_the_row_all_that_is_seen(
    stage: Stage, model: Model, sample: Workshop
) -> None:
    stage.resize(1280, 720)
    row = model.row(LONG_NAME)
    record = RowRecord(
        row=LONG_NAME,
        outcome=Outcome.AGREED_WITH_RESERVATION,
        level="plans-in-place",
        lean=Lean.UP,
        after=Tally(hands=(Hands("plans-in-place", 5), Hands("established", 1))),
    )
    earlier = EarlierRow(row=LONG_NAME, outcome=Outcome.AGREED, level="established")
    workshop = replace(
        sample,
        rows=(record,),
        baseline=Baseline(workshop="earlier", held_on=dt.date(2025, 11, 20), rows=(earlier,)),
    )
    show(stage, model, workshop, Showing(model.change_of(LONG_NAME).id, LONG_NAME))
    names = [name_of(part) for part in parts(stage)]
    assert "4  Home first. Row 2 of 3" in names
    assert row.name in names
    text = row.descriptors[1].rstrip(".")
    assert f"Plans in place. {text}. Agreed with reservation, leaning up. 5 hands." in names
    assert any(n.startswith("Established.") and n.endswith("November 2025. 1 hand.") for n in names)
    spread = "After discussion: 6 hands, at Plans in place and Established"
    assert f"{spread}   ·   1 level down from before" in names
    assert name_of(stage.row).startswith(f"{row.name}. Plans in place, leaning up")
    nameless = [w for w in stage.findChildren(QWidget) if w.isVisible() and not name_of(w)]
    assert nameless == []


READ_FROM_AFAR = {Tone.BODY, Tone.BAR, Tone.CHOSEN, Tone.WORD, Tone.RAISED}
SHAPES = {Tone.MARKS, Tone.OPEN_MARKS}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_state_of_the_room_can_be_read(theme: Theme) -> None:
    for tone in Tone:
        least = 7.0 if tone in READ_FROM_AFAR else 3.0 if tone in SHAPES else 4.5
        assert contrast(tone.front(theme), tone.back(theme)) >= least, tone
    for hue in theme.levels:
        assert contrast(ink_on(hue), hue) >= 4.5

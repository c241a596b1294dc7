"""Compares an action plan that was filled in elsewhere with the workshop's, and takes nothing.

Pure. For the user interface, which shows what differs and asks what to take. Lines are matched by
the id of the action they came from. There is no telling which side is the newer one: both are
shown, and a line that is not in the file is told of and never removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import read_date
from hicm_desktop.workshop.difference import seen
from hicm_desktop.workshop.limits import LONGEST_TEXT, units
from hicm_desktop.workshop.plan_edits import BringBackPlan, Part, Revision
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.plan_place import (
    NO_CHANGE,
    find_place,
    place_of,
    place_words,
    written_place,
)
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Progress, Workshop
from hicm_desktop.workshop.words import ADDED_COLUMNS

NOT_WHOLE = (
    "A row of it is missing in the file, so its texts may not be whole. “Take all” leaves it to "
    "you."
)
NO_DATE = "Not a date, so it would be kept as words."
PUT_FIRST = "What is put first is decided in the room and is not taken from a file."
STRANGE_ID = "It came from another workshop, or from an action that is no longer in this plan."

_TEXTS = (Part.WHERE_NOW, Part.TO_DO, Part.DUE, Part.SUCCESS, Part.OWNER)
"""What somebody types freely. A line without any of these says nothing."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a workbook cannot hold, and "\ufffd" stands for in it."""

_WAYS = " or ".join(f"“{progress.words}”" for progress in Progress)

_MOST_NAMED = 6
"""How many of the lines of one action are named."""

_Canon: TypeAlias = Hashable
_Content: TypeAlias = tuple[_Canon, ...]


class Offer(msgspec.Struct, frozen=True):
    """One difference, both texts whole and empty where nothing is recorded.

    `part` is None for a line to be added. `theirs` is the whole action as the file has it, with the
    id of the workshop's own, or none. `refused` says why it cannot be taken, where it cannot, and
    `note` what to know of it before it is taken. `is_left` says that nobody means to take it along
    with all the others: it empties something, or may be less than was written.
    """

    part: Part | None
    was: str
    now: str
    theirs: Action
    refused: str = ""
    note: str = ""
    is_left: bool = False


class BroughtLine(msgspec.Struct, frozen=True):
    """A line of the file of which something is to be taken or told.

    `ours` is the action that it belongs to, None for a line to be added. `place` says where it
    stands in the file, `about` what to know of it as a whole, and `told` what could not be read.
    `repeated` says that the file has further lines for the same action.
    """

    place: str
    ours: Action | None
    theirs: Action
    offers: tuple[Offer, ...]
    about: str = ""
    told: tuple[str, ...] = ()
    repeated: bool = False


class BroughtBack(msgspec.Struct, frozen=True):
    """All that is otherwise in a file: the lines of known actions, then those to be added.

    `missing` are the actions that the file does not have. `knows_none` says that no line of the
    file came from this workshop. `told` is what to know of the file as a whole.
    """

    lines: tuple[BroughtLine, ...] = ()
    missing: tuple[Action, ...] = ()
    knows_none: bool = False
    told: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be taken, in order."""
        return tuple(o for line in self.lines for o in line.offers if not o.refused)

    @property
    def plain(self) -> frozenset[int]:
        """The places of the offers that can be taken together.

        None is of an action that the file has more than once, or left to be looked at by itself.
        """
        lines = ((o, line) for line in self.lines for o in line.offers if not o.refused)
        return frozenset(
            place
            for place, (offer, line) in enumerate(lines)
            if not (line.repeated or offer.is_left)
        )

    @property
    def plain_offers(self) -> tuple[Offer, ...]:
        """What can be taken together, in order."""
        offers, plain = self.offers, self.plain
        return tuple(offers[place] for place in sorted(plain))


def compare(model: Model, workshop: Workshop, lines: Sequence[PlanLine]) -> BroughtBack:
    """Compare lines with the workshop's plan.

    A line without an action of its own is no difference where an action that no line names says
    the very same; one that says nothing at all is passed over. Of lines with the same id, those
    that have the action's own words for what to do are the action, and the others were made by
    copying it; where none has, which of them is the action is for the user to say.
    """
    actions = {action.id: action for action in workshop.actions}
    named: dict[str, list[PlanLine]] = {}
    for line in lines:
        if line.id.strip() in actions:
            named.setdefault(line.id.strip(), []).append(line)
    own = {action: _own(actions[action], some) for action, some in named.items()}
    places = {action: [line.place for line in some] for action, some in own.items()}
    is_own = {line for some in own.values() for line in some}
    spare: dict[_Content, list[Action]] = {}
    for action in workshop.actions:
        if action.id not in places:
            spare.setdefault(_content(model, action), []).append(action)
    known: dict[str, list[BroughtLine]] = {action: [] for action in places}
    new = []
    for line in lines:
        ours = actions.get(line.id.strip())
        if ours is not None and line in is_own:
            known[ours.id].append(_known(model, line, ours, places[ours.id]))
            continue
        brought = _new(model, line, "" if ours is None else _copied(places[ours.id]))
        if alike := spare.get(_content(model, brought.theirs)):
            alike.pop(0)
        elif any(_canon(model, part, brought.theirs) for part in _TEXTS):
            new.append(brought)
    found = (*(line for some in known.values() for line in some), *new)
    missing = {action.id for alike in spare.values() for action in alike}
    return BroughtBack(
        lines=tuple(line for line in found if line.offers or line.told or line.about),
        missing=tuple(action for action in workshop.actions if action.id in missing),
        knows_none=bool(new) and not places,
        told=tuple(_told(workshop, lines)),
    )


def rivals(offers: Sequence[Offer], of: int) -> tuple[int, ...]:
    """Give the places of the other offers of which at most one can be taken with this one."""
    offer = offers[of]
    return tuple(
        place
        for place, other in enumerate(offers)
        if place != of
        and offer.part is not None
        and (other.part, other.theirs.id) == (offer.part, offer.theirs.id)
    )


def taking(offers: Iterable[Offer], new_id: Callable[[], str]) -> BringBackPlan:
    """Give the edit that takes these offers. `new_id` gives an id for each action to be added."""
    chosen = tuple(offers)
    return BringBackPlan(
        revisions=tuple(Revision(o.part, o.theirs) for o in chosen if o.part is not None),
        added=tuple(replace(o.theirs, id=new_id()) for o in chosen if o.part is None),
    )


def _own(ours: Action, lines: list[PlanLine]) -> list[PlanLine]:
    """Give the lines that are an action, of all that have its id: none of them is a copy of it."""
    words = _read(ours.to_do)
    alike = [line for line in lines if line.to_do is None or _read(line.to_do) == words]
    return alike or lines


def _copied(places: Sequence[str]) -> str:
    return f"A copy of {places[0]} with other words, so it would be a new action."


def _told(workshop: Workshop, lines: Sequence[PlanLine]) -> Iterator[str]:
    """Say once what of the workshop the file does not have, or cannot change."""
    for name in ("Row", *ADDED_COLUMNS):
        if lines and all(getattr(line, name.lower()) is None for line in lines):
            yield f"The file has no column “{name}”, so what this workshop has there stays."
    first = {action: str(n) for n, action in enumerate(workshop.first_actions, start=1)}
    told = ((line.put_first, first.get(line.id.strip(), "")) for line in lines)
    if any(theirs is not None and theirs.strip() != ours for theirs, ours in told):
        yield PUT_FIRST


def _known(model: Model, line: PlanLine, ours: Action, places: Sequence[str]) -> BroughtLine:
    """Compare a line with the action it came from. What cannot be read stays as it is."""
    about = ""
    if repeated := len(places) > 1:
        named = places if len(places) <= _MOST_NAMED else [*places[:_MOST_NAMED], "more"]
        rows = f"{', '.join(named[:-1])} and {named[-1]}"
        about = (
            f"The file has this action more than once: {rows}. Each part can be taken from one of "
            "them only."
        )
    theirs, told = _placed(model, line, ours)
    said = ours.progress.words if line.progress is None else line.progress
    progress = _read_progress(said)
    if progress is None and (said.strip() or ours.progress is not Progress.NOT_STARTED):
        words = ours.progress.words
        told = (*told, f"{_not_progress(said)}, so progress stays “{words}”.")
    theirs = _filled(line, theirs, progress or ours.progress)
    offers = tuple(_offers(model, ours, theirs))
    if not line.is_whole:
        told = (*told, NOT_WHOLE)
        offers = tuple(replace(offer, is_left=True) for offer in offers)
    return BroughtLine(line.place, ours, theirs, offers, about, told, repeated)


def _new(model: Model, line: PlanLine, about: str) -> BroughtLine:
    """Make an action of a line that is none of this workshop's."""
    told = [] if line.is_whole else [NOT_WHOLE]
    found = find_place(model, line.change or "", line.row or "")
    if found.unknown and found.change is None:
        told.append(f"“{found.unknown}” is not in this model, so no change would be named.")
    elif found.unknown:
        told.append(_no_row(model, found.change, found.unknown))
    said = line.progress or ""
    progress = _read_progress(said)
    if progress is None and said.strip():
        words = Progress.NOT_STARTED.words
        told.append(f"{_not_progress(said)}, so progress would be “{words}”.")
    place = Action(id="", change=found.change, row=found.row)
    theirs = _filled(line, place, progress or Progress.NOT_STARTED)
    refused = next(filter(None, (_refusal(model, part, theirs) for part in _TEXTS)), "")
    now = _whole(model, theirs)
    offer = Offer(None, "", now, theirs, refused, is_left=not line.is_whole)
    about = about or (STRANGE_ID if line.id.strip() else "")
    return BroughtLine(line.place, None, theirs, (offer,), about, tuple(told))


def _offers(model: Model, ours: Action, theirs: Action) -> Iterator[Offer]:
    for part in Part:
        if _canon(model, part, ours) != _canon(model, part, theirs):
            was, now = part_words(model, part, ours), part_words(model, part, theirs)
            yield Offer(
                part,
                was,
                now,
                theirs,
                _refusal(model, part, theirs),
                NO_DATE if part is Part.DUE and ours.due_on and theirs.due_words else "",
                not now or now == NO_CHANGE,
            )


def part_words(model: Model, part: Part, action: Action) -> str:
    """Write a part of an action, whole."""
    match part:
        case Part.PLACE:
            return place_words(model, action)
        case Part.DUE:
            return due_words(action)
        case Part.PROGRESS:
            return action.progress.words
        case _:
            text: str = getattr(action, part.value[0])
            return text


def _placed(model: Model, line: PlanLine, ours: Action) -> tuple[Action, tuple[str, ...]]:
    """Give an action at the place that a line names, and what is to be told of that place."""
    written = written_place(model, ours)
    change, row = line.change, line.row
    if change is None:
        return ours, ()
    if row is None:
        there = find_place(model, change, "").change == place_of(model, ours)[0]
        row = written[1] if there or seen(change) == seen(written[0]) else ""
    if tuple(map(seen, (change, row))) == tuple(map(seen, written)):
        return ours, ()  # as it was written, be it of this model or not
    found = find_place(model, change, row)
    if found.unknown and found.change in (None, place_of(model, ours)[0]):
        return ours, (f"“{found.unknown}” is not in this model, so the action stays where it is.",)
    told = (_no_row(model, found.change, found.unknown),) if found.unknown else ()
    return replace(ours, change=found.change, row=found.row), told


def _filled(line: PlanLine, action: Action, progress: Progress) -> Action:
    """Give an action with the texts, the time and the progress of a line, as far as it has them."""
    if line.due is not None:
        due = _clean(line.due)
        on = line.due_on if line.due_on is not None else read_date(seen(due))
        action = replace(action, due_on=on, due_words=due if on is None else "")
    texts = ((name, getattr(line, name)) for name in ("where_now", "to_do", "success", "owner"))
    found = {name: _clean(text) for name, text in texts if text is not None}
    return replace(action, progress=progress, **found)


def _content(model: Model, action: Action) -> _Content:
    return tuple(_canon(model, part, action) for part in Part)


def _canon(model: Model, part: Part, action: Action) -> _Canon:
    """Give a part of an action in the form in which two of the same meaning are equal.

    Spaces and ends of lines come back from a workbook otherwise than they went out; words that are
    plainly a date come back as that date.
    """
    match part:
        case Part.PLACE:
            return place_of(model, action)
        case Part.PROGRESS:
            return action.progress
        case Part.DUE if action.due_on is not None:
            return action.due_on
        case Part.DUE:
            words = _read(action.due_words)
            return read_date(words) or words
        case _:
            return _read(part_words(model, part, action))


def _read(text: str) -> str:
    return seen(_UNWRITABLE.sub("\ufffd", text))


def _clean(text: str) -> str:
    """Take away what a workbook adds about a text: ends of lines of its own, space at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _read_progress(words: str) -> Progress | None:
    letters = "".join(filter(str.isalpha, words.casefold()))
    return next((p for p in Progress if p.words.casefold().replace(" ", "") == letters), None)


def _not_progress(words: str) -> str:
    if not words.strip():
        return "The file gives no progress"
    return f"“{seen(words)}” is not {_WAYS}"


def _no_row(model: Model, change: str | None, name: str) -> str:
    where = "this model" if change is None else model.change(change).heading
    return f"“{name}” is no row of {where}, so no row would be named."


def _refusal(model: Model, part: Part, theirs: Action) -> str:
    """Say why a part cannot be taken, where its text is more than a field holds."""
    length = units(part_words(model, part, theirs))
    if length <= LONGEST_TEXT:
        return ""
    return (
        f"“{part.label(model)}” has {length:,} characters in the file, and a field holds up to "
        f"{LONGEST_TEXT:,}, so it cannot be taken. Shorten it in the file and bring it back again."
    )


def _whole(model: Model, action: Action) -> str:
    """Write all that an action says, each part under its label."""
    return "\n".join(
        f"{part.label(model)}{'' if part.label(model).endswith('?') else ':'} {text}"
        for part in Part
        if seen(text := part_words(model, part, action))
    )

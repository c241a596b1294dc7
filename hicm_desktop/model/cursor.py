"""Small typed readers over YAML nodes, to be put together into a schema.

Imported only by `hicm_desktop.model`. A reader takes a cursor and always gives a value: at a
fault it says so and gives a blank, so that reading goes on and every fault of a pack is found in
one pass. Whoever starts the reading must throw the values away if any fault was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar, overload

import msgspec

from hicm_desktop.errors import Problem
from hicm_desktop.model.yaml_nodes import Entries, Items, Kind, Node, Scalar

T = TypeVar("T")
D = TypeVar("D")

# Controls, which no export format takes; marks that turn text round; halves of characters.
_UNSHOWABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LONGEST = 400
"""The most letters that the words of a problem have; a file may quote itself in them at length."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d+)?([/?#][!#-;=?-_a-z~]*)?")


class Page(msgspec.Struct, frozen=True):
    """A file being read, and where its problems go."""

    file: Path
    problems: list[Problem]

    def say(self, line: int, text: str) -> None:
        """Add a problem of this file, in words that can be shown whatever they quote."""
        text = _UNSHOWABLE.sub("�", text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
        self.problems.append(Problem(self.file, line, text))


class Cursor(msgspec.Struct, frozen=True):
    """A place in a file. `node` is None where a value is wanting and that has been said."""

    page: Page
    name: str
    node: Node | None

    def say(self, text: str) -> None:
        """Add a problem at this place."""
        self.page.say(self.node.line if self.node else 0, f'"{self.name}" {text}')

    def refuse(self, due: str) -> None:
        """Say that something else is due here, unless this place is at fault already."""
        match self.node:
            case Scalar(kind=Kind.FAULTY) | None:
                return
            case Scalar(kind=kind):
                found = kind.value
            case Items():
                found = "a list"
            case Entries():
                found = "a mapping"
        self.say(f"must be {due}, not {found}")


Reader: TypeAlias = Callable[[Cursor], T]


class Fields:
    """The keys of one mapping, handed out by name; what nobody asks for is refused at the end."""

    def __init__(self, at: Cursor) -> None:
        self._at = at
        self._entries = at.node.by_key if isinstance(at.node, Entries) else {}
        self._known: list[str] = []

    def need(self, key: str, read: Reader[T]) -> T:
        """Read the value of a key that must be there."""
        self._known.append(key)
        if key in self._entries:
            return read(Cursor(self._at.page, key, self._entries[key].node))
        if isinstance(self._at.node, Entries):
            self._at.say(f'lacks the key "{key}"')
        return read(Cursor(self._at.page, key, None))

    @overload
    def may(self, key: str, read: Reader[T]) -> T | None: ...
    @overload
    def may(self, key: str, read: Reader[T], default: D) -> T | D: ...
    def may(self, key: str, read: Reader[T], default: D | None = None) -> T | D | None:
        """Read the value of a key that may be left out."""
        if key in self._entries:
            return self.need(key, read)
        self._known.append(key)
        return default

    def one_of(self, *keys: str) -> str:
        """Tell which one of these keys is there: the first, where none or several are."""
        present = [key for key in keys if key in self._entries]
        if len(present) != 1 and isinstance(self._at.node, Entries):
            self._at.say(f"needs exactly one of the keys {_list(keys)}")
        self._known.extend(keys)
        return present[0] if present else keys[0]

    def refuse_the_rest(self) -> None:
        """Say which keys nobody has asked for."""
        for key, entry in self._entries.items():
            if key not in self._known:
                due = _list(dict.fromkeys(self._known))
                self._at.page.say(entry.line, f'the key "{key}" is not known here, only {due}')


def record(build: Callable[[Fields], T]) -> Reader[T]:
    """Read a mapping: `build` takes what it wants, and any other key is a fault."""

    def read(at: Cursor) -> T:
        if not isinstance(at.node, Entries):
            at.refuse("a mapping of keys to values")
        fields = Fields(at)
        value = build(fields)
        fields.refuse_the_rest()
        return value

    return read


def many(read: Reader[T], *, least: int = 0, most: int | None = None) -> Reader[tuple[T, ...]]:
    """Read a list of at least `least` and at most `most` things."""

    def read_all(at: Cursor) -> tuple[T, ...]:
        if not isinstance(at.node, Items):
            at.refuse("a list")
            return ()
        count = len(at.node.nodes)
        if count < least:
            at.say(f"must have at least {least}, and has {count}")
        if most is not None and count > most:
            at.say(f"must have at most {most}, and has {count}")
        return tuple(read(Cursor(at.page, at.name, node)) for node in at.node.nodes)

    return read_all


def or_null(read: Reader[T]) -> Reader[T | None]:
    """Read what `read` reads, or an outspoken null."""

    def read_or_null(at: Cursor) -> T | None:
        if isinstance(at.node, Scalar) and at.node.kind is Kind.NULL:
            return None
        return read(at)

    return read_or_null


def unchecked(blank: T) -> Reader[T]:
    """Take anything at all, unread: for what cannot be judged because its measure is at fault."""
    return lambda _at: blank


def text(at: Cursor) -> str:
    """Read wording of one or more paragraphs, with a blank line between them."""
    if not isinstance(at.node, Scalar):
        at.refuse("text")
        return ""
    if at.node.kind not in (Kind.TEXT, Kind.NULL):
        at.refuse("text, in quotes if need be")
        return ""
    value = "" if at.node.kind is Kind.NULL else at.node.text
    if not any(character.isprintable() for character in value):
        at.say("is empty")
        return ""
    if odd := _UNSHOWABLE.search(value):
        at.say(f"holds a character that cannot be shown: U+{ord(odd[0]):04X}")
        return ""
    return value


def phrase(at: Cursor) -> str:
    """Read wording of one paragraph."""
    value = text(at)
    if "\n" in value:
        at.say("must be one paragraph, without a blank line")
    return value


def identifier(at: Cursor) -> str:
    """Read a lasting id: small letters and digits, in words joined by hyphens."""
    value = phrase(at)
    if value and not _ID.fullmatch(value):
        at.say(f'must be small letters and digits joined by hyphens, not "{value}"')
        return ""
    return value


def url(at: Cursor) -> str:
    """Read a web address, http or https only, so that opening one does nothing else."""
    value = phrase(at)
    if value and not _URL.fullmatch(value):
        at.say(f'must be an http or https address, not "{value}"')
        return ""
    return value


class Ids:
    """The ids of one sort of thing, each given once in the whole pack."""

    def __init__(self, thing: str) -> None:
        self._thing = thing
        self._places: dict[str, str] = {}

    def new(self, at: Cursor) -> str:
        """Read an id that no other thing of this sort has."""
        value = identifier(at)
        if value in self._places:
            at.say(f'"{value}" is already the id of the {self._thing} at {self._places[value]}')
        elif value and at.node:
            self._places[value] = f"{at.page.file.name}:{at.node.line}"
        return value


def _list(keys: tuple[str, ...] | dict[str, None]) -> str:
    return ", ".join(f'"{key}"' for key in keys)

"""YAML text as plain nodes that know their line. The one place where PyYAML is imported.

Imported only by `hicm_desktop.model`. Works on the events of the C parser and never on
constructed objects: no tag can make anything, no alias can multiply anything, and nesting is
counted as it opens, so that no file can exhaust the interpreter.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeAlias

import msgspec
import yaml

MAX_DEPTH = 24
"""How deep collections may stand in one another; our own content needs eight."""

Say: TypeAlias = Callable[[int, str], None]
"""Takes a problem: its line, from 1, and its words."""


class Kind(enum.Enum):
    """What YAML takes a bare scalar for. The value completes "must be text, not ..."."""

    TEXT = "text"
    NULL = "nothing"
    BOOLEAN = "yes or no"
    NUMBER = "a number"
    DATE = "a date"
    FAULTY = "something already reported"


class Scalar(msgspec.Struct, frozen=True):
    """A single value. `text` has its layout folded away; blank lines part its paragraphs."""

    line: int
    text: str
    kind: Kind


class Items(msgspec.Struct, frozen=True):
    """A list."""

    line: int
    nodes: tuple[Node, ...]


class Entry(msgspec.Struct, frozen=True):
    """A value under a key, with the line of the key."""

    line: int
    node: Node


class Entries(msgspec.Struct, frozen=True):
    """A mapping from keys to values, in the order of the file."""

    line: int
    by_key: dict[str, Entry]


Node: TypeAlias = Scalar | Items | Entries


class _UnreadableError(Exception):
    """The problem just reported leaves nothing that could still be read."""


def parse(text: str, say: Say) -> Node | None:
    """Read one YAML document, telling `say` of every problem. None where nothing can be read."""
    builder = _Builder(say)
    try:
        for event in _events(text, say):
            builder.take(event)
    except _UnreadableError:
        return None
    if builder.root is None:
        say(0, "is empty")
    return builder.root


def _events(text: str, say: Say) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        say(line, "holds a character that YAML does not allow")
        raise _UnreadableError from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        say(mark.line + 1 if mark else 0, f"cannot be read as YAML: {error.problem}")
        raise _UnreadableError from error


class _Open(msgspec.Struct):
    """A collection whose end has not come yet. A mapping's keys and values alternate."""

    line: int
    is_mapping: bool
    nodes: list[Node] = []


class _Builder:
    """Puts nodes together from events. Keeps its own stack, so depth costs no recursion."""

    def __init__(self, say: Say) -> None:
        self.root: Node | None = None
        self._say = say
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        match event:
            case yaml.ScalarEvent():
                self._refuse_extras(line, event.anchor, event.tag)
                self._add(Scalar(line, _fold(event.value, event.style), _kind(event)))
            case yaml.CollectionStartEvent():
                self._refuse_extras(line, event.anchor, event.tag)
                if len(self._open) == MAX_DEPTH:
                    self._say(line, f"is nested more than {MAX_DEPTH} deep")
                    raise _UnreadableError
                self._open.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))
            case yaml.CollectionEndEvent():
                done = self._open.pop()
                self._add(self._entries(done) if done.is_mapping else _items(done))
            case yaml.AliasEvent():
                self._say(line, f"uses the alias *{event.anchor}; write the words out instead")
                self._add(Scalar(line, "", Kind.FAULTY))
            case yaml.DocumentStartEvent() if self.root is not None:
                self._say(line, "begins a second document; a file holds one")
                raise _UnreadableError

    def _refuse_extras(self, line: int, anchor: str | None, tag: str | None) -> None:
        if anchor is not None:
            self._say(line, f"has the anchor &{anchor}; anchors are not used here")
        if tag is not None:
            self._say(line, f"has the tag {tag}; tags are not used here")

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = node

    def _entries(self, done: _Open) -> Entries:
        by_key: dict[str, Entry] = {}
        for key, value in zip(done.nodes[::2], done.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._say(key.line, "has a list or a mapping where a key is due")
            elif key.text in by_key:
                first = by_key[key.text].line
                self._say(key.line, f'the key "{key.text}" already stands at line {first}')
            else:
                by_key[key.text] = Entry(key.line, value)
        return Entries(done.line, by_key)


def _items(done: _Open) -> Items:
    return Items(done.line, tuple(done.nodes))


_LITERAL_BREAK = re.compile(r"\n[^\S\n]*\n")
_FOLDED_BREAK = re.compile(r"\n")


def _fold(value: str, style: str | None) -> str:
    """Turn layout into single spaces, and a blank line, in whatever style, into a blank line.

    Only a literal block keeps the ends of its lines; in the other styles YAML has folded them
    away already, and a line end that is left stood for a blank line.
    """
    if "\n" not in value:
        return " ".join(value.split())
    paragraphs = (_LITERAL_BREAK if style == "|" else _FOLDED_BREAK).split(value)
    folded = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in folded if paragraph)


_KIND_BY_TAG = MappingProxyType(
    {
        "tag:yaml.org,2002:null": Kind.NULL,
        "tag:yaml.org,2002:bool": Kind.BOOLEAN,
        "tag:yaml.org,2002:int": Kind.NUMBER,
        "tag:yaml.org,2002:float": Kind.NUMBER,
        "tag:yaml.org,2002:timestamp": Kind.DATE,
    }
)


def _kind(event: yaml.ScalarEvent) -> Kind:
    """Tell what YAML takes a bare scalar for; quoted and block scalars are always text."""
    if not event.style:
        for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(event.value[:1], ()):
            if pattern.match(event.value):
                return _KIND_BY_TAG.get(tag, Kind.TEXT)
    return Kind.TEXT

"""The strict reader of a pack of content: the schema of a model, as YAML files in one folder.

Whoever puts the application together imports it, and tests; all others are given the `Model`. It
opens no other file than those the index names, all of them in the index's own folder.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from hicm_desktop.errors import ContentError, Problem
from hicm_desktop.model.cursor import Cursor, Fields, Ids, Page, many, phrase, record, text
from hicm_desktop.model.schema import ChangeSchema, front_matter
from hicm_desktop.model.values import Model
from hicm_desktop.model.yaml_nodes import parse

INDEX = "index.yaml"
MAX_BYTES = 256 * 1024
"""The size no file of a pack may pass; the largest of ours is under 20 KB."""

MAX_CHANGES = 99
"""The most changes a model may have; each is a tab, and a file to read."""

MAX_PROBLEMS = 1_000
"""The most problems that are told of a pack: a hostile file holds one in every three letters."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\.yaml")


def read_model(folder: Path) -> Model:
    """Read the model in this folder. Raises ContentError with every problem that was found.

    Of more than `MAX_PROBLEMS` it holds the first, and how many more there are.
    """
    if not _is_folder(folder):
        raise ContentError((Problem(folder, 0, "is not a folder that can be opened"),))
    problems: list[Problem] = []
    model = _read_pack(folder, problems)
    if problems:
        raise ContentError(_told(folder, problems))
    return model


def _told(folder: Path, problems: list[Problem]) -> tuple[Problem, ...]:
    """Give the problems in the order of their places, the first of them where there are many."""
    told = tuple(sorted(problems))
    more = len(told) - MAX_PROBLEMS
    if more <= 0:
        return told
    return (*told[:MAX_PROBLEMS], Problem(folder, 0, f"has {more} more problems, not told here"))


# The files, and what is known from one of them when the next is read.


class _Listed(msgspec.Struct, frozen=True):
    """A change as the index lists it. `file` is blank where the name is at fault."""

    id: str
    file: str


class _Index(msgspec.Struct, frozen=True):
    id: str
    title: str
    version: str
    source: str
    attribution: str
    provenance: str | None
    front_matter: str
    changes: tuple[_Listed, ...]


def _read_pack(folder: Path, problems: list[Problem]) -> Model:
    index = record(_IndexSchema(folder).index)(_open(folder / INDEX, problems))
    front = record(front_matter)(_open_listed(folder, index.front_matter, problems))
    schema = ChangeSchema(
        level_ids=tuple(level.id for level in front.levels),
        change_ids=tuple(listed.id for listed in index.changes[:MAX_CHANGES]),
    )
    changes = [
        record(schema.change(listed.id, number))(_open_listed(folder, listed.file, problems))
        for number, listed in enumerate(index.changes[:MAX_CHANGES], start=1)
    ]
    return Model(
        id=index.id,
        title=index.title,
        version=index.version,
        source=index.source,
        attribution=index.attribution,
        levels=front.levels,
        changes=tuple(changes),
        sections=front.sections,
        materials=front.materials,
        columns=front.columns,
        provenance=index.provenance,
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _open_listed(folder: Path, name: str, problems: list[Problem]) -> Cursor:
    """Open a file the index names; where the name is at fault, that has been said."""
    if not name:
        return Cursor(Page(folder, problems), name, None)
    return _open(folder / name, problems)


def _open(path: Path, problems: list[Problem]) -> Cursor:
    page = Page(path, problems)
    content = _content(path, page)
    return Cursor(page, path.stem, None if content is None else parse(content, page.say))


def _content(path: Path, page: Page) -> str | None:
    try:
        if not path.exists():
            page.say(0, "is missing")
            return None
        if not path.is_file():
            page.say(0, "is not a file")
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        page.say(0, f"cannot be opened: {error.strerror or error}")
        return None
    if len(data) > MAX_BYTES:
        page.say(0, f"is larger than {MAX_BYTES // 1024} KB")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        page.say(data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text from here on")
        return None


# index.yaml


class _IndexSchema:
    """What the index holds. Knows the folder, since no file may lie outside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._change_ids = Ids("change")
        self._named = {INDEX}

    def index(self, fields: Fields) -> _Index:
        return _Index(
            id=fields.need("id", Ids("model").new),
            title=fields.need("title", phrase),
            version=fields.need("version", phrase),
            source=fields.need("source", phrase),
            attribution=fields.need("attribution", text),
            provenance=fields.may("provenance", text),
            front_matter=fields.need("front_matter", self._file),
            changes=fields.need("changes", many(record(self._listed), least=1, most=MAX_CHANGES)),
        )

    def _listed(self, fields: Fields) -> _Listed:
        return _Listed(
            id=fields.need("id", self._change_ids.new),
            file=fields.need("file", self._file),
        )

    def _file(self, at: Cursor) -> str:
        name = phrase(at)
        if name and not _FILE_NAME.fullmatch(name):
            at.say(f'must be the plain name of a .yaml file beside the index, not "{name}"')
            return ""
        if name and self._leaves_the_folder(name):
            at.say(f'"{name}" leads out of the folder')
            return ""
        if name.casefold() in self._named:
            at.say(f'"{name}" is named twice')
            return ""
        self._named.add(name.casefold())
        return name

    def _leaves_the_folder(self, name: str) -> bool:
        try:
            return (self._folder / name).resolve().parent != self._folder.resolve()
        except (OSError, RuntimeError):  # RuntimeError: links that lead round in a circle
            return True

"""Content packs that mean harm: refused in words, in the time and memory of any other pack."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from hicm_desktop.errors import ContentError
from hicm_desktop.model.reader import MAX_BYTES, MAX_CHANGES, MAX_PROBLEMS, read_model

from .packs import Pack

HOME_FIRST = "change-4-home-first.yaml"
FRONT = "front-matter.yaml"
INDEX = "index.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack.copy_to(tmp_path)


def full(unit: str, head: str = "", tail: str = "\n") -> str:
    """Repeat a unit until the file is as large as one may be."""
    return head + unit * ((MAX_BYTES - len(head) - len(tail)) // len(unit.encode())) + tail


LAUGHS = "a: &a [ha, ha, ha]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(f'*{chr(97 + n)}' for _ in range(9))}]\n"
    for n in range(20)
)
BOMBS = {
    "a billion laughs": (LAUGHS, "alias *a"),
    "merge keys": ("base: &b {title: x}\nmore:\n  <<: *b\n", "alias *b"),
    "merge keys without end": (full("<<: *a\n"), "alias *a"),
    "aliases without end": (full("*a,", "x: [", "*a]\n"), "alias *a"),
    "anchors without end": (full("&a x,", "x: [", "x]\n"), "anchor &a"),
    "an alias to what holds it": ("x: &x [*x]\n", "alias *x"),
    "a Python object": ("title: !!python/object/apply:os.system [touch pwned]\n", "has the tag"),
    "a Python name": ("title: !!python/name:os.system\n", "has the tag"),
    "a tag of its own": ("%TAG ! tag:evil.org,2026:\n---\ntitle: !x y\n", "has the tag"),
    "tags without end": (full("!a x,", "x: [", "x]\n"), "has the tag !a"),
    "duplicate keys without end": (full("a: b\n"), "already stands at line 1"),
    "lists without end": (full("["), "nested more than"),
    "keys without end": (full("? "), "nested more than"),
    "documents without end": (full("---\n"), "second document"),
    "directives without end": (full("%TAG !a! x\n"), "cannot be read as YAML"),
    "a scalar as large as the file": (full("x", "title: "), "lacks the key"),
    "a number as large as the file": (full("1:1", "title: "), '"title" must be text'),
    "a key as large as the file": (full("k", "? ", "\n: v\n"), 'the key "kkk'),
    "an id as large as the file": (full("A", "rows:\n  - id: "), "must be small letters"),
    "a url as large as the file": (full("a-", "examples:\n  - url: http://", "!\n"), "http or"),
    "keys that move the cursor": ('"\\e[2J\\x9b\\u202e": 1\n', 'the key "�[2J��" is not known'),
    "NUL bytes": (full("\0"), "character that YAML does not allow"),
    "lines alone": (full("\n"), "is empty"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_in_words(kind: str, pack: Pack) -> None:
    content, words = BOMBS[kind]
    pack.write(HOME_FIRST, content)

    problems = pack.problems()

    assert any(words in problem[2] for problem in problems), problems[:3]
    assert len(problems) <= MAX_PROBLEMS + 1
    assert all(len(text) <= 401 and text.isprintable() for _, _, text in problems)
    assert not list(pack.folder.parent.rglob("pwned"))


def test_a_bomb_takes_little_memory(pack: Pack) -> None:
    laughs = 200 * LAUGHS
    pack.write(HOME_FIRST, laughs)
    tracemalloc.start()
    pack.problems()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 400 * len(laughs)


def test_of_very_many_problems_the_first_are_told_and_how_many_more_there_are(pack: Pack) -> None:
    pack.write(HOME_FIRST, "x: [" + "*a," * 5_000 + "]\n")
    with pytest.raises(ContentError) as caught:
        read_model(pack.folder)
    *told, last = caught.value.problems
    assert len(told) == MAX_PROBLEMS
    assert told == sorted(told)
    assert (last.file, last.line) == (pack.folder, 0)
    more = int(last.text.split()[1])
    assert last.text == f"has {more} more problems, not told here"
    assert more + MAX_PROBLEMS > 5_000


def test_an_index_of_very_many_changes_is_refused_and_its_files_are_not_all_read(
    pack: Pack,
) -> None:
    listed = "".join(f"  - {{id: c{n}, file: f{n}.yaml}}\n" for n in range(5_000))
    pack.write(INDEX, pack.text(INDEX) + listed)
    problems = pack.problems()
    assert any(f"must have at most {MAX_CHANGES}" in text for _, _, text in problems)
    assert sum(text == "is missing" for _, _, text in problems) <= MAX_CHANGES


def test_a_file_of_100_mb_is_refused_unread(pack: Pack) -> None:
    with (pack.folder / HOME_FIRST).open("r+b") as file:
        file.truncate(100 * 1024**2)  # sparse: it takes no room on the disk
    tracemalloc.start()
    problems = pack.problems()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems == [(HOME_FIRST, 0, "is larger than 256 KB")]
    assert most < 40 * MAX_BYTES


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_a_pack_in_another_encoding_is_refused(encoding: str, pack: Pack) -> None:
    pack.write(FRONT, pack.text(FRONT).encode(encoding))
    assert {name for name, _, _ in pack.problems()} >= {FRONT}


def test_a_device_without_end_in_place_of_a_file_is_refused(pack: Pack) -> None:
    (pack.folder / HOME_FIRST).unlink()
    (pack.folder / HOME_FIRST).symlink_to("/dev/zero")
    assert pack.problems()

"""Hostile and broken workshops as real files: refused in words, and left byte for byte as they are.

Each goes through the library, as the window opens it, and through `hicm-desktop check`.
`test_codec.py` has the faults of the format one by one; here is what a disk, a mail programme or an
enemy makes of a file.
"""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hicm_desktop.cli import main
from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec, files
from hicm_desktop.workshop.values import Workshop

pytestmark = pytest.mark.usefixtures("qapp")

SAMPLE = (resources_dir() / "sample.hicm").read_bytes()
LONGEST_WORDS = 800
"""What a message box can show; a file may quote itself in its message, but not at length."""


def put(**values: object) -> bytes:
    """Give the sample with other values at its top."""
    return json.dumps({**json.loads(SAMPLE), **values}).encode()


def put_in(path: str, value: object) -> bytes:
    """Give the sample with another value at a dotted path."""
    raw = json.loads(SAMPLE)
    *steps, last = path.split(".")
    place: Any = raw
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps(raw).encode()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "This file is empty"),
    "blank": (b"\n \n", "This file is empty"),
    "zeros, as a power cut leaves": (bytes(len(SAMPLE)), "damaged"),
    "truncated at the start": (SAMPLE[:1], "breaks off"),
    "truncated in the middle": (SAMPLE[: len(SAMPLE) // 2], "breaks off"),
    "truncated at the end": (SAMPLE.rstrip()[:-1], "breaks off"),
    "zeros from the middle on": (SAMPLE[:9000] + bytes(9000), "damaged"),
    "written twice": (SAMPLE + SAMPLE, "not JSON"),
    "another file spliced in": (SAMPLE[:5000] + b"PK\x03\x04\xff\xfe" + SAMPLE[5000:], "damaged"),
    "with a tail of another": (SAMPLE + SAMPLE[-40:], "not JSON"),
    "UTF-16": (SAMPLE.decode().encode("utf-16"), "not UTF-8"),
    "Windows 1252": (SAMPLE.decode().encode("cp1252", "replace"), "not UTF-8"),
    "UTF-8 cut within a character": (SAMPLE[: SAMPLE.index("“".encode()) + 1], "not UTF-8"),
    "duplicate key, deep down": (
        SAMPLE.replace(b'"row": "planned"', b'"row": "planned", "row": "planned"', 1),
        "“row” stands twice",
    ),
    "duplicate key by an escape": (
        SAMPLE.replace(b'"row": "planned"', b'"row": "planned", "\\u0072ow": "x"', 1),
        "“row” stands twice",
    ),
    "NaN": (put(version=float("nan")), "holds NaN"),
    "infinity": (put(workshop=float("-inf")), "holds -Infinity"),
    "a number past all bounds": (SAMPLE.replace(b": 2,", b": 1e999,", 1), "$.version"),
    "future version": (put(version=3, later=[1]), "newer version"),
    "far future version": (put(version=10**4000), "newer version"),
    "older version": (put(version=-(10**300)), "does not know"),
    "lists without end": (b"[" * 5_000_000, "too deep"),
    "objects without end": (b'{"format":' * 400_000, "too deep"),
    "lists nested within a note": (
        SAMPLE.replace(b'"planned"', b"[" * 900 + b"]" * 900, 1),
        "Expected str",
    ),
    "a level that is a novel": (put_in("workshop.rows.0.level", "x" * 5_000_000), "no level “x"),
    "an outcome that is a novel": (put_in("workshop.rows.0.outcome", "x" * 5_000_000), "'xxx"),
    "a key that is a novel": (put_in("workshop." + "k" * 2_000_000, 1), "unknown field"),
    "a model that is a novel": (put(model={"id": "m" * 10**6, "version": "v" * 10**6}), "“mmm"),
    "an id that is a novel, twice": (
        put_in("workshop.changes", [{"change": "a" * 10**6}, {"change": "a" * 10**6}]),
        "twice",
    ),
    "words that move the cursor": (
        put(model={"id": "\x1b[2J\r\u202egone", "version": "\x07\u2028"}),
        "“�[2J��gone”",
    ),
    "half a character under a long key": (
        b'{"' + b"k" * 10**6 + b'": ["\\ud800"]}',
        "half of a character at $.kkk",
    ),
    "a row that is a list": (put_in("workshop.rows.0", []), "$.workshop.rows[0]"),
    "a workshop that is a number": (put(workshop=1e308), "$.workshop"),
    "a model that is null": (put(model=None), "$.model"),
    "a year that never was": (put_in("workshop.created_at", "99999-01-01T00:00:00Z"), "created_at"),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "profile" / "settings.ini", tmp_path / "workshops")


@pytest.fixture
def library(model: Model, settings: Settings) -> Library:
    return Library(model, settings, resources_dir() / "sample.hicm")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_left_as_it_is(
    kind: str,
    library: Library,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data, words = HOSTILE[kind]
    path = tmp_path / "hostile.hicm"
    path.write_bytes(data)

    with pytest.raises(FileError) as caught:
        library.open(path)
    told = str(caught.value)
    checked = main(["check", str(path)])

    assert told.startswith("hostile.hicm: ")
    assert words in told
    assert "othing was changed" in told
    assert len(told) < LONGEST_WORDS
    assert told.isprintable()
    assert checked == 1
    assert words in capsys.readouterr().out
    assert path.read_bytes() == data
    assert settings.recent == ()
    assert sorted(child.name for child in tmp_path.iterdir()) == ["hostile.hicm"]


def test_an_enormous_file_is_refused_unread(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "enormous.hicm"
    size = 100 * 1024**2
    with path.open("wb") as file:
        file.write(SAMPLE)
        file.truncate(size)  # sparse: it takes no room on the disk
    tracemalloc.start()
    with pytest.raises(FileError, match="larger than 32 MB"):
        library.open(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * codec.LIMIT_BYTES + 10 * 1024**2
    assert main(["check", str(path)]) == 1
    assert "larger than 32 MB" in capsys.readouterr().out
    assert path.stat().st_size == size


def test_a_small_file_cannot_fill_the_memory(model: Model) -> None:
    """The paths of all items under a long key would take a thousand times its size."""
    data = b'{"' + b"k" * 300_000 + b'": [' + b"[]," * 3_000 + b'"\\ud800"]}'
    tracemalloc.start()
    with pytest.raises(FileError, match="half of a character"):
        codec.decode(data, model)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30 * len(data)


def test_a_flipped_bit_is_refused_or_is_a_workshop_that_can_be_kept(
    model: Model, tmp_path: Path
) -> None:
    """A letter that became another in a note cannot be known; anything else is told."""
    rng = random.Random(2026)  # noqa: S311 - to be repeatable
    path = tmp_path / "flipped.hicm"
    refused = 0
    for _ in range(250):
        place = rng.randrange(len(SAMPLE))
        data = bytearray(SAMPLE)
        data[place] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        try:
            workshop = codec.decode(files.read(path), model).workshop
        except FileError as error:
            assert "othing was changed" in str(error)  # noqa: PT017 - it may just as well open
            refused += 1
        else:
            assert codec.decode(codec.encode(workshop, model), model).workshop == workshop
        assert path.read_bytes() == data
    assert 20 < refused < 240


@pytest.mark.parametrize(
    "make",
    [lambda path: path.mkdir(), lambda path: path.symlink_to(path), lambda path: path.parent],
    ids=["folder", "link to itself", "nothing"],
)
def test_what_is_no_file_is_told_by_name(
    make: Callable[[Path], object], library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.hicm"
    make(path)
    with pytest.raises(FileError, match=r"hostile\.hicm"):
        library.open(path)
    assert main(["check", str(path)]) == 1


def test_text_of_every_kind_is_recorded_to_the_letter(sample: Workshop, model: Model) -> None:
    texts = [
        *("=1+1", "\t=1", "\r=1", "a\r\nb\rc", "<b>&amp;", "]]>", "\x00\x07\x1b\x7f\x85", "\u2028"),
        *("\ufdd0\ufdd1\ufffe\uffff", "\u202eturned", "שלום مرحبا", "e\u0301 \u00e9", "👩‍⚕️ 👍🏽"),
        *(
            "\ufeff",
            "\u200b\u00ad\u2060",
            "\U0010ffff",
            "\ue000",
            " \u00a0\u3000 ",
            "x" * 5_000_000,
        ),
    ]
    for text in texts:
        raw = json.loads(put_in("workshop.rows.0.note", text))
        for data in (json.dumps(raw), json.dumps(raw, ensure_ascii=False)):
            workshop = codec.decode(data.encode(), model).workshop
            assert workshop.rows[0].note == text
            assert codec.decode(codec.encode(workshop, model), model).workshop == workshop
    assert len(sample.rows) == len(workshop.rows)

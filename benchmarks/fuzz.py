"""Mutated workshops and content packs, by the thousand: each is read, or refused in words.

    .venv/bin/python benchmarks/fuzz.py [INPUTS] [--seed SEED] [--processes N] [--save FOLDER]
    .venv/bin/python benchmarks/fuzz.py --only KIND NUMBER [--seed SEED]

Four inputs in five are mutants of the sample workshop, read by `codec.decode`; the fifth is a pack
of content with one file mutated, read by `read_model`. What is read must be sound: a workshop has
to come back from its own bytes as it was, and a model to have a descriptor for every row and level.
Anything else than a sound value or a refusal in words counts as uncaught, and is saved with its
seed and number, so that `--only` runs it again. The exit code is 1 where there is any.

Each input depends on the seed, its kind and its number alone, and not on what ran before it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hicm_desktop.errors import ContentError, FileError
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec

INPUTS = 100_000
_CHUNK = 250
_PACKS = 5
"""One input in so many is a pack: reading one takes twenty times as long as reading a file."""

_WORDS = (
    *("", " ", "\0", "\x0b", "\x1f", "\x7f", "\x85", "\ufeff", "\u2028", "\u2029", "\ufdd0"),
    *("\u202e", "\u2066", "e\u0301" * 9, "مرحبا", "שלום", "👩‍⚕️", "漢字", "\uffff", "\U0010ffff"),
    *("=1+1", "-1", "@a", "<b>", "&amp;", "]]>", "_x0041_", "../..", "CON", "a" * 5000),
)
_JSON_TOKENS = (
    *("{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "NaN"),
    *("Infinity", "-", "0", "-1", "1e999", "1E-999", "0x1", "1.0", "01", "9" * 400, "9" * 5000),
    *('"format"', '"version"', '"hicm-workshop"', '"agreed"', '"2026-02-30"', '"0001-01-01"'),
    *('"9999-12-31T23:59:59.999999+23:59"', '"due_on":', '{"row":', "/*", "//", "\ufeff"),
)
_YAML_TOKENS = (
    *("\n", "  ", "\t", "- ", ": ", "#", "[", "]", "{", "}", "&a ", "*a", "<<: *a\n", "!!str "),
    *("!!python/object/apply:os.system [x]", "!!binary ", "!<tag:x> ", "%YAML 9.9\n", "%TAG ! x\n"),
    *("---\n", "...\n", "null", "~", "yes", ".nan", ".inf", "0o7", "1_0:1_0", "2019-01-01", "<<"),
    *("|", "|-9\n", ">-", ">+1\n", "''", '"', '"\\u0000"', '"\\ud800"', '"\\xff', "? ", "?\n", "@"),
    *("`", "id: ", "url: ", "text: ", "rows:\n", "change: ", "references:\n", "\x85", "\u2028"),
)


def _changed_bytes(rng: random.Random, data: bytes) -> bytes:
    """Flip, cut, repeat, move or put in some bytes, as a failing disk or a bad copy would."""
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((0, 1, 2, 7, 60, 700, 9000)))
    piece = data[start:end]
    other = rng.randrange(len(data) + 1)
    before, after = data[:start], data[end:]
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: before + _flipped(rng, piece) + after,
        lambda: before,
        lambda: before + after,
        lambda: data[:end] + piece * rng.choice((1, 2, 40)) + after,
        lambda: data[:other] + piece + data[other:],
        lambda: before + bytes(len(piece)) + after,
        lambda: data[start:] + before,
        lambda: before + rng.randbytes(rng.choice((1, 3, 30))) + after,
    )
    return rng.choice(ways)()


def _flipped(rng: random.Random, piece: bytes) -> bytes:
    if not piece:
        return piece
    at = rng.randrange(len(piece))
    return piece[:at] + bytes([piece[at] ^ (1 << rng.randrange(8))]) + piece[at + 1 :]


def _changed_text(rng: random.Random, data: bytes, tokens: Sequence[str]) -> bytes:
    """Swap tokens, put others in their place, or nest deeply; what is no text is left."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    parts = re.split(r"([\w.-]+|\s+)", text)
    first, second = rng.randrange(len(parts)), rng.randrange(len(parts))
    match rng.randrange(6):
        case 0:
            parts[first], parts[second] = parts[second], parts[first]
        case 1:
            parts[first] = rng.choice(tokens)
        case 2:
            parts[first] += rng.choice(tokens) * rng.choice((1, 1, 2, 30))
        case 3:
            parts[first] += rng.choice(_WORDS)
        case 4:
            letters = (chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 9)))
            parts[first] += "".join(letters)
        case _:
            opening = rng.choice(("[", "{", '{"a":', "- ", "? ", "{a: ", "[[", "\\u005b", "\n  - "))
            parts[first] += opening * rng.choice((3, 30, 1_000, 50_000))
    return "".join(parts).encode("utf-8", "surrogatepass")


def _places(value: object) -> list[tuple[dict[str, object] | list[object], str | int]]:
    """Give every place within a JSON value, as what holds it and the key or index there."""
    found: list[tuple[dict[str, object] | list[object], str | int]] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            found += [(item, key) for key in item]
            waiting += item.values()
        elif isinstance(item, list):
            found += [(item, number) for number in range(len(item))]
            waiting += item
    return found


def _changed_values(rng: random.Random, data: bytes) -> bytes:
    """Change what a workshop's file says while it stays JSON: this gets past the first checks."""
    try:
        raw: object = json.loads(data)
    except (ValueError, RecursionError):
        return data
    places = _places(raw)
    if not places:
        return data
    holder, key = rng.choice(places)
    other_holder, other_key = rng.choice(places)
    other = _at(other_holder, other_key)
    values: tuple[object, ...] = (
        *(None, True, 0, -1, 2**63, 2**64, 1.5, 1e308, [], {}, "", [[]], {"a": {}}),
        *(rng.choice(_WORDS), rng.choice(_WORDS) * 3, other, other, other),
        *("agreed", "parked", "not-applicable", "mature", "2026-02-28", "9999-12-31", "0000-00-00"),
    )
    match rng.randrange(5):
        case 0 if isinstance(holder, list):
            holder.insert(int(key), other)
        case 1:
            _drop(holder, key)
        case 2 if isinstance(holder, dict):
            holder[rng.choice(_WORDS)] = rng.choice(values)
        case _:
            _set(holder, key, rng.choice(values))
    try:
        return json.dumps(raw, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):  # a value that was put within itself
        return data


def _at(holder: dict[str, object] | list[object], key: str | int) -> object:
    return holder[str(key)] if isinstance(holder, dict) else holder[int(key)]


def _set(holder: dict[str, object] | list[object], key: str | int, value: object) -> None:
    if isinstance(holder, dict):
        holder[str(key)] = value
    else:
        holder[int(key)] = value


def _drop(holder: dict[str, object] | list[object], key: str | int) -> None:
    if isinstance(holder, dict):
        del holder[str(key)]
    else:
        del holder[int(key)]


def mutant(rng: random.Random, data: bytes, tokens: Sequence[str]) -> bytes:
    """Change one to four things of a file."""
    changes: tuple[Callable[[bytes], bytes], ...] = (
        partial(_changed_bytes, rng),
        partial(_changed_text, rng, tokens=tokens),
        *((partial(_changed_values, rng),) * 2 if tokens is _JSON_TOKENS else ()),
    )
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = rng.choice(changes)(data)
    return data


class UnsoundError(Exception):
    """What was read does not hold what it promises."""


def read_file(data: bytes, model: Model) -> None:
    """Read a workshop, and see that it comes back from its own bytes. Raises FileError."""
    decoded = codec.decode(data, model)
    "\n".join(decoded.notices).encode("utf-8")
    again = codec.encode(decoded.workshop, model)
    if codec.decode(again, model).workshop != decoded.workshop:
        raise UnsoundError("a workshop does not come back as it was")
    if codec.encode(codec.decode(again, model).workshop, model) != again:
        raise UnsoundError("the bytes of a workshop change each time it is written")


def read_pack(folder: Path) -> None:
    """Read a pack, and see that its model is whole. Raises ContentError."""
    model = read_model(folder)
    if not model.changes or any(
        len(row.descriptors) != len(model.levels) or not all(map(str.strip, row.descriptors))
        for _, row in model.rows()
    ):
        raise UnsoundError("a model has a row without its descriptors")


@dataclass
class Tally:
    """What became of the inputs, and where those lie that ended in neither of the two ways."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    uncaught: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in what another process counted."""
        self.read += other.read
        self.refused += other.refused
        self.uncaught += other.uncaught
        self.slowest_s = max(self.slowest_s, other.slowest_s)


class Fuzzer:
    """Makes the inputs of one seed and reads them. `folder` is for the packs, and its own."""

    def __init__(self, seed: int, folder: Path, save: Path) -> None:
        self._seed = seed
        self._save = save
        self._model = read_model(content_dir())
        self._sample = (resources_dir() / "sample.hicm").read_bytes()
        self._pack = Path(shutil.copytree(content_dir(), folder / "pack"))
        listed = re.findall(r"[\w-]+\.yaml", (self._pack / "index.yaml").read_text("utf-8"))
        self._names = ["index.yaml", *sorted(set(listed) - {"index.yaml"})]

    def run(self, numbers: Sequence[int]) -> Tally:
        """Read the inputs of these numbers."""
        tally = Tally()
        for number in numbers:
            self.one("pack" if number % _PACKS == 0 else "file", number, tally)
        return tally

    def one(self, kind: str, number: int, tally: Tally) -> None:
        """Read one input, and count what became of it."""
        rng = random.Random(f"{self._seed}/{kind}/{number}")
        name = "sample.hicm" if kind == "file" else rng.choice(self._names)
        original = self._sample if kind == "file" else (self._pack / name).read_bytes()
        data = mutant(rng, original, _JSON_TOKENS if kind == "file" else _YAML_TOKENS)
        if kind == "pack":
            (self._pack / name).write_bytes(data)
        started = time.perf_counter()
        try:
            is_read = self._is_read(kind, data)
        except Exception:
            tally.uncaught.append(self._keep(kind, number, name, data))
        else:
            (tally.read if is_read else tally.refused)[kind] += 1
        tally.slowest_s = max(tally.slowest_s, time.perf_counter() - started)
        if kind == "pack":
            (self._pack / name).write_bytes(original)

    def _is_read(self, kind: str, data: bytes) -> bool:
        """Tell whether an input is read, or refused in words that any terminal can print."""
        try:
            if kind == "file":
                read_file(data, self._model)
            else:
                read_pack(self._pack)
        except (FileError, ContentError) as refusal:
            if not str(refusal).encode("utf-8").strip():
                raise UnsoundError("refused without a word") from refusal
            return False
        return True

    def _keep(self, kind: str, number: int, name: str, data: bytes) -> str:
        self._save.mkdir(parents=True, exist_ok=True)
        place = self._save / f"seed-{self._seed}-{kind}-{number}-{name}"
        place.write_bytes(data)
        place.with_name(f"{place.name}.txt").write_text(traceback.format_exc(), "utf-8")
        last = traceback.format_exc().strip().splitlines()[-1]
        return f"--only {kind} {number} --seed {self._seed}: {last[:200]} ({place})"


def _work(seed: int, save: Path, numbers: Sequence[int]) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        return Fuzzer(seed, Path(folder), save).run(numbers)


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print the figures, and give the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("inputs", nargs="?", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--save", type=Path, default=Path(tempfile.gettempdir()) / "hicm-fuzz")
    parser.add_argument("--only", nargs=2, metavar=("KIND", "NUMBER"))
    given = parser.parse_args(argv)
    started = time.perf_counter()
    tally = Tally()
    if given.only:
        with tempfile.TemporaryDirectory() as folder:
            fuzzer = Fuzzer(given.seed, Path(folder), given.save)
            fuzzer.one(given.only[0], int(given.only[1]), tally)
    else:
        chunks = [
            range(start, min(start + _CHUNK, given.inputs))
            for start in range(0, given.inputs, _CHUNK)
        ]
        work = partial(_work, given.seed, given.save)
        if given.processes > 1:
            with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
                for done in pool.imap_unordered(work, chunks):
                    tally.add(done)
        else:
            for chunk in chunks:
                tally.add(work(chunk))
    for kind, words in (("file", "workshops"), ("pack", "content packs")):
        read, refused = tally.read[kind], tally.refused[kind]
        print(f"{words}: {read + refused} mutated; {refused} refused in words, {read} read")
    print(f"uncaught: {len(tally.uncaught)}; the slowest took {tally.slowest_s:.2f} s")
    for line in tally.uncaught:
        print(f"  {line}")
    print(f"seed {given.seed}, {time.perf_counter() - started:.0f} s")
    return 1 if tally.uncaught else 0


if __name__ == "__main__":
    sys.exit(main())

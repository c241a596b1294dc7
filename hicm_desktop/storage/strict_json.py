"""JSON read strictly: each fault is told in plain words, with its place.

For `hicm_desktop.storage.codec` only. Python's reader is stricter by hooks than msgspec's, which
lets the last of two equal keys win, and reads faster than a disk gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from hicm_desktop.errors import FileError

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONGEST_QUOTE = 120


def parse(data: bytes) -> object:
    """Read JSON in UTF-8. Raises FileError that says what is wrong with it, and where."""
    if not data.strip():
        raise FileError(
            "This file is empty, so there is nothing to open. Nothing was changed. Open an earlier "
            "copy of it, if there is one."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _damaged(f"byte {error.start + 1} is not UTF-8 text") from error
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object_of, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        if error.msg.startswith("Unterminated string") or not text[error.pos :].strip():
            raise _damaged(f"it breaks off at {place}") from error
        raise _damaged(f"it is not JSON at {place} ({error.msg})") from error
    except RecursionError as error:
        raise _damaged("it is nested too deep") from error
    except ValueError as error:
        raise _damaged("it holds a number too long to read") from error
    if _ESCAPED_SURROGATE.search(text):
        _refuse_half_characters(value)
    return value


def quoted(text: str) -> str:
    """Give words of a file as a message may repeat them: printable, and not all of a long text."""
    return "".join(letter if letter.isprintable() else "�" for letter in _shortened(text))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _object_of(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _damaged(f"“{quoted(key)}” stands twice in one object")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _damaged(f"it holds {name}, which is no number")


def _refuse_half_characters(value: object) -> None:
    """UTF-8 cannot hold half of a surrogate pair, but an escape in JSON can spell one.

    What is still to see of each open list or object is kept, rather than recursion used: Python's
    own depth is spent sooner than that of the reader, which is written in C. A path is put into
    words only where it is told: those of all the items of a hostile file would fill the memory.
    """
    steps: list[str] = []
    waiting: list[Iterator[tuple[str, object]]] = [iter([("$", value)])]
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            continue
        step, item = found
        steps[len(waiting) - 1 :] = [step]
        if isinstance(item, str) and _SURROGATE.search(item):
            raise _damaged(f"it holds half of a character at {_shortened(''.join(steps))}")
        if isinstance(item, dict | list):
            waiting.append(_inner(item))


def _inner(item: dict[str, object] | list[object]) -> Iterator[tuple[str, object]]:
    """Give what an object or list holds, each with its step in a path; keys are texts as well."""
    if isinstance(item, list):
        for number, inner in enumerate(item):
            if isinstance(inner, str | dict | list):
                yield f"[{number}]", inner
    else:
        for key, inner in item.items():
            yield "", key
            yield f".{quoted(key)}", inner


def _damaged(why: str) -> FileError:
    return FileError(
        f"This file is damaged: {why}. Nothing was changed. Open an earlier copy of it, if there "
        "is one."
    )

"""JSON read strictly: each fault is told in plain words, with its place.

For `hicm_desktop.storage.codec` only. Python's reader is stricter by hooks than msgspec's, which
lets the last of two equal keys win, and reads faster than a disk gives.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from hicm_desktop.errors import FileError

_SURROGATE = re.compile("[\ud800-\udfff]")


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
    _refuse_half_characters(value)
    return value


def _object_of(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _damaged(f"“{_printable(key)}” stands twice in one object")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _damaged(f"it holds {name}, which is no number")


def _refuse_half_characters(value: object) -> None:
    """UTF-8 cannot hold half of a surrogate pair, but an escape in JSON can spell one.

    A list of what is still to see takes the place of recursion: Python's own depth is spent sooner
    than that of the reader, which is written in C.
    """
    waiting: list[tuple[str, object]] = [("$", value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            waiting += [(path, key) for key in item]
            waiting += [(f"{path}.{_printable(key)}", inner) for key, inner in item.items()]
        elif isinstance(item, list):
            waiting += [(f"{path}[{number}]", inner) for number, inner in enumerate(item)]
        elif isinstance(item, str) and _SURROGATE.search(item):
            raise _damaged(f"it holds half of a character at {path}")


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _damaged(why: str) -> FileError:
    return FileError(
        f"This file is damaged: {why}. Nothing was changed. Open an earlier copy of it, if there "
        "is one."
    )

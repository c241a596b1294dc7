"""The `.hicm` format: a workshop as bytes and back, with versions, and strict about all it reads.

For `hicm_desktop.document` and the command line. Nothing here touches the disk.

A file is JSON in UTF-8, indented and in a stable order, so that two versions of it compare line by
line. What cannot be read for certain is refused with its reason and its exact place; nothing is
guessed at, and nothing that was recorded is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeVar

import msgspec

from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import checks, strict_json
from hicm_desktop.storage.strict_json import quoted
from hicm_desktop.workshop.sealing import is_intact
from hicm_desktop.workshop.values import Workshop

FORMAT = "hicm-workshop"
VERSION = 2
"""The version that is written. A newer one is refused, an older one migrated."""

LIMIT_BYTES = 32 * 1024 * 1024
"""The most a file may hold; a long workshop takes about a five-hundredth of it."""

JsonObject: TypeAlias = dict[str, object]
Migration: TypeAlias = Callable[[JsonObject], JsonObject]
"""Takes the whole file of one version and gives that of the next, less the number itself.

It passes on what it does not know, so that the strict reading afterwards can name it.
"""


def _number_partners(raw: JsonObject) -> JsonObject:
    """Give each partner an id: a show of hands names partners by it since version 2.

    One that has an id keeps it, though no version 1 wrote any: nothing that stands there is lost.
    """
    workshop = raw.get("workshop")
    if not isinstance(workshop, dict) or not isinstance(workshop.get("details"), dict):
        return raw
    details = workshop["details"]
    partners = details.get("partners")
    if not isinstance(partners, list):
        return raw
    numbered = [
        {"id": f"partner-{number}", **partner} if isinstance(partner, dict) else partner
        for number, partner in enumerate(partners, start=1)
    ]
    return {**raw, "workshop": {**workshop, "details": {**details, "partners": numbered}}}


MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: _number_partners})
"""By the version they start from."""


class Decoded(msgspec.Struct, frozen=True):
    """A workshop as read, and what the user should be told about it, one sentence each."""

    workshop: Workshop
    notices: tuple[str, ...]


class _ModelName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    version: str


class _ModelOnly(msgspec.Struct, frozen=True):
    model: _ModelName


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    model: _ModelName
    workshop: Workshop


def encode(workshop: Workshop, model: Model) -> bytes:
    """Give a workshop as the bytes of a file. Raises FileError where it could not be opened again.

    Half of a surrogate pair, which a paste can bring in and UTF-8 cannot hold, is written as U+FFFD
    rather than have the whole workshop go unsaved.
    """
    if len(workshop.actions) > checks.MOST_RECORDS:
        raise FileError(
            f"This workshop holds more than the {checks.MOST_RECORDS:,} actions a file may hold. "
            "The file is as it was. Remove some actions."
        )
    fault = next(checks.unwritable(workshop, model), None)
    if fault is not None:
        raise FileError(
            f"This workshop could not be opened again if it were written like this. {fault}. The "
            "file is as it was. Undo what you did last."
        )
    envelope = _Envelope(FORMAT, VERSION, _ModelName(model.id, model.version), workshop)
    try:
        packed = msgspec.json.encode(envelope)
    except UnicodeEncodeError:
        packed = msgspec.json.encode(_with_whole_characters(msgspec.to_builtins(envelope)))
    data = msgspec.json.format(packed, indent=2) + b"\n"
    if len(data) > LIMIT_BYTES:
        raise FileError(
            f"This workshop holds more than the {_megabytes(LIMIT_BYTES)} MB a file may hold. "
            f"The file is as it was. {_what_helps(workshop)}"
        )
    return data


def _what_helps(workshop: Workshop) -> str:
    """Say how to make a workshop smaller by what takes the most room in it."""
    sealed = [_with_whole_characters(msgspec.to_builtins(s)) for s in workshop.sealed]
    if len(msgspec.json.encode(sealed)) > LIMIT_BYTES // 2:
        return (
            "Its signed-off versions take most of that: export those you want to keep, and remove "
            "some."
        )
    return "Shorten the longest notes."


def decode(data: bytes, model: Model, migrations: Mapping[int, Migration] = MIGRATIONS) -> Decoded:
    """Read a workshop from the bytes of a file. Raises FileError that says what and why."""
    if len(data) > LIMIT_BYTES:
        raise FileError(
            f"This file is larger than {_megabytes(LIMIT_BYTES)} MB, so it is not a workshop that "
            "this program wrote. It was not read, and nothing was changed."
        )
    raw = _migrate(_ours(strict_json.parse(data)), migrations)
    name = _convert({"model": raw.get("model", {})}, _ModelOnly).model
    if name.id != model.id:
        raise FileError(
            f"This workshop was recorded with another model, “{quoted(name.id)}” "
            f"({quoted(name.version)}). This program has “{model.id}” ({model.version}). "
            "Nothing was changed. Open it where the other model is installed."
        )
    _refuse(checks.too_many(raw.get("workshop")))
    workshop = _convert(raw, _Envelope).workshop
    _refuse(checks.faults(workshop, model))
    return Decoded(workshop, tuple(_notices(workshop, name, model)))


def _ours(raw: object) -> JsonObject:
    """Tell whether the file is one of ours, before anything else is asked of it."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise FileError(
            "This file is not a workshop: it was made by some other program. Nothing was changed."
        )
    return raw


def _migrate(raw: JsonObject, migrations: Mapping[int, Migration]) -> JsonObject:
    version = raw.get("version")
    if type(version) is not int:
        raise FileError(
            "This file is damaged: it does not say which version of the format it is in "
            "(at $.version). Nothing was changed. Open an earlier copy of it, if there is one."
        )
    if version > VERSION:
        raise FileError(
            "This file was made by a newer version of this program (format "
            f"{quoted(str(version))}; this one reads up to {VERSION}). Nothing was changed; open "
            "it there, or update this program."
        )
    while version < VERSION:
        if version not in migrations:
            raise FileError(
                f"This file is in format {quoted(str(version))}, which this program does not know. "
                "Nothing was changed. Ask where it came from for a copy made by a released version."
            )
        raw = migrations[version](raw)
        version += 1
    return {**raw, "version": VERSION}


_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def _convert(raw: JsonObject, kind: type[_Struct]) -> _Struct:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        fault, _, place = str(error).replace("`", "").rpartition(" - at ")
        told = f"{quoted(fault)} - at {quoted(place)}" if fault else quoted(place)
        raise _falls_short(told) from error


def _refuse(faults: Iterable[str]) -> None:
    """Refuse a file for the first thing that is wrong with it, if anything is."""
    for fault in faults:
        raise _falls_short(fault)


def _falls_short(fault: str) -> FileError:
    return FileError(
        f"This file cannot be read as a workshop. {fault}. Nothing was changed. Open an earlier "
        "copy of it, if there is one."
    )


def _notices(workshop: Workshop, name: _ModelName, model: Model) -> Iterable[str]:
    if name.version != model.version:
        yield (
            "This workshop was recorded with another version of the model, "
            f"“{quoted(name.version)}”; this program has “{model.version}”. Check the "
            "wording of what was agreed."
        )
    rows = len(workshop.orphans(model))
    if rows:
        answers = "1 answer is about a row" if rows == 1 else f"{rows} answers are about rows"
        kept = "it is kept" if rows == 1 else "they are kept"
        yield f"{answers} this model does not have; {kept} and shown on the Overview."
    changes = len(workshop.orphan_changes(model))
    if changes:
        notes = "Notes on 1 change" if changes == 1 else f"Notes on {changes} changes"
        yield f"{notes} this model does not have are kept and shown on the Overview."
    for sealed in workshop.sealed:
        if not is_intact(sealed):
            yield (
                f"Version {sealed.number} that was signed off has been altered since, outside of "
                "this program: its fingerprint does not match. It is kept as it is. Ask for "
                "an earlier copy of the file before you rely on that version."
            )


def _with_whole_characters(value: object) -> object:
    """Join surrogate pairs that came apart, and put U+FFFD for a half that is alone."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return [_with_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_whole_characters(item) for key, item in value.items()}
    return value


def _megabytes(size: int) -> int:
    return size // (1024 * 1024)

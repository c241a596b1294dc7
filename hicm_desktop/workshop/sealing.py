"""Seals a version of a workshop that the room signed off, and tells whether it still stands.

Pure. The content of a version is what the room recorded: without the facilitator's private notes,
without the clock, and without what was taken back. It says nothing of any sign-off either. Whoever
edits on makes a version that is not sealed; taking the edits back comes to the sealed one again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import msgspec

from hicm_desktop.workshop.by_identity import by_identity
from hicm_desktop.workshop.clock import NEVER_RAN
from hicm_desktop.workshop.entry import ABOUT_SEALS, MOST_VERSIONS
from hicm_desktop.workshop.private_notes import without_private_notes
from hicm_desktop.workshop.values import (
    MOST_SEALED,
    ChangeRecord,
    Partner,
    RowRecord,
    Sealed,
    Workshop,
)
from hicm_desktop.workshop.words import NO_ORGANISATION

_STATES = 8
"""Of how many states of workshops the fingerprint is remembered."""


def content_of(workshop: Workshop) -> Workshop:
    """Give what the room recorded, and nothing that is the facilitator's or the program's own."""
    theirs = without_private_notes(workshop)
    return msgspec.structs.replace(
        theirs,
        rows=tuple(r for r in theirs.rows if r != RowRecord(row=r.row)),
        changes=tuple(c for c in theirs.changes if c != ChangeRecord(change=c.change)),
        clock=NEVER_RAN,
        log=tuple(e for e in workshop.log if e.stands and e.kind not in ABOUT_SEALS),
        sealed=(),
    )


@by_identity(_STATES)
def fingerprint(workshop: Workshop) -> str:
    """Give the SHA-256 of a workshop's content as JSON, in hexadecimal.

    The order in which rows and positions were recorded is none of it, nor is what is empty. Half of
    a surrogate pair, which a paste can bring in, counts as U+FFFD, since a file holds it as that.
    """
    return _digest(content_of(workshop))


def _digest(content: Workshop) -> str:
    ordered = msgspec.structs.replace(
        content,
        rows=tuple(sorted(map(_in_order, content.rows), key=lambda r: r.row)),
        changes=tuple(sorted(content.changes, key=lambda c: c.change)),
    )
    said = _said(msgspec.to_builtins(ordered))
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return hashlib.sha256(whole.encode()).hexdigest()


def _in_order(record: RowRecord) -> RowRecord:
    before, after = (
        msgspec.structs.replace(t, positions=tuple(sorted(t.positions, key=lambda p: p.partner)))
        for t in (record.before, record.after)
    )
    return msgspec.structs.replace(record, before=before, after=after)


def _said(value: object) -> object:
    """Leave out what is empty, which may or may not be there: it says the same either way."""
    if isinstance(value, dict):
        said = {key: _said(item) for key, item in value.items()}
        return {key: item for key, item in said.items() if item not in (None, "", [], {}, ())}
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value


def seal(workshop: Workshop, at: dt.datetime, present: tuple[str, ...]) -> Workshop:
    """Give a workshop with its content sealed as its next version, by those who were `present`.

    One that is sealed already with the same partners present stays as it is, as does one of
    `MOST_SEALED` versions; see `is_sealed` and `is_full`.
    """
    if is_sealed(workshop, present) or is_full(workshop):
        return workshop
    sealed = Sealed(
        number=_next_number(workshop),
        at=at,
        present=tuple(_unnamed(p) for p in workshop.details.partners if p.id in present),
        fingerprint=fingerprint(workshop),
        content=content_of(workshop),
    )
    return msgspec.structs.replace(workshop, sealed=(*workshop.sealed, sealed))


def _next_number(workshop: Workshop) -> int:
    """Give a number that no version had, those included that were taken back or removed since."""
    given = [sealed.number for sealed in workshop.sealed]
    given += [entry.version for entry in workshop.log if entry.version is not None]
    return max(given, default=0) + 1


def _unnamed(partner: Partner) -> Partner:
    """Give a partner without a person's name; one who has nothing else is there all the same."""
    is_nobody = not (partner.organisation.strip() or partner.role.strip())
    organisation = NO_ORGANISATION if is_nobody else partner.organisation
    return Partner(organisation=organisation, role=partner.role, id=partner.id)


def is_full(workshop: Workshop) -> bool:
    """Tell whether a workshop has as many versions as it can have, and no other can be sealed."""
    return len(workshop.sealed) >= MOST_SEALED or _next_number(workshop) > MOST_VERSIONS


def standing_seal(workshop: Workshop) -> Sealed | None:
    """Give the latest version that is sealed and says just what is recorded now, if any does."""
    if not workshop.sealed:
        return None
    now = fingerprint(workshop)
    return next((s for s in reversed(workshop.sealed) if s.fingerprint == now), None)


def is_sealed(workshop: Workshop, present: tuple[str, ...]) -> bool:
    """Tell whether what is recorded now is sealed with these partners present, by their ids."""
    standing = standing_seal(workshop)
    return standing is not None and names_same(standing, workshop, present)


def names_same(sealed: Sealed, workshop: Workshop, present: tuple[str, ...]) -> bool:
    """Tell whether a version names just those partners of a workshop whose ids are `present`."""
    there = {p.id for p in workshop.details.partners if p.id in present}
    return there == {p.id for p in sealed.present}


@by_identity(2 * MOST_SEALED)
def is_intact(sealed: Sealed) -> bool:
    """Tell whether a sealed version's content is what was sealed."""
    return _digest(sealed.content) == sealed.fingerprint

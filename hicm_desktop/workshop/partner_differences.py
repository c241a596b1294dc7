"""What differs between two lists of partners in the room.

Pure. For `hicm_desktop.workshop.differences`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from hicm_desktop.workshop.difference import Difference, numbered, seen, texts
from hicm_desktop.workshop.places import DetailsPlace
from hicm_desktop.workshop.values import Partner
from hicm_desktop.workshop.words import NO_ORGANISATION, partner_words

_WHERE = ("Workshop details", "Partners")
_PLACE = DetailsPlace()


def partner_differences(
    before: Sequence[Partner], after: Sequence[Partner]
) -> Iterator[Difference]:
    """Tell what differs, partner by partner. An id is not read, so it alone makes no difference.

    One that reads otherwise is known again by its id, or else by its organisation.
    """
    stayed, gone = _parted(before, after)
    stay, come = _parted(after, before)
    heirs, new = _paired(gone, come)
    for number, partner in enumerate(gone):
        if (heir := heirs.get(number)) is None:
            yield from texts(_WHERE, _whole(partner), "", _PLACE)
            continue
        line = (*_WHERE, partner.organisation if seen(partner.organisation) else NO_ORGANISATION)
        yield from texts((*line, "Organisation"), partner.organisation, heir.organisation, _PLACE)
        yield from texts((*line, "Role"), partner.role, heir.role, _PLACE)
        yield from texts((*line, "Name"), partner.name, heir.name, _PLACE)
    for partner in new:
        yield from texts(_WHERE, "", _whole(partner), _PLACE)
    if list(map(_read, stayed)) != list(map(_read, stay)):
        was, now = (numbered(map(_whole, partners)) for partners in (stayed, stay))
        yield from texts((*_WHERE, "Order"), was, now, _PLACE)


def _whole(partner: Partner) -> str:
    """Name a partner with all that is written of one, a person's name included."""
    unseen = {field: "" for field in ("organisation", "role") if not seen(getattr(partner, field))}
    words = partner_words(replace(partner, **unseen))
    return f"{words} · {partner.name}" if seen(partner.name) else words


def _paired(
    gone: Sequence[Partner], come: Sequence[Partner]
) -> tuple[Mapping[int, Partner], Sequence[Partner]]:
    """Find who those that are gone have become, by their index, and those who are new."""
    new = list(come)
    found: dict[int, Partner] = {}
    for is_same in (_has_id_of, _has_name_of):
        for number, partner in enumerate(gone):
            heir = None if number in found else next((p for p in new if is_same(partner, p)), None)
            if heir is not None:
                found[number] = heir
                new.remove(heir)
    return found, new


def _has_id_of(partner: Partner, other: Partner) -> bool:
    return bool(partner.id) and partner.id == other.id


def _has_name_of(partner: Partner, other: Partner) -> bool:
    """Tell whether one of whom no id is known may be another, in another role."""
    return not (partner.id and other.id) and partner.organisation == other.organisation


def _parted(
    these: Sequence[Partner], those: Sequence[Partner]
) -> tuple[list[Partner], list[Partner]]:
    """Part these into what reads the same among those too, one for one, and what does not."""
    common: list[Partner] = []
    left: list[Partner] = []
    taken = Counter(map(_read, those))
    for partner in these:
        (common if taken[_read(partner)] > 0 else left).append(partner)
        taken[_read(partner)] -= 1
    return common, left


def _read(partner: Partner) -> tuple[str, str, str]:
    return partner.organisation, partner.role, partner.name

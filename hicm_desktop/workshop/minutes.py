"""Puts the decision log and the sign-off into words: ready minutes, for the screen and for exports.

Pure. Times are those of the room's own clock, as they were recorded, wherever they are read.
"""

from __future__ import annotations

import datetime as dt

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.entry import ABOUT_SEALS, Entry, Kind
from hicm_desktop.workshop.sealing import is_intact, standing_seal
from hicm_desktop.workshop.values import Sealed, Workshop
from hicm_desktop.workshop.words import count

NOT_IN_MODEL = "Not in this model"
PLAN = "Action plan"
SIGN_OFF = "Sign-off"
NOT_SIGNED_OFF = "Not signed off."
ALREADY = "This version is signed off already."
NOBODY = "Nobody is named as present."
OTHERS = "Other people are ticked now. Sign off again to name them instead."
NOT_INTACT = "What it holds is not what was signed off: the fingerprint does not match."
_GROUP = 4


def day_time(at: dt.datetime) -> str:
    """Write a moment by the room's clock: "12 November 2026 at 15:40"."""
    return f"{date_words(at.date())} at {at:%H:%M}"


def grouped(fingerprint: str) -> str:
    """Write a fingerprint in groups that can be read out: "3fa9 22c1"."""
    return " ".join(fingerprint[i : i + _GROUP] for i in range(0, len(fingerprint), _GROUP))


def entry_where(model: Model, entry: Entry) -> tuple[str, str]:
    """Give the heading of the change and the name of the row that an entry is about.

    An entry of no row has no name of a row; one of no change either is about the action plan, or
    about the sign-off.
    """
    if entry.kind in ABOUT_SEALS:
        return SIGN_OFF, ""
    if entry.row is None and entry.change is not None:
        known = model.has_change(entry.change)
        return (model.change(entry.change).heading, "") if known else (NOT_IN_MODEL, entry.change)
    if entry.row is None:
        return PLAN, ""
    if not model.has_row(entry.row):
        return NOT_IN_MODEL, entry.row
    return model.change_of(entry.row).heading, model.row(entry.row).name


def entry_words(entry: Entry) -> str:
    """Say what an entry tells: "Not discussed → Established", "Actions put first: none"."""
    moved = " → ".join(filter(None, (entry.was, entry.now)))
    match entry.kind:
        case Kind.DECISION:
            return moved
        case Kind.PREVIOUS_SHOWN:
            return entry.kind.words
        case Kind.REASON_CHANGED:
            told = f"{entry.was or 'none'} → {entry.now or 'none'}"
        case Kind.ACTION_CHANGED:
            told = moved
        case Kind.PUT_FIRST:
            told = entry.now or "none"
        case Kind.HANDS_BEFORE | Kind.HANDS_AFTER:
            told = entry.now or "cleared"
        case _:  # an action or a version that came or went
            told = entry.now or entry.was
    return f"{entry.kind.words}: {told}"


def sealed_words(sealed: Sealed) -> str:
    """Say which version was signed off, and when."""
    words = f"Signed off {day_time(sealed.at)}, version {sealed.number}."
    return words if is_intact(sealed) else f"{words} {NOT_INTACT}"


def present_words(sealed: Sealed) -> str:
    """Count who was there when a version was signed off."""
    return count(len(sealed.present), "partner") if sealed.present else "No partners named"


def ticked_words(ticked: int, partners: int, *, signed: bool = False) -> str:
    """Say how many of the partners are named as present, or will be where it is not `signed`."""
    how = ("was" if partners == 1 else "were") if signed else "will be"
    return f"{ticked} of {count(partners, 'partner')} {how} named as present"


def changed_words(sealed: Sealed) -> str:
    """Say that what is recorded now is not what was last signed off."""
    return f"Changed since version {sealed.number} was signed off, {day_time(sealed.at)}."


def seal_state(workshop: Workshop) -> str:
    """Say how what is recorded now stands to the versions that were signed off."""
    if not workshop.sealed:
        return NOT_SIGNED_OFF
    standing = standing_seal(workshop)
    return changed_words(workshop.sealed[-1]) if standing is None else sealed_words(standing)

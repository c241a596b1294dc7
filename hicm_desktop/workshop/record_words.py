"""What every kind of export says in the same words: headings, empty states, and what a copy is.

Pure. For `hicm_desktop.workshop.report` and for exporters.
"""

from __future__ import annotations

PUT_FIRST = "The room puts first"
AGREED = "What was agreed"
OPEN = "What is still open, or does not apply"
DIFFERING = "Where views differ"

NONE_PUT_FIRST = "The room put no action first."
NONE_AGREED = "No level was agreed."
NONE_OPEN = "Every row has its level."
NONE_DIFFERING = "No view was recorded as differing."
VIEWS_LEFT_OUT = "Differing views are left out of this copy, but for reservations."
NO_ACTIONS = "No actions were recorded."
NO_DECISIONS = "No decisions were logged."
NOT_GIVEN = "Not given"
NO_DATE = "No date yet"
NO_OWNER = "No owner yet"
CHANGE_NOT_IN_SCOPE = "This change was not in scope for this workshop."
TICK = "✓"
"""Stands before the words over the descriptor of the level that was agreed."""

LEAVES_OUT = "This copy is not the whole record. It leaves out:"
PRIVATE = (
    "This copy holds the facilitator’s private notes. They are for the facilitator alone. Please "
    "do not pass this copy on."
)
PRIVATE_FOOT = "Holds the facilitator’s private notes"


def extract_words(shown: int, of: int, numbers: str) -> str:
    """Say that a copy shows some changes alone: "This copy shows changes 1 and 4 alone."."""
    if shown == of:
        return ""
    if not shown:
        return "This copy shows none of the changes."
    return f"This copy shows {'change' if shown == 1 else 'changes'} {numbers} alone."


def listed(parts: list[str]) -> str:
    """Write a list as it is read out: "1, 4 and 7"."""
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last

"""Where something stands in a workshop or its model: what a search finds, and a view can go to.

Pure. For `hicm_desktop.workshop.search` and the user interface.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from hicm_desktop.workshop.edits import ChangeField, RowField

TOP, TIPS, MATERIALS, EXAMPLES = "top", "tips", "materials", "examples"
"""Parts of a change's tab; a box goes by its own id. `MATERIALS` is on the Overview too."""

LEVELS = "levels"
"""The part of the Overview that defines the levels."""


class OverviewPlace(msgspec.Struct, frozen=True):
    """On the Overview: `LEVELS`, `MATERIALS`, or by its id a section or the summary of a change."""

    section_id: str


class DetailsPlace(msgspec.Struct, frozen=True):
    """In the workshop's details."""


class ChangePlace(msgspec.Struct, frozen=True):
    """On a change's tab: `TOP`, `TIPS`, `MATERIALS`, `EXAMPLES` or a box by its id."""

    change_id: str
    part: str


class ChangeFieldPlace(msgspec.Struct, frozen=True):
    """In a text that the room wrote about a change."""

    change_id: str
    field: ChangeField


class RowPlace(msgspec.Struct, frozen=True):
    """On a row: a descriptor by its level, a text the room wrote, or the row itself."""

    row_id: str
    level_id: str | None = None
    field: RowField | None = None


class ActionPlace(msgspec.Struct, frozen=True):
    """On a line of the action plan."""

    action_id: str


class UnplacedPlace(msgspec.Struct, frozen=True):
    """With what was recorded about a row or change that this model does not have."""

    record_id: str


class LogPlace(msgspec.Struct, frozen=True):
    """On an entry of the decision log, by its number."""

    number: int


Place: TypeAlias = (
    OverviewPlace
    | DetailsPlace
    | ChangePlace
    | ChangeFieldPlace
    | RowPlace
    | ActionPlace
    | UnplacedPlace
    | LogPlace
)

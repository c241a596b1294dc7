"""The columns of the plan: the five published ones in their order, then the two that are ours.

For `hicm_desktop.ui.action_plan`.
"""

from __future__ import annotations

import enum

from hicm_desktop.model.values import Model

OURS = "Added by this application; not part of the published plan"


class Column(enum.IntEnum):
    """A column, numbered from 0 as it stands in the table."""

    PLACE = 0
    WHERE_NOW = 1
    TO_DO = 2
    DUE = 3
    SUCCESS = 4
    OWNER = 5
    PROGRESS = 6

    @property
    def is_ours(self) -> bool:
        """Whether the application added it to the published five."""
        return self in (Column.OWNER, Column.PROGRESS)

    @property
    def field(self) -> str:
        """The name of what it edits: an attribute of an action, or "place" or "due"."""
        return self.name.lower()

    def heading(self, model: Model) -> str:
        """Give its heading, in the published words where there are any."""
        return self.name.capitalize() if self.is_ours else model.columns[self.value]

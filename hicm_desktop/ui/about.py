"""What the Help menu says: what the program is, and what an organisation has set.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hicm_desktop import PRODUCT, __version__
from hicm_desktop.document.policy import Policy, what_is_set
from hicm_desktop.model.values import Model
from hicm_desktop.ui import dialogs
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL

SET_BY = "Set by your organisation"
NOTHING_SET = "Your organisation has set nothing: all that can be chosen is yours to choose."


def show_about(parent: QWidget, model: Model) -> None:
    """Say which program this is, and which model is in it."""
    dialogs.tell(
        parent,
        f"About {PRODUCT}",
        f"{PRODUCT} {__version__}",
        f"{model.source}. {model.version}.\n\n{model.attribution}\n\n{NOT_A_PERFORMANCE_TOOL}",
    )


def show_policy(parent: QWidget, policy: Policy) -> None:
    """Say what an organisation has set, and where that stands."""
    if policy.problem:
        dialogs.warn(parent, SET_BY, policy.problem)
        return
    lines = what_is_set(policy)
    if not lines:
        dialogs.tell(parent, SET_BY, NOTHING_SET)
        return
    dialogs.tell(
        parent, SET_BY, "\n".join(f"• {line.rstrip('.')}." for line in lines), f"In {policy.file}"
    )

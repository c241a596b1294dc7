"""The user's own folder on this computer, and the run of the program that is going on in it.

For `hicm_desktop.document` and the composition root. Earlier versions, copies kept for recovery and
the runs that go on lie here, and never beside the user's workshops.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from hicm_desktop.storage import session
from hicm_desktop.storage.lock import Holder, here
from hicm_desktop.storage.session import Session


class Profile(msgspec.Struct, frozen=True):
    """The folder, and who is at work: this user, at this machine, in this run."""

    root: Path
    run: Session
    me: Holder

    @property
    def earlier(self) -> Path:
        """The folder of earlier versions."""
        return self.root / "earlier"

    @property
    def recovery(self) -> Path:
        """The folder of copies that their own files did not hold."""
        return self.root / "recovery"

    def new_recovery(self) -> Path:
        """Name a folder for one copy, which tells the run that made it."""
        return self.recovery / f"{self.run.token}-{secrets.token_hex(4)}"

    def is_alive(self, token: str) -> bool:
        """Whether a run of this user's program on this computer still goes on."""
        return session.is_alive(_runs(self.root), token)

    def end(self) -> None:
        """End this run in good order."""
        self.run.end()


def open_profile(root: Path) -> Profile:
    """Begin a run in this folder. Raises FileError where the folder cannot be written."""
    run = Session(_runs(root))
    session.tidy(_runs(root))
    return Profile(root, run, here(run.token))


def _runs(root: Path) -> Path:
    return root / "runs"

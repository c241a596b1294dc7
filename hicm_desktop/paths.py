"""Where things lie: what ships with the program, and where a user's own files go.

For the command line and the composition root, which hand the paths on. What ships is inside the
package when installed or frozen, and beside it in a source checkout. Nothing is ever written where
the program lies, but for one that a file called `portable` beside it makes so.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

from hicm_desktop import PRODUCT

PORTABLE = "portable"
"""The name of the file that has the program keep everything beside itself, as on a USB stick."""

POLICY = "policy.toml"
PROGRAM = "hicm-workshop"
"""What the program is called where a system looks for its files: its executable, its icon."""

_PACKAGE = Path(__file__).resolve().parent
_WORKSHOPS = "HICM workshops"


def content_dir(instead: Path | None = None) -> Path:
    """Give the folder of the model's YAML: the one that ships, unless another was set instead."""
    return instead or _shipped("content")


def resources_dir() -> Path:
    """Give the folder of fonts and the sample workshop."""
    return _shipped("resources")


def is_frozen() -> bool:
    """Whether this is the program as it is handed out, with a Python of its own."""
    return bool(getattr(sys, "frozen", False))


def program_dir() -> Path:
    """Give the folder that the program lies in: that of its executable, or of its source."""
    if not is_frozen():
        return _PACKAGE.parent
    executable = Path(sys.executable).resolve()
    inside = executable.parent.parts[-2:] == ("Contents", "MacOS")
    is_bundle = sys.platform == "darwin" and inside and executable.parents[2].suffix == ".app"
    return executable.parents[3] if is_bundle else executable.parent


def is_portable() -> bool:
    """Whether settings, profile and workshops lie beside the program and nowhere else."""
    return (program_dir() / PORTABLE).is_file()


def policy_files() -> tuple[Path, ...]:
    """Give where what an organisation has set may lie: for the computer, then beside the program.

    The first that is there counts, and the others do not.
    """
    return _machine_dir() / POLICY, program_dir() / POLICY


def _machine_dir() -> Path:
    """Give the folder that is every user's, and that administrators alone should write in."""
    if sys.platform == "win32":
        return platformdirs.site_data_path(PRODUCT, appauthor=False)
    if sys.platform == "darwin":
        return Path("/Library/Application Support") / PRODUCT
    return Path("/etc") / PROGRAM


def default_workshop_dir() -> Path:
    """Give the folder that workshops go to until the user names another. It may not exist yet."""
    documents = program_dir() if is_portable() else platformdirs.user_documents_path()
    return documents / _WORKSHOPS


def settings_file() -> Path:
    """Give the file of the user's settings, in the local profile. It may not exist yet."""
    if is_portable():
        return _beside() / "settings.ini"
    return platformdirs.user_config_path(PRODUCT, appauthor=False, roaming=False) / "settings.ini"


def profile_dir() -> Path:
    """Give the program's own folder in the local profile. It may not exist yet.

    Earlier versions of workshops, copies kept for recovery and the log lie there.
    """
    if is_portable():
        return _beside()
    return platformdirs.user_data_path(PRODUCT, appauthor=False, roaming=False)


def _beside() -> Path:
    return program_dir() / "profile"


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name

"""Where things lie: what ships with the program, and where a user's own files go.

For the command line and the composition root, which hand the paths on. What ships is inside the
package when installed, and beside it in a source checkout.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP = "HICM Workshop"


def content_dir() -> Path:
    """Give the folder of the model's YAML."""
    return _shipped("content")


def resources_dir() -> Path:
    """Give the folder of fonts and the sample workshop."""
    return _shipped("resources")


def default_workshop_dir() -> Path:
    """Give the folder that workshops go to until the user names another. It may not exist yet."""
    return platformdirs.user_documents_path() / "HICM workshops"


def settings_file() -> Path:
    """Give the file of the user's settings, in the local profile. It may not exist yet."""
    return platformdirs.user_config_path(_APP, appauthor=False, roaming=False) / "settings.ini"


def profile_dir() -> Path:
    """Give the program's own folder in the local profile. It may not exist yet.

    Earlier versions of workshops, copies kept for recovery and the log lie there.
    """
    return platformdirs.user_data_path(_APP, appauthor=False, roaming=False)


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name

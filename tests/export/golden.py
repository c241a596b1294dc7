"""Texts of exports as they were when somebody last looked at them and found them good.

They lie in `golden/`. Where an export is meant to change, look at the export itself, then run the
test with the environment variable HICM_RENEW_GOLDEN=1 and look at what changed in the files.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare a text with the file of that name in `golden/`, to the letter."""
    path = FOLDER / name
    if os.environ.get("HICM_RENEW_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert path.read_text("utf-8") == text

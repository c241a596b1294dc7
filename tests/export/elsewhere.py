"""The sample, exported in processes of their own: elsewhere in the world, and hashed otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import hashlib
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.report import build_report
from {module} import {render}
model = read_model(content_dir())
sample = codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop
print(hashlib.sha256({render}(build_report(model, sample))).hexdigest())
"""


def digests_of_sample(module: str, render: str) -> set[str]:
    """Render the sample by this function where clocks and hashes differ; gives all digests."""
    places = (("UTC", "0"), ("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "4294967295"))
    return {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", _SCRIPT.format(module=module, render=render)],
            cwd=_ROOT,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for zone, seed in places
    }

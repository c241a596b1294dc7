"""What a test needs of its machine: a display, a bus, the system's own libraries.

A person who has not got it goes without that test, and is told. `.ci/run` sets CI, and `run.py`
has installed it there: without it the test fails, or nobody would see that it is never run.
"""

from __future__ import annotations

import os

import pytest


def needs(what: str, *, there: object) -> None:
    """Skip the test where this machine lacks what it needs; in CI, fail it."""
    if there:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"This test was not run: there is no {what} on this machine")
    pytest.skip(f"there is no {what} on this machine")

"""What the frozen program puts right at its start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hicm_desktop import frozen


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ({"LD_LIBRARY_PATH": "/ours"}, {}),
        ({"LD_LIBRARY_PATH": "/ours:/theirs", "LD_LIBRARY_PATH_ORIG": "/theirs"}, "/theirs"),
        ({}, {}),
    ],
)
def test_programs_that_it_starts_do_not_look_for_libraries_in_its_folder(
    found: dict[str, str], left: dict[str, str] | str
) -> None:
    variables = {"HOME": "/home", **found}
    frozen.give_back(variables)
    rest = {"LD_LIBRARY_PATH": left} if isinstance(left, str) else left
    assert variables == {"HOME": "/home", **rest}


@pytest.mark.parametrize(("is_frozen", "seen"), [(True, "None"), (False, "/ours")])
def test_it_is_done_by_the_frozen_program_alone(*, is_frozen: bool, seen: str) -> None:
    script = (
        "import os, sys\n"
        f"sys.frozen = {is_frozen}\n"
        "from hicm_desktop.__main__ import main\n"
        "sys.argv[1:] = ['--version']\n"
        "main()\n"
        "print(os.environ.get('LD_LIBRARY_PATH'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "LD_LIBRARY_PATH": "/ours", "PYTHONPATH": os.getcwd()},  # noqa: PTH109
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == seen

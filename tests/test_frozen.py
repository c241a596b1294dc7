"""What the frozen program puts right at its start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hicm_desktop import frozen

ROOT = Path(__file__).resolve().parents[1]


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


def without_qt(error: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as if it were frozen, where loading Qt raises this."""
    script = (
        "import sys\n"
        "class Lacking:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'PySide6':\n"
        f"            raise {error}\n"
        "sys.meta_path.insert(0, Lacking())\n"
        "sys.frozen = True\n"
        f"sys.argv[1:] = {[*arguments]!r}\n"
        "from hicm_desktop.__main__ import main\n"
        "sys.exit(main())\n"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), "DISPLAY": ":0"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["self-test"]])
def test_what_a_linux_without_a_desktop_lacks_is_named(arguments: list[str]) -> None:
    lacks = "libglib-2.0.so.0: cannot open shared object file: No such file or directory"
    done = without_qt(f"ImportError({lacks!r})", *arguments)
    assert done.returncode == 1
    assert f"could not be loaded: {lacks}." in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_program_lacks_itself_is_not_blamed_on_the_computer() -> None:
    done = without_qt("ModuleNotFoundError('no part of it')", "self-test")
    assert done.returncode == 1
    assert "desktop has it" not in done.stderr
    assert "ModuleNotFoundError: no part of it" in done.stderr

"""What is installed: the locks, and a wheel and an sdist really built, offline, and looked into."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hicm_desktop import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCKS = [ROOT / "requirements" / f"{name}.txt" for name in ("app", "dev", "freeze", "sbom")]
APP, DEV, FREEZE, SBOM = LOCKS
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

REMADE = "the lock is behind pyproject.toml: its second line is the command that makes it anew"


# Locks


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Give each pinned package's version and markers, and the number of its hashes."""
    found: dict[str, tuple[str, int]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", lock):
        if match := re.match(r"([a-z0-9-]+)==([^\\]+?) \\", entry):
            found[match[1]] = (match[2], entry.count("--hash=sha256:"))
    return found


def addresses(lock: str) -> list[str]:
    """Give the lines that tell pip, or a reader, where packages lie."""
    told = re.compile(
        r"://|^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b"
    )
    return [line for line in lock.splitlines() if told.search(line)]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", line)[0].lower() for line in requirements}


def test_the_lock_is_read_entry_by_entry() -> None:
    lock = (
        "# head\nfoo==1.2 ; a == 'b' \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n    # via x\n"
    )
    assert pins(lock + "bar-baz==3 \\\n    --hash=sha256:3\n") == {
        "foo": ("1.2 ; a == 'b'", 2),
        "bar-baz": ("3", 1),
    }


@pytest.mark.parametrize(
    "line", ["--find-links /x", "-i here", "# from https://example.org/simple"]
)
def test_an_address_in_a_lock_would_be_seen(line: str) -> None:
    assert addresses(f"foo==1\n{line}\n") == [line]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert addresses(lock.read_text("utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_of_a_lock_has_a_hash(lock: Path) -> None:
    found = pins(lock.read_text("utf-8"))
    assert found
    assert [name for name, (_, hashes) in found.items() if hashes == 0] == []


def test_the_locks_hold_every_package_the_project_asks_for() -> None:
    wanted = names(PYPROJECT["project"]["dependencies"])
    assert wanted <= pins(APP.read_text("utf-8")).keys(), REMADE
    groups = PYPROJECT["dependency-groups"]
    for group, lock, more in (("dev", DEV, wanted), ("freeze", FREEZE, wanted), ("sbom", SBOM, {})):
        asked = names(groups[group]).union(more)
        assert asked <= pins(lock.read_text("utf-8")).keys(), REMADE


@pytest.mark.parametrize("lock", [DEV, FREEZE], ids=lambda path: path.name)
def test_tests_and_freezing_are_on_the_very_packages_that_the_program_ships_with(
    lock: Path,
) -> None:
    assert pins(APP.read_text("utf-8")).items() <= pins(lock.read_text("utf-8")).items(), REMADE


def wanted_by(name: str) -> set[str]:
    """Give what a package that is installed here asks for on this computer, extras left out."""
    lines = map(Requirement, requires(name) or ())
    return {
        canonicalize_name(line.name)
        for line in lines
        if line.marker is None or line.marker.evaluate({"extra": ""})
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_all_that_its_packages_ask_for(lock: Path) -> None:
    # run.py has pip install the lock and nothing beside it.
    here = {canonicalize_name(str(each.metadata["Name"])) for each in distributions()}
    locked = pins(lock.read_text("utf-8")).keys()
    asked = {name: wanted_by(name) for name in locked & here}
    assert any(asked.values())
    assert {name: lacking for name in asked if (lacking := asked[name] - locked)} == {}


def test_qt_is_the_release_that_is_sound_on_every_python_we_run_on() -> None:
    version, _ = pins(APP.read_text("utf-8"))["pyside6-essentials"]
    assert version.startswith("6.11."), "docs/adr/0002-pins.md says why"


# The wheel and the sdist


def hatch(kind: str, folder: Path) -> Path:
    """Build one distribution of the checkout into a folder, and give its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hatch("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds what installing the wheel puts on Python's path."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202 - we have just built it ourselves
    return folder


def files_of(folder: Path, suffix: str = "") -> dict[str, bytes]:
    """Give every file below a folder of the checkout, without what Python leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob(f"*{suffix}")
        if path.is_file() and "__pycache__" not in path.parts
    }


def expected() -> dict[str, bytes]:
    """Give what the package holds when installed, by its path in it."""
    shipped = {
        f"{name}/{path}": data
        for name in ("content", "resources")
        for path, data in files_of(ROOT / name).items()
    }
    return files_of(ROOT / "hicm_desktop", ".py") | shipped


def test_the_wheel_holds_the_code_the_content_and_the_resources_and_nothing_else(
    installed: Path,
) -> None:
    assert files_of(installed / "hicm_desktop") == expected()
    others = {path.name for path in installed.iterdir()} - {"hicm_desktop"}
    assert others == {f"hicm_desktop-{__version__}.dist-info"}


def test_the_wheel_carries_both_licences(installed: Path) -> None:
    licences = next(installed.glob("*.dist-info")) / "licenses"
    assert files_of(licences) == {
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "resources/fonts/OFL.txt": (ROOT / "resources" / "fonts" / "OFL.txt").read_bytes(),
    }


def run_installed(installed: Path, tmp_path: Path, *arguments: str) -> str:
    """Run the installed program away from the checkout, through the command a user types."""
    entry = next(installed.glob("*.dist-info")) / "entry_points.txt"
    assert "hicm-desktop = hicm_desktop.__main__:main" in entry.read_text("utf-8").splitlines()
    code = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); "
        "from hicm_desktop import cli; sys.exit(cli.main())"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert __version__ in run_installed(installed, tmp_path, "--version")


def test_the_installed_program_finds_its_content_and_its_sample(
    installed: Path, tmp_path: Path
) -> None:
    content = installed / "hicm_desktop" / "content"
    run_installed(installed, tmp_path, "sample", "sample.hicm")
    assert (
        run_installed(installed, tmp_path, "check", "sample.hicm", str(content)).count(": ok") == 2
    )


def test_the_sdist_builds_and_holds_what_the_wheel_is_made_from(tmp_path: Path) -> None:
    with tarfile.open(hatch("sdist", tmp_path)) as archive:
        found = {member.name.partition("/")[2] for member in archive if member.isfile()}
    code = {f"hicm_desktop/{path}" for path in files_of(ROOT / "hicm_desktop", ".py")}
    shipped = {path for path in expected() if path.startswith(("content/", "resources/"))}
    project = {"LICENSE", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
    assert found == code | shipped | project

"""Freezes the program, looks into what came of it, has it test itself, and packs it.

    python3 run.py build [--out FOLDER]

`run.py` makes the two environments that this needs and starts it in that of the freezing. Whatever
is not as it should be ends it with a sentence, and nothing is left in the folder to hand out.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from distribution import contents, licences, packing, page_for_it, sbom, wall
from distribution.parts import ROOT, parts_of
from hicm_desktop import __version__

WORK = ROOT / "build"
OUT = ROOT / "dist"
_LARGEST = 10
_MB = 1_000_000


class Unfit(Exception):  # noqa: N818 - read as a sentence where it is caught
    """What was frozen must not be handed out, and why."""


def main(arguments: Sequence[str]) -> int:
    """Build, and give the exit code."""
    parser = argparse.ArgumentParser(prog="run.py build", description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=OUT, help="where what is handed out goes")
    parser.add_argument("--bill-by", type=Path, required=True, help="the Python of cyclonedx-py")
    given = parser.parse_args(arguments)
    try:
        for path in build(given.out, given.bill_by):
            say(str(path))
    except (Unfit, licences.NoText, page_for_it.NotSet, subprocess.CalledProcessError) as error:
        say(f"Not built: {error}")
        return 1
    return 0


def build(out: Path, bill_by: Path) -> tuple[Path, ...]:
    """Freeze, check and pack; gives the files to hand out. Raises Unfit, and NoText."""
    moment = commit_time()
    folder = freeze(moment)
    frozen = packing.files_in(folder)
    inside = modules_in(executable(folder))
    strays = [*contents.unwanted(frozen), *contents.unwanted_modules(inside)]
    if strays:
        raise Unfit(f"what should not be in the folder is: {', '.join(strays)}")
    parts = parts_of([Path(place) for place in frozen], inside)
    listed = licences.write(parts, folder / "licences")
    add_files_of_the_system(folder)
    fonts = ROOT / "resources" / "fonts"
    page_for_it.write(ROOT / "docs" / "for-it.md", fonts, folder / "For IT.pdf", moment)
    say_sizes(packing.files_in(folder))
    test(folder)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    name = f"HICM-Workshop-{__version__}-{system_words()}"
    archive, bill, licence = (
        out / f"{name}{end}" for end in (".zip", ".cdx.json", "-licences.txt")
    )
    packing.pack(folder, archive, moment)
    tool = bill_by.with_name("cyclonedx-py" + bill_by.suffix)
    sbom.write(tool, Path(sys.executable), parts, packing.sums_of(packing.files_in(folder)), bill)
    shutil.copyfile(listed, licence)
    sums = out / f"{name}-SHA256SUMS.txt"
    packing.write_sums((archive, bill, licence), sums)
    say(f"{archive.name}: {archive.stat().st_size / _MB:.1f} MB")
    return archive, bill, licence, sums


def commit_time() -> int:
    """Give when this commit was made, in seconds since 1970, which dates all that is built.

    Of a copy without its history it is 1 January 1980, or what SOURCE_DATE_EPOCH says.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return 0
    return int(done.stdout) if done.returncode == 0 else 0


def freeze(moment: int) -> Path:
    """Freeze the program by `build.spec`, anew, and give its folder."""
    say("Freezing ...")
    for stale in (WORK / "frozen", WORK / "work"):
        shutil.rmtree(stale, ignore_errors=True)
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(WORK / "frozen"), "--workpath", str(WORK / "work")]
    variables = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(moment),
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
    }
    subprocess.run([*command, str(ROOT / "build.spec")], env=variables, cwd=ROOT, check=True)
    return WORK / "frozen" / contents.FOLDER


def add_files_of_the_system(folder: Path) -> None:
    """Put in what whoever looks after a computer may want. The program runs without all of it."""
    shutil.copy(ROOT / "distribution" / "policy.example.toml", folder)
    name = {"linux": "linux", "win32": "windows"}.get(sys.platform)
    if name is None:
        return
    shutil.copytree(ROOT / "distribution" / name, folder / name)
    (folder / name / "installer.iss").unlink(missing_ok=True)  # for whoever has the source
    if name == "linux":
        picture = f"{contents.PROGRAM}-256.png"
        shutil.copy(ROOT / "resources" / "icons" / picture, folder / name)


def test(folder: Path) -> None:
    """Have the frozen program do a whole workshop, as a user with an empty profile. Raises Unfit.

    It does so from another place than it was frozen in, one with spaces and letters that are no
    English ones, which it must leave as it is. Where there is a display it does so in sight as
    well, since another part of Qt draws there.
    """
    ways: list[tuple[str, ...]] = [("self-test",)]
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        ways.append(("self-test", "--show"))
    with tempfile.TemporaryDirectory(prefix="hicm-build-") as elsewhere:
        moved = Path(elsewhere) / "Programme für Gesundheit" / folder.name
        shutil.copytree(folder, moved)
        before = packing.sums_of(packing.files_in(moved))
        for way in ways:
            say(f"Testing what was frozen: {' '.join(way)} ...")
            _test_one(moved, way)
        if packing.sums_of(packing.files_in(moved)) != before:
            raise Unfit("it wrote to its own folder")


def _test_one(folder: Path, way: Sequence[str]) -> None:
    """Have the frozen program test itself in one way. Raises Unfit."""
    with tempfile.TemporaryDirectory(prefix="hicm-build-") as home:
        report = Path(home) / "report.txt"
        command = [str(executable(folder)), *way, "--report", str(report)]
        done, outward = _run(command, Path(home))
        told = report.read_text("utf-8") if report.exists() else done.stdout
    if done.returncode != 0:
        raise Unfit(f"{' '.join(way)} ended with {done.returncode}\n{told}{done.stderr}")
    if outward:
        raise Unfit("it went near a network:\n" + "\n".join(outward))


def _run(command: Sequence[str], home: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the program; gives what came of it, and what left the computer where that is seen."""
    variables = as_a_user(os.environ, home)
    if wall.can_watch():
        return wall.watched(command, variables, home)
    say("  (strace is not here, so its calls are not watched)")
    done = subprocess.run(
        command,
        env=variables,
        cwd=home,
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done, []


def executable(folder: Path) -> Path:
    """Give the program that answers on a console."""
    if sys.platform == "win32":
        return folder / f"{contents.CONSOLE}.exe"
    return folder / contents.PROGRAM


def modules_in(program: Path) -> list[str]:
    """Give the names of the modules that are inside an executable."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 - not in every environment

    return list(CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc)


def as_a_user(variables: Mapping[str, str], home: Path) -> dict[str, str]:
    """Give the environment of somebody who has nothing of ours: no checkout, no settings."""
    ours = ("PYTHON", "XDG_", "QT_", "VIRTUAL_ENV")
    kept = {name: value for name, value in variables.items() if not name.startswith(ours)}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}


def say_sizes(files: Mapping[str, Path]) -> None:
    """Tell how large the folder is, and its largest parts."""
    sizes = sorted(((path.stat().st_size, place) for place, path in files.items()), reverse=True)
    say(f"{sum(size for size, _ in sizes) / _MB:.1f} MB in {len(sizes)} files; the largest:")
    for size, place in sizes[:_LARGEST]:
        say(f"  {size / _MB:6.1f} MB  {place}")


def system_words() -> str:
    """Name the system and the processor that this is for: "linux-x86_64"."""
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    return f"{system}-{platform.machine().lower()}"


def say(words: str) -> None:
    """Tell whoever builds a line."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

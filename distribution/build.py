"""Freezes the program, looks into what came of it, has it test itself, and packs it.

    python3 run.py build [--out FOLDER]

`run.py` makes the two environments that this needs and starts it in that of the freezing. Whatever
is not as it should be ends it with a sentence, and nothing is left in the folder to hand out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from distribution import contents, licences, packing, page_for_it, sbom, wall
from distribution.parts import ROOT, NotKnown, parts_of
from hicm_desktop import __version__
from hicm_desktop.model import prepared

WORK = ROOT / "build"
OUT = ROOT / "dist"
_NAME = "HICM-Workshop-"
_LARGEST = 10
_MB = 1_000_000
_COMMAND = f"""\
#!/bin/sh
# The program by the name that its command line goes by.
exec "$(dirname -- "$(readlink -f -- "$0")")/{contents.PROGRAM}" "$@"
"""


class Unfit(Exception):  # noqa: N818 - read as a sentence where it is caught
    """What was frozen must not be handed out, and why."""


_REFUSED = (
    Unfit,
    NotKnown,
    licences.NoText,
    page_for_it.NotSet,
    sbom.NotValid,
    subprocess.SubprocessError,
)


def main(arguments: Sequence[str]) -> int:
    """Build, and give the exit code."""
    parser = argparse.ArgumentParser(prog="run.py build", description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=OUT, help="where what is handed out goes")
    parser.add_argument("--bill-by", type=Path, required=True, help="the program cyclonedx-py")
    given = parser.parse_args(arguments)
    try:
        for path in build(given.out, given.bill_by):
            say(str(path))
    except _REFUSED as error:
        say(f"Not built: {error}")
        return 1
    return 0


def build(out: Path, bill_by: Path) -> tuple[Path, ...]:
    """Freeze, check and pack; gives the files to hand out. Raises what `_REFUSED` has."""
    clear(out)
    moment = commit_time()
    folder = freeze(moment)
    frozen = packing.files_in(folder)
    inside = modules_in(executable(folder))
    strays = [*contents.unwanted(frozen), *contents.unwanted_modules(inside)]
    if strays:
        raise Unfit(f"what should not be in the folder is: {', '.join(strays)}")
    parts = parts_of([Path(place) for place in frozen], inside)
    if not any(prepared.load(file.parent) for file in folder.rglob(prepared.NAME)):
        raise Unfit("the model was not prepared in it, so every start would read it anew")
    licence_list = licences.write(parts, folder / "licences")
    add_files_of_the_system(folder)
    fonts = ROOT / "resources" / "fonts"
    page_for_it.write(ROOT / "docs" / "for-it.md", fonts, folder / "For IT.pdf", moment)
    say_sizes(packing.files_in(folder))
    test(folder)
    known = sbom.listed(bill_by, Path(sys.executable), parts)
    name = f"{_NAME}{__version__}-{system_words()}"
    with tempfile.TemporaryDirectory(dir=WORK) as unfinished:
        made = Path(unfinished)
        archive = made / f"{name}.zip"
        packing.pack(folder, archive, moment)
        sums = packing.sums_of(packing.files_in(folder))
        bill = made / f"{name}.cdx.json"
        sbom.write(known, sums, bill)
        sbom.check(bill_by, bill)
        shutil.copyfile(licence_list, made / f"{name}-licences.txt")
        packing.write_sums(made.iterdir(), made / f"{name}-SHA256SUMS.txt")
        say(f"{archive.name}: {archive.stat().st_size / _MB:.1f} MB")
        return tuple(Path(shutil.move(path, out / path.name)) for path in sorted(made.iterdir()))


def clear(out: Path) -> None:
    """Make the folder to hand out from, and take earlier builds out of it; nothing else of it."""
    out.mkdir(parents=True, exist_ok=True)
    for path in out.glob(f"{_NAME}*"):
        if path.is_file():
            path.unlink()


def commit_time() -> int:
    """Give when this commit was made, in seconds since 1970, which dates all that is built.

    Of a copy without its history it is 1 January 1980, or what SOURCE_DATE_EPOCH says.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit():
        return int(given)
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return 0
    if done.returncode != 0:
        return 0
    altered = subprocess.run([*asked[:3], "status", "--porcelain"], capture_output=True, check=True)
    if altered.stdout:
        say("This is not what was committed: it is dated as the commit that it began from.")
    return int(done.stdout)


def freeze(moment: int) -> Path:
    """Freeze the program by `build.spec`, anew, and give its folder."""
    say("Freezing ...")
    for stale in (WORK / "frozen", WORK / "work"):
        shutil.rmtree(stale, ignore_errors=True)
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(WORK / "frozen"), "--workpath", str(WORK / "work")]
    variables = {
        **_plain(os.environ),
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(moment),
        "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
    }
    subprocess.run([*command, str(ROOT / "build.spec")], env=variables, cwd=ROOT, check=True)
    folder = WORK / "frozen" / contents.FOLDER
    if sys.platform == "darwin":  # what is handed out there is the bundle, with our texts beside it
        shutil.rmtree(folder)
        folder.mkdir()
        bundle = f"{contents.FOLDER}.app"
        (WORK / "frozen" / bundle).rename(folder / bundle)
    elif sys.platform == "linux":
        add_command(folder)
    return folder


def add_command(folder: Path) -> None:
    """Put in the name that the command line has in every document."""
    command = folder / contents.CONSOLE
    command.write_text(_COMMAND, "utf-8", newline="\n")
    command.chmod(0o755)


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
    English ones, which it must leave as it is; in memory and on a display, since another part of Qt
    draws there.
    """
    if platform.system() == "Linux" and not wall.can_watch():
        raise Unfit("strace is not here, so nobody would see what it asks of a network")
    ways = (("self-test",), ("self-test", "--show"))
    with a_display(), tempfile.TemporaryDirectory(prefix="hicm-build-") as elsewhere:
        moved = Path(elsewhere) / "Programme für Gesundheit" / folder.name
        shutil.copytree(folder, moved, symlinks=True)
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
        done, outward = wall.watched(command, as_a_user(os.environ, Path(home)), Path(home))
        told = report.read_text("utf-8") if report.exists() else done.stdout
    if done.returncode != 0:
        raise Unfit(f"{' '.join(way)} ended with {done.returncode}\n{told}{done.stderr}")
    if outward:
        raise Unfit("it went near a network:\n" + "\n".join(outward))


@contextlib.contextmanager
def a_display() -> Iterator[None]:
    """Have a display: the one that is there, or on Linux one that nobody sees. Raises Unfit."""
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        yield
        return
    if shutil.which("Xvfb") is None:
        raise Unfit("there is no display, nor Xvfb to make one, so no window would be seen to open")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        try:
            yield
        finally:
            del os.environ["DISPLAY"]
            server.terminate()


def executable(folder: Path) -> Path:
    """Give the program that answers on a console."""
    if sys.platform == "win32":
        return folder / f"{contents.CONSOLE}.exe"
    if sys.platform == "darwin":
        return folder / f"{contents.FOLDER}.app" / "Contents" / "MacOS" / contents.PROGRAM
    return folder / contents.PROGRAM


def modules_in(program: Path) -> list[str]:
    """Give the names of the modules that are inside an executable."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 - not in every environment

    return list(CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc)


def as_a_user(variables: Mapping[str, str], home: Path) -> dict[str, str]:
    """Give the environment of somebody who has nothing of ours: no checkout, no settings.

    Windows and macOS ask the system where a user's folders are, so that there they are the real
    ones: a trial file is made in each and goes again.
    """
    return {
        **_plain(variables),
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
    }


def _plain(variables: Mapping[str, str]) -> dict[str, str]:
    """Give an environment without what is of this checkout, or of whoever builds."""
    ours = ("PYTHON", "XDG_", "QT_", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    return {name: value for name, value in variables.items() if not name.startswith(ours)}


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

"""Start HICM Workshop from a checkout, test it or freeze it. Its own tests alone import this.

    python3 run.py [arguments]               open the program, or run one of its subcommands
    python3 run.py test [pytest arguments]   run the tests, without a display
    python3 run.py build [--out FOLDER]      freeze the program into a folder to hand out

It makes `.venv`, fills it from the locks in `requirements/`, sees that Qt's system libraries are
there, and steps aside. A second start finds a stamp in `.venv` and goes straight on, with no
network. Standard library only. The syntax is kept to what Python 3.8 reads, so that an old Python
is answered with a sentence.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VERSIONS = ((3, 11), (3, 12), (3, 13))

# The sonames that PySide6 loads from the system, and the Debian package of each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    **QT_LIBRARIES,
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# What some tests look for (a display, what screen readers use, what watches a program, what checks
# the files for a desktop) and the Debian package of each.
TEST_TOOLS = {
    "usr/bin/Xvfb": "xvfb",
    "usr/bin/dbus-run-session": "dbus",
    "usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "usr/lib/python3/dist-packages/gi": "python3-gi",
    "usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "usr/bin/strace": "strace",
    "usr/bin/appstreamcli": "appstream",
    "usr/bin/desktop-file-validate": "desktop-file-utils",
    "usr/bin/update-mime-database": "shared-mime-info",
}
BUILD_TOOLS = {
    "objdump": "binutils",
    "strip": "binutils",
    "ldd": "libc-bin",
    "strace": "strace",
    "Xvfb": "xvfb",
}
TEST_LIBRARIES = {"libX11.so.6": "libx11-6", "libXrandr.so.2": "libxrandr2"}
NO_QT_SUBCOMMANDS = frozenset({"export", "sample", "check", "keys", "handout"})
OFFSCREEN_SUBCOMMANDS = frozenset({"demo", "self-test"})
SHOW = "--show"  # which has the self-test seen on the screen
NO_QT_OPTIONS = frozenset({"-h", "--help", "--version"})


class Stop(Exception):  # noqa: N818 - not a fault of the program: the user has something to do first
    """The program cannot start yet. Its words say why, and what to do."""


class Lock(NamedTuple):
    """A lock file, what its packages are for, and about how much is fetched the first time.

    `covers` names the smaller locks whose every pin it has too (held by a test).
    """

    name: str
    words: str
    megabytes: int
    covers: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """The lock file."""
        return ROOT / "requirements" / f"{self.name}.txt"


APP = Lock("app", "the program's libraries", 105)
DEV = Lock("dev", "the libraries of the program and its tests", 160, covers=("app",))
FREEZE = Lock("freeze", "the program's libraries and what freezes it", 110, covers=("app",))
SBOM = Lock("sbom", "what lists the parts of the program", 10)


class Plan(NamedTuple):
    """How to start the program: its arguments, the libraries it needs, and whether on a screen."""

    arguments: tuple[str, ...]
    libraries: Mapping[str, str]
    offscreen: bool
    remark: str = ""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and give the exit code. On POSIX a start does not come back."""
    try:
        check_python(sys.version_info[:2])
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        if arguments[:1] == ["build"]:
            return run_build(arguments[1:])
        return start(arguments)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to carry on.")
        return 130


def start(arguments: Sequence[str]) -> int:
    """Open the program, or run a subcommand of it, in the caller's folder."""
    plan = plan_start(arguments, display=has_display(sys.platform, os.environ))
    if plan.remark:
        say(plan.remark)
    ensure_libraries(plan.libraries)
    prepare(APP)
    variables = child_variables(os.environ)
    if plan.offscreen:
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    return become(["-m", "hicm_desktop", *plan.arguments], variables)


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest from the checkout's own folder, without a display."""
    ensure_libraries(WINDOW_LIBRARIES)
    ensure_test_tools()
    prepare(DEV)
    variables = child_variables(os.environ)
    # Offscreen is the same on every machine: no window manager, no screen's own scaling, no focus
    # to lose. Xvfb is there for the tests that start the program as a person would, in a window.
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    return become(["-m", "pytest", *arguments], variables)


def run_build(arguments: Sequence[str]) -> int:
    """Freeze the program in an environment made for that alone, anew each time."""
    ensure_libraries(QT_LIBRARIES)
    ensure_build_tools()
    environments = {lock: ROOT / "build" / f"environment-{lock.name}" for lock in (FREEZE, SBOM)}
    for lock, venv in environments.items():
        make_environment(venv)
        say(f"Installing {lock.words} (about {lock.megabytes} MB to fetch) ...")
        install(venv, lock)
    python = venv_python(environments[SBOM])
    bill_by = ["--bill-by", str(python.with_name(f"cyclonedx-py{python.suffix}"))]
    command = ["-m", "distribution.build", *arguments, *bill_by]
    # What else the caller's Python finds is not to go in.
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return become(command, variables, environments[FREEZE])


def say(words: str) -> None:
    """Tell the user a line. On the error stream, so that a subcommand's own output stays clean."""
    print(words, file=sys.stderr, flush=True)


def check_python(version: tuple[int, int]) -> None:
    """Raise Stop for a Python that the locks were not made for."""
    if version in VERSIONS:
        return
    names = [f"{major}.{minor}" for major, minor in VERSIONS]
    raise Stop(
        f"HICM Workshop needs Python {', '.join(names[:-1])} or {names[-1]}; "
        f"this is Python {version[0]}.{version[1]}. "
        f"Start it with one of those, for example: python{names[-1]} run.py"
    )


# What to start


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Tell whether a window would be seen. Only on Linux can there be no display at all."""
    if not platform.startswith("linux"):
        return True
    if variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"):
        return True
    # Someone who names a platform with a screen of its own (eglfs, linuxfb, vnc) has one.
    return variables.get("QT_QPA_PLATFORM", "").split(":")[0] not in ("", "offscreen", "minimal")


def plan_start(arguments: Sequence[str], *, display: bool) -> Plan:
    """Decide what to run. Raises Stop for a window that no one could see."""
    given = tuple(arguments)
    if OFFSCREEN_SUBCOMMANDS.intersection(given[:1]) and SHOW not in given:
        return Plan(given, QT_LIBRARIES, offscreen=True)
    if NO_QT_SUBCOMMANDS.intersection(given[:1]) or NO_QT_OPTIONS.intersection(given):
        return Plan(given, {}, offscreen=False)
    if display:
        return Plan(given, WINDOW_LIBRARIES, offscreen=False)
    if not given:
        remark = "There is no display to open a window on: writing the demonstration to demo/."
        return Plan(("demo", "demo/"), QT_LIBRARIES, offscreen=True, remark=remark)
    raise Stop(
        "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set), so "
        "nothing was opened. `python3 run.py --help` lists what works without a window."
    )


def child_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Copy the environment and put the checkout first where Python looks for modules."""
    paths = [str(ROOT), variables.get("PYTHONPATH", "")]
    return {**variables, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def become(arguments: Sequence[str], variables: Mapping[str, str], venv: Path = VENV) -> int:
    """Hand over to a Python; on Windows, which has no exec, wait for its exit code."""
    # -P: a file of the caller's folder that is called as a module is must not be taken for it.
    command = [str(venv_python(venv)), "-P", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, dict(variables))
    return subprocess.call(command, env=dict(variables))


# The environment


def prepare(lock: Lock) -> None:
    """Make sure that .venv has what the lock names. Does nothing where the stamp says so."""
    if is_ready(VENV, lock.file):
        return
    if not is_usable(VENV, sys.version_info[:2]):
        make_environment(VENV)
    say(f"Installing {lock.words} (about {lock.megabytes} MB to fetch, once) ...")
    install(VENV, lock)


def venv_python(venv: Path) -> Path:
    """Give the Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(venv: Path, lock: Path) -> Path:
    """Give the file that says which state of a lock is installed."""
    return venv / f"installed-{lock.stem}"


def unfinished_mark(venv: Path) -> Path:
    """Give the file that is there while an install runs, and after one that did not finish."""
    return venv / "install-unfinished"


def fingerprint(lock: Path, version: tuple[int, int]) -> str:
    """Name the state of a lock for one Python: another state, or another Python, differs."""
    return f"{version[0]}.{version[1]} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def is_ready(venv: Path, lock: Path) -> bool:
    """Tell whether this very lock has been installed, to the end, for this Python."""
    stamp = stamp_of(venv, lock)
    if unfinished_mark(venv).exists() or not venv_python(venv).exists() or not stamp.exists():
        return False
    return stamp.read_text("ascii", "replace") == fingerprint(lock, sys.version_info[:2])


def is_usable(venv: Path, version: tuple[int, int]) -> bool:
    """Tell whether packages can be added: a whole environment of this Python, no broken install."""
    settings = venv / "pyvenv.cfg"
    if unfinished_mark(venv).exists() or not venv_python(venv).exists() or not settings.exists():
        return False
    lines = (line.partition("=") for line in settings.read_text("utf-8", "replace").splitlines())
    values = {key.strip(): value.strip() for key, _, value in lines}
    # venv writes "version", uv and virtualenv write "version_info".
    made_with = values.get("version") or values.get("version_info") or ""
    return made_with.split(".")[:2] == [str(part) for part in version]


def make_environment(venv: Path) -> None:
    """Make an empty environment, in place of what stood there. Raises Stop where it cannot."""
    ensure_venv_module()
    say(f"Making {venv.name} with Python {sys.version.split()[0]} ...")
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)]
    if subprocess.call(command) != 0:
        raise Stop(f"{venv} could not be made; see above. Is there room, and may you write there?")


def install(venv: Path, lock: Lock) -> None:
    """Install exactly what the lock names, and stamp it.

    The lock names all that is needed, so pip is to look for nothing else: for a package that
    another wants with an extra, pip 23.2 finds a release newer than the lock's, and stops.
    An install that did not finish leaves its mark: half a package can look like a whole one, so
    the next start makes the environment anew. Raises Stop where pip fails.
    """
    python = str(venv_python(venv))
    mark = unfinished_mark(venv)
    mark.touch()
    ensure_pip(python)
    options = ["-qq", "--no-input", "--disable-pip-version-check"]
    rules = ["--only-binary=:all:", "--no-deps", "--require-hashes"]
    command = [python, "-P", "-m", "pip", "install", *options, *rules, "-r"]
    if subprocess.call([*command, str(lock.file)]) != 0:
        raise Stop(
            "The libraries could not be installed; see above. Is this computer on a network? "
            "Run the same command again to try again."
        )
    for name in (*lock.covers, lock.name):
        file = lock.file.with_name(f"{name}.txt")
        stamp_of(venv, file).write_text(fingerprint(file, sys.version_info[:2]), "ascii")
    mark.unlink()


def ensure_pip(python: str) -> None:
    """Put pip into an environment that has none. Raises Stop where Python brings none along."""
    quiet = subprocess.DEVNULL
    if subprocess.call([python, "-P", "-m", "pip", "--version"], stdout=quiet, stderr=quiet) == 0:
        return
    ensure_venv_module()
    if subprocess.call([python, "-P", "-m", "ensurepip"], stdout=quiet) != 0:
        raise Stop("pip could not be put into .venv; see above. Run the same command to try again.")


def ensure_venv_module() -> None:
    """Make sure of venv and ensurepip, which Debian keeps in a package of its own."""
    if all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        return
    package = f"python3.{sys.version_info[1]}-venv"
    install_packages([package], f"This Python has no venv module. It is in {package}")
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Stop(f"{sys.executable} still has no venv module. Start this with another Python.")


# System libraries and programs


def missing_libraries(
    libraries: Mapping[str, str], load: Callable[[str], object] = ctypes.CDLL
) -> list[str]:
    """Give the Debian packages of the libraries that cannot be loaded."""
    return [package for soname, package in libraries.items() if not can_load(soname, load)]


def can_load(soname: str, load: Callable[[str], object]) -> bool:
    """Tell whether the dynamic loader finds a library."""
    try:
        load(soname)
    except OSError:
        return False
    return True


def ensure_libraries(libraries: Mapping[str, str]) -> None:
    """Make sure of Qt's system libraries. Only Linux can be without them."""
    if not sys.platform.startswith("linux"):
        return
    packages = missing_libraries(libraries)
    if packages:
        install_packages(packages, "Qt needs system libraries that this computer does not have yet")


def missing_tools(root: Path, load: Callable[[str], object] = ctypes.CDLL) -> list[str]:
    """Give the Debian packages that some tests need and that are not there."""
    missing = [package for path, package in TEST_TOOLS.items() if not any(root.glob(path))]
    return missing + missing_libraries(TEST_LIBRARIES, load)


def ensure_test_tools() -> None:
    """Get what some tests need, where that can be had without asking; say so where it cannot."""
    if not sys.platform.startswith("linux"):
        return
    packages = missing_tools(Path("/"))
    try:
        if packages:
            install_packages(
                packages,
                "Some tests need a virtual display, a screen reader's bus or tools that watch",
            )
    except Stop as stop:
        say(f"{stop}\nGoing on offscreen, without the tests that need them.")


def ensure_build_tools() -> None:
    """Make sure of what looks into libraries, watches and has a display. Linux has them apart."""
    if not sys.platform.startswith("linux"):
        return
    packages = sorted({p for tool, p in BUILD_TOOLS.items() if shutil.which(tool) is None})
    if packages:
        install_packages(packages, "What freezes the program and watches it needs other tools")


def install_packages(packages: Sequence[str], why: str) -> None:
    """Install Debian packages as root, where there is apt-get; else raise Stop with the line."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (is_root and shutil.which("apt-get")):
        raise Stop(f"{why}. The line for Debian and Ubuntu:\n  {apt_line(packages)}")
    say(f"{why}. Installing {' '.join(packages)} ...")
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Where the list cannot be brought up to date, the old one may still serve.
    apt_get(["update"], variables)
    if not apt_get(["install", "-y", "--no-install-recommends", *packages], variables):
        raise Stop(
            f"They could not be installed; see above. The line for it:\n  {apt_line(packages)}"
        )


def apt_get(arguments: Sequence[str], variables: Mapping[str, str]) -> bool:
    """Run apt-get and tell whether it went well. What it says is shown only if it did not."""
    command = ["apt-get", "-qq", *arguments]
    done = subprocess.run(command, env=dict(variables), capture_output=True, check=False)
    if done.returncode != 0:
        say(done.stderr.decode(errors="replace").rstrip())
    return done.returncode == 0


def apt_line(packages: Sequence[str]) -> str:
    """Give the line for a user to type."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

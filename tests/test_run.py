"""run.py: what it decides, and a real start and a real install in a checkout of their own."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import run
from hicm_desktop.opening import COMMANDS

VERSION = sys.version_info[:2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="makes symlinks and shell scripts")


# Python versions


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_every_python_of_the_locks_is_taken(version: tuple[int, int]) -> None:
    run.check_python(version)


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_another_python_is_refused_with_a_sentence(version: tuple[int, int]) -> None:
    with pytest.raises(run.Stop, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is Python"):
        run.check_python(version)


def test_the_versions_are_those_the_project_declares() -> None:
    project = tomllib.loads((run.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (first, *_, last) = run.VERSIONS
    assert project["requires-python"] == f">={first[0]}.{first[1]},<{last[0]}.{last[1] + 1}"


def test_an_old_python_can_read_the_file_far_enough_to_refuse() -> None:
    ast.parse(Path(run.__file__).read_text("utf-8"), feature_version=(3, 8))


# The display, and what to start


@pytest.mark.parametrize(
    ("platform", "variables", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_found_where_a_window_would_be_seen(
    platform: str, variables: dict[str, str], *, seen: bool
) -> None:
    assert run.has_display(platform, variables) is seen


@pytest.mark.parametrize("arguments", [[], ["a workshop.hicm"], ["--content", "elsewhere"]])
def test_a_window_needs_the_window_libraries(arguments: list[str]) -> None:
    plan = run.plan_start(arguments, display=True)
    assert plan == run.Plan(tuple(arguments), run.WINDOW_LIBRARIES, offscreen=False)


def test_without_a_display_or_arguments_the_demonstration_is_written_and_said() -> None:
    plan = run.plan_start([], display=False)
    assert plan[:3] == (("demo", "demo/"), run.QT_LIBRARIES, True)
    assert "no display" in plan.remark


def test_a_window_that_no_one_could_see_is_refused() -> None:
    with pytest.raises(run.Stop, match="nothing was opened"):
        run.plan_start(["a workshop.hicm"], display=False)


def test_every_subcommand_is_known_to_need_no_display() -> None:
    assert COMMANDS == run.NO_QT_SUBCOMMANDS | run.OFFSCREEN_SUBCOMMANDS


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize(
    "arguments",
    [["export", "x.hicm"], ["sample", "x.hicm"], ["check"], ["keys"], ["--help"], ["--version"]],
)
def test_a_subcommand_needs_neither_display_nor_libraries(
    arguments: list[str], *, display: bool
) -> None:
    plan = run.plan_start(arguments, display=display)
    assert plan == run.Plan(tuple(arguments), {}, offscreen=False)


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize("arguments", [("demo", "here"), ("self-test",)])
def test_what_draws_by_itself_is_painted_out_of_sight(
    arguments: tuple[str, ...], *, display: bool
) -> None:
    plan = run.plan_start(arguments, display=display)
    assert plan == run.Plan(arguments, run.QT_LIBRARIES, offscreen=True)


def test_a_self_test_that_is_to_be_seen_needs_a_display() -> None:
    seen = ("self-test", "--show")
    assert run.plan_start(seen, display=True) == run.Plan(
        seen, run.WINDOW_LIBRARIES, offscreen=False
    )
    with pytest.raises(run.Stop, match="nothing was opened"):
        run.plan_start(seen, display=False)


def test_the_checkout_comes_first_on_the_path_and_the_callers_own_path_stays() -> None:
    variables = run.child_variables({"PYTHONPATH": "mine", "LANG": "cy_GB"})
    assert variables == {"PYTHONPATH": f"{run.ROOT}{os.pathsep}mine", "LANG": "cy_GB"}
    assert run.child_variables({})["PYTHONPATH"] == str(run.ROOT)


# Freezing


def test_a_build_makes_its_environments_anew_and_hands_over_to_that_of_the_freezing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    handed: list[tuple[list[str], dict[str, str], Path]] = []

    def become(command: list[str], variables: dict[str, str], venv: Path) -> int:
        handed.append((command, variables, venv))
        return 0

    monkeypatch.setenv("PYTHONPATH", "mine")
    monkeypatch.setattr(run, "ensure_libraries", lambda _: None)
    monkeypatch.setattr(run, "ensure_build_tools", lambda: done.append("tools"))
    monkeypatch.setattr(run, "make_environment", lambda venv: done.append(("made", venv.name)))
    monkeypatch.setattr(run, "install", lambda venv, lock: done.append((lock.name, venv.name)))
    monkeypatch.setattr(run, "become", become)
    assert run.main(["build", "--out", "here"]) == 0
    ((command, variables, venv),) = handed
    assert done == [
        "tools",
        ("made", "environment-freeze"),
        ("freeze", "environment-freeze"),
        ("made", "environment-sbom"),
        ("sbom", "environment-sbom"),
    ]
    python = run.venv_python(run.ROOT / "build" / "environment-sbom")
    by = str(python.with_name("cyclonedx-py"))
    assert command == ["-m", "distribution.build", "--out", "here", "--bill-by", by]
    assert variables["PYTHONPATH"] == str(run.ROOT), "and nothing of the caller's"
    assert venv == run.ROOT / "build" / "environment-freeze"


def test_the_tools_that_freezing_needs_are_named_where_they_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(run, "install_packages", lambda packages, _why: asked.append(packages))
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool != "ldd" else "/bin/ldd")
    run.ensure_build_tools()
    assert asked == [["binutils", "strace", "xvfb"]]
    monkeypatch.setattr(shutil, "which", lambda tool: f"/bin/{tool}")
    run.ensure_build_tools()
    assert len(asked) == 1


# System libraries


def test_the_packages_of_the_libraries_that_will_not_load_are_named() -> None:
    def load(soname: str) -> None:
        if soname in {"libEGL.so.1", "libxcb-cursor.so.0"}:
            raise OSError(soname)

    assert run.missing_libraries(run.WINDOW_LIBRARIES, load) == ["libegl1", "libxcb-cursor0"]


def test_the_real_loader_misses_a_library_that_is_nowhere() -> None:
    assert run.missing_libraries({"libnowhere-to-be-found.so.9": "libnowhere9"}) == ["libnowhere9"]


def test_the_packages_that_some_tests_need_are_named_where_they_are_missing(tmp_path: Path) -> None:
    def load(soname: str) -> None:
        if soname == "libXrandr.so.2" and not (tmp_path / "all").exists():
            raise OSError(soname)

    tools = ["xvfb", "dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0"]
    tools += ["strace", "appstream", "desktop-file-utils", "shared-mime-info"]
    assert run.missing_tools(tmp_path, load) == [*tools, "libxrandr2"]
    for path in run.TEST_TOOLS:
        there = tmp_path / path.replace("*", "x86_64-linux-gnu")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.touch()
    assert run.missing_tools(tmp_path, load) == ["libxrandr2"]
    (tmp_path / "all").touch()
    assert run.missing_tools(tmp_path, load) == []


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for apt-get first on the PATH: it notes its arguments, and obeys APT_EXIT."""
    script = tmp_path / "bin" / "apt-get"
    script.parent.mkdir()
    log = tmp_path / "apt.log"
    log.touch()
    script.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\nexit ${{APT_EXIT:-0}}\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    return log


@posix_only
def test_root_gets_the_packages_installed(
    apt_log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    run.install_packages(["libegl1", "libgl1"], "Qt needs them")
    assert apt_log.read_text("utf-8").splitlines() == [
        "-qq update",
        "-qq install -y --no-install-recommends libegl1 libgl1",
    ]
    assert capsys.readouterr().err == "Qt needs them. Installing libegl1 libgl1 ...\n"


@posix_only
def test_anyone_else_is_given_the_line_and_nothing_is_run(
    apt_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(run.Stop) as stop:
        run.install_packages(["libegl1"], "Qt needs it")
    assert str(stop.value).splitlines()[-1] == (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1"
    )
    assert apt_log.read_text("utf-8") == ""


@posix_only
@pytest.mark.usefixtures("apt_log")
def test_root_is_given_the_line_when_apt_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("APT_EXIT", "100")
    with pytest.raises(run.Stop, match="--no-install-recommends libegl1"):
        run.install_packages(["libegl1"], "Qt needs it")


# Stamps


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a checkout of run.py alone, on an awkward path, that `run` takes for its own."""
    root = tmp_path / "Gofal a chartref, Sir Gâr"
    (root / "requirements").mkdir(parents=True)
    (root / "requirements" / "app.txt").write_text("# nothing\n", "utf-8")
    (root / "requirements" / "dev.txt").write_text("# nothing more\n", "utf-8")
    shutil.copy(run.__file__, root)
    monkeypatch.setattr(run, "ROOT", root)
    monkeypatch.setattr(run, "VENV", root / ".venv")
    return root


@pytest.fixture
def installed(checkout: Path) -> Path:
    """Give the checkout's environment as a finished install leaves it, with this Python in it."""
    venv = checkout / ".venv"
    python = run.venv_python(venv)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (venv / "pyvenv.cfg").write_text(f"version = {sys.version.split()[0]}\n", "utf-8")
    stamp = run.fingerprint(run.APP.file, VERSION)
    run.stamp_of(venv, run.APP.file).write_text(stamp, "ascii")
    return venv


@posix_only
def test_a_finished_install_is_ready(installed: Path) -> None:
    assert run.is_ready(installed, run.APP.file)
    assert run.is_usable(installed, VERSION)


@posix_only
def test_a_changed_lock_is_installed_into_the_same_environment(installed: Path) -> None:
    run.APP.file.write_text("# something\n", "utf-8")
    assert not run.is_ready(installed, run.APP.file)
    assert run.is_usable(installed, VERSION)


@posix_only
def test_one_lock_does_not_vouch_for_another(installed: Path) -> None:
    assert not run.is_ready(installed, run.DEV.file)


@posix_only
def test_an_interrupted_install_is_neither_ready_nor_built_upon(installed: Path) -> None:
    run.unfinished_mark(installed).touch()
    assert not run.is_ready(installed, run.APP.file)
    assert not run.is_usable(installed, VERSION)


@posix_only
def test_an_environment_whose_python_is_gone_is_made_anew(installed: Path) -> None:
    python = run.venv_python(installed)
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert not run.is_ready(installed, run.APP.file)
    assert not run.is_usable(installed, VERSION)


@posix_only
@pytest.mark.parametrize("key", ["version", "version_info"])
def test_an_environment_of_another_python_is_made_anew(installed: Path, key: str) -> None:
    (installed / "pyvenv.cfg").write_text(f"{key} = 3.12.1\n", "utf-8")
    assert run.is_usable(installed, (3, 12))
    assert not run.is_usable(installed, (3, 1))
    assert not run.is_usable(installed, (3, 13))


@posix_only
def test_a_stamp_of_another_python_does_not_count(installed: Path) -> None:
    other = run.fingerprint(run.APP.file, (3, 99))
    run.stamp_of(installed, run.APP.file).write_text(other, "ascii")
    assert not run.is_ready(installed, run.APP.file)


# Real starts

PROGRAM = """
import os, sys
print(os.getcwd(), sys.argv[1:], os.environ.get("QT_QPA_PLATFORM"), sep="|")
sys.exit(7)
"""


@pytest.fixture
def program(installed: Path) -> Path:
    """Give run.py of a checkout whose program prints how it was started, and exits with 7."""
    checkout = installed.parent
    package = checkout / "hicm_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM, "utf-8")
    return checkout / "run.py"


def start(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH"}
    variables = {key: value for key, value in os.environ.items() if key not in hidden}
    return subprocess.run(
        [sys.executable, str(program), *arguments],
        cwd=folder,
        env={**variables, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@posix_only
def test_a_second_start_says_nothing_and_hands_on_folder_arguments_and_exit_code(
    program: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    done = start(program, "export", "a b.hicm", folder=folder)
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout == f"{folder}|['export', 'a b.hicm']|None\n"


@posix_only
def test_a_file_of_the_callers_folder_is_not_taken_for_the_program(
    program: Path, tmp_path: Path
) -> None:
    (tmp_path / "hicm_desktop.py").write_text("raise SystemExit('the wrong one')", "utf-8")
    assert start(program, "check", folder=tmp_path).returncode == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_a_start_without_a_display_writes_the_demonstration(program: Path, tmp_path: Path) -> None:
    done = start(program, folder=tmp_path)
    assert done.returncode == 7
    assert done.stdout == f"{tmp_path}|['demo', 'demo/']|offscreen\n"
    assert done.stderr.startswith("There is no display")


# A real install

REAL_MAKE_ENVIRONMENT = run.make_environment


def make_environment_with_pip(venv: Path) -> None:
    """Make an environment as run.py does, and lend it our pip: its own takes 6 s to unpack."""
    REAL_MAKE_ENVIRONMENT(venv)
    pip = importlib.util.find_spec("pip")
    if pip and pip.origin and os.name == "posix":
        (modules,) = venv.glob("lib/python*/site-packages")
        (modules / "pip").symlink_to(Path(pip.origin).parent)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that is all pip can install from."""
    monkeypatch.setattr(run, "make_environment", make_environment_with_pip)
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    return folder


def put_wheel(shelf: Path, name: str, version: str = "1.0", more: str = "") -> str:
    """Make a wheel of one module on the shelf, and give its line for a lock."""
    info = f"{name}-{version}.dist-info"
    wheel = shelf / f"{name}-{version}-py3-none-any.whl"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", "".join(map(record, files, files.values())))
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def record(path: str, text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    return f"{path},sha256={digest},{len(text.encode())}\n"


def has_module(venv: Path, name: str) -> bool:
    return subprocess.call([str(run.venv_python(venv)), "-P", "-c", f"import {name}"]) == 0


def test_an_install_is_done_once_and_after_a_failure_from_the_ground(
    checkout: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    venv = checkout / ".venv"
    run.APP.file.write_text(put_wheel(shelf, "tea"), "utf-8")
    run.prepare(run.APP)
    assert has_module(venv, "tea")
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "call", lambda *_: pytest.fail("the second start ran something"))
        run.prepare(run.APP)

    good = put_wheel(shelf, "cake")
    run.APP.file.write_text(good.replace("sha256:", "sha256:0")[:-2] + "\n", "utf-8")
    with pytest.raises(run.Stop, match="Run the same command again"):
        run.prepare(run.APP)
    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().err
    assert not has_module(venv, "cake")

    run.APP.file.write_text(good, "utf-8")
    run.prepare(run.APP)
    assert has_module(venv, "cake")
    assert not has_module(venv, "tea"), "the environment was built upon, not made anew"


def test_a_release_newer_than_the_lock_does_not_stop_an_install(
    checkout: Path, shelf: Path
) -> None:
    tea = put_wheel(shelf, "tea", more="Requires-Dist: cake[icing]>=1.0\n")
    cake = put_wheel(shelf, "cake", more="Provides-Extra: icing\n")
    put_wheel(shelf, "cake", "2.0", more="Provides-Extra: icing\n")
    run.APP.file.write_text(tea + cake, "utf-8")
    run.prepare(run.APP)
    assert has_module(checkout / ".venv", "cake")


@pytest.mark.usefixtures("shelf")
def test_the_tests_lock_vouches_for_the_programs_own(checkout: Path) -> None:
    run.prepare(run.DEV)
    assert run.is_ready(checkout / ".venv", run.APP.file)

"""What is loaded before the window is first painted: what that needs, and nothing that can wait."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from hicm_desktop.paths import resources_dir

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import gc, inspect, json, os, sys

ran = set()

def note(frame, event, _):
    if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:
        ran.add(frame.f_globals.get("__name__", ""))

from hicm_desktop.ui.console import Console

def painted(_console):
    sys.setprofile(None)
    loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "hicm_desktop")
    widgets = sorted(vars(sys.modules["PySide6.QtWidgets"]))
    told = {"loaded": loaded, "ran": sorted(ran), "widgets": widgets, "collects": gc.isenabled()}
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)

Console.make_ready = painted
sys.setprofile(note)
from hicm_desktop.__main__ import main
main()
"""
"""Starts the program, and ends where it would make ready what comes after its first paint."""


class Start(msgspec.Struct, frozen=True):
    """What was loaded by the first paint, what of it had run, and which widgets Python knew of.

    `collects` says whether Python looks for what can go by then.
    """

    loaded: frozenset[str]
    ran: frozenset[str]
    widgets: frozenset[str]
    collects: bool


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Start the program on the sample, as somebody who never had it."""
    home = tmp_path_factory.mktemp("home")
    file = home / "Northbridge.hicm"
    file.write_bytes((resources_dir() / "sample.hicm").read_bytes())
    plain = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, str(file)],
        env={**plain, "PYTHONPATH": str(ROOT), "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return msgspec.convert(json.loads(done.stdout), Start)


MAY_NOT_RUN = frozenset(
    {
        # Values, words and edits: classes that are named in what does run.
        "hicm_desktop.cli_common",
        "hicm_desktop.errors",
        "hicm_desktop.export.key_groups",
        "hicm_desktop.export.watching",
        "hicm_desktop.storage.names",
        "hicm_desktop.ui.room.telling",
        "hicm_desktop.workshop.decisions",
        "hicm_desktop.workshop.edits",
        "hicm_desktop.workshop.journey",
        "hicm_desktop.workshop.minutes",
        "hicm_desktop.workshop.places",
        "hicm_desktop.workshop.plan_lines",
        "hicm_desktop.workshop.private_notes",
        "hicm_desktop.workshop.record_words",
        "hicm_desktop.workshop.report",
        "hicm_desktop.workshop.report_parts",
        "hicm_desktop.workshop.report_rows",
        "hicm_desktop.workshop.report_summary",
        "hicm_desktop.workshop.report_values",
        "hicm_desktop.workshop.room",
        "hicm_desktop.workshop.room_edits",
        "hicm_desktop.workshop.sealing",
        "hicm_desktop.workshop.spread",
        "hicm_desktop.workshop.value",
        # Asked at once by a key, a menu or a fault, and each loaded in a millisecond or two.
        "hicm_desktop.document.writing",
        "hicm_desktop.frozen",
        "hicm_desktop.storage.earlier",
        "hicm_desktop.ui.about",
        "hicm_desktop.ui.dialogs",
        "hicm_desktop.ui.export.where",
        "hicm_desktop.ui.room.curtain",
        "hicm_desktop.ui.room.keys",
        "hicm_desktop.ui.single_keys",
    }
)
"""Modules that are loaded before the first paint though no function of theirs runs until then."""


def test_what_is_loaded_runs_before_the_window_is_seen(start: Start) -> None:
    packages = {name for name in start.loaded if (ROOT / name.replace(".", "/")).is_dir()}
    idle = start.loaded - start.ran - packages
    assert idle <= MAY_NOT_RUN, f"load it where it is used: {sorted(idle - MAY_NOT_RUN)}"


def test_the_list_of_what_may_not_run_names_what_is_there() -> None:
    gone = [n for n in MAY_NOT_RUN if not (ROOT / f"{n.replace('.', '/')}.py").is_file()]
    assert not gone


def test_the_window_is_there_by_then(start: Start) -> None:
    assert {"hicm_desktop.ui.main_window", "hicm_desktop.ui.overview.profile"} <= start.ran


def test_what_has_had_its_day_goes_again_once_all_is_loaded(start: Start) -> None:
    assert start.collects


@pytest.mark.parametrize(
    "later",
    [
        "hicm_desktop.cli_commands",
        "hicm_desktop.ui.change_view",
        "hicm_desktop.ui.action_plan",
        "hicm_desktop.ui.closing",
        "hicm_desktop.ui.room.window",
        "hicm_desktop.ui.export.dialog",
        "hicm_desktop.workshop.bring_back",
    ],
)
def test_what_a_first_window_does_not_show_is_not_loaded(start: Start, later: str) -> None:
    assert importlib.util.find_spec(later) is not None, "it is called something else now"
    assert later not in start.loaded


@pytest.mark.parametrize(
    "name", ["QStyle", "QMessageBox", "QFileDialog", "QListView", "QTextBrowser"]
)
def test_kinds_of_widget_that_are_not_in_it_are_not_made_known(start: Start, name: str) -> None:
    """PySide makes a class known when it is first named or met, and some take 15 ms for that."""
    assert "QLabel" in start.widgets
    assert name not in start.widgets

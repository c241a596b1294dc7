"""The shape of the code: arrows that point one way, and what no module may do.

import-linter holds the arrows (its contracts are in pyproject.toml). It does not look into what is
not ours, such as which part of Qt is imported, so the rest is read from the source itself, by
checks that are first tried on a source that breaks them.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "hicm_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400

# Each is imported in one place, so that it can be replaced there, and costs a start nothing.
HOMES = {
    "yaml": ("model/",),
    "openpyxl": ("export/workbook",),
    "reportlab": ("export/pdf",),
    "pypdfium2": ("export/pdf/reading.py",),
    "docx": ("export/word",),
    "icalendar": ("export/calendar",),
}

# The program speaks to no network, and never runs what a file says.
UNWANTED = (
    "PySide6.QtCore.QProcess",
    "PySide6.QtDBus",
    "PySide6.QtHttpServer",
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
    "aiohttp",
    "asyncio",
    "cloudpickle",
    "code",
    "codeop",
    "ctypes",
    "dbm",
    "dill",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "jsonpickle",
    "logging.handlers",
    "marshal",
    "multiprocessing",
    "nntplib",
    "pickle",
    "poplib",
    "pty",
    "requests",
    "runpy",
    "shelve",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xml.sax",  # its saxutils bring in urllib.request; html.escape does the same
    "webbrowser",
    "xmlrpc",
)
UNWANTED_CALLS = frozenset(
    {
        "eval",
        "exec",
        "compile",
        "__import__",
        "builtins.eval",
        "builtins.exec",
        "importlib.import_module",
        "os.system",
        "os.popen",
        "os.startfile",
        "os.posix_spawn",
        "os.posix_spawnp",
        *(f"os.exec{ending}" for ending in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
        *(f"os.spawn{ending}" for ending in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
        "yaml.load",
        "yaml.load_all",
        "yaml.full_load",
        "yaml.unsafe_load",
        "yaml.add_constructor",
    }
)


def imported(source: str) -> Iterator[str]:
    """Give every module that a source imports; of `from a import b`, both a and a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def under(name: str, parents: Iterable[str]) -> bool:
    """Tell whether a dotted name is one of these modules, or lies in one."""
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def out_of_home(path: str, source: str) -> list[str]:
    """Give the libraries that this module imports, and that have their home elsewhere."""
    found = {name.partition(".")[0] for name in imported(source)}
    return sorted(
        library
        for library, homes in HOMES.items()
        if library in found and not path.startswith(homes)
    )


def widgets(source: str) -> list[str]:
    """Give the parts of Qt that a source imports and that the open document does without."""
    found = {name for name in imported(source) if name.startswith("PySide6.")}
    return sorted(name for name in found if not under(name, ("PySide6.QtCore", "PySide6.QtGui")))


def unwanted(source: str) -> list[str]:
    """Give the imports and calls of a source that no module of ours may make."""
    tree = ast.parse(source)
    calls = (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))
    found = {name for name in imported(source) if under(name, UNWANTED)}
    found |= UNWANTED_CALLS.intersection((*calls, *imported(source)))
    found |= {"import *" for name in imported(source) if name.endswith(".*")}
    return sorted(found)


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("ui/tab.py", "import yaml", ["yaml"]),
        ("export/pdf.py", "def f():\n    from openpyxl.styles import Font", ["openpyxl"]),
        ("export/workbook/sheet.py", "from reportlab import pdfgen", ["reportlab"]),
        ("model/reader.py", "import yaml", []),
        ("export/workbook/sheet.py", "import openpyxl.styles", []),
        ("export/pdf/page.py", "from reportlab.lib import colors", []),
        ("ui/tab.py", "import yamlish", []),
    ],
)
def test_the_check_of_homes_sees_a_stranger(path: str, source: str, found: list[str]) -> None:
    assert out_of_home(path, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import pickle", ["pickle"]),
        ("import http.client as h", ["http.client"]),
        ("from urllib import request", ["urllib.request"]),
        ("from urllib.request import urlopen", ["urllib.request", "urllib.request.urlopen"]),
        ("from PySide6 import QtNetwork", ["PySide6.QtNetwork"]),
        ("def f():\n    import socket", ["socket"]),
        ("from PySide6.QtCore import QProcess", ["PySide6.QtCore.QProcess"]),
        ("import ctypes.util", ["ctypes.util"]),
        ("import webbrowser as w", ["webbrowser"]),
        ("from logging import handlers", ["logging.handlers"]),
        ("eval('1')", ["eval"]),
        ("import os\nos.execv('a', [])", ["os.execv"]),
        ("import os\nos.spawnlp(0, 'a')", ["os.spawnlp"]),
        ("from os import system", ["os.system"]),
        ("from os import popen as run", ["os.popen"]),
        ("import os\nos.system('ls')", ["os.system"]),
        ("from PySide6.QtGui import *", ["import *"]),
        ("from . import *", ["import *"]),
        ("from urllib.parse import quote", []),
        ("import re\nre.compile('x')\ndialog.exec()", []),
    ],
)
def test_the_check_of_the_unwanted_sees_it(source: str, found: list[str]) -> None:
    assert unwanted(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from PySide6 import QtCore, QtWidgets", ["PySide6.QtWidgets"]),
        ("import PySide6.QtQuick as q", ["PySide6.QtQuick"]),
        ("from PySide6.QtGui import QUndoStack\nfrom PySide6 import QtCore", []),
    ],
)
def test_the_check_of_widgets_sees_one(source: str, found: list[str]) -> None:
    assert widgets(source) == found


def test_the_checks_have_something_to_read() -> None:
    assert PACKAGE / "model" / "values.py" in MODULES
    assert len(MODULES) > 10


def test_the_arrows_point_one_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_command_line_starts_without_qt_and_without_the_exporters() -> None:
    code = "import sys; import hicm_desktop.cli_commands; print(*sys.modules)"
    command = [sys.executable, "-P", "-c", code]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    assert {"hicm_desktop.cli_commands", "yaml"} <= {*loaded.stdout.split()}
    heavy = {"PySide6", "openpyxl", "reportlab", "docx", "lxml", "icalendar"}
    assert heavy.isdisjoint(loaded.stdout.split())


KNOWS_THE_RECORD = (
    "hicm_desktop.document",
    "hicm_desktop.storage",
    "hicm_desktop.export",
    "hicm_desktop.workshop",
    "hicm_desktop.ui.console",
)
ROOM_MAY = (
    "hicm_desktop.workshop.room",
    "hicm_desktop.workshop.words",
    "hicm_desktop.workshop.values.Outcome",
)


def record_known(source: str) -> list[str]:
    """Give the imports of a source by which what is recorded could reach the room unprojected."""
    names = [n for n in imported(source) if under(n, KNOWS_THE_RECORD)]
    allowed = {"hicm_desktop.workshop.values"} if f"{ROOM_MAY[2]}" in names else set()
    return [n for n in names if not under(n, ROOM_MAY) and n not in allowed]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from hicm_desktop.workshop.room import RoomRow", []),
        ("from hicm_desktop.workshop.values import Outcome", []),
        (
            "from hicm_desktop.workshop.values import Outcome, RowRecord",
            ["hicm_desktop.workshop.values.RowRecord"],
        ),
        (
            "import hicm_desktop.workshop.values",
            ["hicm_desktop.workshop.values"],
        ),
        (
            "from hicm_desktop.document.document import Document",
            ["hicm_desktop.document.document", "hicm_desktop.document.document.Document"],
        ),
    ],
)
def test_the_check_of_the_room_sees_what_knows_the_record(source: str, found: list[str]) -> None:
    assert record_known(source) == found


def test_only_the_director_of_the_room_knows_what_is_recorded() -> None:
    modules = {m.relative_to(PACKAGE).as_posix(): m for m in MODULES if "room" in m.parts}
    assert "ui/room/stage.py" in modules
    known = {name: record_known(m.read_text("utf-8")) for name, m in modules.items()}
    assert known.pop("ui/room/director.py"), "the check sees something"
    console = "hicm_desktop.ui.console"
    assert known.pop("ui/room/keys.py") == [console, f"{console}.Console"]
    settings = "hicm_desktop.document.settings"
    assert known.pop("ui/room/projector.py") == [settings, f"{settings}.Settings"]
    assert {name: names for name, names in known.items() if names} == {}


def test_the_open_document_has_no_widgets() -> None:
    modules = [module for module in MODULES if module.parent.name == "document"]
    assert modules
    assert {module.name: widgets(module.read_text("utf-8")) for module in modules} == {
        module.name: [] for module in modules
    }


def test_no_layout_is_emptied_by_what_leaves_its_items_behind() -> None:
    """`take_out` in `ui/layouts.py` says why; a layout of our own has to define it."""
    emptied = [
        module.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("takeAt", "replaceWidget")
    ]
    assert emptied == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
class TestEveryModule:
    def test_keeps_to_its_libraries(self, module: Path) -> None:
        path = module.relative_to(PACKAGE).as_posix()
        assert out_of_home(path, module.read_text("utf-8")) == []

    def test_does_nothing_unwanted(self, module: Path) -> None:
        assert unwanted(module.read_text("utf-8")) == []

    def test_fits_in_a_head(self, module: Path) -> None:
        assert len(module.read_text("utf-8").splitlines()) <= MOST_LINES

    def test_says_its_role(self, module: Path) -> None:
        assert ast.get_docstring(ast.parse(module.read_text("utf-8")))

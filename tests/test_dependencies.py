"""What comes in with the program: nothing that speaks to a network, starts programs or unpickles.

`test_architecture.py` reads our own source. Here the program runs, records, saves and exports,
and is then asked what its libraries have brought in beside it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = [ROOT / "requirements" / f"{name}.txt" for name in ("app", "dev", "freeze", "sbom")]

UNWANTED = frozenset(
    {
        *("socket", "ssl", "select", "selectors", "socketserver", "asyncio", "http.client"),
        *("urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc.client", "requests"),
        *("webbrowser", "subprocess", "multiprocessing", "pty", "concurrent.futures.process"),
        *("pickle", "shelve", "dbm", "dill", "sqlite3", "ctypes", "code", "logging.handlers"),
        *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtWebEngineCore"),
    }
)

# Of each export, what a library brings in by itself, the library, and why it is harmless. A new one
# fails. python-docx brings in none: the part of lxml that could fetch what a file includes
# (lxml.ElementInclude) is imported by neither of them.
BROUGHT_IN: dict[str, dict[str, str]] = {
    "window": {},
    "xlsx": {},
    "pdf": {
        # reportlab keeps a cache of fonts with it, which we do not use; it reads no pickle of ours.
        "pickle": "reportlab",
        # The binding of PDFium loads its own library, and no other, by ctypes. That brings in what
        # searches a system for libraries, which is built out of this binding and never called.
        "ctypes": "pypdfium2_raw",
        "select": "pypdfium2_raw",
        "selectors": "pypdfium2_raw",
        "subprocess": "pypdfium2_raw",
    },
    "docx": {},
    "ics": {
        # dateutil asks Windows for its time zones with it, and on other systems its module for that
        # ends at the next line. We name no time zone: every event is of a day.
        "ctypes": "dateutil",
    },
}

# Tells of what follows it which unwanted modules it brought in, and what imported each of them.
_WATCHED = """
import builtins, sys
from pathlib import Path

unwanted = set({unwanted!r})
already = unwanted & set(sys.modules)
importers = {{}}
plain = builtins.__import__

def watched(name, *arguments, **named):
    before = unwanted & set(sys.modules)
    try:
        return plain(name, *arguments, **named)
    finally:
        for module in (unwanted & set(sys.modules)) - before:
            frame, chain = sys._getframe(1), []
            while frame is not None:
                chain.append(frame.f_globals.get("__name__", "").partition(".")[0])
                frame = frame.f_back
            known = {{*sys.stdlib_module_names, "__main__"}}  # this script stands between them all
            ours = [part for part in chain if part not in known]
            importers.setdefault(module, ours[0] if ours else chain[0])

builtins.__import__ = watched
from hicm_desktop.cli import main
folder = Path(sys.argv[1])
{script}
for module in sorted(unwanted & set(sys.modules) - already):
    print("BROUGHT", module, importers.get(module, "?"))
"""

# Runs the program offscreen on a file: one edit, saved.
_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel

file = str(folder / "sample.hicm")
assert main(["sample", file]) == 0
application = QApplication([])
done = []

def work():
    window = next(w for w in application.topLevelWidgets() if isinstance(w, MainWindow))
    document = window.console.document
    document.apply(AgreeLevel("planned", "exemplary"))
    document.flush()
    window.close()
    done.append(True)

QTimer.singleShot(200, work)
assert main([file]) == 0
assert done
assert b"exemplary" in Path(file).read_bytes()
"""

# Exports the sample in one way.
_EXPORT = """
file, out = str(folder / "sample.hicm"), folder / "out.{kind}"
assert main(["sample", file]) == 0
assert main(["export", file, "--{kind}", str(out)]) == 0
assert out.stat().st_size
"""


def brought_in(script: str, folder: Path) -> dict[str, str]:
    """Run a script on an empty machine and give which modules it brought in, and for whom."""
    variables = {
        **os.environ,
        **dict.fromkeys(
            ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(folder)
        ),
        "XDG_DOCUMENTS_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    code = _WATCHED.format(unwanted=sorted(UNWANTED), script=script)
    command = [sys.executable, "-P", "-c", code, str(folder)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (line.split() for line in done.stdout.splitlines())
    return {line[1]: line[2] for line in lines if line[0] == "BROUGHT"}


@pytest.mark.parametrize("run", BROUGHT_IN)
def test_a_run_brings_in_only_what_is_known_of_its_libraries(run: str, tmp_path: Path) -> None:
    script = _WINDOW if run == "window" else _EXPORT.format(kind=run)
    assert brought_in(script, tmp_path) == BROUGHT_IN[run]


def test_what_is_brought_in_is_seen_with_who_did_it(tmp_path: Path) -> None:
    (tmp_path / "stranger.py").write_text("import socket")
    script = "sys.path.insert(0, str(folder)); import stranger"
    assert brought_in(script, tmp_path)["socket"] == "stranger"


def pins(lock: str) -> list[str]:
    """Give each requirement of a lock with its hashes, as one line."""
    joined = re.sub(r"\\\n\s*", "", lock)
    return [
        line for line in joined.splitlines() if line.strip() and not line.startswith((" ", "#"))
    ]


def loose(lock: str) -> list[str]:
    """Give the requirements of a lock that are not one version with hashes of its files."""
    exact = re.compile(
        r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; [^#]*?)?( ?--hash=sha256:[0-9a-f]{64})+ *"
    )
    return [line for line in pins(lock) if not exact.fullmatch(line)]


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    "line",
    [
        *("foo", "foo==1.2", f"foo>=1.2 {HASH}", f"foo==1.* {HASH}", f"foo ~=1 {HASH}"),
        *("foo==1 --hash=md5:00", f"foo @ file.whl {HASH}", "-e .", "-r other.txt"),
        f"foo==1 \\\n    {HASH[:-1]}",
    ],
)
def test_a_loose_requirement_would_be_seen(line: str) -> None:
    assert len(loose(f"# head\nbar==2 ; python_version < '4' \\\n    {HASH}\n{line}\n")) == 1


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_one_version_with_hashes(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert len(pins(text)) > 5
    assert loose(text) == []

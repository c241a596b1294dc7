"""The files by which a Linux desktop knows the program: they are valid, and agree with it."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtWidgets import QApplication

from distribution import contents
from hicm_desktop import __version__, app, paths
from hicm_desktop.storage import codec
from hicm_desktop.storage.names import SUFFIX
from tests.e2e.lacking import needs

LINUX = Path(__file__).resolve().parents[1] / "distribution" / "linux"
DESKTOP = LINUX / f"{paths.PROGRAM}.desktop"
MIME = LINUX / f"{paths.PROGRAM}.xml"
METAINFO = LINUX / f"{contents.IDENTIFIER}.metainfo.xml"
KIND = "application/x-hicm-workshop"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has these files")


def checked(*command: str, **variables: str) -> str:
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@linux_only
def test_the_desktop_entry_and_the_metadata_are_valid() -> None:
    for tool in ("desktop-file-validate", "appstreamcli"):
        needs(tool, there=shutil.which(tool))
    assert checked("desktop-file-validate", str(DESKTOP)) == ""
    checked("appstreamcli", "validate", "--no-net", str(METAINFO))


@linux_only
def test_a_workshop_is_known_by_its_name_and_by_its_first_line(tmp_path: Path) -> None:
    needs("update-mime-database", there=shutil.which("update-mime-database"))
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(MIME, packages)
    checked("update-mime-database", str(tmp_path / "mime"))
    assert f"{KIND}:*{SUFFIX}\n" in (tmp_path / "mime" / "globs").read_text()
    magic = (tmp_path / "mime" / "magic").read_bytes()
    assert f'"{codec.FORMAT}"'.encode() in magic
    start = (paths.resources_dir() / "sample.hicm").read_bytes()[:256]
    assert f'"{codec.FORMAT}"'.encode() in start


def test_the_files_name_the_program_and_each_other() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign] # keys are case-sensitive there
    entry.read(DESKTOP, "utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"].split() == [paths.PROGRAM, "%f"]
    assert desktop["Icon"] == desktop["StartupWMClass"] == paths.PROGRAM
    assert desktop["MimeType"] == f"{KIND};"
    told = ET.parse(METAINFO).getroot()  # noqa: S314 - a file of ours
    assert told.findtext("id") == contents.IDENTIFIER
    assert told.findtext("launchable") == DESKTOP.name
    assert told.findtext("provides/binary") == paths.PROGRAM
    assert told.findtext("provides/mediatype") == KIND
    release = told.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_the_window_has_the_icon_in_every_size(qapp: QApplication) -> None:
    assert qapp is not None
    sizes = {size.width() for size in app.icon().availableSizes()}
    assert sizes == {16, 24, 32, 48, 64, 128, 256}

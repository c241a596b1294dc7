"""What is handed out: what goes in, how it is listed and packed. CI runs the freezing itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from distribution import (
    build,
    compare,
    contents,
    icons,
    licences,
    packing,
    sbom,
    version,
    wall,
)
from distribution.parts import Part
from hicm_desktop import __version__
from tests.e2e.lacking import needs

ROOT = Path(__file__).resolve().parents[1]
QT = "_internal/PySide6/Qt"


# What goes in


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6\\Qt6Widgets.dll",
        "PySide6\\QtGui.pyd",
        "PySide6/QtGui.abi3.so",
        "hicm_desktop/content/index.yaml",
        "hicm_desktop/resources/fonts/SourceSans3-Bold.ttf",
        "docx/templates/default.docx",
        "libpython3.11.so.1.0",
    ],
)
def test_what_the_program_needs_goes_in(name: str) -> None:
    assert contents.is_wanted(name, is_system=False)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6\\Qt6Network.dll",
        "PySide6\\QtNetwork.pyd",
        "PySide6\\opengl32sw.dll",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6/Qt/plugins/networkinformation/libqglib.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "docx/templates/default-docx-template/word/styles.xml",
        "libcrypto.so.3",
        "libssl-3.dll",
    ],
)
def test_what_it_has_no_use_for_stays_out(name: str) -> None:
    assert not contents.is_wanted(name, is_system=False)


def test_of_the_system_itself_only_what_a_desktop_may_lack_goes_in() -> None:
    taken = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libffi.so.8")
    left = ("libX11.so.6", "libglib-2.0.so.0", "libc.so.6", "libxcb.so.1", "libssl.so.3")
    assert [n for n in (*taken, *left) if contents.is_wanted(n, is_system=True)] == [*taken]


def test_a_folder_with_what_could_speak_to_a_network_is_unfit() -> None:
    strays = [
        "_internal/python3.11/lib-dynload/_socket.cpython-311-x86_64-linux-gnu.so",
        "_internal/_ssl.pyd",
        f"{QT}/lib/libQt6Network.so.6",
    ]
    fine = ["_internal/msgspec/_core.so", f"{QT}/lib/libQt6Gui.so.6", "hicm-workshop"]
    assert contents.unwanted([*strays, *fine]) == strays
    modules = ["socket", "http.client", "urllib.request", "PySide6.QtNetwork", "asyncio"]
    harmless = ["urllib.parse", "socketless", "html.parser", "PySide6.QtCore"]
    assert contents.unwanted_modules([*modules, *harmless]) == modules


def test_what_is_kept_out_is_loaded_by_nothing_that_the_program_does(tmp_path: Path) -> None:
    """The libraries are given the same as in the frozen program: nothing by those names."""
    gone = [*contents.NETWORK_MODULES, *contents.UNUSED_MODULES]
    script = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({gone!r}))\n"
        "from hicm_desktop.cli import main\n"
        f"sys.exit(main(['self-test', '--report', {str(tmp_path / 'report.txt')!r}]))\n"
    )
    variables = build.as_a_user({"PATH": "/usr/bin:/bin"}, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**variables, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# How it is listed


def part(name: str, text: Path, **more: str) -> Part:
    return Part(name, "1.2", more.get("licence", "MIT"), (text,), more.get("purl", ""))


def test_every_part_is_listed_with_its_licence_and_its_text(tmp_path: Path) -> None:
    inside = tmp_path / "lib" / "x-1.2.dist-info" / "licenses" / "more"
    inside.mkdir(parents=True)
    for text in (tmp_path / "LICENSE", inside / "MIT.txt"):
        text.write_text(f"{text.name}: do as you like")
    parts = (
        part("Ours", tmp_path / "LICENSE"),
        Part("x", "1.2", "MIT", (tmp_path / "LICENSE", inside / "MIT.txt")),
    )
    out = tmp_path / "out"
    stale = out / "stale.txt"
    out.mkdir()
    stale.write_text("of an earlier build")
    listed = licences.write(parts, out).read_text("utf-8")
    assert [line.split() for line in listed.splitlines()[-2:]] == [
        ["Ours", "1.2", "MIT"],
        ["x", "1.2", "MIT"],
    ]
    assert sorted(packing.files_in(out)) == [
        "LICENCES.txt",
        "Ours/LICENSE.txt",
        "x/LICENSE.txt",
        "x/more-MIT.txt",
    ]
    assert (out / "x" / "more-MIT.txt").read_text() == "MIT.txt: do as you like"


@pytest.mark.parametrize("texts", [(), (Path("gone.txt"),)])
def test_a_part_without_a_text_is_not_handed_out(tmp_path: Path, texts: tuple[Path, ...]) -> None:
    with pytest.raises(licences.NoText, match=r"x 1\.2: no text"):
        licences.write((Part("x", "1.2", "MIT", texts),), tmp_path / "out")


def test_the_bill_of_materials_has_what_is_in_the_folder_and_nothing_else(tmp_path: Path) -> None:
    def listed(name: str, **more: Any) -> dict[str, Any]:
        return {"name": name, "bom-ref": f"{name}==1.2", "type": "library", **more}

    bill = {
        "metadata": {"component": {"bom-ref": "root-component", "name": "hicm-desktop"}},
        "components": [listed("et_xmlfile", description="theirs"), listed("pyinstaller-hooks")],
        "dependencies": [
            {"ref": "root-component", "dependsOn": ["et_xmlfile==1.2", "pip==1.2"]},
            {"ref": "pyinstaller-hooks==1.2"},
        ],
    }
    text = tmp_path / "LICENSE"
    parts = (
        part("HICM Workshop", text),
        part("et_xmlfile", text, purl="pkg:pypi/et-xmlfile@1.2"),
        part("libxcb", text, licence="see its text"),
    )
    found = sbom.only(bill, parts)
    assert found["metadata"]["component"]["name"] == "HICM Workshop"
    assert [c["name"] for c in found["components"]] == ["et_xmlfile", "libxcb"]
    first, second = found["components"]
    assert first["licenses"] == [{"expression": "MIT"}]
    assert first["purl"] == "pkg:pypi/et-xmlfile@1.2"
    assert first["bom-ref"] == "et_xmlfile==1.2"
    assert first["description"] == "theirs"
    assert second["licenses"] == [{"license": {"name": "see its text"}}]
    refs = {c["bom-ref"] for c in found["components"]} | {"root-component"}
    for each in found["dependencies"]:
        assert each["ref"] in refs
        assert set(each.get("dependsOn", ())) <= refs
    assert found["dependencies"][0]["dependsOn"] == [first["bom-ref"]]


# How it is packed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "one" / "HICM Workshop"
    (folder / "_internal").mkdir(parents=True)
    (folder / "hicm-workshop").write_bytes(b"a program")
    (folder / "hicm-workshop").chmod(0o755)
    (folder / "_internal" / "größe.txt").write_text("text")
    return folder


def test_a_folder_is_packed_the_same_whenever_and_in_whatever_order_it_was_made(
    folder: Path, tmp_path: Path
) -> None:
    again = tmp_path / "two" / "HICM Workshop"
    (again / "_internal").mkdir(parents=True)
    for place in ("_internal/größe.txt", "hicm-workshop"):
        (again / place).write_bytes((folder / place).read_bytes())
    (again / "hicm-workshop").chmod(0o700)
    packing.pack(folder, tmp_path / "one.zip", 1_700_000_000)
    packing.pack(again, tmp_path / "two.zip", 1_700_000_000)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert [e.filename for e in entries] == [
        "HICM Workshop/_internal/größe.txt",
        "HICM Workshop/hicm-workshop",
    ]
    assert [oct(e.external_attr >> 16) for e in entries] == ["0o100644", "0o100755"]
    assert entries[0].date_time == (2023, 11, 14, 22, 13, 20)


def test_a_copy_without_its_history_can_be_packed(folder: Path, tmp_path: Path) -> None:
    packing.pack(folder, tmp_path / "one.zip", 0)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_sums_are_those_that_are_checked(folder: Path, tmp_path: Path) -> None:
    program = folder / "hicm-workshop"
    sums = tmp_path / "sums.txt"
    packing.write_sums([program], sums)
    digest = hashlib.sha256(b"a program").hexdigest()
    assert sums.read_bytes() == f"{digest}  hicm-workshop\n".encode()
    assert packing.sums_of(packing.files_in(folder))["hicm-workshop"] == digest


def test_what_two_builds_do_not_hold_alike_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    packing.pack(folder, one, 0)
    packing.pack(folder, two, 1_700_000_000)
    assert compare.main([str(one), str(two)]) == 0, "when they were packed is not what they hold"
    (folder / "hicm-workshop").write_bytes(b"A program")
    (folder / "new.txt").write_text("new")
    packing.pack(folder, two, 0)
    assert compare.main([str(one), str(two)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [
        "HICM Workshop/hicm-workshop: 9 and 9 bytes, not the same",
        "HICM Workshop/new.txt: only in two.zip",
    ]


def test_a_program_that_fails_its_self_test_is_unfit(tmp_path: Path) -> None:
    program = build.executable(tmp_path)
    program.write_text('#!/bin/sh\necho FAULT Window >> "$3"\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(build.Unfit, match=r"self-test ended with 1\nFAULT Window"):
        build.test(tmp_path)
    program.write_text('#!/bin/sh\ntest "$HOME" != "$OLD" && test -z "$PYTHONPATH"\n')
    build.test(tmp_path)
    program.write_text('#!/bin/sh\necho here > "$(dirname "$0")/log.txt"\n')
    with pytest.raises(build.Unfit, match="wrote to its own folder"):
        build.test(tmp_path)
    script = "import socket; socket.socket().connect_ex(('10.9.8.7', 9))"
    program.write_text(f'#!/bin/sh\n"{sys.executable}" -c "{script}"\n')
    needs("strace", there=wall.can_watch())
    with pytest.raises(build.Unfit, match="went near a network"):
        build.test(tmp_path)


# What it looks like


@pytest.mark.parametrize(
    ("given", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2.3rc1", (1, 2, 3, 0)), ("10.0", (10, 0, 0, 0))],
)
def test_windows_is_given_four_numbers(given: str, numbers: tuple[int, int, int, int]) -> None:
    assert version.four_numbers(given) == numbers
    assert version.four_numbers(__version__)


def test_every_picture_of_the_icon_is_of_its_drawing(qapp: QApplication) -> None:
    assert qapp is not None
    for size in icons.SIZES:
        with Image.open(icons.ICONS / f"{icons.NAME}-{size}.png") as picture:
            assert picture.size == (size, size)
            assert picture.convert("RGBA").tobytes() == icons.drawn(size).tobytes()
    with Image.open(icons.ICONS / f"{icons.NAME}.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.SIZES}
    with Image.open(icons.ICONS / f"{icons.NAME}.icns") as icon:
        assert max(icon.info["sizes"])[0] >= 512

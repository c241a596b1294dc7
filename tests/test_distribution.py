"""What is handed out: what goes in, how it is listed and packed. CI runs the freezing itself."""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from PySide6.QtWidgets import QApplication

from distribution import (
    build,
    compare,
    contents,
    icons,
    licences,
    macos,
    packing,
    sbom,
    version,
    wall,
)
from distribution.parts import Part
from hicm_desktop import __version__
from hicm_desktop.model import prepared
from hicm_desktop.model.reader import read_model
from hicm_desktop.storage.names import SUFFIX
from tests.e2e.lacking import needs

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
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
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/Qt/lib/QtGui.framework/Versions/Current",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "Python.framework/Versions/3.11/Python",
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
        "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork",
        "PySide6/Qt/lib/QtQml.framework/Versions/A/Resources/Info.plist",
        "PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib",
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
        f"{QT}/lib/QtNetwork.framework/Versions/A/QtNetwork",
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


def test_a_bill_that_is_not_valid_is_not_handed_out(tmp_path: Path) -> None:
    tool, bill = tmp_path / "cyclonedx-py", tmp_path / "bill.cdx.json"
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "at $3: no licence" >&2\nexit 1\n')
    python.chmod(0o755)
    with pytest.raises(
        sbom.NotValid, match=r"bill\.cdx\.json is no valid CycloneDX: at .* no licence"
    ):
        sbom.check(tool, bill)
    python.write_text("#!/bin/sh\n")
    sbom.check(tool, bill)


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


def test_links_are_packed_as_links(tmp_path: Path) -> None:
    folder = tmp_path / "HICM Workshop"
    folder.mkdir()
    (folder / "1").write_text("one")
    (folder / "current").symlink_to("1")
    (folder / "gone").symlink_to("nowhere")
    packing.pack(folder, tmp_path / "one.zip", 0)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        kinds = {e.filename: e.external_attr >> 28 for e in archive.infolist()}
        assert archive.read("HICM Workshop/current") == b"1"
    assert kinds == {
        "HICM Workshop/1": 0o10,
        "HICM Workshop/current": 0o12,
        "HICM Workshop/gone": 0o12,
    }
    assert len(packing.sums_of(packing.files_in(folder))) == 3


# Building


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have everything be done but the freezing, which gives a small folder; gives where it goes."""
    work = tmp_path / "build"

    def freeze(_moment: int) -> Path:
        folder = work / "frozen" / contents.FOLDER
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build.executable(folder).write_text("a program")
        shutil.copytree(CONTENT, folder / "content")
        ready = prepared.encode(read_model(CONTENT), CONTENT)
        (folder / "content" / prepared.NAME).write_bytes(ready)
        return folder

    text = ROOT / "LICENSE"
    monkeypatch.setattr(build, "WORK", work)
    monkeypatch.setattr(build, "freeze", freeze)
    monkeypatch.setattr(build, "modules_in", lambda _: ["hicm_desktop.cli"])
    monkeypatch.setattr(build, "parts_of", lambda *_: (Part("Ours", "1", "MIT", (text,)),))
    monkeypatch.setattr(build, "test", lambda _: None)
    monkeypatch.setattr(sbom, "listed", lambda *_: {"components": []})
    monkeypatch.setattr(sbom, "check", lambda *_: None)
    return tmp_path / "out"


def test_a_build_in_which_the_model_is_not_ready_is_not_handed_out(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze = build.freeze

    def edited(moment: int) -> Path:
        folder = freeze(moment)
        (folder / "content" / "another.yaml").write_text("a: b")
        return folder

    monkeypatch.setattr(build, "freeze", edited)
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 1
    assert "the model was not prepared in it" in capsys.readouterr().out
    assert list(built.iterdir()) == []


def test_a_build_hands_out_an_archive_with_its_lists_and_sums(built: Path) -> None:
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 0
    names = sorted(
        path.name.removeprefix(f"HICM-Workshop-{__version__}-") for path in built.iterdir()
    )
    assert {Path(name).suffix for name in names} == {".zip", ".json", ".txt"}
    sums = next(built.glob("*-SHA256SUMS.txt")).read_text().splitlines()
    assert len(sums) == 3
    for line in sums:
        digest, name = line.split()
        assert packing.digest_of(built / name) == digest
    with zipfile.ZipFile(next(built.glob("*.zip"))) as archive:
        held = {name.partition("/")[2] for name in archive.namelist()}
    assert {"For IT.pdf", "policy.example.toml", "licences/LICENCES.txt"} <= held


def test_what_else_lies_where_it_goes_is_left_alone_and_an_earlier_build_is_not(
    built: Path,
) -> None:
    built.mkdir()
    (built / "thesis.odt").write_text("years of work")
    (built / "HICM-Workshop-0.0.1-linux-x86_64.zip").write_text("an earlier build")
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 0
    assert (built / "thesis.odt").read_text() == "years of work"
    assert not list(built.glob("*0.0.1*"))


@pytest.mark.parametrize("fails", ["test", "sbom"])
def test_nothing_is_left_to_hand_out_where_anything_fails(
    built: Path, fails: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 0

    def fail(*_: object) -> None:
        raise subprocess.TimeoutExpired("self-test", 600)

    monkeypatch.setattr(*((build, "test") if fails == "test" else (sbom, "write")), fail)
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 1
    assert list(built.iterdir()) == []
    assert "Not built: " in capsys.readouterr().out


def test_what_could_speak_to_a_network_ends_a_build(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "modules_in", lambda _: ["socket"])
    assert build.main(["--out", str(built), "--bill-by", "none"]) == 1
    assert "what should not be in the folder is: socket" in capsys.readouterr().out


@pytest.mark.parametrize(("given", "moment"), [("1700000000", 1_700_000_000), ("soon", None)])
def test_a_build_is_dated_as_it_was_told_or_as_its_commit(
    monkeypatch: pytest.MonkeyPatch, given: str, moment: int | None
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    found = build.commit_time()
    assert found == moment or (moment is None and found >= 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the name is a script of a POSIX shell")
def test_the_command_goes_by_the_name_that_documents_have(tmp_path: Path) -> None:
    folder = tmp_path / "Größe mit Raum"
    folder.mkdir()
    program = build.executable(folder)
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    build.add_command(folder)
    (tmp_path / "link").symlink_to(folder / contents.CONSOLE)
    for command in (folder / contents.CONSOLE, tmp_path / "link"):
        done = subprocess.run(
            [command, "self-test", "a b"], capture_output=True, text=True, check=True
        )
        assert done.stdout == "self-test a b\n"


def test_a_program_that_fails_its_self_test_is_unfit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "mine")
    monkeypatch.setenv("OLD", os.environ["HOME"])
    needs("strace", there=wall.can_watch())
    needs("Xvfb", there=shutil.which("Xvfb") or "DISPLAY" in os.environ)
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
    with pytest.raises(build.Unfit, match="went near a network"):
        build.test(tmp_path)


# What it looks like


def test_the_files_for_windows_name_the_program_and_each_other() -> None:
    windows = ROOT / "distribution" / "windows"
    made, taken = (
        (windows / f"{name}-hicm-files.reg").read_bytes().decode("utf-8")
        for name in ("associate", "remove")
    )
    recipe = (windows / "installer.iss").read_text("utf-8")
    for text in (made, taken):
        assert text.startswith("Windows Registry Editor Version 5.00\r\n\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert "HKEY_LOCAL_MACHINE" not in text, "it is for one user"
    for text in (made, recipe):
        assert f"{contents.PROGRAM}.exe" in text
        assert "HICMWorkshop.Record" in text
    assert "HICMWorkshop.Record" in taken
    assert "[-HKEY_CURRENT_USER\\Software\\Classes\\.hicm]" not in taken, "others may use it"
    assert f"AppId={contents.IDENTIFIER}" in recipe


def test_the_release_builds_by_the_same_command() -> None:
    release = ROOT / ".github" / "workflows" / "release.yml"
    steps = yaml.safe_load(release.read_text("utf-8"))["jobs"]["build"]["steps"]
    assert "python run.py build" in [step.get("run") for step in steps]
    used = [step["uses"] for step in steps if "uses" in step]
    assert len(used) == 3
    for name in used:  # a tag may be moved to something else
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name), name


def test_macos_is_told_that_workshops_are_the_program_s_files() -> None:
    info = plistlib.loads(plistlib.dumps(macos.info()))
    (document,) = info["CFBundleDocumentTypes"]
    (kind,) = info["UTExportedTypeDeclarations"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert kind["UTTypeIdentifier"].startswith(f"{macos.BUNDLE}.")
    assert re.fullmatch(r"[A-Za-z0-9.-]+", kind["UTTypeIdentifier"])
    told = kind["UTTypeTagSpecification"]
    assert told["public.filename-extension"] == [SUFFIX.removeprefix(".")]
    linux = (ROOT / "distribution" / "linux" / "hicm-workshop.xml").read_text("utf-8")
    assert f'type="{told["public.mime-type"][0]}"' in linux
    assert (icons.ICONS / document["CFBundleTypeIconFile"]).is_file()


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

"""A pack as it was read when the program was frozen: the same as the pack itself, or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hicm_desktop import paths
from hicm_desktop.document.policy import Policy
from hicm_desktop.model import prepared
from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.paths import content_dir
from hicm_desktop.published import published

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Our own pack, with what is prepared of it beside it."""
    folder = tmp_path / "content"
    shutil.copytree(content_dir(), folder)
    (folder / prepared.NAME).write_bytes(prepared.encode(read_model(folder), folder))
    return folder


def test_it_says_what_the_pack_says(pack: Path, model: Model) -> None:
    assert prepared.load(pack) == model


def test_it_is_no_part_of_the_pack(pack: Path, model: Model) -> None:
    assert read_model(pack) == model


def test_it_is_the_same_byte_for_byte_each_time(pack: Path, model: Model) -> None:
    assert (pack / prepared.NAME).read_bytes() == prepared.encode(model, content_dir())


def _another_word(pack: Path) -> None:
    file = pack / "index.yaml"
    file.write_bytes(file.read_bytes() + b"# ")


def _another_file(pack: Path) -> None:
    (pack / "another.yaml").write_text("a: b\n", "utf-8")


def _one_less(pack: Path) -> None:
    (pack / "source-seams.yaml").unlink()


def _another_name(pack: Path) -> None:
    (pack / "source-seams.yaml").rename(pack / "source-seam.yaml")


def _not_there(pack: Path) -> None:
    (pack / prepared.NAME).unlink()


def _cut_short(pack: Path) -> None:
    file = pack / prepared.NAME
    file.write_bytes(file.read_bytes()[:-1])


def _empty(pack: Path) -> None:
    (pack / prepared.NAME).write_bytes(b"")


def _of_another_release(pack: Path) -> None:
    file = pack / prepared.NAME
    written = b"\x81\xa2id\x01"
    file.write_bytes(prepared._fingerprint(pack, written) + written)


def _another_letter(pack: Path) -> None:
    file = pack / prepared.NAME
    data = file.read_bytes()
    assert data.count(b"Home first") > 1
    file.write_bytes(data.replace(b"Home first", b"Home worst"))


def _a_folder(pack: Path) -> None:
    (pack / prepared.NAME).unlink()
    (pack / prepared.NAME).mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        _another_word,
        _another_file,
        _one_less,
        _another_name,
        _not_there,
        _cut_short,
        _empty,
        _of_another_release,
        _another_letter,
        _a_folder,
    ],
)
def test_where_anything_is_not_as_it_was_it_counts_for_nothing(
    pack: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(pack)
    assert prepared.load(pack) is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_a_name_in_no_encoding_does_no_harm(pack: Path, model: Model) -> None:
    stray = Path(os.fsdecode(os.fsencode(pack) + b"/Ma\xdf.yaml"))
    stray.write_text("a: b", "utf-8")
    assert prepared.load(pack) is None
    (pack / prepared.NAME).write_bytes(prepared.encode(model, pack))
    assert prepared.load(pack) == model


def test_the_program_takes_what_is_prepared_and_reads_no_yaml(pack: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from hicm_desktop import paths, published\n"
        "from hicm_desktop.document.policy import Policy\n"
        f"paths.content_dir = lambda *_: Path({str(pack)!r})\n"
        "print(published.published(Policy()).title)\n"
        "print('yaml' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    title, yaml = done.stdout.splitlines()
    assert title == read_model(pack).title
    assert yaml == "False"


def test_an_edited_pack_is_read_as_it_is_now(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = pack / "index.yaml"
    title = read_model(pack).title
    index.write_text(index.read_text("utf-8").replace(title, "Another title"), "utf-8")
    monkeypatch.setattr(paths, "content_dir", lambda *_: pack)
    assert published(Policy()).title == "Another title"


def test_a_pack_of_an_organisation_is_read_whatever_lies_beside_it(
    tmp_path: Path, model: Model
) -> None:
    theirs = tmp_path / "theirs"
    shutil.copytree(content_dir(), theirs)
    index = theirs / "index.yaml"
    index.write_text(index.read_text("utf-8").replace(model.title, "Their title"), "utf-8")
    (theirs / prepared.NAME).write_bytes(prepared.encode(model, theirs))
    assert prepared.load(theirs) == model, "it passes for theirs, and says something else"
    assert published(Policy(content=theirs)).title == "Their title"

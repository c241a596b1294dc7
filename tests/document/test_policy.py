"""What an organisation has set: read strictly, put before the user's own, never failing open."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from hicm_desktop.document.policy import (
    MOST_CHARACTERS,
    NO_POLICY,
    Policy,
    read_policy,
    what_is_set,
)
from hicm_desktop.document.settings import Settings
from hicm_desktop.workshop.report_parts import Parts

WHOLE = """
[folders]
workshops = "$WORKSHOPS/HICM"
exports = "~/Exports"

[exports]
kind = "xlsx"
names = false
guidance = true
private_notes = "never"

[privacy]
reminder = "Tell the information governance team\\n of any number."

[content]
pack = "/srv/hicm/content"

[window]
colours = "dark"

[room]
colours = "light"

[links]
open = false
"""

Written = Callable[[str | bytes], Policy]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Read a policy that holds this."""

    def written(text: str | bytes) -> Policy:
        file = tmp_path / "policy.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_policy([file])

    return written


def test_everything_that_can_be_set_is_read_and_told(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOPS", str(tmp_path / "Größe"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    policy = written(WHOLE)
    assert policy == Policy(
        workshops=tmp_path / "Größe" / "HICM",
        exports=tmp_path / "home" / "Exports",
        export_kind="WORKBOOK",
        parts={"names": False, "guidance": True},
        private_notes=False,
        reminder="Tell the information governance team of any number.",
        content=Path("/srv/hicm/content"),
        window="dark",
        room="light",
        opens_links=False,
        file=tmp_path / "policy.toml",
    )
    told = what_is_set(policy)
    assert len(told) == 11, "a line for each"
    assert "In exports, names: always left out" in told
    assert "In exports, guidance: always in" in told
    assert f"New workshops go to {tmp_path / 'Größe' / 'HICM'}" in told


def test_where_there_is_no_file_nothing_is_set(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = read_policy([tmp_path / "none.toml", tmp_path / "file" / "policy.toml"])
    assert found is NO_POLICY
    assert what_is_set(found) == ()
    everything = Parts(names=False, private_notes=True)
    assert found.limit(everything) == everything


def test_the_first_file_that_is_there_counts_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    second.write_text('[window]\ncolours = "dark"\n[room]\ncolours = "dark"\n')
    assert read_policy([first, second]).room == "dark"
    first.write_text('[window]\ncolours = "light"\n')
    found = read_policy([first, second])
    assert (found.window, found.room, found.file) == ("light", None, first)


def test_an_empty_file_sets_nothing_and_a_mark_of_notepad_is_passed_over(written: Written) -> None:
    assert what_is_set(written("")) == ()
    assert written(b'\xef\xbb\xbf[room]\r\ncolours = "dark"\r\n').room == "dark"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[room\n", "it is not TOML"),
        (b"[room]\ncolours = '\xff'\n", "it is not in UTF-8"),
        ("[rooms]\n", "rooms"),
        ("[room]\ncolour = 'dark'\n", "colour"),
        ("[room]\ncolours = 'red'\n", "red"),
        ("[exports]\nprivate_notes = true\n", "private_notes"),
        ("[exports]\nnames = 'yes'\n", "names"),
        ("[folders]\nworkshops = 'workshops'\n", "folders.workshops is no whole path"),
        ("[content]\npack = '/srv/$NOT_SET/x'\n", "content.pack names $NOT_SET, which is not set"),
        ("[folders]\nexports = '/x/%NOT_SET%'\n", "folders.exports names %NOT_SET%"),
        (f"x = {'[' * 20_000}\n", "too deep to be understood"),
        (
            "[folders]\nexports = '/x\\u0000y'\n".replace("'", '"'),
            "folders.exports is no whole path",
        ),
        (f"[privacy]\nreminder = '{'x' * (MOST_CHARACTERS + 1)}'\n", "longer than 300"),
        ("#" * 70_000, "larger than such a file can be"),
    ],
)
def test_what_cannot_be_understood_sets_what_is_strictest_and_says_why(
    written: Written, text: str | bytes, why: str
) -> None:
    policy = written(text)
    assert why in policy.problem
    assert str(policy.file) in policy.problem
    assert "tell whoever looks after this computer" in policy.problem
    assert not policy.private_notes
    assert not policy.opens_links
    assert policy.limit(Parts(private_notes=True)) == Parts()
    assert (policy.workshops, policy.content, policy.room) == (None, None, None)


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").mkdir()
    (tmp_path / "second.toml").write_text("")
    policy = read_policy([tmp_path / "policy.toml", tmp_path / "second.toml"])
    assert "it is no file" in policy.problem
    assert not policy.private_notes


@pytest.mark.skipif(os.name != "posix", reason="pipes with a name are of POSIX")
def test_a_pipe_in_its_place_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "policy.toml")
    assert "it is no file" in read_policy([tmp_path / "policy.toml"]).problem


def test_a_file_that_the_system_does_not_give_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "it cannot be read (Permission denied)" in read_policy([file]).problem


def test_what_is_set_goes_before_what_the_user_chose_and_leaves_it_as_it_was(
    tmp_path: Path,
) -> None:
    own = Settings(tmp_path / "settings.ini", tmp_path / "default")
    own.folder = tmp_path / "mine"
    own.theme = "light"
    own.export_kind = "PDF"
    own.export_folder = tmp_path / "mine"
    own.export_parts = Parts(evidence=False)
    own.sync()
    policy = Policy(
        workshops=tmp_path / "set",
        exports=tmp_path / "set for exports",
        export_kind="WORD",
        parts={"names": False, "evidence": True},
        window="dark",
    )
    found = Settings(tmp_path / "settings.ini", tmp_path / "default", policy)
    assert found.folder == tmp_path / "set"
    assert found.export_folder == tmp_path / "set for exports"
    assert found.export_kind == "WORD"
    assert found.theme == "dark"
    assert found.export_parts == Parts(names=False)
    found.export_parts = found.export_parts  # as an export does that was made
    found.sync()
    again = Settings(tmp_path / "settings.ini", tmp_path / "default")
    assert (again.folder, again.theme) == (tmp_path / "mine", "light")
    assert again.export_parts == Parts(evidence=False)


def test_private_notes_are_in_no_export_where_that_is_set() -> None:
    asked = Parts(private_notes=True)
    assert Policy(private_notes=False).limit(asked) == Parts()
    assert Policy(parts={"guidance": True}).limit(asked) == msgspec.structs.replace(
        asked, guidance=True
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [("", None), ("[exports]\nnames = true\n", True), ("[exports]\nnames = false\n", False)],
)
def test_whether_names_go_out_is_the_user_s_to_say_unless_it_is_set(
    written: Written, text: str, *, names: bool | None
) -> None:
    assert written(text).names is names


def test_the_example_that_is_handed_out_can_be_used_as_it_is() -> None:
    root = Path(__file__).resolve().parents[2]
    found = read_policy([root / "distribution" / "policy.example.toml"])
    assert found.problem == ""
    assert len(what_is_set(found)) == 13
    assert found.workshops == Path.home() / "HICM workshops"

"""The local profile: one run in it, and everything of the program's own under one folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hicm_desktop.document.profile import open_profile
from hicm_desktop.errors import FileError
from hicm_desktop.storage.lock import here

from .conftest import names


def test_a_profile_begins_a_run_that_others_see_until_it_ends(tmp_path: Path) -> None:
    root = tmp_path / "profile"
    one, other = open_profile(root), open_profile(root)
    assert one.run.token != other.run.token
    assert one.is_alive(other.run.token)
    assert other.is_alive(one.run.token)
    assert one.me.session == one.run.token
    assert one.me.is_same_place(here("x"))
    other.end()
    assert not one.is_alive(other.run.token)
    one.end()
    assert names(root) == ["runs"]
    assert names(root / "runs") == []


def test_a_run_of_another_profile_is_not_known(tmp_path: Path) -> None:
    one, other = open_profile(tmp_path / "one"), open_profile(tmp_path / "other")
    assert not one.is_alive(other.run.token)
    one.end()
    other.end()


def test_everything_lies_under_one_folder_and_each_copy_in_one_of_its_own(tmp_path: Path) -> None:
    profile = open_profile(tmp_path)
    assert profile.earlier == tmp_path / "earlier"
    assert profile.recovery == tmp_path / "recovery"
    folders = {profile.new_recovery() for _ in range(20)}
    assert len(folders) == 20
    for folder in folders:
        assert folder.parent == profile.recovery
        run, _, mark = folder.name.partition("-")
        assert (run, len(mark)) == (profile.run.token, 8)
    assert names(tmp_path) == ["runs"], "nothing is made before it is needed"
    profile.end()


def test_what_sudden_ends_left_long_ago_is_tidied(tmp_path: Path) -> None:
    left = tmp_path / "runs" / f"{'a' * 16}.session"
    left.parent.mkdir()
    left.touch()
    then = time.time() - 3 * 24 * 60 * 60
    os.utime(left, (then, then))
    profile = open_profile(tmp_path)
    assert not left.exists()
    profile.end()


def test_a_profile_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="own folder"):
        open_profile(tmp_path / "file")

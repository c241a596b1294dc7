"""A version that was signed off: it stays in the file, and opens to be read beside the workshop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtTest import QSignalSpy

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import open_sealed
from hicm_desktop.document.saving import ReadOnly
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import AgreeLevel, RowField, SetDetails, WriteRow
from hicm_desktop.workshop.minutes import NOT_INTACT
from hicm_desktop.workshop.room_edits import SignOff
from hicm_desktop.workshop.sealing import is_intact, standing_seal
from hicm_desktop.workshop.values import Details, Partner, Sealed, Workshop

ROW = "planned"
COUNCIL = Partner(organisation="Council", role="Social care", name="Priya Shah", id="p1")


@pytest.fixture
def signed(document: Document, model: Model) -> Document:
    """Give a workshop that was signed off, and edited since."""
    document.apply(SetDetails(Details(partners=(COUNCIL,))))
    document.apply(AgreeLevel(ROW, model.levels[1].id))
    document.apply(WriteRow(ROW, RowField.PRIVATE_NOTE, "Mine alone"))
    document.apply(SignOff(document.now(), ("p1",)))
    document.apply(AgreeLevel(ROW, model.levels[2].id))
    return document


@pytest.fixture
def version(signed: Document) -> Iterator[Document]:
    opened = open_sealed(signed, signed.workshop.sealed[0])
    yield opened
    opened.close()


def test_a_version_is_in_the_file_as_it_was_signed_off(
    signed: Document, on_disk: Callable[[Path], Workshop], model: Model
) -> None:
    signed.flush()

    (sealed,) = on_disk(signed.path).sealed

    assert sealed == signed.workshop.sealed[0]
    assert is_intact(sealed)
    assert sealed.content.row(ROW).level == model.levels[1].id
    assert sealed.content.row(ROW).private_note == ""
    assert sealed.present == (msgspec.structs.replace(COUNCIL, name=""),)


def test_a_version_opens_as_it_was_beside_the_workshop_that_goes_on(
    signed: Document, version: Document, model: Model
) -> None:
    assert version.workshop.row(ROW).level == model.levels[1].id
    assert signed.workshop.row(ROW).level == model.levels[2].id
    assert signed.history.undo_name, "what was done can still be taken back"
    state = version.save_state
    assert isinstance(state, ReadOnly)
    assert state.reason.startswith("This is version 1 as it was signed off, ")


def test_nothing_can_be_recorded_in_a_version_and_nothing_is_written_for_it(
    signed: Document, version: Document, model: Model
) -> None:
    signed.flush()
    before = {path: path.read_bytes() for path in signed.path.parent.iterdir()}
    held = version.workshop
    refused = QSignalSpy(version.refused)

    assert not version.apply(AgreeLevel(ROW, model.levels[4].id))

    assert refused.count() == 1
    assert version.workshop is held
    version.flush()
    version.close()
    assert {path: path.read_bytes() for path in signed.path.parent.iterdir()} == before


def test_a_version_that_was_tampered_with_says_so(signed: Document) -> None:
    sealed: Sealed = signed.workshop.sealed[0]
    other = msgspec.structs.replace(sealed.content, details=Details(place="Elsewhere"))

    opened = open_sealed(signed, msgspec.structs.replace(sealed, content=other))

    state = opened.save_state
    assert isinstance(state, ReadOnly)
    assert NOT_INTACT in state.reason
    opened.close()


def test_taking_the_later_edit_back_comes_to_the_sealed_version_again(signed: Document) -> None:
    assert standing_seal(signed.workshop) is None

    signed.undo()

    assert standing_seal(signed.workshop) == signed.workshop.sealed[0]


def test_signing_off_is_undone_and_redone_like_any_edit(signed: Document) -> None:
    sealed = signed.workshop.sealed
    signed.undo()
    signed.undo()
    assert signed.workshop.sealed == ()

    signed.redo()

    assert signed.workshop.sealed == sealed

"""Every message box and file dialog of the application, in one place.

For `hicm_desktop.ui`. Nothing else opens one, so that words and manners are the same everywhere.
Qt's boxes and dialogs are named by their module, which makes each known when it is first used.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.handout_writing import HandoutWriter
from hicm_desktop.ui.words import breakable

if TYPE_CHECKING:
    from hicm_desktop.document.policy import Policy
    from hicm_desktop.workshop.patient_data import Finding
    from hicm_desktop.workshop.places import Place

_Answer = TypeVar("_Answer", bound=enum.Enum)
_WORKSHOPS = "Workshops (*.hicm);;All files (*)"


class Leaving(enum.Enum):
    """What the user wants where the file does not hold everything."""

    STAY = "Stay here"
    COPY = "Save a copy…"
    LEAVE = "Leave without saving"


def tell(parent: QWidget | None, title: str, text: str, more: str = "") -> None:
    """Tell the user something that has happened, and what it means."""
    _box(parent, QtWidgets.QMessageBox.Icon.Information, title, text, more).exec()


def warn(parent: QWidget | None, title: str, text: str, more: str = "") -> None:
    """Tell the user that something could not be done, what was kept, and what to do."""
    _box(parent, QtWidgets.QMessageBox.Icon.Warning, title, text, more).exec()


def warn_not_opened(parent: QWidget, reason: str, *, has_earlier: bool) -> bool:
    """Tell why a workshop was not opened; gives whether the user wants its earlier versions."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Warning, "Not opened", reason, "")
    if not has_earlier:
        box.exec()
        return False
    box.setInformativeText("Earlier versions of it are kept on this computer.")
    look = box.addButton("See earlier versions", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Close", QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(look)
    box.exec()
    return box.clickedButton() is look


def ask_leaving(parent: QWidget, reason: str, *, is_kept: bool) -> Leaving:
    """Ask what to do with entries that could not be saved.

    `is_kept` where everything is in the local profile meanwhile.
    """
    box = _box(
        parent,
        QtWidgets.QMessageBox.Icon.Warning,
        "Not saved",
        breakable(reason),
        "Some entries are not in the file yet. A copy of everything is kept on this computer, and "
        "the program offers it when it next starts."
        if is_kept
        else "Some entries are not in the file yet, and they would be lost.",
    )
    answers = {
        Leaving.COPY: QtWidgets.QMessageBox.ButtonRole.AcceptRole,
        Leaving.STAY: QtWidgets.QMessageBox.ButtonRole.RejectRole,
        Leaving.LEAVE: QtWidgets.QMessageBox.ButtonRole.DestructiveRole,
    }
    return _answer(box, answers, Leaving.STAY)


class Held(enum.Enum):
    """What the user wants of a workshop that someone else has open."""

    READ = "Open it to read"
    COPY = "Open a copy"
    CANCEL = "Cancel"


def ask_held(parent: QWidget, words: str) -> Held:
    """Say who has a workshop open, and ask what to do."""
    box = _box(
        parent,
        QtWidgets.QMessageBox.Icon.Information,
        "Open elsewhere",
        breakable(words),
        "Two people recording in one file would undo each other’s work. You can read it, or record "
        "in a copy of your own and compare the two later.",
    )
    answers = {
        Held.READ: QtWidgets.QMessageBox.ButtonRole.AcceptRole,
        Held.COPY: QtWidgets.QMessageBox.ButtonRole.ActionRole,
        Held.CANCEL: QtWidgets.QMessageBox.ButtonRole.RejectRole,
    }
    return _answer(box, answers, Held.CANCEL)


def ask_throw_away(parent: QWidget, name: str) -> bool:
    """Ask whether a copy that was kept for recovery may go for good."""
    return _ask_losing(
        parent,
        "Throw it away",
        f"The copy of {breakable(name)} that was kept for recovery will be gone for good.",
        "What its own file holds stays as it is.",
    )


def offer_open(parent: QWidget, path: Path) -> str:
    """Say that a file was made, and offer to open it or its folder: "file", "folder" or ""."""
    box = _box(
        parent,
        QtWidgets.QMessageBox.Icon.Information,
        "Made",
        f"{path.name} is ready.",
        f"It is in {path.parent}.",
    )
    file = box.addButton("Open the file", QtWidgets.QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton("Open the folder", QtWidgets.QMessageBox.ButtonRole.ActionRole)
    close = box.addButton("Close", QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(close)
    box.exec()
    clicked = box.clickedButton()
    return "file" if clicked is file else "folder" if clicked is folder else ""


def tell_made(parent: QWidget, path: Path) -> None:
    """Say that a file was made, and open it or its folder where that is what the user wants."""
    match offer_open(parent, path):
        case "file":
            open_outside(parent, path)
        case "folder":
            open_outside(parent, path.parent)


def open_outside(parent: QWidget | None, path: Path) -> None:
    """Open a file or a folder in the program that this computer has for it.

    Where it has none, or policy keeps it from starting, where the file is can be pasted elsewhere.
    """
    if QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(path))):
        return
    QGuiApplication.clipboard().setText(str(path))
    what = "folder" if path.is_dir() else "file"
    words = f"The {what} could not be opened from here, so its name was copied for you to paste."
    tell(parent, "Not opened", words, str(path))


def choose_open(
    parent: QWidget, folder: Path, title: str = "Open a workshop", kinds: str = _WORKSHOPS
) -> Path | None:
    """Ask for a file to read; None where the user thinks better of it."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    name, _ = QtWidgets.QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def choose_save(parent: QWidget, title: str, start: Path, kinds: str = _WORKSHOPS) -> Path | None:
    """Ask where to write a file; None where the user thinks better of it. The ending is kept.

    The file dialog asks before a file is replaced. It does not know of an ending that is added
    here; a workshop's file is never replaced, and any other is asked about then.
    """
    name, _ = QtWidgets.QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() == start.suffix.lower():
        return path
    path = Path(name + start.suffix)
    return path if kinds == _WORKSHOPS or _may_take(parent, path) else None


def _may_take(parent: QWidget, path: Path) -> bool:
    """Whether no file is there, or it may be replaced."""
    return not path.exists() or _ask_losing(
        parent,
        "Replace it",
        f"There is already a file called {breakable(path.name)}.",
        "What it holds now will be gone.",
    )


def choose_folder(parent: QWidget, start: Path) -> Path | None:
    """Ask for a folder; None where the user thinks better of it."""
    name = QtWidgets.QFileDialog.getExistingDirectory(
        parent, "Folder for new workshops", str(start)
    )
    return Path(name) if name else None


def show_keys(parent: QWidget, appearance: Appearance, fonts: Path, folder: Path) -> None:
    """Show the card of keys. `fonts` is the folder of the typeface, `folder` where a PDF may go."""
    from hicm_desktop.ui.key_card import KeyCard  # noqa: PLC0415 - start-up

    dialog = KeyCard(appearance, fonts, folder, parent)
    dialog.exec()
    dialog.deleteLater()


def show_handouts(
    parent: QWidget,
    document: Document,
    fonts: Path,
    writer: HandoutWriter,
    policy: Policy,
    go_to: Callable[[Place], object],
) -> None:
    """Offer what is printed before a workshop. `fonts` is the folder of the typeface.

    `writer` outlives the dialog. `policy` is what is set. `go_to` is called with a place where that
    is what the user wants to see instead.
    """
    from hicm_desktop.ui.handouts_dialog import HandoutsDialog  # noqa: PLC0415 - start-up

    details, folder = document.workshop.details, document.path.parent
    dialog = HandoutsDialog(document.model, details, fonts, folder, writer, parent, policy)
    dialog.exec()
    place = dialog.place
    dialog.deleteLater()
    if place is not None:
        go_to(place)


def _ask_losing(parent: QWidget, do: str, text: str, more: str) -> bool:
    """Ask whether to `do` what loses something; to keep it is what Return and Esc choose."""
    box = _box(parent, QtWidgets.QMessageBox.Icon.Warning, f"{do}?", text, more)
    lose = box.addButton(do, QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton("Keep it", QtWidgets.QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is lose


def _answer(
    box: QtWidgets.QMessageBox,
    answers: Mapping[_Answer, QtWidgets.QMessageBox.ButtonRole],
    otherwise: _Answer,
) -> _Answer:
    """Ask, by a button for each answer in its words; `otherwise` where none of them is pressed."""
    buttons = {box.addButton(str(answer.value), role): answer for answer, role in answers.items()}
    box.exec()
    clicked = box.clickedButton()
    return next((answer for button, answer in buttons.items() if button is clicked), otherwise)


def _box(
    parent: QWidget | None, icon: QtWidgets.QMessageBox.Icon, title: str, text: str, more: str
) -> QtWidgets.QMessageBox:
    box = QtWidgets.QMessageBox(
        icon, title, text, QtWidgets.QMessageBox.StandardButton.NoButton, parent
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    return box


def ask_exporting(
    parent: QWidget,
    found: Sequence[Finding],
    go_to: Callable[[Place], object],
    sealed: int | None = None,
    reminder: str = "",
) -> bool:
    """Show where numbers of patients seem to stand; tells whether to export all the same.

    `go_to` is called with a place where that is what the user wants instead. `sealed` is the number
    of a version that was signed off, where that is what goes out: nobody can go to it. `reminder`
    is what an organisation has set to be said.
    """
    from hicm_desktop.ui.found_numbers import FoundNumbers  # noqa: PLC0415 - start-up

    dialog = FoundNumbers(found, parent, sealed, reminder)
    accepted, place = bool(dialog.exec()), dialog.place
    dialog.deleteLater()
    if place is not None:
        go_to(place)
    return accepted and place is None


def unexpected(
    parent: QWidget | None, file: Path | None, copy: Path | None, log: Path, *, ended: bool
) -> None:
    """Say that something in the program went wrong, where everything is, and what to do.

    `file` is given where it holds everything, `copy` where one was made. `ended` says that the
    program cannot go on.
    """
    kept = [f"Everything recorded is in {file}."] if file is not None else []
    if copy is not None:
        kept.append(f"A copy of everything recorded is in {copy.parent}.")
    if not kept:
        kept.append("No copy of what is recorded could be made just now.")
    then = (
        "The program has to close. Please start it again."
        if ended
        else "You can go on. If the window looks odd, close it and open the file again."
    )
    box = _box(
        parent,
        QtWidgets.QMessageBox.Icon.Warning,
        "Something went wrong",
        "Something in this program went wrong.",
        "\n\n".join([*kept, then, f"What went wrong, without any of your notes, is in {log}."]),
    )
    folder = (copy or log).parent
    show = box.addButton("Show the folder", QtWidgets.QMessageBox.ButtonRole.ActionRole)
    close = box.addButton(
        "Close" if ended else "Go on", QtWidgets.QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()
    shown = box.clickedButton() is show
    box.deleteLater()
    if shown:
        open_outside(parent, folder)

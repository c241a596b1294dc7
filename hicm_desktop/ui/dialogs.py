"""Every message box and file dialog of the application, in one place.

For `hicm_desktop.ui`. Nothing else opens one, so that words and manners are the same everywhere.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

_WORKSHOPS = "Workshops (*.hicm);;All files (*)"


class Leaving(enum.Enum):
    """What the user wants where the file does not hold everything."""

    STAY = "Stay here"
    COPY = "Save a copy…"
    LEAVE = "Leave without saving"


def tell(parent: QWidget | None, title: str, text: str, more: str = "") -> None:
    """Tell the user something that has happened, and what it means."""
    _box(parent, QMessageBox.Icon.Information, title, text, more).exec()


def warn(parent: QWidget | None, title: str, text: str, more: str = "") -> None:
    """Tell the user that something could not be done, what was kept, and what to do."""
    _box(parent, QMessageBox.Icon.Warning, title, text, more).exec()


def ask_leaving(parent: QWidget, reason: str) -> Leaving:
    """Ask what to do with entries that could not be saved."""
    box = _box(
        parent,
        QMessageBox.Icon.Warning,
        "Not saved",
        reason,
        "Some entries are not in the file yet.",
    )
    buttons = {
        box.addButton(choice.value, role): choice
        for choice, role in (
            (Leaving.COPY, QMessageBox.ButtonRole.AcceptRole),
            (Leaving.STAY, QMessageBox.ButtonRole.RejectRole),
            (Leaving.LEAVE, QMessageBox.ButtonRole.DestructiveRole),
        )
    }
    box.exec()
    clicked = box.clickedButton()
    return next((c for b, c in buttons.items() if b is clicked), Leaving.STAY)


def offer_open(parent: QWidget, path: Path) -> str:
    """Say that a file was made, and offer to open it or its folder: "file", "folder" or ""."""
    box = _box(
        parent,
        QMessageBox.Icon.Information,
        "Exported",
        f"{path.name} is ready.",
        f"It is in {path.parent}.",
    )
    file = box.addButton("Open the file", QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton("Open the folder", QMessageBox.ButtonRole.ActionRole)
    close = box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(close)
    box.exec()
    clicked = box.clickedButton()
    return "file" if clicked is file else "folder" if clicked is folder else ""


def choose_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a workshop to open; None where the user thinks better of it."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    name, _ = QFileDialog.getOpenFileName(parent, "Open a workshop", str(folder), _WORKSHOPS)
    return Path(name) if name else None


def choose_save(parent: QWidget, title: str, start: Path, kinds: str = _WORKSHOPS) -> Path | None:
    """Ask where to write a file; None where the user thinks better of it. The ending is kept."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == start.suffix.lower() else Path(name + start.suffix)


def choose_folder(parent: QWidget, start: Path) -> Path | None:
    """Ask for a folder; None where the user thinks better of it."""
    name = QFileDialog.getExistingDirectory(parent, "Folder for new workshops", str(start))
    return Path(name) if name else None


def show_lines(parent: QWidget, title: str, lines: Sequence[tuple[str, str]]) -> None:
    """Show pairs of words side by side, such as keys and what they do, in as many lines as fit."""
    rows = "".join(
        f"<tr><td style='padding: 2px 18px 2px 0'><b>{_plain(left)}</b></td>"
        f"<td style='padding: 2px 0'>{_plain(right)}</td></tr>"
        for left, right in lines
    )
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    text = QTextBrowser()
    text.setAccessibleName(title)
    text.setHtml(f"<table>{rows}</table>")
    close = QPushButton("Close")
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    text.document().adjustSize()
    wanted = text.document().size().toSize() + QSize(60, 90)
    dialog.resize(wanted.boundedTo(parent.screen().availableSize() * 4 / 5))
    dialog.exec()
    dialog.deleteLater()


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _box(
    parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str, more: str
) -> QMessageBox:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    return box

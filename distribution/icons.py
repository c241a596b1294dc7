"""Draws the program's icon in every size and kind from its one drawing. For whoever alters that.

    python -m distribution.icons

Windows and macOS want all sizes in one file; a Linux desktop and the window take single pictures.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from hicm_desktop import paths

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
NAME = paths.PROGRAM
SIZES = (16, 24, 32, 48, 64, 128, 256)
_LARGEST = 1024


def drawn(size: int) -> Image.Image:
    """Draw the icon so many px wide and high. A Qt application must be there."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(ICONS / f"{NAME}.svg")).render(painter)
    painter.end()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        picture.save(str(path))
        return Image.open(io.BytesIO(path.read_bytes())).convert("RGBA")


def main() -> int:
    """Write every picture beside the drawing."""
    QGuiApplication(["icons", "-platform", "offscreen"])
    pictures = [drawn(size) for size in SIZES]
    for picture in pictures:
        picture.save(ICONS / f"{NAME}-{picture.width}.png", optimize=True)
    largest = pictures[-1]
    sizes = [(size, size) for size in SIZES]
    largest.save(ICONS / f"{NAME}.ico", sizes=sizes, append_images=pictures[:-1])
    drawn(_LARGEST).save(ICONS / f"{NAME}.icns")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What is written where there is no display: pictures of the program, and every kind of export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from hicm_desktop.demo import EXPORT_PICTURE, ROOM_SCENES, SCENES
from tests.e2e.programs import run_through

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = [f"Northbridge{ending}" for ending in (".pdf", ".xlsx", ".docx", ".ics")]


@pytest.mark.usefixtures("home")
def test_the_demonstration_has_every_picture_in_its_size_and_every_export(tmp_path: Path) -> None:
    done = run_through(["demo", str(tmp_path / "demo")])
    assert done.returncode == 0, done.stderr
    sizes = {scene.name: scene.size for scene in SCENES}
    sizes |= dict.fromkeys((name for name, _ in ROOM_SCENES), (1280, 720))
    sizes[EXPORT_PICTURE] = (1180, 720)
    found = {path.stem: QImage(str(path)) for path in (tmp_path / "demo").glob("*.png")}
    assert {name: (image.width(), image.height()) for name, image in found.items()} == sizes
    for image in found.values():
        down = range(0, image.height(), 3)
        assert len({image.pixel(x, y) for x in range(0, image.width(), 9) for y in down}) > 20
    others = {path.name for path in (tmp_path / "demo").iterdir() if path.suffix != ".png"}
    assert others == set(EXPORTS)
    assert done.stdout.split() == [
        str(tmp_path / "demo" / f"{name}") for name in (*(f"{n}.png" for n in sizes), *EXPORTS)
    ]

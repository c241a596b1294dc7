"""The model to hand: its parts, what it says of links, and where links go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Material, Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.guidance import NO_LINK, Guidance, guidance_parts, materials_html


def test_a_change_has_its_parts_in_reading_order_with_their_counts(model: Model) -> None:
    parts = guidance_parts(model, model.change("home-first"))
    assert [part.link for part in parts] == [
        "Tips (13)",
        "Discharge to assess",
        "Supporting materials (7)",
        "Examples (4)",
        "Level definitions",
    ]


def test_every_tip_material_and_example_of_the_model_is_there_whole(
    model: Model, qtbot: QtBot, appearance: Appearance
) -> None:
    view = Guidance("Guidance", appearance)
    qtbot.addWidget(view)
    for change in model.changes:
        view.show_change(model, change)
        text = " ".join(view.toPlainText().split())
        tips = [*change.tips, *(nested for tip in change.tips for nested in tip.tips)]
        words = [
            *(tip.text for tip in tips),
            *(material.title for material in change.materials),
            *(example.title for example in change.examples),
            *(example.description or "" for example in change.examples),
        ]
        for each in words:
            assert " ".join(each.split()) in text


def test_a_material_without_a_link_says_so_and_one_with_a_link_has_it() -> None:
    html = materials_html([Material("A & B <c>"), Material("D", url="https://example.org/d")])
    assert "A &amp; B &lt;c&gt;" in html
    assert html.count(NO_LINK) == 1
    assert '<a href="https://example.org/d">' in html


def test_a_link_is_copied_where_no_browser_can_be_opened(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = Guidance("Guidance", appearance)
    qtbot.addWidget(view)
    opened: list[str] = []

    def refuse(url: QUrl) -> bool:
        opened.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    view.anchorClicked.emit(QUrl("https://example.org/d"))
    assert opened == ["https://example.org/d"]
    assert QGuiApplication.clipboard().text() == "https://example.org/d"

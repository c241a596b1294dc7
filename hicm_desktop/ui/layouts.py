"""Takes widgets out of a layout with all that it keeps of them. For `hicm_desktop.ui`."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget


def take_out(layout: QBoxLayout | QGridLayout, first: int = 0) -> list[QWidget]:
    """Take the widgets out that stand in a layout from the item `first` on, and give them.

    `takeAt` would leave behind what the layout keeps of each: PySide gives it to nobody. A widget
    that is put back then has two of those, and Qt tells the older one alone that the widget's
    height is another now.
    """
    items = (layout.itemAt(place) for place in range(first, layout.count()))
    widgets = [widget for item in items if item and (widget := item.widget()) is not None]
    for widget in widgets:
        layout.removeWidget(widget)
    return widgets

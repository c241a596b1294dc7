"""The line of filters above the plan, and the order it is shown in.

For `hicm_desktop.ui.action_plan`.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.places import Place, places
from hicm_desktop.ui.action_plan.shown import Filter
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.drop_down import DropDown
from hicm_desktop.ui.fields import offer_clearing
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.values import Action

_EVERYONE = "Everyone"
_NO_OWNER = "No owner yet"


class FilterBar(QWidget):
    """What is shown of the plan and in what order, each of it by keyboard.

    `filtered` carries a `Filter`; `ordered` carries a `Column`, or None for the order of the plan,
    and whether the order is turned round.
    """

    filtered = Signal(object)
    ordered = Signal(object, bool)

    def __init__(self, model: Model, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words in an action")
        offer_clearing(self.words)
        self.place = DropDown()
        self.place.addItem("Every change and row", None)
        for place in places(model):
            row = place.row_words(model)
            self.place.add_value(row or place.change_words(model), place, under=bool(row))
        self.place.addItem(Place().words(model), Place())
        self.owner = DropDown()
        self.overdue = TickBox("Overdue only")
        self.order = DropDown()
        self.order.addItem("Order of the plan", None)
        for column in Column:
            self.order.addItem(column.heading(model), column)
        self.reverse = QPushButton("Last first")
        self.reverse.setCheckable(True)
        self.reverse.setProperty("kind", "choice")
        self.show_all = QPushButton("Show all")
        self.show_all.setProperty("kind", "choice")

        flow = FlowLayout(self, gap=12)
        self._parts = (
            _captioned("Find", self.words),
            _captioned("Show", self.place),
            _captioned("Owner", self.owner),
            _captioned("", self.overdue, self.show_all),
            _captioned("Sort by", self.order, self.reverse),
        )
        for part in self._parts:
            flow.addWidget(part)
        self.words.setAccessibleName("Find words in the plan")
        self.place.setAccessibleName("Show the actions of a change or row")
        self.owner.setAccessibleName("Show the actions of an owner")

        self.show_owners(())
        self.words.textChanged.connect(self._tell_filter)
        self.place.currentIndexChanged.connect(self._tell_filter)
        self.owner.currentIndexChanged.connect(self._tell_filter)
        self.overdue.toggled.connect(self._tell_filter)
        self.show_all.clicked.connect(self.clear)
        self.order.currentIndexChanged.connect(self._tell_order)
        self.reverse.toggled.connect(self._tell_order)
        appearance.changed.connect(self._fit)
        self._fit()

    def chosen(self) -> Filter:
        """Give what is to be shown."""
        place, owner = self.place.currentData(), self.owner.currentData()
        return Filter(
            words=self.words.text().strip(),
            place=place if isinstance(place, Place) else None,
            owner=owner if isinstance(owner, str) else None,
            overdue=self.overdue.isChecked(),
        )

    def clear(self) -> None:
        """Show every action again. The order stays."""
        self.words.clear()
        self.place.setCurrentIndex(0)
        self.owner.setCurrentIndex(0)
        self.overdue.setChecked(False)

    def show_order(self, column: Column | None, *, reverse: bool) -> None:
        """Show the order that was chosen on the headings."""
        for widget in (self.order, self.reverse):
            widget.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.order.setCurrentIndex(0 if column is None else self.order.find_value(column))
        self.reverse.setChecked(reverse)
        self.reverse.setEnabled(column is not None)
        for widget in (self.order, self.reverse):
            widget.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def show_owners(self, actions: Iterable[Action]) -> None:
        """Offer the owners there are. The one that is chosen stays, whatever became of it."""
        chosen = self.owner.currentData()
        names = {action.owner.strip() for action in actions} - {""}
        if isinstance(chosen, str) and chosen:
            names.add(chosen)
        wanted = [None, "", *sorted(names, key=str.casefold)]
        if [self.owner.itemData(i) for i in range(self.owner.count())] == wanted:
            return
        self.owner.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.owner.clear()
        for name in wanted:
            self.owner.addItem(
                _EVERYONE if name is None else " ".join(name.split()) or _NO_OWNER, name
            )
        self.owner.setCurrentIndex(max(0, wanted.index(chosen)))
        self.owner.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def _tell_filter(self) -> None:
        self.show_all.setEnabled(self.chosen() != Filter())
        self.filtered.emit(self.chosen())

    def _tell_order(self) -> None:
        column = self.order.currentData()
        self.reverse.setEnabled(column is not None)
        if column is None:
            self.show_order(None, reverse=False)
        self.ordered.emit(column, self.reverse.isChecked())

    def _fit(self) -> None:
        px = self._appearance.look.px
        self.words.setFixedWidth(px(190))
        line = self.words.sizeHint().height()
        for part in self._parts:
            part.setMinimumHeight(line)
        for combo in (self.place, self.owner, self.order):
            combo.setMaximumWidth(px(430))
        self.show_all.setEnabled(self.chosen() != Filter())
        self.reverse.setEnabled(self.order.currentData() is not None)


def _captioned(words: str, *fields: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    if words:
        caption = label(words, "small")
        caption.setWordWrap(False)
        caption.setBuddy(fields[0])
        fields[0].setAccessibleName(words)
        layout.addWidget(caption)
    for field in fields:
        layout.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder

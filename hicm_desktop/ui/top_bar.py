"""The bar above the console: the menus, what is open, the clock, and what is needed at once.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenuBar, QPushButton, QSizePolicy

from hicm_desktop import PRODUCT
from hicm_desktop.ui.bars import YieldingBar, line_label
from hicm_desktop.ui.clock_control import ClockControl
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.menus import Menus


class TopBar(YieldingBar):
    """Menus, the name of what is open, the clock, and buttons. `export_asked` has no kind."""

    export_asked = Signal()

    def __init__(self, menu_bar: QMenuBar, menus: Menus, clock: ClockControl) -> None:
        super().__init__("bar")
        self._menus = menus
        product = line_label("product")
        product.setText(PRODUCT)
        self._place = line_label("small")
        undo = self._button("Undo", Command.UNDO)
        blank = self._button("Blank", Command.BLANK)
        find = self._button("Find", Command.FIND)
        smaller = self._button("A−", Command.SMALLER)
        larger = self._button("A+", Command.LARGER)
        export = QPushButton("Export…")
        export.setAccessibleName("Export")
        keys = (Command.EXPORT_WORKBOOK.shown, Command.EXPORT_PDF.shown)
        export.setToolTip(f"Export ({' or '.join(keys)})")
        export.clicked.connect(lambda: self.export_asked.emit())
        menu_bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.fill(
            [
                product,
                menu_bar,
                self._place,
                None,
                clock.rows,
                clock.button,
                undo,
                blank,
                find,
                smaller,
                larger,
                export,
            ],
            [
                product,
                self._place,
                clock.rows,
                find,
                smaller,
                larger,
                undo,
                blank,
                export,
                clock.button,
            ],
        )
        clock.changed.connect(self.fit)

    @property
    def place(self) -> str:
        """The name of what is open, as it is shown."""
        return self._place.text()

    def show_place(self, words: str) -> bool:
        """Show the name of what is open; tells whether it is another one."""
        if self._place.text() == words:
            return False
        self._place.setText(words)
        self.fit()
        return True

    def _button(self, words: str, command: Command) -> QPushButton:
        """Make a button that does what a command does, and is what its menu entry is."""
        action = self._menus.actions[command]
        button = QPushButton(words)
        button.setCheckable(action.isCheckable())

        def follow() -> None:
            named = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            button.setAccessibleName(named.removesuffix("…"))
            button.setToolTip(f"{named.removesuffix('…')} ({command.shown})")
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())

        def do() -> None:
            action.trigger()
            follow()

        action.changed.connect(follow)
        follow()
        button.clicked.connect(do)
        return button

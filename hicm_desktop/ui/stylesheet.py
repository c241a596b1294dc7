"""The style sheet of the whole application, made from a theme and a scale.

For `hicm_desktop.ui.appearance` alone. What is drawn often (descriptors, tabs, the profile) paints
itself instead: a style sheet costs a repaint ten times as much.
"""

from __future__ import annotations

from string import Template

import msgspec

from hicm_desktop.ui.theme import Theme

_SHEET = Template("""
QMenuBar, QMenu, QToolTip, QMessageBox, QHeaderView {
  font-family: "Source Sans 3"; font-size: ${body}px;
}
QMainWindow, QDialog { background: $ground; }
QToolTip { background: $bar; color: $bar_ink; border: 1px solid $bar_muted; padding: 4px 6px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QLabel { background: transparent; color: $ink; }
QLabel[type="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[type="heading"] { font-size: ${heading}px; font-weight: 700; }
QLabel[type="strong"] { font-weight: 600; }
QLabel[type="small"] { font-size: ${small}px; color: $muted; }
QLabel[type="quote"] {
  background: $surface; border-left: 4px solid $accent; padding: 8px 12px;
}
QLabel[type="alert"] { background: $alert; color: $on_alert; font-weight: 600; padding: 6px 10px; }

QLabel[type="held"] {
  background: $accent; color: $on_accent; font-weight: 600; padding: 2px 8px; border-radius: 4px;
}

QFrame#bar { background: $bar; }
QFrame#bar QLabel { color: $bar_ink; }
QFrame#bar QLabel[type="product"] { font-weight: 700; }
QFrame#bar QLabel[type="small"] { color: $bar_muted; }
QFrame#status { background: $surface; border-top: 1px solid $rule; }
QFrame#banner {
  background: $surface; border-left: 6px solid $accent; border-bottom: 1px solid $rule;
}
QFrame#banner[grave="true"] { background: $alert; border-left: 6px solid $alert; }
QFrame#banner[grave="true"] QLabel { color: $on_alert; }
QFrame#tabs { background: $surface; border-bottom: 1px solid $rule; }
QFrame#hints { background: $surface; border-bottom: 1px solid $rule; }
QFrame#hints[empty="true"] { background: $ground; border: none; }
QFrame#panel { background: $ground; border-left: 1px solid $rule; }
QFrame#panel[below="true"] { border-left: none; border-top: 1px solid $rule; }
QFrame#card { background: $surface; border: 1px solid $rule; border-radius: 8px; }

QMenuBar { background: transparent; color: $bar_ink; spacing: 0px; }
QMenuBar::item { padding: 6px 10px; border-radius: 4px; background: transparent; color: $bar_ink; }
QMenuBar::item:selected { background: $accent; color: $on_accent; }
QMenu { background: $ground; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $rule; margin: 4px 8px; }
QMenu::indicator { width: ${tick}px; height: ${tick}px; left: 4px; }

QPushButton, QToolButton {
  background: $ground; color: $ink; border: 1px solid $edge; border-radius: 6px;
  padding: 5px 12px; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $chosen; color: $chosen_ink; }
QPushButton:checked, QToolButton:checked {
  background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $rule; }
QPushButton:checked:disabled { background: $chosen; color: $chosen_ink; border-color: $edge; }
QPushButton:focus, QToolButton:focus { border: 3px solid $focus; padding: 3px 10px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $ink; color: $ground; border-color: $ink; }
QPushButton[kind="link"], QToolButton[kind="link"] {
  background: transparent; color: $accent; border: 2px solid transparent; padding: 1px 3px;
  text-decoration: underline; font-weight: 400; text-align: left;
}
QPushButton[kind="link"]:hover { color: $ink; }
QPushButton[kind="link"]:disabled { color: $muted; }
QPushButton[kind="link"]:checked { color: $ink; font-weight: 600; background: $chosen; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 1px 3px; }
QPushButton[kind="choice"] { font-size: ${small}px; padding: 5px 8px; }
QPushButton[kind="choice"]:focus { border: 3px solid $focus; padding: 3px 6px; }
QFrame#bar QPushButton, QFrame#bar QToolButton {
  background: transparent; color: $bar_ink; border: 1px solid $bar_muted; border-radius: 6px;
  padding: 4px 10px;
}
QFrame#bar QPushButton:hover, QFrame#bar QToolButton:hover {
  background: $accent; color: $on_accent;
}
QFrame#bar QPushButton:disabled { color: $bar_muted; border-color: transparent; }
QFrame#bar QPushButton:checked { background: $bar_ink; color: $bar; border-color: $bar_ink; }
QFrame#bar QPushButton:focus, QFrame#bar QToolButton:focus {
  border: 3px solid $focus; padding: 2px 8px;
}
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; width: 0px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  background: $field; color: $ink; border: 1px solid $edge; border-radius: 6px;
  padding: 4px 8px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 3px solid $focus; padding: 2px 6px;
}
QPlainTextEdit[readOnly="true"], QLineEdit[readOnly="true"], QComboBox:disabled {
  background: $surface; border-color: $rule;
}
QComboBox:disabled { color: $ink; }
QPlainTextEdit, QTextEdit { padding: 2px 4px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 0px 2px; }
QTextBrowser { background: $ground; border: none; padding: 0px; }
QTextBrowser:focus { border: none; padding: 0px; }
QComboBox QAbstractItemView {
  background: $ground; color: $ink; border: 1px solid $edge;
  selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox::drop-down { border: none; width: ${arrow}px; }

QTabBar QToolButton { padding: 0px; border-radius: 0px; }

QProgressBar { background: $ground; border: 1px solid $edge; border-radius: 5px; height: 12px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QCheckBox { color: $ink; spacing: 8px; }

QTableView, QListView {
  background: $ground; color: $ink; border: 1px solid $rule; gridline-color: $rule;
  alternate-background-color: $surface; selection-background-color: $chosen;
  selection-color: $chosen_ink;
}
QTableView:focus, QListView:focus { border: 2px solid $focus; }
QHeaderView { background: $surface; }
QHeaderView::section {
  background: $surface; color: $ink; border: none; border-right: 1px solid $rule;
  border-bottom: 2px solid $edge; padding: 6px 8px; font-weight: 600;
}

QScrollArea { background: $ground; border: none; }
QScrollArea#pages { background: $surface; }
QScrollBar { background: $surface; border: none; }
QScrollBar:vertical { width: ${bar_width}px; }
QScrollBar:horizontal { height: ${bar_width}px; }
QScrollBar::handle { background: $edge; border: 3px solid $surface; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $accent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: $surface; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $chosen; }
QFrame#search { background: $ground; border: 2px solid $accent; border-radius: 8px; }
QFrame#search QListView { border: none; }

QPushButton[kind="primary"]:disabled {
  background: $surface; color: $muted; border-color: $rule;
}
QPushButton[kind="primary"]:focus { border: 3px solid $focus; padding: 3px 10px; }
QComboBox { combobox-popup: 0; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { background: transparent; border-color: transparent; }
QCalendarWidget QToolButton:hover { background: $hover; border-color: $accent; }
QComboBox QAbstractItemView::item { padding: 4px 8px; }
QSpinBox { padding: 4px ${arrow}px 4px 8px; }
QSpinBox:focus { padding: 2px ${arrow}px 2px 6px; }
QSpinBox[kind="count"] { padding: 3px 1px; min-width: ${count}px; max-width: ${count}px; }
QSpinBox[kind="count"]::up-button, QSpinBox[kind="count"]::down-button {
  subcontrol-origin: padding; subcontrol-position: left; width: 0px;
}
QPushButton[kind="step"] { padding: 3px 0px; min-width: ${step}px; max-width: ${step}px; }
QFrame#private { background: $surface; border: 2px dashed $edge; border-radius: 6px; }
QSpinBox::up-button, QSpinBox::down-button {
  background: transparent; border: none; width: ${arrow}px;
}
QTableView#plan, QTableView#plan:focus, QListView[kind="lines"]:focus { border: 1px solid $rule; }
""")


def stylesheet(theme: Theme, scale: float) -> str:
    """Give the style sheet for a theme at a scale."""

    def px(size: float) -> str:
        return str(round(size * scale))

    colours = msgspec.structs.asdict(theme)
    return _SHEET.substitute(
        colours,
        title=px(26),
        heading=px(19),
        body=px(15),
        small=px(14),
        tick=px(14),
        arrow=px(22),
        count=px(38),
        step=px(26),
        bar_width=px(13),
    )

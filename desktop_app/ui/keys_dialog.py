"""Keys and mouse buttons, to be changed: a ready set, another key for an action, another tool for a button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop_app.core.key_set import MOUSE_TOOLS, owner, with_keys, with_mouse
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.actions import Action, rows_by_group
from desktop_app.ui.actions.keyed import claims, normal_key
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.key_sheet import MOUSE_WORDS
from desktop_app.ui.widgets import button, label, restyle
from desktop_app.viewmodels.key_sets import OWN, key_sets, mouse
from desktop_app.viewmodels.settings import SettingsModel

_WHEEL_WORDS = {"scroll": t("KeysDialog", "scroll, with Ctrl zoom"), "zoom": t("KeysDialog", "zoom, with Ctrl scroll")}
_HEIGHT = 380
_AROUND_WORDS_PX = 28


class KeysDialog(Dialog):
    """What is changed here holds at once. A key that another action has is named before it is taken from there."""

    def __init__(self, parent: QWidget | None, actions: ActionSet, settings: SettingsModel) -> None:
        super().__init__(parent, self.tr("Keys and mouse"), width=760)
        self._actions, self._settings = actions, settings
        self._choose_set()
        self._list_actions()
        self._change_one()
        self._mouse_buttons()
        self.back = button(self.tr("Undo all changes"), self._forget_all)
        self.add_buttons(button(self.tr("Close"), self.accept, kind="primary"), left=(self.back,))
        actions.changed.connect(self._refresh)
        settings.changed.connect(self._refresh)
        self._refresh()

    # -- building ----------------------------------------------------------------------------------------------------

    def _choose_set(self) -> None:
        self.sets = QComboBox()
        self.sets.setAccessibleName(self.tr("Set of keys"))
        for one in key_sets():
            self.sets.addItem(one.name if one.id == OWN else self.tr("Like %s") % one.name, one.id)
        self.sets.setCurrentIndex(max(0, self.sets.findData(self._settings.value.shortcuts)))
        self.sets.currentIndexChanged.connect(lambda _i: self._settings.change(shortcuts=self.sets.currentData()))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search for an action or a key"))
        self.search.setAccessibleName(self.tr("Search for an action or a key"))
        self.search.textChanged.connect(self._filter)
        row = QHBoxLayout()
        row.setSpacing(theme.tokens().space_m)
        row.addWidget(label(self.tr("Set of keys"), tone="secondary"))
        row.addWidget(self.sets)
        row.addWidget(self.search, 1)
        self.column.addLayout(row)

    def _list_actions(self) -> None:
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(_HEIGHT)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self._items: dict[str, QTreeWidgetItem] = {}
        for group, rows in rows_by_group(self._actions.table.values()):
            heading = QTreeWidgetItem([QCoreApplication.translate("Actions", group)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setForeground(0, theme.colour("secondary"))
            self.list.addTopLevelItem(heading)
            for row in rows:
                item = QTreeWidgetItem([row.title, ""])
                item.setData(0, Qt.ItemDataRole.UserRole, row.id)
                heading.addChild(item)
                self._items[row.id] = item
        self.list.expandAll()
        self.list.setColumnWidth(0, 430)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_chosen())
        self.column.addWidget(self.list)

    def _change_one(self) -> None:
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(self.tr("New key"))
        for edit in self.field.findChildren(QLineEdit):        # Qt's own words in it want room
            edit.ensurePolished()
            self.field.setMinimumWidth(edit.fontMetrics().horizontalAdvance(edit.placeholderText()) + _AROUND_WORDS_PX)
        self.field.keySequenceChanged.connect(lambda _keys: self._say())
        self.take = button(self.tr("Use this key"), self._take)
        self.add = button(self.tr("Add it"), self._add, tip=self.tr("Keep the present keys beside it"))
        self.clear = button(self.tr("No key"), lambda: self._assign(()))
        self.reset = button(self.tr("As in the set"), lambda: self._assign(None))
        row = QHBoxLayout()
        row.setSpacing(theme.tokens().space_s)
        row.addWidget(label(self.tr("New key"), tone="secondary"))
        row.addWidget(self.field, 1)
        for one in (self.take, self.add, self.clear, self.reset):
            row.addWidget(one)
        self.column.addLayout(row)
        self.note = label(kind="small", tone="secondary", wrap=True)
        self.column.addWidget(self.note)

    def _mouse_buttons(self) -> None:
        self.column.addWidget(label(self.tr("Mouse"), kind="strong"))
        form = QFormLayout()
        form.setSpacing(theme.tokens().space_s)
        self.buttons: dict[str, QComboBox] = {}
        names = {"middle": self.tr("Middle drag"), "right": self.tr("Right drag"), "wheel": self.tr("Wheel")}
        for part, name in names.items():
            box = self.buttons[part] = QComboBox()
            box.setAccessibleName(name)
            words = _WHEEL_WORDS if part == "wheel" else {tool: MOUSE_WORDS[tool] for tool in MOUSE_TOOLS}
            for value, text in words.items():
                box.addItem(QCoreApplication.translate("KeysDialog" if part == "wheel" else "KeySheet", text), value)
            box.activated.connect(lambda _i, part=part: self._set_mouse(part))
            form.addRow(label(name, tone="secondary"), box)
        self.column.addLayout(form)

    # -- what is shown -----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Action | None:
        item = self.list.currentItem()
        name = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return self._actions.table[name] if name else None

    def choose(self, action_id: str) -> None:
        self.list.setCurrentItem(self._items[action_id])

    def _refresh(self) -> None:
        for name, item in self._items.items():
            item.setText(1, self._actions.table[name].key_text)
        found = mouse(self._settings.value)
        for part, box in self.buttons.items():
            box.setCurrentIndex(box.findData(getattr(found, part)))
        self.back.setEnabled(bool(self._settings.value.shortcut_changes))
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.field.clear()
        self._say()

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for item in self._items.values():
            words = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in words for word in wanted))

    @property
    def _typed(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @property
    def conflict(self) -> Action | None:
        """The action that has the typed key now."""
        chosen, key = self.chosen, self._typed
        if chosen is None or not key:
            return None
        table = self._actions.table
        keys = {row.id: row.keys for row in table.values()}
        other = owner(claims(self._actions.defaults), keys, chosen.id, key, normal_key)
        return table[other] if other is not None else None

    def _say(self) -> None:
        chosen, key, other = self.chosen, self._typed, self.conflict
        for one in (self.take, self.add):
            one.setEnabled(chosen is not None and bool(key))
        for button_ in (self.clear, self.reset):
            button_.setEnabled(chosen is not None)
        self.field.setEnabled(chosen is not None)
        text = self.tr("Choose an action, then press the key it is to have.")
        if chosen is not None and other is not None:
            text = self.tr("{key} belongs to “{other}”. It is taken from there when you use it.").format(
                key=key, other=other.title)
        elif chosen is not None:
            text = self.tr("{action}: {keys}").format(action=chosen.title, keys=chosen.key_text or self.tr("no key"))
        self.note.setText(text)
        restyle(self.note, "tone", "caution" if other is not None else "secondary")

    # -- changing ----------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        self._assign((self._typed,))

    def _add(self) -> None:
        if self.chosen is not None:
            self._assign((*self.chosen.keys, self._typed))

    def _assign(self, keys: tuple[str, ...] | None) -> None:
        chosen, other, key = self.chosen, self.conflict, self._typed
        if chosen is None:
            return
        changes = self._settings.value.shortcut_changes
        if keys and other is not None and key in keys:
            rest = tuple(one for one in other.keys if normal_key(one) != key)
            changes = with_keys(changes, other.id, rest)
        self._settings.change(shortcut_changes=with_keys(changes, chosen.id, keys))
        self._show_chosen()

    def _set_mouse(self, part: str) -> None:
        changes = self._settings.value.shortcut_changes
        self._settings.change(shortcut_changes=with_mouse(changes, part, self.buttons[part].currentData()))

    def _forget_all(self) -> None:
        self._settings.change(shortcut_changes=())

"""The list of archives: state as a dot, name, one line about it, and a menu for each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.store import SignInKind, Store
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.widgets import button, icon_button, label
from desktop_app.viewmodels.archives import ArchiveRow, ArchivesModel, ArchiveState

_DOT = 8
_TEXT_LEFT = 36
_SUBTITLE_LINES = 3
_TONE_OF_STATE = {
    ArchiveState.READY: "good",
    ArchiveState.SIGN_IN: "caution",
    ArchiveState.FAILED: "error",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line of the list says."""

    name: str
    state: ArchiveState
    subtitle: str = ""
    address: str = ""
    has_menu: bool = True


class ArchiveButton(QAbstractButton):
    """One archive, or all of them. Arrow keys move between them, Space and Enter choose."""

    menu_requested = Signal(QPoint)             # a global position

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda where: self.menu_requested.emit(self.mapToGlobal(where)))
        self.more = icon_button("ellipsis", self.tr("What can be done with this archive"), self._open_menu)
        self.more.setParent(self)
        self.more.hide()
        tokens = theme.tokens()
        self._name_font = theme.font(tokens.font_text, QFont.Weight.Medium)
        self._small_font = theme.font(tokens.font_small)
        self.entry = entry
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        self.entry = entry
        words = _STATE_WORDS[entry.state]
        self.setAccessibleName(f"{entry.name}, {self.tr(words)}" if words else entry.name)
        self.setAccessibleDescription(entry.subtitle)
        self.setToolTip("\n".join(part for part in (entry.address, entry.subtitle) if part))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = max(self.width(), 160)
        return QSize(width, 2 * theme.tokens().space_s + 20 + self._subtitle(width)[1].height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.more.move(self.width() - self.more.sizeHint().width() - 6, 6)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def enterEvent(self, event: object) -> None:
        self.more.setVisible(self.entry.has_menu)
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.more.hide()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Menu and self.entry.has_menu:
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _open_menu(self) -> None:
        self.menu_requested.emit(self.mapToGlobal(QPoint(self.width() - 8, 32)))

    def _subtitle(self, width: int) -> tuple[str, QRect]:
        """The subtitle as far as it fits into its lines, ending in … when it does not, and the box that it needs."""
        metrics = QFontMetrics(self._small_font)
        room = QRect(0, 0, width - _TEXT_LEFT - 12, _SUBTITLE_LINES * metrics.lineSpacing())
        words = (self.entry.subtitle or " ").split(" ")
        for count in range(len(words), 0, -1):
            text = " ".join(words[:count]) + ("" if count == len(words) else "…")
            box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
            if box.height() <= room.height():
                break
        return text, QRect(0, 0, room.width(), min(box.height(), room.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(self.rect(), tokens.colour("raised"))
            painter.fillRect(0, 0, 2, self.height(), tokens.colour("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), tokens.colour("raised", 0.5))
        top = tokens.space_s
        self._paint_dot(painter, QRectF(17, top + 6, _DOT, _DOT))
        painter.setFont(self._name_font)
        painter.setPen(tokens.colour("text"))
        room = self.width() - _TEXT_LEFT - (36 if self.more.isVisible() else 12)
        name = painter.fontMetrics().elidedText(self.entry.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(_TEXT_LEFT, top, room, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(self._small_font)
        painter.setPen(tokens.colour("secondary" if self.entry.state != ArchiveState.FAILED else "error"))
        text, box = self._subtitle(self.width())
        painter.drawText(box.translated(_TEXT_LEFT, top + 20), Qt.TextFlag.TextWordWrap, text)
        if self.hasFocus():
            painter.setPen(tokens.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_dot(self, painter: QPainter, place: QRectF) -> None:
        """Filled where the state is known, a ring where it is not: colour is never the only sign."""
        tokens = theme.tokens()
        tone = _TONE_OF_STATE.get(self.entry.state)
        painter.setPen(Qt.PenStyle.NoPen if tone else tokens.colour("secondary"))
        painter.setBrush(tokens.colour(tone) if tone else Qt.BrushStyle.NoBrush)
        if self.entry.state == ArchiveState.FAILED:
            painter.drawRect(place)
        else:
            painter.drawEllipse(place if tone else place.adjusted(0.5, 0.5, -0.5, -0.5))


_STATE_WORDS = {
    ArchiveState.UNKNOWN: "",
    ArchiveState.CHECKING: t("ArchiveButton", "being asked"),
    ArchiveState.READY: t("ArchiveButton", "ready"),
    ArchiveState.SIGN_IN: t("ArchiveButton", "needs you to sign in"),
    ArchiveState.FAILED: t("ArchiveButton", "does not answer"),
}


class ArchiveList(QFrame):
    """Shows ArchivesModel; asks for a dialog through signals."""

    add_requested = Signal()
    remove_requested = Signal(object)           # Store

    def __init__(self, archives: ArchivesModel, add_tip: str) -> None:
        super().__init__()
        self.setObjectName("archiveList")
        self.setAccessibleName(self.tr("Archives"))
        self._archives = archives
        self._buttons: dict[str, ArchiveButton] = {}
        self.all_button = ArchiveButton(self._all_entry())
        self.all_button.clicked.connect(lambda: archives.select_all())
        tokens = theme.tokens()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.all_button)
        self.add_button = button(self.tr("Add archive"), self.add_requested.emit, kind="link", icon="plus", tip=add_tip)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, tokens.space_m, 0, tokens.space_m)
        column.setSpacing(tokens.space_s)
        heading = label(self.tr("ARCHIVES"), kind="caption")
        heading.setContentsMargins(tokens.space_l, 2, 0, 2)
        column.addWidget(heading)
        column.addLayout(self._rows)
        self.add_button.setContentsMargins(0, 0, 0, 0)
        indent = QVBoxLayout()
        indent.setContentsMargins(tokens.space_m - 2, 0, tokens.space_m, 0)
        indent.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(indent)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        archives.changed.connect(self._show)
        archives.selected_changed.connect(self._show)
        self._show()

    def button_of(self, store: Store) -> ArchiveButton | None:
        return self._buttons.get(store.key)

    def _show(self) -> None:
        rows, everywhere = self._archives.rows, self._archives.everywhere
        for key in self._buttons.keys() - {row.store.key for row in rows}:
            gone = self._buttons.pop(key)
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, row in enumerate(rows, start=1):
            known = self._buttons.get(row.store.key)
            if known is None:
                known = self._buttons[row.store.key] = self._make(row)
                self._rows.insertWidget(place, known)
            else:
                known.show_entry(_entry(row))
            if row.store.key == self._archives.selected.key and not everywhere:
                known.setChecked(True)
        self.all_button.show_entry(self._all_entry())
        self.all_button.setVisible(len(rows) > 1)
        if everywhere:
            self.all_button.setChecked(True)

    def _all_entry(self) -> Entry:
        """All archives in one line: ready as soon as one of them is; those that ask for a sign-in are counted."""
        asked = [row for row in self._archives.rows if row.store.system.can_be_searched]
        closed = sum(row.state is ArchiveState.SIGN_IN for row in asked)
        said = [self.tr("%d archives in one list") % len(asked)]
        if closed:
            said.append(self.tr("%d need you to sign in") % closed if closed > 1
                        else self.tr("1 needs you to sign in"))
        is_ready = any(row.state is ArchiveState.READY for row in asked)
        state = ArchiveState.READY if is_ready else ArchiveState.UNKNOWN
        return Entry(self.tr("All archives"), state, " · ".join(said), has_menu=False)

    def _make(self, row: ArchiveRow) -> ArchiveButton:
        made, store = ArchiveButton(_entry(row)), row.store
        made.clicked.connect(lambda _checked=False: self._archives.select(store))
        made.menu_requested.connect(lambda where: self._menu(store, where))
        return made

    def _menu(self, store: Store, where: QPoint) -> None:
        row = next((row for row in self._archives.rows if row.store.key == store.key), None)
        if row is not None:
            menu = self.menu_of(row)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def menu_of(self, row: ArchiveRow) -> QMenu:
        """What can be done with this archive, and nothing that cannot."""
        store, menu = row.store, QMenu(self)
        menu.addAction(theme.icon("refresh-cw"), self.tr("Check again"), lambda: self._archives.check(store))
        if store.sign_in not in (SignInKind.NONE, SignInKind.GOOGLE_DEFAULT):
            menu.addAction(theme.icon("log-in"), self.tr("Sign in"), lambda: self._archives.sign_in(store))
            if row.state != ArchiveState.SIGN_IN:
                menu.addAction(theme.icon("log-out"), self.tr("Sign out"), lambda: self._archives.sign_out(store))
        if not store.is_local:
            menu.addSeparator()
            menu.addAction(theme.icon("info"), self.tr("Conformance notes…"), lambda: self._archives.ask_notes(store))
            menu.addAction(theme.icon("undo-2"), self.tr("Forget what was learned of it"),
                           lambda: self._archives.learn_anew(store))
        if not store.is_local and not row.is_fixed:
            menu.addSeparator()
            menu.addAction(theme.icon("trash-2"), self.tr("Remove from this list…"),
                           lambda: self.remove_requested.emit(store))
        return menu


def _entry(row: ArchiveRow) -> Entry:
    return Entry(row.store.name, row.state, row.subtitle, "" if row.store.is_local else row.store.url)

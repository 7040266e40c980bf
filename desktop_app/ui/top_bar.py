"""The bar at the top: the worklist and the open studies as tabs, a notice, what the network does, the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QTabBar, QWidget

from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.widgets import ElidedLabel, button, icon_button, label, restyle
from desktop_app.viewmodels.notices import Notice, NoticeKind, Notices

if TYPE_CHECKING:
    from desktop_app.viewmodels.network_status import NetworkStatus
    from desktop_app.viewmodels.session import SessionModel

_READ_MS = 8000                     # how long good news stay before they leave by themselves
_DOT = 8
_NARROWEST_TAB = 58                 # the colour of its patient, a letter or two, and the ×
_WIDEST_ACCOUNT = 180
_WIDEST_NOTICE, _NOTICE_SHARE = 760, 0.45       # the tabs keep their part of the bar
_ICON_OF_KIND = {
    NoticeKind.INFO: ("info", "accent"),
    NoticeKind.GOOD: ("circle-check", "good"),
    NoticeKind.CAUTION: ("triangle-alert", "caution"),
    NoticeKind.ERROR: ("circle-x", "error"),
}
_MENU = (
    "open_files", "open_folder", "add_archive", "refresh", None,
    "palette", "keys", "help", "full_screen", None, "settings", "lock", "about", "quit",
)


class StudyTabs(QTabBar):
    """The worklist first, then one tab for each open study, with the colour of its patient."""

    close_requested = Signal(int)

    def __init__(self, close_tip: str) -> None:
        super().__init__()
        self._close_tip = close_tip
        self.setObjectName("tabs")
        self.setAccessibleName(self.tr("Worklist and open studies"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setDocumentMode(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(_DOT, _DOT))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addTab(self.tr("Worklist"))

    def add_study(self, title: str, patient_colour: str) -> int:
        index = self.addTab(_dot(patient_colour, self.devicePixelRatioF()), title)
        self.setTabData(index, (title, patient_colour))
        self.setTabToolTip(index, title)
        holder = QWidget()                          # keeps a little room behind the ×
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 6, 0)
        close = icon_button("x", self._close_tip, lambda: self.close_requested.emit(self._index_of(holder)),
                            edge=13, box=20)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)        # Ctrl+W closes from the keyboard
        row.addWidget(close)
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, holder)
        return index

    def retitle(self, index: int, title: str, patient_colour: str) -> None:
        seen = (title, patient_colour)
        if self.tabData(index) != seen:
            self.setTabData(index, seen)
            self.setTabText(index, title)
            self.setTabToolTip(index, title)
            self.setTabIcon(index, _dot(patient_colour, self.devicePixelRatioF()))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """The worklist keeps its name; studies share what room is left, and are narrow before it is pushed out."""
        usual = super().minimumTabSizeHint(index)
        return self.tabSizeHint(0) if index == 0 else QSize(min(usual.width(), _NARROWEST_TAB), usual.height())

    def _index_of(self, close_button: QWidget) -> int:
        sides = QTabBar.ButtonPosition
        return next(index for index in range(self.count()) if self.tabButton(index, sides.RightSide) is close_button)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton and self.tabAt(event.position().toPoint()) > 0:
            self.close_requested.emit(self.tabAt(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)


class NoticeStrip(QFrame):
    """The newest notice in one line, in the bar: it covers no image, moves none, and takes no focus."""

    details_requested = Signal(object)              # Notice

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._notices = notices
        self._shown: Notice | None = None
        self._icon = QLabel()
        self._text = ElidedLabel(kind="small")
        self.more = label(kind="small", tone="secondary")
        self.action = button("", self._act, kind="link")
        self.details = button(self.tr("Details"), self._tell, kind="link", tip=self.tr("Read all of it"))
        self.dismiss = icon_button("x", self.tr("Dismiss"), self._dismiss, edge=13, box=22)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        for part in (self.action, self.details, self.more, self.dismiss):
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._leave = QTimer(self, interval=_READ_MS, singleShot=True)
        self._leave.timeout.connect(self._leave_now)
        notices.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        return self._text.full_text()

    def _show(self) -> None:
        items = self._notices.items
        self.setVisible(bool(items))
        if not items:
            self._shown = None
            self._leave.stop()
            return
        notice = items[-1]
        if notice is not self._shown:
            self._leave.stop()
            if notice.kind in (NoticeKind.INFO, NoticeKind.GOOD) and notice.action is None:
                self._leave.start()
        self._shown = notice
        icon, tone = _ICON_OF_KIND[notice.kind]
        self._icon.setPixmap(theme.pixmap(icon, 16, tone, self.devicePixelRatioF()))
        self._text.setText(notice.text)
        self.action.setText(notice.action_text)
        self.action.setAccessibleName(notice.action_text)
        self.action.setToolTip(notice.action_text)
        self.action.setVisible(notice.action is not None)
        self.details.setVisible(bool(notice.detail) or len(notice.text) > 80)
        self.more.setText(f"+{len(items) - 1}")
        self.more.setVisible(len(items) > 1)
        self.more.setToolTip("\n".join(item.text for item in items[:-1]))
        restyle(self, "tone", tone)
        self.setAccessibleName(notice.text)

    def _act(self) -> None:
        notice = self._shown
        if notice is not None and notice.action is not None:
            self._notices.dismiss(notice)
            notice.action()

    def _tell(self) -> None:
        if self._shown is not None:
            self.details_requested.emit(self._shown)

    def _dismiss(self) -> None:
        if self._shown is not None:
            self._notices.dismiss(self._shown)

    def _leave_now(self) -> None:
        """Good news leave by themselves, but not while someone reads them."""
        if self.underMouse():
            self._leave.start()
        else:
            self._dismiss()


class TopBar(QFrame):
    """Tabs left; notice, chips, whose session it is, and menu right."""

    sign_out_requested = Signal()

    def __init__(self, notices: Notices, network: NetworkStatus, actions: ActionSet, session: SessionModel) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("topBar")
        self._network, self._actions = network, actions
        tokens = theme.tokens()
        self.setFixedHeight(tokens.bar)
        self.tabs = StudyTabs(actions.row("close_tab").tooltip)
        self.tabs.setTabToolTip(0, actions.row("worklist").tooltip)
        self.notice = NoticeStrip(notices)
        self.network_chip = button("", lambda: self._actions["loading_times"].trigger())
        _as_chip(self.network_chip, self.tr("Network"), self.tr("What is being fetched, and how fast"))
        self.cache_chip = _chip(self.tr("Memory"), self.tr("Images that are held in memory, and kept on this computer"))
        self.account_button = self._make_account_button()
        self.menu_button = self._make_menu_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.space_m, 0, tokens.space_m, 1)
        row.setSpacing(tokens.space_s)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for part in (self.notice, self.network_chip, self.cache_chip, self.account_button, self.menu_button):
            row.addWidget(part)
        network.changed.connect(self._show_network)
        self._show_network()
        session.changed.connect(self._show_account)
        self._show_account()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notice.setMaximumWidth(min(_WIDEST_NOTICE, round(self.width() * _NOTICE_SHARE)))

    def _show_network(self) -> None:
        for chip, text in ((self.network_chip, self._network.text), (self.cache_chip, self._network.cache_text)):
            chip.setText(text)
            chip.setVisible(bool(text))
        if self._network.text:
            why = (self.tr("What is being fetched, and how fast"), self._network.trouble,
                   self.tr("Click to see where the time goes"))
            self.network_chip.setToolTip("\n\n".join(part for part in why if part))

    def _show_account(self) -> None:
        """Who is signed in at the selected archive; nothing where nobody needs to be."""
        account = self._session.account
        self.account_button.setVisible(bool(account))
        room = self.account_button.fontMetrics()
        self.account_button.setText(room.elidedText(account, Qt.TextElideMode.ElideRight, _WIDEST_ACCOUNT))
        self.account_button.setAccessibleName(self.tr("Signed in as %s") % account)
        self.account_button.setToolTip(self.tr("Signed in as %s") % account)

    def _make_account_button(self) -> QPushButton:
        made = button("", lambda: None, kind="quiet", tip=self.tr("Account"), icon="user")
        made.setObjectName("accountButton")
        menu = QMenu(made)
        menu.addAction(self._actions["lock"])
        menu.addAction(theme.icon("log-out"), self.tr("Sign out"), self.sign_out_requested.emit)
        made.setMenu(menu)
        return made

    def _make_menu_button(self) -> QPushButton:
        tip = self.tr("Menu")
        made = button("", lambda: None, kind="quiet", tip=tip, icon="menu")
        made.setFixedSize(34, 32)
        made.setObjectName("menuButton")
        menu = QMenu(made)
        for action_id in _MENU:
            if action_id is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])
        made.setMenu(menu)
        return made


def _chip(name: str, tip: str) -> QLabel:
    chip = label()
    _as_chip(chip, name, tip)
    return chip


def _as_chip(widget: QWidget, name: str, tip: str) -> None:
    widget.setObjectName("chip")
    widget.setFixedHeight(22)
    widget.setFont(theme.font(theme.tokens().font_small, tabular=True))
    widget.setAccessibleName(name)
    widget.setToolTip(tip)


def _dot(colour: str, ratio: float) -> QIcon:
    edge = max(_DOT, round(_DOT * max(ratio, 1.0) * 2))
    drawn = QPixmap(edge, edge)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(colour))
    painter.drawEllipse(drawn.rect())
    painter.end()
    return QIcon(drawn)

"""Small widgets that several pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme

_SPINNER_STEP_MS = 50
_MESSAGE_WIDTH = 440
_PLAIN_ROW = 28
SHOW_BUSY_AFTER_MS = 300        # shorter work shows nothing: a flicker is no news


def label(text: str = "", *, kind: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label of the theme: kind is small, caption, strong or title; tone is a token."""
    result = QLabel(text)
    result.setProperty("kind", kind)
    result.setProperty("tone", tone)
    result.setWordWrap(wrap)
    result.setTextFormat(Qt.TextFormat.PlainText)      # names come from files: never read them as markup
    return result


def button(text: str, clicked: Callable[[], object], *, kind: str = "", tip: str = "", icon: str = "",
           tone: str = "") -> QPushButton:
    """A push button: kind is primary, quiet, link, danger or empty. A click gives it no focus, Tab does."""
    result = QPushButton(text)
    result.setProperty("kind", kind)
    result.setProperty("tone", tone)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    result.setAutoDefault(False)
    result.setToolTip(tip or text)
    result.setAccessibleName(text or tip)
    if icon:
        result.setIcon(theme.icon(icon, tone or ("accent" if kind == "link" else "text")))
        result.setIconSize(QSize(16, 16))
    if kind == "link":
        result.setCursor(Qt.CursorShape.PointingHandCursor)
    result.clicked.connect(lambda _checked=False: clicked())
    return result


def icon_button(icon: str, tip: str, clicked: Callable[[], object], *, tone: str = "secondary",
                edge: int = 16, box: int = 28) -> QToolButton:
    """A small square button with an icon only; `tip` is its tooltip and accessible name."""
    result = QToolButton()
    result.setProperty("kind", "icon")
    result.setFixedSize(box, box)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    result.setIcon(theme.icon(icon, tone))
    result.setIconSize(QSize(edge, edge))
    result.setToolTip(tip)
    result.setAccessibleName(tip)
    result.clicked.connect(lambda _checked=False: clicked())
    return result


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet looks at; silent when it is the same already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def divider() -> QFrame:
    """A vertical hairline between groups of a bar."""
    result = QFrame()
    result.setObjectName("divider")
    result.setFixedSize(1, 20)
    return result


def set_widths(table: QTableView, *widths: int) -> None:
    """The first columns as wide as this, and wider where the words of their heads need it."""
    table.ensurePolished()
    head = table.horizontalHeader()
    head.ensurePolished()
    for column, width in enumerate(widths):
        table.setColumnWidth(column, max(width, head.sectionSizeHint(column)))


def plain_table(model: QAbstractItemModel, name: str) -> QTableView:
    """A table that is only read: whole rows, no grid, Tab leads out of it. `name` is its accessible name."""
    result = QTableView()
    result.setModel(model)
    result.setAccessibleName(name)
    result.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    result.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    result.setShowGrid(False)
    result.setWordWrap(False)
    result.setTabKeyNavigation(False)
    result.verticalHeader().hide()
    result.verticalHeader().setDefaultSectionSize(_PLAIN_ROW)
    result.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    result.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return result


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room. The whole text is its tooltip then, and its accessible name."""

    def __init__(self, text: str = "", *, kind: str = "", tone: str = "",
                 mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._full, self._mode = "", mode
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._full = text.replace("\n", " ")
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def full_text(self) -> str:
        return self._full

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, max(self.width(), 0))
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class CheckBox(QCheckBox):
    """A check box whose text breaks into lines where it has no room for one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._full = text
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = QStyleOptionButton()
        self.initStyleOption(style)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, style, self).width()
        lines = [""]
        for word in self._full.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        if self.text() != (broken := "\n".join(lines)):
            self.setText(broken)


class Spinner(QWidget):
    """A quiet turning arc. It appears only when the work lasts longer than 300 ms, and rests while hidden."""

    def __init__(self, edge: int = 16) -> None:
        super().__init__()
        self.setFixedSize(edge, edge)
        self._angle = 0
        self._turn = QTimer(self, interval=_SPINNER_STEP_MS)
        self._turn.timeout.connect(self._advance)
        self._delay = QTimer(self, interval=SHOW_BUSY_AFTER_MS, singleShot=True)
        self._delay.timeout.connect(self._appear)
        self.hide()

    def set_busy(self, busy: bool, *, at_once: bool = False) -> None:
        if busy and at_once:
            self.show()
        elif busy and self.isHidden() and not self._delay.isActive():
            self._delay.start()
        elif not busy:
            self._delay.stop()
            self.hide()

    def showEvent(self, event: object) -> None:
        self._turn.start()

    def hideEvent(self, event: object) -> None:
        self._turn.stop()

    def _appear(self) -> None:
        self.show()

    def _advance(self) -> None:
        self._angle = (self._angle + 30) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(theme.colour("line"), 2))
        painter.drawEllipse(inner)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(inner, -self._angle * 16, 100 * 16)


class Message(QWidget):
    """A state of its own where content would be: an icon, one sentence, what to do, and buttons for it."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._title = label(kind="strong", wrap=True)
        self._hint = label(tone="secondary", wrap=True)
        self._spinner = Spinner(20)
        for part in (self._title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.tokens().space_s)
        column = QVBoxLayout(self)
        column.setSpacing(theme.tokens().space_m)
        column.addStretch(2)
        parts: tuple[QWidget, ...] = (self._spinner, self._icon, self._title, self._hint)
        for widget in parts:
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._buttons)
        column.addStretch(3)

    @property
    def title(self) -> str:
        return self._title.text()

    def tell(self, title: str, hint: str = "", *, icon: str = "", tone: str = "secondary", busy: bool = False,
            buttons: tuple[QPushButton, ...] = ()) -> None:
        """Shows a state. The buttons become the message's own."""
        self._spinner.set_busy(busy, at_once=True)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.setPixmap(theme.pixmap(icon, 32, tone, self.devicePixelRatioF()))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._fit()
        while self._buttons.count():
            old = self._buttons.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if buttons:
            self._buttons.addStretch()
            for one in buttons:
                self._buttons.addWidget(one)
            self._buttons.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Sets the height that the words need: a centred label in a layout does not get it by itself."""
        width = max(min(_MESSAGE_WIDTH, self.width() - 2 * theme.tokens().space_l), 120)
        for part in (self._title, self._hint):
            part.ensurePolished()
            part.setFixedSize(width, max(part.heightForWidth(width), 0))


class Picture(QWidget):
    """A small picture on black, fitted and centred, with round corners."""

    def __init__(self, edge: int) -> None:
        super().__init__()
        self.setFixedSize(edge, edge)
        self._pixmap: QPixmap | None = None
        self._icon = ""

    def set_pixels(self, pixels: Any) -> None:
        """uint8 (h, w) grey or (h, w, 3) RGB; None for nothing yet."""
        self._pixmap = None if pixels is None else QPixmap.fromImage(image_of(pixels))
        self._icon = ""
        self.update()

    def set_icon(self, name: str) -> None:
        """For what has no picture: a document, a structure set."""
        self._pixmap, self._icon = None, name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(theme.tokens().image if not self._icon else theme.tokens().panel))
        if self._pixmap is not None:
            size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(self.rect()).center())
            painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
        elif self._icon:
            drawn = theme.pixmap(self._icon, 24, "secondary", self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 24) // 2, (self.height() - 24) // 2, drawn)


def pixels_of(image: QImage) -> Any:
    """uint8 (rows, columns, 3) of an image: a copy."""
    import numpy as np

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8)[: plain.sizeInBytes()].reshape(plain.height(), -1)
    return lines[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def image_of(pixels: Any) -> QImage:
    """A QImage of its own memory from uint8 pixels, (h, w) grey or (h, w, 3) RGB."""
    colour = pixels.ndim == 3
    rows, columns = pixels.shape[:2]
    data = pixels.tobytes()
    image_format = QImage.Format.Format_RGB888 if colour else QImage.Format.Format_Grayscale8
    return QImage(data, columns, rows, columns * (3 if colour else 1), image_format).copy()

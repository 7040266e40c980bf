"""CardButton: one series as a card: a picture, a name, and how much of it is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.series_drag import SeriesDrag
from desktop_app.ui.widgets import image_of
from desktop_app.viewmodels.series_rail import SeriesCard

_CARD_WIDTH = 128
_PAD = 6.0
_THUMB = QSize(116, 97)
_ICON_ROOM = 44.0               # instead of the picture, for what has none
_ICON = 22
_BAR_HEIGHT = 3.0
# What an object without pixels is, in words (modalities of PS3.3 C.7.3.1.1.1).
_KINDS = {
    "SR": t("CardButton", "Structured report"),
    "PR": t("CardButton", "Presentation state"),
    "KO": t("CardButton", "Key images"),
    "DOC": t("CardButton", "Document"),
    "RTSTRUCT": t("CardButton", "Structure set"),
    "RTPLAN": t("CardButton", "Treatment plan"),
    "RTRECORD": t("CardButton", "Treatment record"),
    "PLAN": t("CardButton", "Plan"),
    "REG": t("CardButton", "Registration"),
    "FID": t("CardButton", "Fiducials"),
    "RWV": t("CardButton", "Real world values"),
    "ANN": t("CardButton", "Annotations"),
    "ECG": t("CardButton", "ECG"),
    "HD": t("CardButton", "Waveform"),
    "AU": t("CardButton", "Sound"),
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PRESS_KEYS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CardButton(QAbstractButton):
    """One series as a card. Tab reaches it, Enter or Space shows it, ↑ and ↓ step to its neighbours."""

    step_asked = Signal(int)
    drag_began = Signal()       # whoever knows what is carried sets `carried`

    def __init__(self) -> None:
        super().__init__()
        self._pressed_at: QPoint | None = None
        self.carried: SeriesDrag | None = None
        self.card = SeriesCard("", "", "")
        self._selected = self._shown = False
        self._thumbnail: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_card(self, card: SeriesCard, *, selected: bool, shown: bool = False) -> None:
        """Shows another state of the series; `selected` is in the active viewport, `shown` in any."""
        if (card, selected, shown) == (self.card, self._selected, self._shown):
            return
        resized = card.is_image != self.card.is_image or card.title != self.card.title
        self.card, self._selected, self._shown = card, selected, shown
        self.setAccessibleName(f"{card.title}, {self.count_text}")
        self.setAccessibleDescription(card.warning)
        self.setToolTip(self._tip())
        if resized:
            self.updateGeometry()
        self.update()

    def set_thumbnail(self, pixels: object | None) -> None:
        """uint8 (h, w) or (h, w, 3), None while there is none."""
        self._thumbnail = None if pixels is None else QPixmap.fromImage(image_of(pixels))
        self.update()

    @property
    def selected(self) -> bool:
        return self._selected

    @property
    def has_thumbnail(self) -> bool:
        return self._thumbnail is not None

    @property
    def count_text(self) -> str:
        """`51/51 ✓`, `212/312`; for what has no images, what it is."""
        card = self.card
        if not card.is_image:
            modality = card.display_set.series.modality if card.display_set is not None else ""
            return self.tr(_KINDS[modality]) if modality in _KINDS else self.tr("No images")
        if not card.expected:
            return card.subtitle
        return f"{card.received}/{card.expected}" + (" ✓" if card.complete else "")

    def sizeHint(self) -> QSize:
        head = _THUMB.height() if self.card.is_image else _ICON_ROOM
        lines = (len(self._title_lines()) + 1) * self._line_height(theme.tokens().font_small)
        bar = _BAR_HEIGHT + 5 if self.card.is_image else 0
        return QSize(_CARD_WIDTH, round(_PAD + head + 5 + lines + bar + _PAD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        # Arrows and Space are shortcuts of the images; on a card that Tab led to they belong to the cards.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _PRESS_KEYS or (event.key() in _STEPS and not event.modifiers()):
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A press that moves becomes a drag of the series, and no click."""
        start = self._pressed_at
        if start is not None and (event.position().toPoint() - start).manhattanLength() >= _far():
            self._pressed_at = None
            self.setDown(False)
            self.drag_began.emit()
        elif start is not None:
            super().mouseMoveEvent(event)
        if self.carried is not None:
            self.carried.move(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, self.carried, self._pressed_at = self.carried, None, None
        if carried is not None:
            carried.drop(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.carried is not None:
            self.carried.cancel()
            self.carried = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESS_KEYS:
            self.click()
        elif event.key() in _STEPS:
            self.step_asked.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colour("hover" if self.underMouse() else "raised"))
        painter.setPen(QPen(self._edge_colour(), 1))
        painter.drawRoundedRect(frame, tokens.radius, tokens.radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), tokens.radius - 2, tokens.radius - 2)
        y = self._paint_head(painter)
        y = self._paint_words(painter, y + 5)
        if self.card.is_image:
            self._paint_bar(painter, y + 4)

    def _edge_colour(self) -> QColor:
        return theme.colour("accent" if self._selected else "edge" if self._shown else "raised")

    def _paint_head(self, painter: QPainter) -> float:
        area = QRectF(_PAD, _PAD, _THUMB.width(), _THUMB.height() if self.card.is_image else _ICON_ROOM)
        if not self.card.is_image:
            self._paint_icon(painter, area, "file-text")
            return area.bottom()
        outline = QPainterPath()
        outline.addRoundedRect(area, 3, 3)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(area, theme.colour("image"))
        if self._thumbnail is not None:
            size = self._thumbnail.size().scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(area.center())
            painter.drawPixmap(place, self._thumbnail, QRectF(self._thumbnail.rect()))
        elif self.card.warning:
            self._paint_icon(painter, area, "image-off")
        painter.restore()
        return area.bottom()

    def _paint_icon(self, painter: QPainter, area: QRectF, name: str) -> None:
        drawn = theme.pixmap(name, _ICON, "secondary", self.devicePixelRatioF())
        painter.drawPixmap(area.center() - QPointF(_ICON / 2, _ICON / 2), drawn)

    def _paint_words(self, painter: QPainter, y: float) -> float:
        tokens = theme.tokens()
        height = self._line_height(tokens.font_small)
        painter.setFont(theme.font(tokens.font_small))
        painter.setPen(theme.colour("text"))
        for line in self._title_lines():
            painter.drawText(QRectF(_PAD, y, _THUMB.width(), height), Qt.AlignmentFlag.AlignVCenter, line)
            y += height
        font = theme.font(tokens.font_small, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("secondary"))
        words = self.count_text.removesuffix(" ✓")
        room = _THUMB.width() - (20 if self.card.warning or self.card.complete else 0)
        painter.drawText(QRectF(_PAD, y, room, height), Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        mark = "triangle-alert" if self.card.warning else "check" if self.card.complete else ""
        if mark:
            edge = 13
            drawn = theme.pixmap(mark, edge, "caution" if self.card.warning else "good", self.devicePixelRatioF())
            left = _PAD + min(metrics.horizontalAdvance(words) + 5, room)
            painter.drawPixmap(QPointF(left, y + (height - edge) / 2), drawn)
        return y + height

    def _paint_bar(self, painter: QPainter, y: float) -> None:
        card = self.card
        whole = QRectF(_PAD, y, _THUMB.width(), _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(whole, 1.5, 1.5)
        if not card.expected:
            return
        for share, start, tone in (
            (card.received / card.expected, 0.0, "good" if card.complete else "accent"),
            (card.failed / card.expected, card.received / card.expected, "error"),
        ):
            if share > 0:
                painter.setBrush(theme.colour(tone))
                part = QRectF(whole.left() + start * whole.width(), y, max(share * whole.width(), 2.0), _BAR_HEIGHT)
                painter.drawRoundedRect(part, 1.5, 1.5)

    def _title_lines(self) -> list[str]:
        """The name on one or two lines; the rest behind …"""
        metrics = QFontMetricsF(theme.font(theme.tokens().font_small))
        return wrapped(self.card.title, float(_THUMB.width()), metrics.horizontalAdvance)

    def _line_height(self, size: int) -> float:
        return round(size * 1.4)

    def _tip(self) -> str:
        card = self.card
        count = self.count_text if card.is_image else ""
        parts = [card.title, " · ".join(part for part in (card.subtitle, count) if part)]
        if card.warning:
            parts.append(card.warning)
            if card.display_set is None:
                parts.append(self.tr("Click to try again."))
        return "\n".join(part for part in parts if part)


def wrapped(title: str, room: float, text_width: Callable[[str], float]) -> list[str]:
    """A name on at most two lines, broken between words; a word that is wider than the room, where the room ends."""
    words = title.split()
    first = ""
    while words and text_width(f"{first} {words[0]}".strip()) <= room:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    if rest and text_width(words[0]) > room:
        head = _longest(f"{first} {rest}".strip(), room, text_width)
        first, rest = head, f"{first} {rest}".strip()[len(head) :].lstrip()
    if rest and text_width(rest) > room:
        rest = _longest(rest, room - text_width("…"), text_width).rstrip() + "…"
    return [line for line in (first, rest) if line] or [""]


def _far() -> int:
    return QApplication.startDragDistance()


def _longest(text: str, room: float, text_width: Callable[[str], float]) -> str:
    length = len(text)
    while length > 1 and text_width(text[:length]) > room:
        length -= 1
    return text[:length]

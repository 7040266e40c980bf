"""Paints what is written on an image: corner texts, orientation letters, scale bar.

Light letters with a soft dark rim: legible on air and on bone, without a box that hides pixels. Each line is drawn once
into a small picture and kept, so that a repaint of the image does not draw letters again.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QStaticText, QTransform

from desktop_app.core.frame import Frame
from desktop_app.core.view_transform import ViewTransform
from desktop_app.core.words import figures
from desktop_app.ui import theme
from desktop_app.viewmodels.corner_texts import CornerLine, CornerTexts

MARGIN = 12.0                   # between the texts and the edge of the viewport
BAR_ROOM = 14.0                 # what the slice bar needs at the right edge
_RIM = 3                        # room for the rim around a line's letters
_LEADING = 1.42                 # height of a line / size of its letters
_KEPT_LINES = 160
_FEWEST_LETTERS = 6             # a text cut to less says nothing
_LETTER_ROOM = 26.0             # what the letter at the middle of an edge takes of each half
_SCALE_GAP = 6.0                # between a text and the scale bar
_TONES = {"": "text", "caution": "caution", "good": "good"}
# The rim: (distance in device independent pixels, strength), drawn in eight directions around each letter.
_RIM_RINGS = ((1.7, 0.16), (0.9, 0.62))
_DIRECTIONS = tuple((math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in range(8))
_SCALE_LENGTHS_MM = tuple(step * 10.0**power for power in range(-3, 4) for step in (1, 2, 5))


def fit_corner_lines(texts: CornerTexts, width: float, height: float, line_height: float,
                     text_width: Callable[[str], float], right_inset: float = 0.0) -> CornerTexts:
    """The texts with everything left out that has no room, least important first.

    `width` and `height` are those of the viewport. A line may take its half of the width; one too wide gives way
    to its short form, or is cut when it may be, or goes. Each side keeps an empty line in its middle, for the letter.
    """
    half = width / 2 - MARGIN - _LETTER_ROOM
    left = [_fitting(lines, half, text_width) for lines in (texts.top_left, texts.bottom_left)]
    right = [_fitting(lines, half - right_inset, text_width) for lines in (texts.top_right, texts.bottom_right)]
    rows = max(0, int((height - 2 * MARGIN) // line_height) - 1)
    (top_left, bottom_left), (top_right, bottom_right) = _most_important(left, rows), _most_important(right, rows)
    return CornerTexts(top_left, top_right, bottom_left, bottom_right, texts.top, texts.bottom, texts.left, texts.right)


def _fitting(lines: Iterable[CornerLine], room: float, text_width: Callable[[str], float]) -> list[CornerLine]:
    fitted = []
    for line in lines:
        for text in (line.text, line.short):
            if text and text_width(text) <= room:
                fitted.append(_as(line, text))
                break
        else:
            cut = _cut(line.text, room, text_width) if line.may_elide else ""
            if cut:
                fitted.append(_as(line, cut))
    return fitted


def _as(line: CornerLine, text: str) -> CornerLine:
    return CornerLine(text, line.importance, line.tone)


def _cut(text: str, room: float, text_width: Callable[[str], float]) -> str:
    for length in range(len(text) - 1, _FEWEST_LETTERS - 1, -1):
        shorter = text[:length].rstrip() + "…"
        if text_width(shorter) <= room:
            return shorter
    return ""


def _most_important(corners: list[list[CornerLine]], rows: int) -> list[tuple[CornerLine, ...]]:
    kept = sorted((line.importance for corner in corners for line in corner), reverse=True)[:rows]
    result = []
    for corner in corners:
        lines = []
        for line in corner:
            if line.importance in kept:
                kept.remove(line.importance)
                lines.append(line)
        result.append(tuple(lines))
    return result


def horizontal_scale(frame: Frame, transform: ViewTransform, longest_px: float) -> tuple[float, float] | None:
    """(length in px, length in mm) of the longest round scale bar across the screen; None when spacing is unknown."""
    if frame.facts.spacing_mm is None:
        return None
    row_spacing, column_spacing = frame.facts.spacing_mm
    origin, along = transform.to_image(0.0, 0.0), transform.to_image(1.0, 0.0)
    mm_per_px = math.hypot((along[0] - origin[0]) * column_spacing, (along[1] - origin[1]) * row_spacing)
    if not math.isfinite(mm_per_px) or mm_per_px <= 0:
        return None
    fitting = [mm for mm in _SCALE_LENGTHS_MM if mm / mm_per_px <= longest_px]
    return (fitting[-1] / mm_per_px, fitting[-1]) if fitting else None


def length_text(mm: float) -> str:
    """`5 cm`, `2 mm`, `0.5 mm`, `50 µm`."""
    if mm >= 10:
        return figures(f"{mm / 10:g} cm")
    return figures(f"{mm:g} mm" if mm >= 0.1 else f"{mm * 1000:g} µm")


class TextPainter:
    """Paints the writing of one viewport, and remembers the lines that it drew."""

    def __init__(self) -> None:
        self._lines: OrderedDict[tuple[str, str, int, int, float], QImage] = OrderedDict()
        self._fitted_key: tuple[object, ...] = ()
        self._fitted = CornerTexts()
        self._widths: dict[str, float] = {}
        self._metrics: dict[tuple[int, int], QFontMetricsF] = {}

    def paint(self, painter: QPainter, texts: CornerTexts, size: QSize, ratio: float, *,
              right_inset: float = 0.0) -> CornerTexts:
        """Writes the corners and the letters. Returns the lines that had room."""
        tokens = theme.tokens()
        line_height = _line_height()
        key = (texts, size.width(), size.height(), right_inset, tokens)
        if key != self._fitted_key:
            self._fitted = fit_corner_lines(
                texts, size.width(), size.height(), line_height, self._width, right_inset)
            self._fitted_key = key
        fitted = self._fitted
        right, bottom = size.width() - MARGIN - right_inset, size.height() - MARGIN
        self._column(painter, fitted.top_left, MARGIN, MARGIN, line_height, ratio, to_left=False)
        self._column(painter, fitted.top_right, right, MARGIN, line_height, ratio, to_left=True)
        low = bottom - line_height * len(fitted.bottom_left)
        self._column(painter, fitted.bottom_left, MARGIN, low, line_height, ratio, to_left=False)
        low = bottom - line_height * len(fitted.bottom_right)
        self._column(painter, fitted.bottom_right, right, low, line_height, ratio, to_left=True)
        self._letters(painter, fitted, size, ratio, right_inset)
        return fitted

    def paint_scale(self, painter: QPainter, frame: Frame, transform: ViewTransform, size: QSize, ratio: float) -> None:
        """A bar of a round length above the letter at the lower edge, when the size of the pixels is known.

        It takes no more than what the texts that `paint` wrote last leave between them.
        """
        words = [self._width(line.text) for line in (*self._fitted.bottom_left, *self._fitted.bottom_right)]
        room = size.width() - 2 * (MARGIN + max(words, default=0.0) + BAR_ROOM + _SCALE_GAP)
        found = horizontal_scale(frame, transform, min(size.width() * 0.22, 240.0, room))
        if found is None or size.width() < 240 or size.height() < 240:
            return
        length, mm = found
        y = _sharp(size.height() - MARGIN - theme.tokens().font_title - 18, ratio)
        left = _sharp((size.width() - length) / 2, ratio)
        right = _sharp(left + length, ratio)
        for colour, wide in ((theme.colour("image", 0.55), 1.5), (theme.colour("text", 0.9), 0.5)):
            painter.fillRect(QRectF(left - wide, y - wide, right - left + 2 * wide, 2 * wide), colour)
            for x in (left, right):
                painter.fillRect(QRectF(x - wide, y - 3 - wide, 2 * wide, 3), colour)
                painter.fillRect(QRectF(x - wide, y + wide, 2 * wide, 3), colour)
        picture = self._line(length_text(mm), "text", theme.tokens().font_caption, QFont.Weight.Normal, ratio)
        x = _sharp((left + right - picture.width() / ratio) / 2, ratio, 0)
        painter.drawImage(QPointF(x, _sharp(y - picture.height() / ratio - 1, ratio, 0)), picture)

    def size_of(self, lines: Sequence[str]) -> tuple[float, float]:
        """Width and height of lines that `write` would write."""
        return max(map(self._width, lines), default=0.0), _line_height() * len(lines)

    def write(self, painter: QPainter, lines: Sequence[str], left: float, top: float, ratio: float, *,
              tone: str = "text") -> None:
        """Lines beside something on the image, as legible on it as the corners are. `tone` is a colour's name."""
        for line in lines:
            picture = self._line(line, tone, theme.tokens().font_overlay, QFont.Weight.Normal, ratio)
            painter.drawImage(QPointF(_sharp(left - _RIM, ratio, 0), _sharp(top - _RIM, ratio, 0)), picture)
            top += _line_height()

    def _column(self, painter: QPainter, lines: tuple[CornerLine, ...], x: float, y: float, line_height: float,
                ratio: float, *, to_left: bool) -> None:
        for line in lines:
            picture = self._line(line.text, _TONES[line.tone], theme.tokens().font_overlay, QFont.Weight.Normal, ratio)
            place = x - picture.width() / ratio + _RIM if to_left else x - _RIM
            painter.drawImage(QPointF(_sharp(place, ratio, 0), y - _RIM), picture)
            y += line_height

    def _letters(self, painter: QPainter, texts: CornerTexts, size: QSize, ratio: float, right_inset: float) -> None:
        middle_x, middle_y = size.width() / 2, size.height() / 2
        for letters, x, y, anchor in (
            (texts.top, middle_x, MARGIN, (0.5, 0.0)),
            (texts.bottom, middle_x, size.height() - MARGIN, (0.5, 1.0)),
            (texts.left, MARGIN, middle_y, (0.0, 0.5)),
            (texts.right, size.width() - MARGIN - right_inset, middle_y, (1.0, 0.5)),
        ):
            if letters:
                self._letter(painter, letters, x, y, anchor, ratio)

    def _letter(self, painter: QPainter, letters: str, x: float, y: float, anchor: tuple[float, float],
                ratio: float) -> None:
        """The strongest letter, the others smaller beside it."""
        tokens, weight = theme.tokens(), QFont.Weight.Medium
        first = self._line(letters[0], "caution", tokens.font_title, weight, ratio)
        rest = self._line(letters[1:], "caution", tokens.font_caption, weight, ratio) if letters[1:] else None
        width = first.width() / ratio + (rest.width() / ratio - 2 * _RIM if rest is not None else 0.0)
        height = first.height() / ratio
        left = _sharp(x - _RIM + (2 * _RIM - width) * anchor[0], ratio, 0)
        top = _sharp(y - _RIM + (2 * _RIM - height) * anchor[1], ratio, 0)
        painter.drawImage(QPointF(left, top), first)
        if rest is not None:
            big, small = (self._metrics_of(each, weight) for each in (tokens.font_title, tokens.font_caption))
            low = _sharp(top + big.ascent() - small.ascent(), ratio, 0)
            painter.drawImage(QPointF(left + first.width() / ratio - 2 * _RIM, low), rest)

    def _line(self, text: str, tone: str, size: int, weight: QFont.Weight, ratio: float) -> QImage:
        key = (text, theme.colour(tone).name(), size, int(weight), ratio)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._drawn(text, theme.colour(tone), size, weight, ratio)
            if len(self._lines) > _KEPT_LINES:
                self._lines.popitem(last=False)
        else:
            self._lines.move_to_end(key)
        return found

    def _drawn(self, text: str, colour: QColor, size: int, weight: QFont.Weight, ratio: float) -> QImage:
        metrics = self._metrics_of(size, weight)
        width, height = metrics.horizontalAdvance(text) + 2 * _RIM, metrics.height() + 2 * _RIM
        picture = QImage(math.ceil(width * ratio), math.ceil(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        font = theme.font(size, weight, tabular=True)
        painter.setFont(font)
        letters = QStaticText(text)                 # laid out once, for all the times that it is drawn here
        letters.setTextFormat(Qt.TextFormat.PlainText)
        letters.prepare(QTransform(), font)
        base = QPointF(_RIM, _RIM)
        for distance, strength in _RIM_RINGS:
            painter.setPen(theme.colour("image", strength))
            for x, y in _DIRECTIONS:
                painter.drawStaticText(base + QPointF(x * distance, y * distance), letters)
        painter.setPen(colour)
        painter.drawStaticText(base, letters)
        painter.end()
        return picture

    def _width(self, text: str) -> float:
        """Of a line of a corner. Most lines stay from image to image."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _KEPT_LINES:
                self._widths.clear()
            metrics = self._metrics_of(theme.tokens().font_overlay, QFont.Weight.Normal)
            found = self._widths[text] = metrics.horizontalAdvance(text)
        return found

    def _metrics_of(self, size: int, weight: QFont.Weight) -> QFontMetricsF:
        key = (size, int(weight))
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(theme.font(size, weight, tabular=True))
        return self._metrics[key]


def _line_height() -> int:
    return round(theme.tokens().font_overlay * _LEADING)


def _sharp(value: float, ratio: float, middle: float = 0.5) -> float:
    """The nearest place where a thin line covers whole device pixels (`middle` 0: where a picture does)."""
    return (math.floor(value * ratio) + middle) / ratio


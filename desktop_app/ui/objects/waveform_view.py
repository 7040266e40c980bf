"""WaveformView: ECG and other waveforms on a calibrated grid.

25 mm/s and 10 mm/mV where the screen says how large it is, small squares of 1 mm; other units are scaled to their own
range, and said so.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.study_object import WaveformChannel, WaveformGroup, Waveforms
from desktop_app.core.words import figures
from desktop_app.ui import theme
from desktop_app.ui.widgets import label

MM_PER_S, MM_PER_MV = 25.0, 10.0
_LANE_MM = 22.0
_NAME_PX = 14
_PAPER, _FINE, _COARSE, _INK = QColor(255, 250, 248), QColor(250, 214, 208), QColor(238, 160, 150), QColor(20, 24, 32)


class WaveformView(QWidget):
    """One multiplex group at a time; a choice of groups where there are several."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Waveforms | None = None
        self.paper = WaveformPaper()
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Group of channels"))
        self._choice.currentIndexChanged.connect(self._choose)
        self.scale = label(tone="secondary", kind="small")
        head = QHBoxLayout()
        head.addWidget(self._choice)
        head.addWidget(self.scale, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Waveforms"))
        scroll.setWidget(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    def show_waveforms(self, found: Waveforms) -> None:
        self._found = found
        self._choice.blockSignals(True)
        self._choice.clear()
        self._choice.addItems([group.label for group in found.groups])
        self._choice.blockSignals(False)
        self._choice.setVisible(len(found.groups) > 1)
        self._choose(0)

    def _choose(self, index: int) -> None:
        if self._found is not None and 0 <= index < len(self._found.groups):
            group = self._found.groups[index]
            self.paper.show_group(group)
            words = [self.tr("{seconds} s at {rate} Hz").format(
                seconds=figures(f"{group.seconds:.1f}"), rate=figures(f"{group.frequency_hz:g}")), f"{MM_PER_S:g} mm/s"]
            units = {channel.unit for channel in group.channels}
            words.append(f"{MM_PER_MV:g} mm/mV" if units == {"mV"} else self.tr("height: each channel's own range"))
            self.scale.setText(" · ".join(words))


class WaveformPaper(QWidget):
    """The grid and the curves. A millimetre is the screen's own."""

    def __init__(self) -> None:
        super().__init__()
        self._group: WaveformGroup | None = None
        self.setAccessibleName(self.tr("Curves"))

    @property
    def px_per_mm(self) -> float:
        """Points of the screen per millimetre; 96 per inch where the screen does not know its size."""
        dpi = self.screen().physicalDotsPerInch() / self.devicePixelRatioF() if self.screen() is not None else 0.0
        return (dpi if 40 <= dpi <= 400 else 96.0) / 25.4

    def show_group(self, group: WaveformGroup) -> None:
        self._group = group
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        if self._group is None:
            return QSize(100, 100)
        mm = self.px_per_mm
        width = min(self._group.seconds * MM_PER_S * mm + 2 * mm, 200_000)
        return QSize(math.ceil(width), math.ceil((len(self._group.channels) + 0.5) * _LANE_MM * mm))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        seen = event.rect()
        painter.fillRect(seen, _PAPER)
        mm = self.px_per_mm
        for step, colour in ((1, _FINE), (5, _COARSE)):
            painter.setPen(QPen(colour, 1))
            for number in range(int(seen.left() / mm / step), int(seen.right() / mm / step) + 2):
                painter.drawLine(QPointF(number * step * mm, seen.top()), QPointF(number * step * mm, seen.bottom()))
            for number in range(int(seen.top() / mm / step), int(seen.bottom() / mm / step) + 2):
                painter.drawLine(QPointF(seen.left(), number * step * mm), QPointF(seen.right(), number * step * mm))
        if self._group is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(_NAME_PX - 2))
            for lane, channel in enumerate(self._group.channels):
                self._paint_channel(painter, channel, (lane + 0.75) * _LANE_MM * mm, QRectF(seen))

    def _paint_channel(self, painter: QPainter, channel: WaveformChannel, base: float, seen: QRectF) -> None:
        assert self._group is not None
        mm = self.px_per_mm
        per_sample = MM_PER_S * mm / self._group.frequency_hz
        first = max(int(seen.left() / per_sample) - 1, 0)
        last = min(int(seen.right() / per_sample) + 2, len(channel.samples))
        values = channel.samples[first:last]
        gain, zero = MM_PER_MV * mm, 0.0
        if channel.unit != "mV":
            whole = channel.samples[np.isfinite(channel.samples)]
            low, high = (float(whole.min()), float(whole.max())) if whole.size else (0.0, 1.0)
            gain, zero = (_LANE_MM - 6) * mm / ((high - low) or 1.0), low
        painter.setPen(QPen(_INK, 1.3))
        for begin, end in _runs(values):
            xs = (first + np.arange(begin, end)) * per_sample
            ys = base - (values[begin:end] - zero) * gain
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
        painter.setPen(QColor(150, 40, 40))
        name = channel.name if channel.unit in ("", "mV") else f"{channel.name} ({channel.unit})"
        painter.drawText(QRectF(seen.left() + 6, base - 0.68 * _LANE_MM * mm, 400, _NAME_PX + 4),
                         Qt.AlignmentFlag.AlignLeft, name)


def _runs(values: Any) -> list[tuple[int, int]]:
    """Where samples stand without a gap of padding between them."""
    fine = np.isfinite(values)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], fine, [False])).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]

"""A view on paper with a true scale: on a printer, or as a PDF. One unit of the painter is one millimetre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop_app.core.words import figures, say
from desktop_app.ui import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MARGIN_MM = 15.0
_FOOT_MM = 18.0
_BAR_HEIGHT_MM = 1.2
_BARS_MM = (200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0)
_PDF_DPI = 600
_TEXT_MM = 3.2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on a page. `mm_per_px` is the patient's millimetres for one pixel of the picture, None if unknown.

    `enlargement` is paper millimetres for one of the patient: 1 is life size; None fits the picture to the page.
    """

    picture: QImage
    mm_per_px: float | None
    lines: tuple[str, ...] = ()
    enlargement: float | None = None


def to_pdf(sheet: Sheet) -> bytes:
    """One page of A4."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    writer.setTitle("Lightbox")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    turned = sheet.picture.width() > sheet.picture.height()
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    paint_sheet(painter, writer, sheet)
    painter.end()
    buffer.close()
    return bytes(store.data())


def prepare(printer: QPrinter, sheet: Sheet) -> None:
    """The whole page of the paper as it is, lying or standing as the picture is; before a printer's dialog asks."""
    turned = sheet.picture.width() > sheet.picture.height()
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait)


def to_printer(printer: QPrinter, sheet: Sheet) -> bool:
    """One page on a printer; False when that takes none."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paint_sheet(painter, printer, sheet)
    return painter.end()


def paint_sheet(painter: QPainter, device: QPagedPaintDevice, sheet: Sheet) -> None:
    """Paints the page: the picture, a bar that measures right on paper, and lines of text."""
    dpi = device.logicalDpiX()
    page = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    painter.scale(dpi / 25.4, dpi / 25.4)
    room = QRectF(MARGIN_MM, MARGIN_MM, page.width() - 2 * MARGIN_MM, page.height() - 2 * MARGIN_MM - _FOOT_MM)
    wide, high = sheet.picture.width(), sheet.picture.height()
    fit = min(room.width() / wide, room.height() / high)           # paper mm for one pixel
    per_px = fit
    if sheet.mm_per_px is not None and sheet.enlargement is not None:
        per_px = sheet.mm_per_px * sheet.enlargement
    shown = QRectF(0, 0, min(wide, room.width() / per_px), min(high, room.height() / per_px))
    shown.moveCenter(QRectF(0, 0, wide, high).center())             # what is larger than the page is cut at its edges
    target = QRectF(0, 0, shown.width() * per_px, shown.height() * per_px)
    target.moveCenter(room.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, sheet.picture, shown)
    _paint_foot(painter, sheet, per_px, room, cut=shown.width() < wide or shown.height() < high)


def _paint_foot(painter: QPainter, sheet: Sheet, per_px: float, room: QRectF, *, cut: bool) -> None:
    top = room.bottom() + 4
    words = list(sheet.lines)
    if sheet.mm_per_px is None:
        words.insert(0, say("page", "No calibration: this page has no true scale."))
    else:
        scale = per_px / sheet.mm_per_px                            # paper mm for one mm of the patient
        length = next((one for one in _BARS_MM if one * scale <= room.width() * 0.6), _BARS_MM[-1])
        painter.fillRect(QRectF(room.left(), top, length * scale, _BAR_HEIGHT_MM), Qt.GlobalColor.black)
        said = say("page", "{length} mm in the patient").format(length=figures(f"{length:g}"))
        how = say("page", "life size") if abs(scale - 1) < 1e-6 else figures(f"× {scale:.3g}")
        words.insert(0, f"{said} · {how}" + (" · " + say("page", "cut to the page") if cut else ""))
    font = theme.font(13)
    font.setPointSizeF(8.0)
    painter.save()
    painter.setPen(Qt.GlobalColor.black)
    painter.setFont(font)
    for number, line in enumerate(words[:3]):
        # Fonts are measured in points of the device, so the painter goes back to its units for them.
        painter.save()
        place = QPointF(room.left(), top + 5 + (number + 0.5) * (_TEXT_MM + 0.6))
        where = painter.worldTransform().map(place)
        painter.resetTransform()
        painter.drawText(where, line)
        painter.restore()
    painter.restore()

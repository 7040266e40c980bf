"""Encapsulated documents (PS3.3 A.45): PDF as pages, CDA and plain text as lines."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pydicom
from pydicom.dataset import Dataset

from desktop_app.core.errors import DamagedDicom, LightboxError
from desktop_app.core.study_object import LineKind, ObjectHead, OtherObject, PdfDocument, Report, ReportLine
from desktop_app.core.words import counted, say, t
from desktop_app.objects.attributes import get, head_of, text

assert pydicom

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PDFIUM = threading.Lock()              # PDFium is not safe in several threads
_MOST_LINES = 20_000
_LOCKED = t(
    "objects", "This PDF is locked with a password, so its pages cannot be shown. Ask its sender for an open "
    "one.")
_NO_PDF = t(
    "objects", "This document calls itself a PDF, but is none. It can be exported and looked at with another "
    "program.")


def read_document(dataset: Dataset) -> PdfDocument | Report | OtherObject:
    """The document inside. What is wrong with it is said in the head's warnings; then it is a card."""
    data = get(dataset, "EncapsulatedDocument")
    head = head_of(dataset, title=text(dataset, "DocumentTitle") or text(dataset, "SeriesDescription"))
    kind = text(dataset, "MIMETypeOfEncapsulatedDocument").lower()
    if not isinstance(data, bytes) or not data:
        return OtherObject(_warned(head, say(
            "objects", "This object holds no document.")), ((say("objects", "Kind of document"), kind),))
    if kind == "application/pdf" or data[:5] == b"%PDF-":
        try:
            return PdfDocument(head, data, page_sizes(data))
        except LightboxError as error:
            return _card(_warned(head, error.user_text), kind, data)
    if kind in ("text/xml", "application/xml") or data.lstrip()[:5] == b"<?xml":
        return _cda(data, head)
    if kind == "text/plain":
        lines = data.decode("utf-8", "replace").splitlines()[:_MOST_LINES]
        return Report(head, tuple(ReportLine(0, LineKind.TEXT, text=line) for line in lines))
    return _card(head, kind, data)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """(width, height) of every page in points. Raises DamagedDicom with a sentence."""
    with _PDFIUM:
        document = _opened(data)
        try:
            return tuple(document.get_page_size(index) for index in range(len(document)))
        finally:
            document.close()


def render_page(data: bytes, page: int, width_px: int) -> Any:
    """One page as uint8 (rows, columns, 3), `width_px` wide. Safe in any thread, one at a time."""
    with _PDFIUM:
        document = _opened(data)
        try:
            width, _ = document.get_page_size(page)
            sheet = document[page]
            bitmap = sheet.render(scale=min(max(width_px / max(width, 1.0), 0.05), 8.0), rev_byteorder=True)
            pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
            sheet.close()
        finally:
            document.close()
    pixels.setflags(write=False)
    return pixels


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        text = _LOCKED if "password" in str(error).lower() else _NO_PDF
        raise DamagedDicom(say("objects", text), detail=str(error)) from error


def _card(head: ObjectHead, kind: str, data: bytes) -> OtherObject:
    return OtherObject(head, (
        (say("objects", "Kind of document"), kind or say("objects", "not said")),
        (say("objects", "Size"), say("objects", "{count} bytes").format(count=counted(len(data))))))


def _warned(head: ObjectHead, sentence: str) -> ObjectHead:
    from dataclasses import replace

    return replace(head, warnings=(*head.warnings, sentence))


def _cda(data: bytes, head: ObjectHead) -> Report | OtherObject:
    """A CDA document (or any XML) as text: titles as headings, paragraphs, list items and table rows as lines."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data.rstrip(b"\0 "))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return _card(_warned(head, say(
            "objects", "This document is XML, but cannot be read.")), "text/xml", data)
    lines: list[ReportLine] = []
    _read_xml(root, lines, 0)
    return Report(head, tuple(lines[:_MOST_LINES]), template="CDA" if root.tag.endswith("ClinicalDocument") else "XML")


_BLOCKS = frozenset({"paragraph", "item", "caption", "content", "td", "th", "text", "br"})


def _read_xml(element: Element, lines: list[ReportLine], depth: int) -> None:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name == "title":
        lines.append(ReportLine(depth, LineKind.HEADING, _words(element)))
    elif name == "tr":
        lines.append(ReportLine(depth, LineKind.TEXT, text=" · ".join(_words(cell) for cell in element)))
    elif name in _BLOCKS and not any(_is_block(child) for child in element):
        if words := _words(element):
            lines.append(ReportLine(depth, LineKind.TEXT, text=words))
    else:
        if name in _BLOCKS and (element.text or "").strip():
            lines.append(ReportLine(depth, LineKind.TEXT, text=" ".join((element.text or "").split())))
        for child in element:
            _read_xml(child, lines, depth + (name == "section"))


def _is_block(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] in (
        "paragraph", "item", "table", "list", "tr", "title")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())

"""A language that nobody speaks: every text in brackets, with accents, a third longer. What has no brackets was not
given to the translators; what does not fit now will not fit in German either."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QLocale, QModelIndex, Qt, QTranslator
from PySide6.QtGui import QPainter, QStaticText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from desktop_app.core.words import ENGLISH, Language, speak
from desktop_app.resources import resource_path
from desktop_app.ui.widgets import ElidedLabel
from desktop_app.viewmodels.language import start_language

_ACCENTS = str.maketrans("aeiouAEIOUcnsy", "áéíóúÁÉÍÓÚçñšý")
_KEPT = re.compile(r"(\{[^{}]*\}|%[sdn]|<[^<>]*>|&\w+;|&)")
_SAID = re.compile(r"⟦[^⟦⟧]*(?:⟧|…$)", re.MULTILINE)      # what is cut short ends with a …
_WORD = re.compile(r"[A-Za-z]{2,}")
LONGER = 0.35
_MOST_ROWS = 40
_SHOW_DETAILS = frozenset({"TextDetails", "CrashDialog"})          # for those who help, in English
_SHOW_WHAT_IS_IN_FILES = frozenset({"TagsDialog"})
_AROUND_A_FIELD = 18

# What is no word of ours: names of things, units, and what stands in the standard.
_KNOWN = """
Lightbox DICOM DICOMweb Google Cloud Orthanc Azure AWS HealthImaging API OAuth CSV PNG PDF WebP ZIP DICOMDIR
UID UIDs SOP VR Ctrl Alt Shift Meta Enter Esc Tab Del Home End PgUp PgDown Space Backspace Return Left Right
Up Down Ins CT MR US CR DX MG PT NM XA RF SR PR KO SEG RTSTRUCT RTDOSE RTPLAN REG OT SC ECG ID mm cm px ms GB
JPEG TIFF OHIF VOI LINEAR MONOCHROME int uint Qt PySide Python
MB kB min max HU RGB Hz Lanczos PET Deutsch English Healthcare
"""
_NAMES = frozenset(_KNOWN.split())


def texts_for_translators() -> frozenset[tuple[str, str]]:
    """(context, text) of everything that Qt's tools find in the sources."""
    contexts = ElementTree.parse(resource_path("translations", "lightbox_de.ts")).getroot().findall("context")
    return frozenset((context.findtext("name") or "", message.findtext("source") or "")
                     for context in contexts for message in context.findall("message"))


class PseudoTranslator(QTranslator):
    """Knows what the translators were given, and nothing else."""

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._given = texts_for_translators()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return pseudo(text) if (context, text) in self._given else None


def pseudo(text: str) -> str:
    """`Open` → `⟦Ópéñ ~⟧`; what is filled in, tags and keys stay as they are."""
    if not text.strip():
        return text
    said = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text))
    more = round(len(text) * LONGER)
    tail = " ".join("~" * min(6, more - done) for done in range(0, more, 6))
    return f"⟦{said} {tail}⟧" if tail else f"⟦{said}⟧"


@contextmanager
def spoken(application: QApplication) -> Iterator[None]:
    """Everything that is made inside speaks it."""
    translator = PseudoTranslator(application)
    application.installTranslator(translator)
    speak(Language("x-pseudo", QCoreApplication.translate))
    try:
        yield
    finally:
        speak(ENGLISH)
        application.removeTranslator(translator)


@contextmanager
def german(application: QApplication) -> Iterator[None]:
    """As the program starts in German."""
    before, locale = set(application.findChildren(QTranslator)), QLocale()
    assert start_language(application, "de") == "de"
    try:
        yield
    finally:
        speak(ENGLISH)
        QLocale.setDefault(locale)
        for translator in set(application.findChildren(QTranslator)) - before:
            application.removeTranslator(translator)
            translator.deleteLater()


def untranslated(text: str, data: frozenset[str] = frozenset()) -> str:
    """What of a text is neither in brackets nor data nor a name."""
    left = "\n".join(line for line in text.split("\n") if not _begins(line, data))
    while (shorter := _SAID.sub(" ", left)) != left:
        left = shorter
    for known in sorted(filter(None, data), key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", left)
    left = re.sub(r"<[^<>]*>|\S+://\S+|\S*\.\w{2,4}\b|\([0-9A-F]{4},[0-9A-F]{4}\)", " ", left)
    return " ".join(word for word in _WORD.findall(left) if word not in _NAMES)


def _begins(line: str, data: frozenset[str]) -> bool:
    """Data for which there was not the room."""
    return line.endswith("…") and any(known.startswith(line[:-1].rstrip()) for known in data)


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that is to be read or heard in a widget and below it."""
    for part in (root, *root.findChildren(QWidget)):
        where = f"{type(part).__name__} in {type(part.window()).__name__}"
        if type(part).__name__.startswith("Q") and part.objectName().startswith(("qt_", "Scroll")):
            continue
        yield f"accessible name of {where}", part.accessibleName()
        yield f"description of {where}", part.accessibleDescription()
        yield f"tooltip of {where}", part.toolTip()
        if isinstance(part, QLabel | QAbstractButton):
            yield where, part.full_text() if isinstance(part, ElidedLabel) else part.text()
        elif isinstance(part, QLineEdit):
            yield f"placeholder of {where}", part.placeholderText()
        elif isinstance(part, QComboBox):
            yield from ((where, part.itemText(number)) for number in range(part.count()))
        elif isinstance(part, QTabBar):
            yield from ((where, part.tabText(number)) for number in range(part.count()))
        elif isinstance(part, QPlainTextEdit | QTextEdit):
            if type(part.window()).__name__ not in _SHOW_DETAILS:
                yield where, part.toPlainText()
        elif isinstance(part, QProgressBar) and part.isTextVisible():
            yield where, part.text()
        elif isinstance(part, QMenu):
            for action in part.actions():
                yield f"entry of {where}", action.text().partition("\t")[0]
                yield f"tooltip of an entry of {where}", action.toolTip()
        elif isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView):
            if isinstance(part, QTableView | QTreeView):
                yield from ((f"header of {where}", text) for text in _headers(part))
            if type(part.window()).__name__ not in _SHOW_WHAT_IS_IN_FILES:
                yield from ((f"cell of {where}", text) for text in _cells(part))
    if root.isWindow():
        yield f"title of {type(root).__name__}", root.windowTitle()


def _cells(view: QAbstractItemView) -> Iterator[str]:
    """What the first rows say, those below an entry that is open among them."""
    model, waiting = view.model(), [QModelIndex()]
    while model is not None and waiting:
        above = waiting.pop()
        for row in range(min(model.rowCount(above), _MOST_ROWS)):
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(above)):
                index = model.index(row, column, above)
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    yield str(index.data(role) or "")
            if isinstance(view, QTreeView) and view.isExpanded(model.index(row, 0, above)):
                waiting.append(model.index(row, 0, above))


def _headers(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(QModelIndex()) if model is not None else 0):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def clipped(root: QWidget) -> Iterator[str]:
    """What has less room than its text needs. ElidedLabels are made to be short of room."""
    for part in (root, *root.findChildren(QWidget)):
        if part.isVisibleTo(root) and not isinstance(part, ElidedLabel):
            for text in _short(part):
                yield f"{type(part).__name__} {text!r} in {type(part.window()).__name__}"


def _short(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel) and part.text() and part.pixmap().isNull():
        if part.wordWrap():
            if part.height() + 1 < part.heightForWidth(part.width()):
                yield part.text()
        elif part.width() + 1 < part.sizeHint().width():
            yield part.text()
    elif isinstance(part, QPushButton | QCheckBox | QRadioButton) and part.text():
        if part.width() + 1 < part.sizeHint().width():
            yield part.text()
    elif isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        room = part.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, part).width()
        yield from (text for number in range(part.count())
                    if _width(part, text := part.itemText(number)) > room + 1)
    elif isinstance(part, QLineEdit) and not part.text() and not part.toolTip():
        if _width(part, part.placeholderText()) > part.width() - _AROUND_A_FIELD:
            yield part.placeholderText()
    elif isinstance(part, QHeaderView) and part.orientation() == Qt.Orientation.Horizontal:
        for number in range(part.count()):
            text, tip = (str(part.model().headerData(number, Qt.Orientation.Horizontal, role) or "")
                         for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole))
            if tip != text and not part.isSectionHidden(number) and _width(part, text) > part.sectionSize(number):
                yield text


def _width(part: QWidget, text: str) -> int:
    return part.fontMetrics().horizontalAdvance(text)


@contextmanager
def painted() -> Iterator[set[str]]:
    """What painters write while this lasts, except what Qt's own widgets do."""
    said: set[str] = set()
    kept = {name: getattr(QPainter, name) for name in ("drawText", "drawStaticText")}

    def noting(name: str) -> Any:
        def draw(painter: QPainter, *rest: Any) -> Any:
            said.update(one if isinstance(one, str) else one.text() for one in rest
                        if isinstance(one, str | QStaticText))
            return kept[name](painter, *rest)
        return draw

    for name in kept:
        setattr(QPainter, name, noting(name))
    try:
        yield said
    finally:
        for name, draw in kept.items():
            setattr(QPainter, name, draw)

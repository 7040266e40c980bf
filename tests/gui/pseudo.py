"""A language that nobody speaks: every text in brackets, with accents, a third longer. What has no brackets was not
given to the translators; what does not fit now will not fit in German either."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)

from desktop_app.core.words import ENGLISH, Language, speak
from desktop_app.resources import resource_path
from desktop_app.ui.widgets import ElidedLabel

_ACCENTS = str.maketrans("aeiouAEIOUcnsy", "áéíóúÁÉÍÓÚçñšý")
_KEPT = re.compile(r"(\{[^{}]*\}|%[sdn]|<[^<>]*>|&\w+;|&)")
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[A-Za-z]{2,}")
LONGER = 0.35

# What is no word of ours: names of things, units, and what stands in the standard.
_KNOWN = """
Lightbox DICOM DICOMweb Google Cloud Orthanc Azure AWS HealthImaging API OAuth CSV PNG PDF WebP ZIP DICOMDIR
UID UIDs SOP VR Ctrl Alt Shift Meta Enter Esc Tab Del Home End PgUp PgDown Space Backspace Return Left Right
Up Down Ins CT MR US CR DX MG PT NM XA RF SR PR KO SEG RTSTRUCT RTDOSE RTPLAN REG OT SC ECG ID mm cm px ms GB
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


def untranslated(text: str, data: frozenset[str] = frozenset()) -> str:
    """What of a text is neither in brackets nor data nor a name."""
    left = text
    while (shorter := _SAID.sub(" ", left)) != left:
        left = shorter
    for known in sorted(data, key=len, reverse=True):
        left = left.replace(known, " ")
    left = re.sub(r"<[^<>]*>|\S+://\S+|\S+\.\w{2,4}\b", " ", left)
    return " ".join(word for word in _WORD.findall(left) if word not in _NAMES)


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
        elif isinstance(part, QTableView | QTreeView):
            yield from ((f"header of {where}", text) for text in _headers(part))
    if root.isWindow():
        yield f"title of {type(root).__name__}", root.windowTitle()


def _headers(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount(QModelIndex()) if model is not None else 0):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")


def clipped(root: QWidget) -> Iterator[str]:
    """Labels and buttons with less room than their text needs. ElidedLabels are made to be short of room."""
    for part in root.findChildren(QWidget):
        if not part.isVisibleTo(root) or isinstance(part, ElidedLabel):
            continue
        if isinstance(part, QLabel) and part.text() and part.pixmap().isNull():
            if part.wordWrap():
                short = part.height() + 1 < part.heightForWidth(part.width())
            else:
                short = part.width() + 1 < part.sizeHint().width()
        elif isinstance(part, QPushButton | QCheckBox) and part.text():
            short = part.width() + 1 < part.sizeHint().width()
        else:
            continue
        if short:
            yield f"{type(part).__name__} {part.text()!r} in {type(part.window()).__name__}"


def dialogs() -> list[QDialog]:
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]

"""ObjectPage: lies over a viewport and shows the object that is looked at in place of an image."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.dates import date_text, time_text
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import (
    KeyImages,
    OtherObject,
    PdfDocument,
    Presentation,
    Report,
    StudyObject,
    Waveforms,
)
from desktop_app.ui import theme
from desktop_app.ui.objects.pdf_view import PdfView
from desktop_app.ui.objects.report_html import card_html, key_images_html, presentation_html, report_html
from desktop_app.ui.objects.report_text import ReportText
from desktop_app.ui.objects.waveform_view import WaveformView
from desktop_app.ui.widgets import Message, button, label
from desktop_app.viewmodels.object_view import ObjectView
from desktop_app.viewmodels.study_work import StudyWork

_LINK = "image"


class ObjectLayer(QObject):
    """Builds the page of a viewport's objects with the first of them: most viewports never show one."""

    def __init__(self, canvas: QWidget, view: ObjectView, build: Callable[[], ObjectPage]) -> None:
        super().__init__(canvas)
        self._view, self._build = view, build
        view.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        if self._view.ref is not None:
            self._view.changed.disconnect(self._look)
            self._build()


class ObjectPage(QFrame):
    """Shown while its viewport shows no images. `tags_asked` opens the tags of the object."""

    def __init__(
        self, canvas: QWidget, view: ObjectView, work: StudyWork, show_tags: Callable[[FrameRef], None],
        step: Callable[[int], None],
    ) -> None:
        super().__init__(canvas)
        self._view, self._work, self._show_tags, self._step = view, work, show_tags, step
        self._refs: list[FrameRef] = []
        self._shown: StudyObject | None = None
        self.setObjectName("objectPage")
        self.setAccessibleName(self.tr("Document"))
        self.setAutoFillBackground(True)
        tokens = theme.tokens()
        self.title = label(kind="title")
        self.subtitle = label(tone="secondary", kind="small", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(tokens.space_s)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addLayout(self._buttons)
        self.warning = label(tone="caution", wrap=True)
        self.message = Message()
        self.text = ReportText()
        self.text.anchorClicked.connect(self._follow)
        self.pdf = PdfView(view)
        self.waveform = WaveformView()
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.space_xl, tokens.space_l, tokens.space_xl, tokens.space_m)
        column.setSpacing(tokens.space_m)
        column.addLayout(head)
        column.addWidget(self.warning)
        column.addLayout(self._stack, 1)
        for widget in (self.message, self.text, self.pdf, self.waveform):
            self._stack.addWidget(widget)       # into a stack with a place: the first one is shown at once
        canvas.installEventFilter(self)
        view.changed.connect(self._refresh)
        work.changed.connect(self._refresh_buttons)
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(self.parentWidget().rect())
        return False

    def _refresh(self) -> None:
        view = self._view
        self.setVisible(view.ref is not None)
        if view.ref is None:
            self._shown = None
            return
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        if view.error is not None:
            self._say(self.tr("This object cannot be opened"), view.error.user_text)
        elif view.object is None:
            self.title.setText("")
            self.subtitle.setText("")
            self.warning.hide()
            self.message.tell(self.tr("Opening …"), busy=True)
            self._stack.setCurrentWidget(self.message)
        elif view.object is not self._shown:
            self._show(view.object)
        self._refresh_buttons()

    def _say(self, title: str, text: str) -> None:
        self._shown = None
        self.title.setText(title)
        self.subtitle.setText("")
        self.warning.hide()
        self.message.tell(text, icon="file-x")
        self._stack.setCurrentWidget(self.message)

    def _show(self, found: StudyObject) -> None:
        self._shown = found
        head = found.head
        number, count = self._view.place
        parts = [head.kind or self.tr("An object of a kind that is not known"), head.author, moment_text(head.moment)]
        if count > 1:
            parts.append(self.tr("object {number} of {count}").format(number=number, count=count))
        self.title.setText(head.title or head.kind or head.modality)
        self.subtitle.setText(" · ".join(part for part in parts if part))
        self.warning.setText("\n".join(head.warnings))
        self.warning.setVisible(bool(head.warnings))
        self.setAccessibleName(self.title.text() or self.tr("Document"))
        if isinstance(found, PdfDocument):
            self.pdf.show_document(found)
            self._stack.setCurrentWidget(self.pdf)
        elif isinstance(found, Waveforms) and found.groups:
            self.waveform.show_waveforms(found)
            self._stack.setCurrentWidget(self.waveform)
        else:
            self._refs = []
            self.text.show_parts(self._html(found))
            self._stack.setCurrentWidget(self.text)

    def _html(self, found: StudyObject) -> Iterator[str]:
        if isinstance(found, Report):
            return report_html(found, self._link)
        if isinstance(found, KeyImages):
            return key_images_html(found, self._link)
        if isinstance(found, Presentation):
            return presentation_html(found)
        facts = found.facts if isinstance(found, OtherObject) else ()
        return card_html(found.head, facts)

    def _link(self, ref: FrameRef) -> tuple[str, str]:
        self._refs.append(ref)
        return f"{_LINK}:{len(self._refs) - 1}", self._work.words_of(ref)

    def _follow(self, url: QUrl) -> None:
        scheme, _, number = url.toString().partition(":")
        if scheme == _LINK and number.isdigit() and int(number) < len(self._refs):
            self._work.go_to(self._refs[int(number)])

    def _refresh_buttons(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for one in self._wanted_buttons():
            self._buttons.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)

    def _wanted_buttons(self) -> list[QPushButton]:
        found, made = self._view.object, []
        if isinstance(found, KeyImages) and found.refs:
            refs, title = found.refs, found.head.title
            made.append(button(self.tr("Show only these images"), lambda: self._work.show_only(
                refs, title, f"key-images-{found.head.ref.sop_instance_uid}"), kind="primary"))
        if isinstance(found, Presentation):
            made.append(button(self.tr("Apply"), lambda: self._work.apply(found), kind="primary"))
        if isinstance(found, Report) and found.graphics and not found.head.is_ours:
            uid = found.head.ref.sop_instance_uid
            shown = uid in self._work.shown
            made.append(button(
                self.tr("Hide its drawings") if shown else self.tr("Show its drawings on the images"),
                lambda: self._work.show_object(uid, not shown), kind="primary"))
        ref = self._view.ref
        if ref is not None:
            made.append(button(self.tr("Tags"), lambda: self._show_tags(ref), icon="tag",
                               tip=self.tr("All attributes of this object")))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = next((by for key, by in steps.items() if event.key() == key), 0)
        if step and self._view.place[1] > 1:
            self._step(step)
        else:
            super().keyPressEvent(event)


def moment_text(moment: str) -> str:
    """`20260102030405` → the date and time as they are shown elsewhere."""
    return f"{date_text(moment[:8])} {time_text(moment[8:])}".strip() if moment else ""

"""WorkPanel: presentation states, reports and key objects of a study, with author and time, to be shown by choice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.study_object import KeyImages, Presentation, StudyObject
from desktop_app.ui import theme
from desktop_app.ui.objects.object_page import moment_text
from desktop_app.ui.widgets import ElidedLabel, button, label
from desktop_app.viewmodels.study_work import StudyWork

_WIDTH = 260
_HEIGHT = 240


class WorkPanel(QFrame):
    """Hidden while the study holds none of them."""

    def __init__(self, work: StudyWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._listed: tuple[tuple[str, bool], ...] = ()
        self.setObjectName("workPanel")
        self.setFixedWidth(_WIDTH)
        self.setMaximumHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Work stored in this study"))
        tokens = theme.tokens()
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(tokens.space_l, 0, tokens.space_m, tokens.space_m)
        self._rows.setSpacing(tokens.space_m)
        self._rows.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.accessibleName())
        scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.space_m, 0, 0)
        column.setSpacing(tokens.space_s)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.space_l, 0, 0, 0)
        head.addWidget(label(self.tr("STORED IN THIS STUDY"), kind="caption", tone="secondary"))
        column.addLayout(head)
        column.addWidget(scroll, 1)
        work.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        others = self._work.others
        self.setVisible(bool(others))
        listed = tuple(
            (one.head.ref.sop_instance_uid, one.head.ref.sop_instance_uid in self._work.shown) for one in others)
        if listed == self._listed:
            return
        self._listed = listed
        while self._rows.count() > 1:
            gone = self._rows.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        for place, one in enumerate(others):
            self._rows.insertWidget(place, self._row(one))

    def _row(self, found: StudyObject) -> QWidget:
        head, row = found.head, QWidget()
        uid = head.ref.sop_instance_uid
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first = QHBoxLayout()
        title = head.title or head.kind
        if isinstance(found, KeyImages):
            first.addWidget(ElidedLabel(title, kind="strong"), 1)
            first.addWidget(button(self.tr("Show"), lambda: self._work.show_only(
                found.refs, title, f"key-images-{uid}"), tip=self.tr("Show only these images")))
        elif isinstance(found, Presentation):
            first.addWidget(ElidedLabel(title, kind="strong"), 1)
            if uid in self._work.shown:
                first.addWidget(button(self.tr("Hide"), lambda: self._work.show_object(uid, False),
                                       tip=self.tr("Hide its drawings")))
            first.addWidget(button(self.tr("Apply"), lambda: self._work.apply(found),
                                   tip=self.tr("Show its image as it says, with its drawings")))
        else:
            shown = uid in self._work.shown
            first.addWidget(ElidedLabel(title, kind="strong"), 1)
            first.addWidget(button(self.tr("Hide") if shown else self.tr("Show"), lambda: self._work.show_object(
                uid, not shown), tip=self.tr("Its drawings on the images")))
        column.addLayout(first)
        whose = self.tr("yours") if head.is_ours and not head.author else head.author
        words = " · ".join(part for part in (whose, moment_text(head.moment)) if part)
        column.addWidget(label(words, kind="small", tone="secondary", wrap=True))
        return row

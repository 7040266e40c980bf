"""The panel at the right of a study: how one pixel became its grey."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import button, copy_text, icon_button, label
from desktop_app.viewmodels.pixel_explanation import PixelExplanation
from desktop_app.viewmodels.viewer import ViewerModel

_WIDTH = 300


class ExplainPanel(QFrame):
    """Shows the explanation of the active viewport while it has one."""

    def __init__(self, viewer: ViewerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainPanel")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Explain this pixel"))
        self._viewer = viewer
        self._followed: PixelExplanation | None = None
        tokens = theme.tokens()
        head = QHBoxLayout()
        head.setContentsMargins(tokens.space_l, tokens.space_m, tokens.space_s, tokens.space_s)
        head.addWidget(label(self.tr("EXPLAIN THIS PIXEL"), kind="caption", tone="secondary"), 1)
        head.addWidget(icon_button("x", self.tr("Close the explanation"), self._close))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(tokens.space_m)
        self._steps.setContentsMargins(tokens.space_l, tokens.space_xs, tokens.space_l, tokens.space_m)
        body = QWidget()
        body.setLayout(self._steps)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        scroll.setAccessibleName(self.tr("The steps from the stored value to the grey"))
        self._server = label(kind="small", wrap=True)
        ask = button(self.tr("Compare"), self._compare, icon="server",
                     tip=self.tr("Ask the archive for its own picture of this image, and compare"))
        copy = button(self.tr("Copy"), self._copy, icon="copy", tip=self.tr("Copy the explanation as text"))
        buttons = QHBoxLayout()
        buttons.addWidget(ask)
        buttons.addWidget(copy)
        buttons.addStretch()
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_l, tokens.space_m)
        foot.setSpacing(tokens.space_xs)
        foot.addWidget(label(self.tr("The archive's own picture"), kind="small", tone="secondary"))
        foot.addWidget(self._server)
        foot.addSpacing(tokens.space_s)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        viewer.active_changed.connect(self._follow)
        self._follow()

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands in the panel, top to bottom."""
        labels = (self._steps.itemAt(place).widget() for place in range(self._steps.count()))
        return (*(part.accessibleName() for part in labels if part is not None), self._server.text())

    def _follow(self) -> None:
        if self._followed is not None:
            self._followed.changed.disconnect(self._refresh)
        self._followed = self._viewer.active.explanation
        self._followed.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        explanation = self._followed
        self.setVisible(explanation is not None and explanation.is_open)
        if explanation is None or explanation.place is None:
            return
        while self._steps.count():
            gone = self._steps.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        column, row = explanation.place
        self._steps.addWidget(_named(label(self.tr("Column {column}, row {row}, counted from 0").format(
            column=column, row=row), kind="small", tone="secondary")))
        story = explanation.story
        if story is None:
            words = self.tr("There is no such pixel in this image, or it is still loading.")
            self._steps.addWidget(_named(label(words, kind="small", tone="secondary", wrap=True)))
        else:
            for step in story.steps:
                self._steps.addWidget(_Step(step.name, step.value, step.rule))
            for warning in story.warnings:
                self._steps.addWidget(_named(label(warning, kind="small", tone="caution", wrap=True)))
        self._steps.addStretch()
        self._server.setText(explanation.server_text)

    def _compare(self) -> None:
        if self._followed is not None:
            self._followed.compare()

    def _copy(self) -> None:
        if self._followed is not None:
            copy_text(self._followed.text())

    def _close(self) -> None:
        if self._followed is not None:
            self._followed.close()


class _Step(QWidget):
    """One step: its name and what came out in a line, the rule below."""

    def __init__(self, name: str, value: str, rule: str) -> None:
        super().__init__()
        first = QHBoxLayout()
        first.addWidget(label(name), 1)
        first.addWidget(label(value, kind="strong"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        if rule:
            column.addWidget(label(rule, kind="small", tone="secondary", wrap=True))
        self.setAccessibleName(" · ".join(part for part in (name, value, rule) if part))


def _named(one: QLabel) -> QLabel:
    one.setAccessibleName(one.text())
    return one

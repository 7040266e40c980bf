"""The panel at the right of a study: what was measured; a click goes to the image."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.tools.draw import DRAW_KINDS
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.widgets import button, icon_button, label, restyle
from desktop_app.viewmodels.viewer import ViewerModel

_WIDTH = 260


class MeasurementPanel(QFrame):
    """Shown with the first drawing tool, before anything is drawn: the image must not move under a measurement."""

    def __init__(self, viewer: ViewerModel, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("measurementPanel")
        self.setAccessibleName(self.tr("Measurements"))
        self._viewer, self._actions = viewer, actions
        self._rows: dict[int, MeasurementRow] = {}
        tokens = theme.tokens()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.addStretch()
        body = QWidget()
        body.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.space_l, tokens.space_m, tokens.space_s, tokens.space_s)
        head.addWidget(label(self.tr("MEASUREMENTS"), kind="caption", tone="secondary"), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.space_l, tokens.space_m, tokens.space_l, tokens.space_m)
        foot.setSpacing(tokens.space_s)
        self.copy_text_button = button(self.tr("Copy"), lambda: actions.run("copy_results"), icon="copy",
                                       tip=actions.row("copy_results").tooltip)
        self.copy_csv_button = button(self.tr("As table"), lambda: actions.run("copy_results_csv"), icon="table-2",
                                      tip=actions.row("copy_results_csv").tooltip)
        foot.addWidget(self.copy_text_button)
        foot.addWidget(self.copy_csv_button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        self.setFixedWidth(max(_WIDTH, foot.minimumSize().width()))
        viewer.annotations.changed.connect(self._refresh)
        viewer.tool_changed.connect(self._refresh)
        self._refresh()

    @property
    def rows(self) -> tuple[MeasurementRow, ...]:
        """Top to bottom."""
        return tuple(self._rows[item.key] for item in self._viewer.annotations.items)

    def _refresh(self) -> None:
        annotations = self._viewer.annotations
        items = annotations.items
        self.setVisible(bool(items) or self._viewer.tool in DRAW_KINDS)
        self.copy_text_button.setEnabled(bool(items))
        self.copy_csv_button.setEnabled(bool(items))
        for key in set(self._rows) - {item.key for item in items}:
            row = self._rows.pop(key)
            self._list.removeWidget(row)
            row.deleteLater()
        for place, item in enumerate(items):
            if item.key not in self._rows:
                row = self._rows[item.key] = MeasurementRow()
                row.clicked.connect(lambda _checked=False, key=item.key: self._go_to(key))
                row.delete_requested.connect(lambda key=item.key: self._delete(key))
                self._list.insertWidget(place, row)
            result = annotations.measurement(item)
            title, detail = _NAMES[item.kind], self._where(item)
            if result is not None:
                detail = " · ".join(part for part in (detail, result.details) if part)
            headline = " ".join(part for part in (item.text, result.headline if result is not None else "") if part)
            self._rows[item.key].show_result(
                self.tr(title), headline, detail, item.key == annotations.selected
            )

    def _where(self, item: Annotation) -> str:
        measurements = self._viewer.measurements
        home = measurements.display_set_of(item)
        if home is None and measurements.is_of_other_study(item):
            return self.tr("on another study of the patient, which is not open here")
        if home is None:
            return self.tr("its image is not in this study any more")
        place = self.tr("image %d") % (home.frames.index(item.ref) + 1)
        shown = self._viewer.active.display_set
        return place if shown is not None and shown.key == home.key else f"{measurements.title_of(home)}, {place}"

    def _go_to(self, key: int) -> None:
        self._viewer.measurements.go_to(key)

    def _delete(self, key: int) -> None:
        self._viewer.annotations.select(key)
        self._viewer.annotations.remove_selected()


_NAMES = {
    AnnotationKind.LENGTH: t("MeasurementPanel", "Length"),
    AnnotationKind.POLYLINE: t("MeasurementPanel", "Path"),
    AnnotationKind.ANGLE: t("MeasurementPanel", "Angle"),
    AnnotationKind.COBB: t("MeasurementPanel", "Cobb"),
    AnnotationKind.BIDIRECTIONAL: t("MeasurementPanel", "Axes"),
    AnnotationKind.RECTANGLE: t("MeasurementPanel", "Rectangle"),
    AnnotationKind.ELLIPSE: t("MeasurementPanel", "Ellipse"),
    AnnotationKind.FREEHAND: t("MeasurementPanel", "Freehand"),
    AnnotationKind.PROBE: t("MeasurementPanel", "Probe"),
    AnnotationKind.ARROW: t("MeasurementPanel", "Arrow"),
    AnnotationKind.TEXT: t("MeasurementPanel", "Text"),
    AnnotationKind.CALIBRATION: t("MeasurementPanel", "Calibration"),
}


class MeasurementRow(QAbstractButton):
    """One result in two lines, and the way to delete it."""

    delete_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("measurementRow")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tokens = theme.tokens()
        self._title = label(kind="")
        self._value = label(kind="strong")
        self._detail = label(kind="small", tone="secondary", wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._detail.setSizePolicy(policy)          # long words never make the panel wider than it is
        self._delete = icon_button("trash-2", self.tr("Delete this measurement"), self.delete_requested.emit)
        first = QHBoxLayout()
        first.setSpacing(tokens.space_xs + 2)
        first.addWidget(self._title)
        first.addWidget(self._value, 1)
        first.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.space_l, tokens.space_s, tokens.space_s, tokens.space_s)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(self._detail)

    def show_result(self, title: str, value: str, detail: str, is_selected: bool) -> None:
        self._title.setText(title)
        self._value.setText(value)
        self._detail.setText(detail)
        self.setAccessibleName(" ".join(part for part in (title, value, detail) if part))
        self.setToolTip(self.tr("Go to the image"))
        restyle(self, "selected", is_selected)

    def paintEvent(self, event: object) -> None:
        """Background and text come from the style sheet and the labels."""
        from PySide6.QtWidgets import QStyle, QStyleOption, QStylePainter

        option = QStyleOption()
        option.initFrom(self)
        QStylePainter(self).drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)

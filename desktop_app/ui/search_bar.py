"""The search bar: one text field, a date, a modality, a description. Every change is a new StudyQuery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QDate, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from desktop_app.core.dates import date_text
from desktop_app.core.query import StudyQuery
from desktop_app.core.words import t
from desktop_app.ui import theme
from desktop_app.ui.widgets import button, restyle

_DICOM = "yyyyMMdd"
_MODALITIES = ("CT", "MR", "PT", "US", "CR", "DX", "MG", "NM", "XA", "RF", "OT", "SR")


@dataclass(frozen=True, slots=True)
class DatePreset:
    """A named stretch of days that ends today. `first` and `last` count back from today."""

    text: str
    first: int
    last: int = 0

    def range(self, today: QDate) -> tuple[str, str]:
        return today.addDays(-self.first).toString(_DICOM), today.addDays(-self.last).toString(_DICOM)


DATE_PRESETS: tuple[DatePreset, ...] = (
    DatePreset(t("SearchBar", "Today"), 0),
    DatePreset(t("SearchBar", "Yesterday"), 1, 1),
    DatePreset(t("SearchBar", "Last 7 days"), 6),
    DatePreset(t("SearchBar", "Last 30 days"), 29),
)


class FilterButton(QPushButton):
    """A button that shows what is chosen, and a menu to choose from. A chosen filter is framed in the accent."""

    def __init__(self, empty_text: str, tip: str) -> None:
        super().__init__()
        self._empty_text = empty_text
        self.setProperty("kind", "field")
        self.setProperty("set", "false")
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(QMenu(self))
        self.show_choice("")

    def show_choice(self, text: str) -> None:
        self.setText(text or self._empty_text)
        self.setAccessibleName(self.text())
        restyle(self, "set", "true" if text else "false")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 46, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame by the style; text and arrow by hand, because a style with a menu centres them."""
        tokens = theme.tokens()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(tokens.colour("text" if self.property("set") == "true" else "secondary"))
        room = self.rect().adjusted(12, 0, -28, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        arrow = theme.pixmap("chevron-down", 14, "secondary", self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 25, (self.height() - 14) // 2, arrow)

    def offer(self, texts: list[tuple[str, Callable[[], object]]]) -> list[QAction]:
        """Fills the menu with choices of which one holds."""
        group = QActionGroup(self)
        made = []
        for text, chosen in texts:
            action = QAction(text, group, checkable=True)
            action.triggered.connect(lambda _checked=False, chosen=chosen: chosen())
            self.menu().addAction(action)
            made.append(action)
        return made


class SearchBar(QFrame):
    """Emits the query as it is typed; `search_requested` when someone wants the answer now."""

    query_edited = Signal(object)               # StudyQuery
    search_requested = Signal()
    range_requested = Signal()                  # the two dates are asked for in a dialog
    leave_requested = Signal()                  # down to the table

    def __init__(self, search_key: str, today: Callable[[], QDate] = QDate.currentDate) -> None:
        super().__init__()
        self._today = today
        self._query = StudyQuery()
        self.setObjectName("searchBar")

        self.text = self._field(self.tr("Name, ID, accession or description"), self.tr("Search in all studies"), 180)
        self.text.setToolTip(self.tr("Name, ID, accession number or description  (%s)") % search_key)
        cross = QAction(theme.icon("x", "secondary"), self.tr("Clear the search text"), self.text)
        cross.triggered.connect(self.text.clear)
        self.text.addAction(cross, QLineEdit.ActionPosition.TrailingPosition)
        cross.setVisible(False)                 # only now: the field's button follows changes, not the beginning
        self.text.textChanged.connect(lambda text: cross.setVisible(bool(text)))
        for made in self.text.findChildren(QToolButton):
            made.setAccessibleName(cross.text())
        self.description = self._field(self.tr("Description"), self.tr("Study description"), 90)
        self.description.setToolTip(self.tr("Study description; * stands for anything"))
        self.description.setMaximumWidth(190)

        self.date = FilterButton(self.tr("Any date"), self.tr("When the study was made"))
        self._any_date, *self._presets, self._range = self.date.offer([
            (self.tr("Any date"), lambda: self._edit(date_from="", date_to="")),
            *((self.tr(preset.text), lambda preset=preset: self._choose(preset)) for preset in DATE_PRESETS),
            (self.tr("From … to …"), self.range_requested.emit),
        ])
        self.modality = FilterButton(self.tr("Modality"), self.tr("Studies that contain this modality"))
        self._modality_actions = dict(zip(("", *_MODALITIES), self.modality.offer([
            (self.tr("Any modality"), lambda: self._edit(modality="")),
            *((name, lambda name=name: self._edit(modality=name)) for name in _MODALITIES),
        ]), strict=True))
        self.clear_button = button(self.tr("Clear"), self.clear, kind="quiet", tip=self.tr("Clear all filters"))
        self.search_button = button(self.tr("Search"), self.search_requested.emit, kind="primary",
                                    tip=self.tr("Ask the archive now  (Enter)"))

        row = QHBoxLayout(self)
        tokens = theme.tokens()
        row.setContentsMargins(tokens.space_l, tokens.space_m, tokens.space_l, tokens.space_m)
        row.setSpacing(tokens.space_s)
        row.addWidget(self.text, 1)
        for part in (self.date, self.modality, self.description, self.clear_button, self.search_button):
            row.addWidget(part)
        self.show_query(StudyQuery())

    def show_query(self, query: StudyQuery) -> None:
        """Shows a query without emitting; what is being typed is left alone."""
        self._query = query
        for field, value in ((self.text, query.text), (self.description, query.description.strip("*"))):
            if field.text().strip() != value:
                with QSignalBlocker(field):
                    field.setText(value)
        self._show_dates(query)
        self.modality.show_choice(query.modality)
        chosen = self._modality_actions.get(query.modality)
        if chosen is not None:
            chosen.setChecked(True)
        self.clear_button.setVisible(query != StudyQuery())

    def clear(self) -> None:
        if self._query != StudyQuery():
            self.query_edited.emit(StudyQuery())
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_range(self, date_from: str, date_to: str) -> None:
        """Two DICOM dates, either may be empty; the wrong way round they are exchanged."""
        if date_from and date_to and date_from > date_to:
            date_from, date_to = date_to, date_from
        self._edit(date_from=date_from, date_to=date_to)

    @property
    def dates(self) -> tuple[str, str]:
        return self._query.date_from, self._query.date_to

    def keyPressEvent(self, event: object) -> None:
        key = event.key()  # type: ignore[attr-defined]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_requested.emit()
        elif key == Qt.Key.Key_Down:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _field(self, placeholder: str, name: str, width: int) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name)
        field.setMinimumWidth(width)
        field.setAcceptDrops(False)             # files that are dropped here are for the archive, not for the field
        field.textEdited.connect(lambda _text: self._typed())
        field.textChanged.connect(lambda text, field=field: self._cleared(field) if not text else None)
        return field

    def _typed(self) -> None:
        words = self.description.text().strip()
        self._edit(text=self.text.text().strip(), description=f"*{words.strip('*')}*" if words.strip("*") else "")

    def _cleared(self, field: QWidget) -> None:
        if field in (self.text, self.description):       # the field's own × emits no textEdited
            self._typed()

    def _edit(self, **changes: str) -> None:
        query = replace(self._query, **changes)
        if query != self._query:
            self.show_query(query)
            self.query_edited.emit(query)

    def _choose(self, preset: DatePreset) -> None:
        first, last = preset.range(self._today())
        self._edit(date_from=first, date_to=last)

    def _show_dates(self, query: StudyQuery) -> None:
        dates = (query.date_from, query.date_to)
        today = self._today()
        for preset, action in zip(DATE_PRESETS, self._presets, strict=True):
            if dates == preset.range(today):
                action.setChecked(True)
                self.date.show_choice(self.tr(preset.text))
                return
        if not any(dates):
            self._any_date.setChecked(True)
            self.date.show_choice("")
            return
        self._range.setChecked(True)
        first, last = (date_text(date) for date in dates)
        self.date.show_choice(f"{first} – {last}" if first and last else
                              self.tr("from %s") % first if first else self.tr("until %s") % last)

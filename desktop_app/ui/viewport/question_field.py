"""QuestionField: asks for the words of a drawing beside it, on the image."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.annotation import AnnotationKind
from desktop_app.ui.widgets import restyle
from desktop_app.viewmodels.pen import ImageView, Pen

_WIDTH, _GAP = 220, 12


class QuestionField(QLineEdit):
    """Shown while the pen has a question. Enter answers, Esc and a click elsewhere do not."""

    def __init__(self, pen: Pen, view: ImageView, parent: QWidget) -> None:
        super().__init__(parent)
        self._pen, self._view = pen, view
        self.setObjectName("questionField")
        self.setAccessibleName(self.tr("Text of the drawing"))
        self.setFixedWidth(_WIDTH)
        self.hide()
        self.returnPressed.connect(self._answer)
        self.textEdited.connect(lambda _text: restyle(self, "tone", ""))
        pen.asked.connect(self._refresh)

    def _refresh(self) -> None:
        asked = self._pen.question
        if asked is None:
            if self.isVisible():
                self.hide()
                self.parentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        is_calibration = asked.kind is AnnotationKind.CALIBRATION
        self.setText(f"{asked.true_length_mm:g} mm" if asked.true_length_mm else asked.text)
        self.setPlaceholderText(self.tr("True length: 50 mm, 5 cm") if is_calibration else self.tr("Text"))
        self.setAccessibleName(self.tr("True length of the line") if is_calibration else self.tr("Text of the drawing"))
        restyle(self, "tone", "")
        self.place()
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Beside the drawing, inside the viewport."""
        asked, transform = self._pen.question, self._view.transform()
        if asked is None or transform is None:
            return
        x, y = max(transform.to_view(*point) for point in asked.points)
        room = self.parentWidget().size()
        self.adjustSize()
        self.move(
            round(min(max(x + _GAP, 0), max(room.width() - _WIDTH - _GAP, 0))),
            round(min(max(y - self.height() / 2, 0), max(room.height() - self.height(), 0))),
        )

    def _answer(self) -> None:
        if not self._pen.answer(self.text()):
            restyle(self, "tone", "error")
            self.setToolTip(self.tr("Type a length as 50 mm or 5 cm"))
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._pen.dismiss()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Esc is a shortcut of the window; here it only leaves the field.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) \
                and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return True
        return super().event(event)

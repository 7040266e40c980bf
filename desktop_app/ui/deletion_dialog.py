"""The question before a deletion, which names patient, study and count; then how far it is."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QProgressBar, QWidget

from desktop_app.core.deletion import Level
from desktop_app.ui import theme
from desktop_app.ui.dialogs import Dialog
from desktop_app.ui.widgets import button, label
from desktop_app.viewmodels.deletion import Deletion, DeletionState


class DeletionDialog(Dialog):
    """Esc means no while it is asked; while it is deleted, Esc leaves it to go on without the dialog."""

    def __init__(self, parent: QWidget | None, deletion: Deletion) -> None:
        super().__init__(parent, deletion.title, width=520)
        self._deletion = deletion
        self._closed = False
        tokens = theme.tokens()
        form = QFormLayout()
        form.setSpacing(tokens.space_s)
        self.patient = label(deletion.patient, kind="strong", wrap=True)
        self.study = label(deletion.study_text, wrap=True)
        self.what = label(deletion.what, wrap=True)
        self.count = label(wrap=True)
        form.addRow(label(self.tr("Patient"), tone="secondary"), self.patient)
        form.addRow(label(self.tr("Study"), tone="secondary"), self.study)
        if deletion.what:
            kind = self.tr("Series") if deletion.target.level is Level.SERIES else self.tr("Image")
            form.addRow(label(kind, tone="secondary"), self.what)
        form.addRow(label(self.tr("Archive"), tone="secondary"), label(deletion.store.name, wrap=True))
        form.addRow(label(self.tr("To be deleted"), tone="secondary"), self.count)
        self.column.addLayout(form)
        self.remark = label(wrap=True, tone="caution")
        self.column.addWidget(self.remark)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the deletion"))
        self.column.addWidget(self.bar)
        self.no = button(self.tr("Keep"), self._leave, kind="primary")
        self.yes = button(self.tr("Delete"), deletion.confirm, kind="danger")
        self.stop = button(self.tr("Stop"), deletion.cancel, kind="danger",
                           tip=self.tr("Stop deleting; what is gone stays gone"))
        self.add_buttons(self.yes, self.stop, self.no)
        deletion.changed.connect(self._show)
        deletion.ended.connect(self._end)
        self.finished.connect(lambda _code: self._left())
        self._show()

    def _show(self) -> None:
        deletion, state = self._deletion, self._deletion.state
        looking, asking = state is DeletionState.LOOKING, state is DeletionState.ASKING
        deleting = state is DeletionState.DELETING
        self.count.setText(self.tr("counting…") if looking else "–" if state is DeletionState.REFUSED
                           else deletion.count_text)
        said = deletion.error or (deletion.offer.remark if deletion.offer is not None else "")
        if asking:
            said = " ".join(part for part in (self.tr("This cannot be undone."), said) if part)
        self.remark.setText(said)
        self.remark.setVisible(bool(said))
        self.bar.setVisible(looking or deleting)
        known = deleting and deletion.progress.total > 0
        self.bar.setRange(0, deletion.progress.total if known else 0)
        self.bar.setValue(deletion.progress.done if known else 0)
        self.yes.setVisible(asking)
        self.stop.setVisible(deleting)
        self.no.setText(self.tr("Keep") if asking or looking else self.tr("Close") if not deleting
                        else self.tr("Go on in the background"))
        self.no.setAccessibleName(self.no.text())
        self.no.setToolTip(self.no.text())

    def _leave(self) -> None:
        self.reject()

    def _end(self) -> None:
        if not self._closed:
            self.accept()

    def _left(self) -> None:
        self._closed = True
        if self._deletion.state is not DeletionState.DELETING:
            self._deletion.cancel()

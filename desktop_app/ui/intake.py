"""Intake: what is dropped on the window or pasted into it, and where it goes: to an archive, or into a study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QImage

from desktop_app.core.listed_study import ListedStudy
from desktop_app.core.making import FileToMake, is_makeable
from desktop_app.core.store import Store

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.ui.study_table import StudyTable
    from desktop_app.viewmodels.models import Models
    from desktop_app.viewmodels.viewer import ViewerModel


@dataclass(frozen=True, slots=True)
class Taken:
    """What a drop or the clipboard holds: files for an archive, files that may become DICOM in a study, or the file
    that names a study's objects (a manifest)."""

    files: tuple[Path, ...] = ()
    to_make: tuple[FileToMake, ...] = ()
    manifest: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.to_make or self.manifest)


class Intake(QObject):
    """Of one window. `front` is the study in front, None on the worklist, whose rows are in `table`."""

    def __init__(
        self, window: QWidget, models: Models, table: StudyTable, front: Callable[[], ViewerModel | None]
    ) -> None:
        super().__init__(window)
        self._window, self._models, self._table, self._front = window, models, table, front

    def study_at(self, place: QPoint | None = None) -> ListedStudy | None:
        """The study in front; on the worklist the one under `place` (of the window), or the selected one without."""
        viewer = self._front()
        if viewer is not None:
            return ListedStudy(viewer.study, viewer.store)
        worklist, table = self._models.worklist, self._table
        return worklist.selected if place is None else table.listed_at(table.viewport().mapFrom(self._window, place))

    def look(self, data: QMimeData, target: ListedStudy | None) -> Taken:
        """What would be taken, and as what; pictures become DICOM only where there is a study for them."""
        paths = dropped_paths(data)
        if self._models.manifests.may_take(paths, self._models.archives.selected):
            return Taken(manifest=paths[0])
        if target is None:
            return Taken(tuple(paths))
        to_make = tuple(FileToMake(path) for path in paths if is_makeable(path))
        files = tuple(path for path in paths if not is_makeable(path))
        if not paths and data.hasImage():
            to_make = (_picture(data, self.tr("pasted picture")),)
        return Taken(files, to_make)

    def refusal(self, taken: Taken, target: ListedStudy | None) -> str:
        """Why nothing can be uploaded there; empty when it can."""
        archives = self._models.archives
        if taken.manifest is not None:
            return ""
        if taken.to_make and target is not None:
            return next((row.upload_refusal for row in archives.rows if row.store.key == target.store.key), "")
        return archives.receiver(target).upload_refusal

    def receiver(self, target: ListedStudy | None) -> Store:
        """The archive that files go to."""
        return self._models.archives.receiver(target).store

    def take(self, taken: Taken, target: ListedStudy | None) -> None:
        models = self._models
        if taken.manifest is not None:
            models.manifests.take(taken.manifest, models.archives.selected)
        if taken.to_make and target is not None:
            models.makings.begin(target.store, target.study, taken.to_make)
        if taken.files:
            models.uploads.drop(list(taken.files), self.receiver(target),
                                ask_always=models.settings.value.show_before_upload)

    def paste(self) -> bool:
        """Takes what the clipboard holds; False when that is nothing that could be taken."""
        target = self.study_at()
        taken = self.look(QGuiApplication.clipboard().mimeData(), target)
        if not taken or self.refusal(taken, target):
            return False
        self.take(taken, target)
        return True


def dropped_paths(data: QMimeData) -> Sequence[Path]:
    """The files and folders of this machine in a drop; empty when it holds none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def _picture(data: QMimeData, name: str) -> FileToMake:
    """A picture without a file. It is coded later, on another thread: that takes its time."""
    image = QImage(data.imageData())

    def read() -> bytes:
        target = QByteArray()
        buffer = QBuffer(target)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(target.data())

    return FileToMake(Path(name), read)

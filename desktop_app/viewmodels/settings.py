"""SettingsModel: the one owner of what the user chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.core.settings import Settings


class SettingsModel(QObject):
    """`save` keeps the value beyond this start."""

    changed = Signal()

    def __init__(
        self, value: Settings, save: Callable[[Settings], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._save = save

    def change(self, **changes: Any) -> None:
        """Other values for some fields; silent when they are the same."""
        fresh = replace(self.value, **changes)
        if fresh != self.value:
            self.value = fresh
            self._save(fresh)
            self.changed.emit()

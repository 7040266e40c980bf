"""SettingsModel: the one owner of what the user chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.core.policy import Policy
from desktop_app.core.settings import Settings


class SettingsModel(QObject):
    """`value` is what holds: what the user chose, as far as `policy` leaves the choice. `save` keeps the choice beyond
    this start; what the policy lays down is never saved, so that it ends with the policy."""

    changed = Signal()

    def __init__(
        self, value: Settings, save: Callable[[Settings], object], policy: Policy = Policy(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.policy = policy
        self.value = policy.apply(value)
        self._chosen = value
        self._save = save

    def change(self, **changes: Any) -> None:
        """Other values for some fields; silent when they are the same."""
        chosen = replace(self._chosen, **{name: to for name, to in changes.items() if not self.policy.is_locked(name)})
        if chosen != self._chosen:
            self._chosen = chosen
            self.value = self.policy.apply(chosen)
            self._save(chosen)
            self.changed.emit()

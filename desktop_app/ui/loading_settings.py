"""The part of the settings that is about loading: how much is kept, how many transfers at once, when to give up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpinBox, QWidget

from desktop_app.core.sizes import size_text
from desktop_app.ui import theme
from desktop_app.ui.widgets import CheckBox, button, label
from desktop_app.viewmodels.models import Models

_GB = 10**9
_MOST_MEMORY_GB, _MOST_DISK_GB = 1024, 10_000
_LEAST_AT_ONCE, _MOST_AT_ONCE = 4, 128
_LEAST_IDLE_S, _MOST_IDLE_S = 5, 600


class LoadingSettingsPart(QWidget):
    """What is changed here holds at once."""

    def __init__(self, models: Models) -> None:
        super().__init__()
        self._models = models
        value = models.settings.value
        self.memory = self._spin(0, _MOST_MEMORY_GB, round(value.frame_cache_bytes / _GB), self.tr(" GB"),
                                 self.tr("Images in memory"), self.tr("automatic"))
        self.memory.setToolTip(self.tr("Automatic is a quarter of the memory, from the next start on"))
        self.disk = self._spin(0, _MOST_DISK_GB, round(value.disk_cache_bytes / _GB), self.tr(" GB"),
                               self.tr("Images on this disk"), self.tr("none"))
        self.disk.setToolTip(self.tr("Encrypted. Where nothing was kept, it begins with the next start."))
        self.at_once = self._spin(_LEAST_AT_ONCE, _MOST_AT_ONCE, value.loading.transfers_at_once, "",
                                  self.tr("Transfers at once, at most"))
        self.at_once.setToolTip(self.tr("How many there are finds itself out, for each archive"))
        self.idle = self._spin(_LEAST_IDLE_S, _MOST_IDLE_S, value.loading.idle_timeout_s, self.tr(" s"),
                               self.tr("Break off after silence of"))
        self.hover = CheckBox(self.tr("Begin to load a study when the pointer rests on it in the worklist"))
        self.hover.setToolTip(self.tr("Its first images; it ends when the pointer leaves"))
        self.hover.setChecked(value.loading.on_hover)
        self.wipe = button(self.tr("Remove all images kept on this computer"), models.network.wipe_cache,
                           icon="trash-2", tip=self.tr("The key to them is forgotten: nobody can read them any more"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.tokens().space_s)
        for number, spin in enumerate((self.memory, self.at_once, self.disk, self.idle)):
            grid.addWidget(label(spin.accessibleName(), tone="secondary", wrap=True), number // 2, number % 2 * 2)
            grid.addWidget(spin, number // 2, number % 2 * 2 + 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.hover, 2, 0, 1, 4)
        self._kept = label(kind="small", tone="secondary")
        row = QHBoxLayout()
        row.setSpacing(theme.tokens().space_m)
        row.addWidget(self.wipe)
        row.addWidget(self._kept, 1)
        grid.addLayout(row, 3, 0, 1, 4)
        self.memory.valueChanged.connect(lambda gb: models.settings.change(frame_cache_bytes=gb * _GB))
        self.disk.valueChanged.connect(lambda gb: models.settings.change(disk_cache_bytes=gb * _GB))
        self.at_once.valueChanged.connect(lambda number: self._change(transfers_at_once=number))
        self.idle.valueChanged.connect(lambda seconds: self._change(idle_timeout_s=seconds))
        self.hover.toggled.connect(lambda on: self._change(on_hover=on))
        for widget, setting in ((self.memory, "frame_cache_bytes"), (self.disk, "disk_cache_bytes"),
                                (self.at_once, "loading"), (self.idle, "loading"), (self.hover, "loading")):
            if models.settings.policy.is_locked(setting):
                widget.setEnabled(False)
                widget.setToolTip(self.tr("Laid down by the administrator of this workplace"))
        models.network.changed.connect(self._show_kept)
        self._show_kept()

    @property
    def kept(self) -> str:
        return self._kept.text()

    def _spin(self, least: int, most: int, value: int, unit: str, name: str, nothing: str = "") -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(least, most)
        spin.setValue(value)
        spin.setSuffix(unit)
        spin.setSpecialValueText(nothing)
        spin.setAccessibleName(name)
        spin.setKeyboardTracking(False)             # a number that is being typed holds when it is whole
        spin.setFixedWidth(110)
        spin.lineEdit().setTextMargins(theme.tokens().space_s, 0, 0, 0)
        return spin

    def _change(self, **changes: Any) -> None:
        settings = self._models.settings
        settings.change(loading=replace(settings.value.loading, **changes))

    def _show_kept(self) -> None:
        kept = self._models.network.kept_bytes
        self._kept.setText(size_text(kept) if kept else self.tr("nothing is kept"))

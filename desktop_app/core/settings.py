"""Settings: what the user chose, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.store import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered between two starts. Holds no secrets."""

    archives: tuple[Store, ...] = ()
    selected_archive: str = ""               # Store.key
    frame_cache_bytes: int = 0               # 0: a quarter of the memory
    level_drag_down_is_darker: bool = True

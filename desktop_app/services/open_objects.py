"""OpenObjects: what was fetched or read and may still have frames to be decoded, under one budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from desktop_app.services.frame_parts import Part
from desktop_app.services.wanted import InstanceKey

if TYPE_CHECKING:
    from desktop_app.imaging.decode import DicomObject

    Opened = DicomObject | Part


class OpenObjects:
    """Encoded objects and parts of them by the transfer that brought them, the longest unused first."""

    def __init__(self) -> None:
        self._objects: dict[InstanceKey, Opened] = {}
        self.nbytes = 0

    def __contains__(self, key: object) -> bool:
        return key in self._objects

    def __len__(self) -> int:
        return len(self._objects)

    def __iter__(self) -> Iterator[InstanceKey]:
        return iter(list(self._objects))

    def items(self) -> list[tuple[InstanceKey, Opened]]:
        return list(self._objects.items())

    def get(self, key: InstanceKey) -> Opened | None:
        return self._objects.get(key)

    def use(self, key: InstanceKey) -> Opened:
        """The object, which is the latest used now. Raises KeyError."""
        opened = self._objects[key] = self._objects.pop(key)
        return opened

    def put(self, key: InstanceKey, opened: Opened) -> None:
        self.drop(key)
        self._objects[key] = opened
        self.nbytes += opened.nbytes

    def drop(self, key: InstanceKey) -> None:
        opened = self._objects.pop(key, None)
        if opened is not None:
            self.nbytes -= opened.nbytes

    def shrink(self, budget_bytes: int, may_go: Callable[[InstanceKey], bool]) -> None:
        """Keeps within the budget: of what may go, the oldest goes; the latest stays in any case."""
        for key in list(self._objects)[:-1]:
            if self.nbytes <= budget_bytes:
                return
            if may_go(key):
                self.drop(key)

    def clear(self) -> None:
        self._objects.clear()
        self.nbytes = 0

"""Notices: quiet sentences about what happened, with what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import LightboxError, user_text

_KEPT = 5


class NoticeKind(StrEnum):
    INFO = "info"
    GOOD = "good"
    CAUTION = "caution"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence. `key` makes it replace an earlier one about the same thing."""

    text: str
    kind: NoticeKind = NoticeKind.INFO
    detail: str = ""
    action_text: str = ""
    action: Callable[[], None] | None = field(default=None, compare=False)
    key: str = ""


class Notices(QObject):
    """Those that are shown now, newest last."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Notice, ...] = ()

    def post(self, notice: Notice) -> None:
        kept = [
            item
            for item in self.items
            if not (notice.key and item.key == notice.key) and item.text != notice.text
        ]
        while len(kept) >= _KEPT:           # what somebody is asked stays longest: the answer is waited for
            kept.remove(next((item for item in kept if item.action is None), kept[0]))
        self.items = (*kept, notice)
        self.changed.emit()

    def post_error(
        self, error: BaseException, what: str = "", retry: Callable[[], None] | None = None
    ) -> None:
        """Says an error; `what` names the thing it happened to."""
        text = f"{what}: {user_text(error)}" if what else user_text(error)
        detail = error.detail if isinstance(error, LightboxError) else repr(error)
        self.post(
            Notice(text, NoticeKind.ERROR, detail, self.tr("Try again") if retry else "", retry, key=what)
        )

    def dismiss(self, notice: Notice) -> None:
        self.items = tuple(item for item in self.items if item is not notice and item != notice)
        self.changed.emit()

    def withdraw(self, key: str) -> None:
        """Takes back what is no longer true."""
        if any(item.key == key for item in self.items):
            self.items = tuple(item for item in self.items if item.key != key)
            self.changed.emit()

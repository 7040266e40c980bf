"""Dialects: what each archive turned out to accept, remembered on disk, so that nothing is found out twice.

A memory of a month at most: servers are renewed, and what they refused once they may take then. The file holds
addresses of archives, habits of servers and notes; no patient data, no credentials.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app.core.deletion import DeletionWay
from desktop_app.core.errors import DiskError
from desktop_app.core.store import Store, System
from desktop_app.dicomweb.dialect import Dialect, IncludeField, Knowledge
from desktop_app.dicomweb.presets import dialect_for
from desktop_app.services.settings_file import write_whole

_log = logging.getLogger(__name__)

_REMEMBERED = timedelta(days=30)
_SAVE_AFTER_S = 1.0
_MOST = 500                             # archives; the ones learned of first go


class Dialects:
    """One Knowledge per archive. Lives on the network thread; without a file nothing outlives the program."""

    def __init__(self, file: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file, self._now = file, now
        self._kept: dict[str, tuple[datetime, Dialect]] = _read(file) if file is not None else {}
        self._known: dict[str, Knowledge] = {}
        self._saving: asyncio.Task[None] | None = None

    def of(self, store: Store) -> Knowledge:
        """What is known of an archive: remembered, else what documents say of its system."""
        known = self._known.get(store.key)
        if known is None:
            known = self._known[store.key] = Knowledge(self._first(store), lambda new: self._learned(store, new))
        return known

    def forget(self, store: Store) -> None:
        """The archive is met anew, by those too who talk to it already."""
        self._kept.pop(store.key, None)
        if store.key in self._known:
            self._known[store.key].dialect = dialect_for(store.url, store.system)
        self._save_soon()

    async def close(self) -> None:
        """What was learned last is written too."""
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.gather(self._saving, return_exceptions=True)
            await self._save()

    def _first(self, store: Store) -> Dialect:
        beginning = dialect_for(store.url, store.system)
        learned_at, kept = self._kept.get(store.key, (None, beginning))
        if learned_at is None or self._now() - learned_at > _REMEMBERED or kept.system is not beginning.system:
            return beginning
        return kept

    def _learned(self, store: Store, dialect: Dialect) -> None:
        learned_at, _ = self._kept.pop(store.key, (self._now(), dialect))
        self._kept[store.key] = learned_at, dialect
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        self._save_soon()

    def _save_soon(self) -> None:
        if self._file is not None and (self._saving is None or self._saving.done()):
            self._saving = asyncio.get_running_loop().create_task(self._save_later())

    async def _save_later(self) -> None:
        await asyncio.sleep(_SAVE_AFTER_S)
        await self._save()

    async def _save(self) -> None:
        if self._file is None:
            return
        archives = {key: {"learned": at.isoformat(), **_plain(dialect)} for key, (at, dialect) in self._kept.items()}
        text = json.dumps({"version": 1, "archives": archives}, indent=1)
        try:
            await asyncio.to_thread(write_whole, self._file, text)
        except DiskError as error:      # it will be learned again
            _log.warning("what was learned of the archives could not be kept: %s", error.user_text)


def _plain(dialect: Dialect) -> dict[str, Any]:
    """Only what differs from a server of which nothing is known."""
    plain, default = asdict(dialect), asdict(Dialect())
    return {name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in plain.items() if value != default[name]}


def _read(file: Path) -> dict[str, tuple[datetime, Dialect]]:
    try:
        archives = json.loads(file.read_text(encoding="utf-8"))["archives"]
        return {str(key): found for key, raw in archives.items() if (found := _entry(raw)) is not None}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _entry(raw: Any) -> tuple[datetime, Dialect] | None:
    try:
        learned_at = datetime.fromisoformat(raw["learned"])
        default = Dialect()
        values = {field.name: _value(raw[field.name], getattr(default, field.name))
                  for field in fields(Dialect) if field.name in raw}
        return learned_at, replace(default, **values)
    except (ValueError, KeyError, TypeError):
        return None


def _value(raw: Any, default: Any) -> Any:
    """A value of the kind that belongs there. Raises ValueError or TypeError."""
    if isinstance(default, IncludeField | System | DeletionWay):
        return type(default)(raw)
    if isinstance(default, frozenset):
        return frozenset(_text(item) for item in raw)
    if isinstance(default, tuple):
        return tuple((_text(item[0]), _text(item[1])) if isinstance(item, list) else _text(item) for item in raw)
    wanted = (int, bool, type(None)) if default is None else (type(default),)
    if not isinstance(raw, wanted):
        raise TypeError(raw)
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError(raw)
    return raw

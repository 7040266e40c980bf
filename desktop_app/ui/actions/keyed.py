"""The table of actions with the keys that the user has: of a ready set, with changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

from desktop_app.core.key_set import Claim, resolved
from desktop_app.core.settings import Settings
from desktop_app.ui.actions.action import Action, Scope
from desktop_app.viewmodels.key_sets import key_set

_PLACES = {
    Scope.ANYWHERE: frozenset({"viewer", "table"}),
    Scope.VIEWER: frozenset({"viewer"}),
    Scope.TABLE: frozenset({"table"}),
}


def claims(table: Mapping[str, Action]) -> tuple[Claim, ...]:
    return tuple(Claim(row.id, _PLACES[row.scope], row.keys) for row in table.values())


@cache
def normal_key(key: str) -> str:
    """One spelling for each key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def keyed(table: Mapping[str, Action], settings: Settings) -> Mapping[str, Action]:
    """The rows with their keys in force. `table` holds them with the keys of Lightbox's own set."""
    keys = resolved(claims(table), key_set(settings.shortcuts), settings.shortcut_changes, normal_key)
    return MappingProxyType({
        row.id: row if row.keys == keys[row.id] else replace(row, keys=keys[row.id]) for row in table.values()})

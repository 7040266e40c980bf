"""Values as text and back: frozen dataclasses as JSON, read tolerantly."""

from __future__ import annotations

import json
import math
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_text(value: Any) -> str:
    """A value of dataclasses, tuples, enumerations, numbers and texts as one line of JSON. Raises ValueError."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def from_text(kind: type[T], text: str) -> T:
    """The value of that kind. Fields that are missing have their default, fields that are not known are passed over.

    Raises ValueError where the text is none of this kind.
    """
    try:
        return cast(T, _build(kind, json.loads(text)))
    except (TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(f"no {kind.__name__}") from error


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _build(kind: Any, raw: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if raw is None else _build(options[0], raw)
    if origin is tuple:
        return _build_tuple(get_args(kind), raw)
    if is_dataclass(kind):
        if not isinstance(raw, dict):
            raise ValueError("no object")
        hints = _hints(cast(type, kind))
        return kind(**{name: _build(hints[name], raw[name]) for name in hints if name in raw})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    if kind is float:
        number = float(raw) if type(raw) in (int, float) else math.nan
        if not math.isfinite(number):
            raise ValueError("no finite number")
        return number
    if type(raw) is not kind:
        raise ValueError(f"no {kind.__name__}")
    return raw


def _build_tuple(parts: tuple[Any, ...], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise ValueError("no list")  # noqa: TRY004 - as json says it of what it cannot read
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_build(parts[0], item) for item in raw)
    return tuple(_build(part, item) for part, item in zip(parts, raw, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}

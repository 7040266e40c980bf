"""Dates and times made comparable (PS3.5 6.2; range matching PS3.4 C.2.2.2.5).

A day is `YYYYMMDD`, a time of day twelve digits `HHMMSSffffff`, a date-time both together: text that sorts as time
does. A value of less precision stands for the whole span it names: `10` as a time is 10:00:00 to 10:59:59.999999.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_LAST_DAY, _LAST_TIME = "99991231", "235959999999"
_FIRST_DAY, _FIRST_TIME = "00010101", "000000000000"
_DATE_TIME = re.compile(r"(\d{4,14})(?:\.(\d{1,6}))?([+-](?:0\d|1[0-4])[0-5]\d)?")


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, both inclusive, of one VR. `is_range`: written with a hyphen, maybe open at one end."""

    low: str
    high: str
    is_range: bool = False

    def contains(self, value: str) -> bool:
        return self.low <= value <= self.high


def parse_span(vr: str, text: str) -> Span:
    """A DA, TM or DT key as a span. Raises ValueError when it is none."""
    if single := _PARSERS[vr](text):
        return single
    cuts = [at for at, char in enumerate(text) if char == "-"]
    for cut in cuts:
        low, high = text[:cut].strip(), text[cut + 1:].strip()
        first = _PARSERS[vr](low) if low else Span(_FIRST[vr], _FIRST[vr])
        last = _PARSERS[vr](high) if high else Span(_LAST[vr], _LAST[vr])
        if first and last and (low or high):
            return Span(first.low, last.high, is_range=True)
    raise ValueError(f"{text!r} is no value or range of VR {vr}")


def normalised(vr: str, text: str) -> str | None:
    """A DA, TM or DT value of a file, made comparable; None when it cannot be read. It counts by its beginning."""
    span = _PARSERS[vr](text.strip())
    return span.low if span else None


def _parse_day(text: str) -> Span | None:
    digits = text.replace(".", "") if len(text) == 10 else text         # ACR-NEMA wrote 1997.10.24
    if not digits.isdigit() or not digits.isascii() or len(digits) not in (4, 6, 8):
        return None
    return Span(digits + "0101"[len(digits) - 4:], digits + "1231"[len(digits) - 4:])


def _parse_time(text: str) -> Span | None:
    clock, _, fraction = text.replace(":", "").partition(".")
    digits = clock + fraction[:6]
    if not digits.isdigit() or not digits.isascii() or len(clock) not in (2, 4, 6) or (fraction and len(clock) != 6):
        return None
    return Span(digits + _FIRST_TIME[len(digits):], digits + _LAST_TIME[len(digits):])


def _parse_date_time(text: str) -> Span | None:
    found = _DATE_TIME.fullmatch(text)
    if not found:
        return None
    digits, fraction, offset = found.groups()
    day = _parse_day(digits[:8])
    clock = digits[8:] + (f".{fraction}" if fraction else "")
    time = _parse_time(clock) if clock else Span(_FIRST_TIME, _LAST_TIME)
    if day is None or time is None:
        return None
    return Span(_to_utc(day.low + time.low, offset), _to_utc(day.high + time.high, offset))


def _to_utc(moment: str, offset: str | None) -> str:
    if not offset:
        return moment
    try:
        local = datetime.strptime(moment, "%Y%m%d%H%M%S%f")             # noqa: DTZ007 - made aware by hand below
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
        utc = local - shift if offset[0] == "+" else local + shift
    except (ValueError, OverflowError):
        return moment
    return f"{utc:%Y%m%d%H%M%S%f}".rjust(20, "0")


_PARSERS = {"DA": _parse_day, "TM": _parse_time, "DT": _parse_date_time}
_FIRST = {"DA": _FIRST_DAY, "TM": _FIRST_TIME, "DT": _FIRST_DAY + _FIRST_TIME}
_LAST = {"DA": _LAST_DAY, "TM": _LAST_TIME, "DT": _LAST_DAY + _LAST_TIME}

"""DICOM dates and times (PS3.5 6.2 DA, TM) as people read them."""

from __future__ import annotations

from desktop_app.core.words import say, t

_MONTHS = (
    t("core", "Jan"), t("core", "Feb"), t("core", "Mar"), t("core", "Apr"), t("core", "May"), t("core", "Jun"),
    t("core", "Jul"), t("core", "Aug"), t("core", "Sep"), t("core", "Oct"), t("core", "Nov"), t("core", "Dec"))


def date_text(date: str) -> str:
    """`20260104` → `04 Jan 2026`; the old form `2026.01.04` too; anything else as it stands."""
    digits = date.replace(".", "").strip()
    if len(digits) != 8 or not digits.isdigit() or not 1 <= int(digits[4:6]) <= 12:
        return date.strip()
    return say("core", "{day} {month} {year}").format(
        day=digits[6:8], month=say("core", _MONTHS[int(digits[4:6]) - 1]), year=digits[:4])


def time_text(time: str) -> str:
    """`091205.123` → `09:12`; empty for anything that is no time."""
    digits = time.replace(":", "").strip()
    return f"{digits[:2]}:{digits[2:4]}" if len(digits) >= 4 and digits[:4].isdigit() else ""

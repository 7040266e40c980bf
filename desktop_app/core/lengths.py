"""A length as a person types it."""

from __future__ import annotations

import math
import re

_MM = {"": 1.0, "mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, '"': 25.4}
_FORM = re.compile(r"\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(mm|cm|m|in|\")?\s*", re.IGNORECASE)
_LONGEST_MM = 10_000.0


def parse_length_mm(text: str) -> float | None:
    """`50`, `50 mm`, `5 cm`, `2,5cm` in millimetres; None for what is no length above zero and below ten metres."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    length = float(found.group(1).replace(",", ".")) * _MM[(found.group(2) or "").lower()]
    return length if math.isfinite(length) and 0 < length <= _LONGEST_MM else None

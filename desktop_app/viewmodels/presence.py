"""What is known of an image of a series: one byte each, in a row for all of them."""

from __future__ import annotations

MISSING, HERE, FAILED = 0, 1, 2

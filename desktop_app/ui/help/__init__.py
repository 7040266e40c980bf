"""The help: a window of pages that lie with the program; nothing is fetched from anywhere."""

from __future__ import annotations

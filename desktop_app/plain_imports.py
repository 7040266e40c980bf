"""Qt, imported so that Python's own import stays in force."""

from __future__ import annotations

import builtins


def import_qt_plainly() -> None:
    """Imports QtCore and puts Python's own `__import__` back.

    PySide6 puts another in its place, which reads the source text of every module that anyone imports afterwards, to
    see whether it says `__feature__`. Nothing here does, and it takes a fifth of the time of all imports.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain

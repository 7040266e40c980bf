"""Slots that keep nothing alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakMethod, ref

from PySide6.QtCore import QObject
from shiboken6 import isValid

Q = TypeVar("Q", bound=QObject)


def weakly(method: Callable[[Q], object], subject: Q) -> Callable[[], None]:
    """`method(subject)` of an object as a slot for signals of the subject.

    A lambda would hold both; when it is the last to hold a QObject, that one is destroyed in the middle of the end of
    the signal's sender, and the process with it.
    """
    known, call = ref(subject), WeakMethod(method)

    def run() -> None:
        found, found_call = known(), call()
        if found is not None and found_call is not None and isValid(found):
            found_call(found)

    return run

"""What a running program holds, counted again and again, and whether any of it grows.

Threads, handles, widgets and the like are whole numbers that a leak only raises: what holds steady has, after the
warm-up, a low of its last third that is no higher than the high of its first. Memory breathes (pools, arenas, caches),
so its typical values are compared, of the last third and the one before.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

# How much more the last third may hold than the one before it: what fills up slowly is no leak of each round.
_MORE_MEMORY, _MORE_OBJECTS = 1.05, 1.01


@dataclass(frozen=True, slots=True)
class Sample:
    """One look, in a moment when nothing is under way. `memory_kb` is what the process has of the system's, `heap_kb`
    what of it is in use by C and C++; `threads` are all of the process, Qt's too."""

    memory_kb: int
    heap_kb: int
    threads: int
    handles: int
    widgets: int
    qt_objects: int
    python_objects: int
    tasks: int


def take(tasks: int, roots: Sequence[QObject] = ()) -> Sample:
    """Counts what this process holds (Linux tells of handles and memory; elsewhere they are 0). `roots`: whose children
    are counted too, beside those of the windows."""
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    _give_back()
    everything = [child for root in (*QApplication.topLevelWidgets(), *roots) for child in root.findChildren(QObject)]
    qt_objects = len(everything)
    del everything
    return Sample(
        _memory_kb(), _heap_kb(), _count(Path("/proc/self/task")) or threading.active_count(),
        _count(Path("/proc/self/fd")),
        len(QApplication.allWidgets()), qt_objects, len(gc.get_objects()), tasks)


def kinds() -> Counter[str]:
    """How many there are of each class: of widgets all, of other things those that Python looks after."""
    from PySide6.QtWidgets import QApplication

    gc.collect()
    widgets = Counter(f"widget {one.metaObject().className()} in {_parents(one)}" for one in QApplication.allWidgets())
    return widgets + Counter(type(one).__qualname__ for one in gc.get_objects())


def _parents(widget: QWidget) -> str:
    parent = widget.parent()
    return parent.metaObject().className() if parent is not None else "nothing"


def grown(samples: list[Sample], warm_up: int) -> dict[str, tuple[int, int]]:
    """What grew after so many samples of warm-up: how much there was earlier, and in the last third.

    Raises ValueError where there are too few to tell.
    """
    steady = [asdict(sample) for sample in samples[warm_up:]]
    third = len(steady) // 3
    if third < 2:
        raise ValueError("too few samples to tell")
    found = {}
    for name in (field.name for field in fields(Sample)):
        is_memory = name in ("memory_kb", "heap_kb")
        earlier = steady[third:-third] if is_memory else steady[:third]
        before, after = ([sample[name] for sample in part] for part in (earlier, steady[-third:]))
        if is_memory:
            is_more = median(after) > median(before) * _MORE_MEMORY
        else:
            is_more = min(after) > max(before) * (_MORE_OBJECTS if name == "python_objects" else 1)
        if is_more:
            found[name] = round(median(before)), round(median(after))
    return found


def slope(samples: list[Sample], name: str) -> float:
    """Growth of each sample over the one before, by least squares."""
    values = [asdict(sample)[name] for sample in samples]
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    over = sum((place - middle) * (value - mean) for place, value in enumerate(values))
    return float(over / sum((place - middle) ** 2 for place in range(len(values))))


def _give_back() -> None:
    """What is free goes back to the system, where the C library can be asked for it: what is left is in use."""
    import ctypes

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def _memory_kb() -> int:
    """What no file stands behind: pages of libraries come as they are first used, and are no leak."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon:")), 0)


def _heap_kb() -> int:
    """By glibc's own books; 0 where there are none."""
    import ctypes

    class Info(ctypes.Structure):
        _fields_ = [(name, ctypes.c_size_t) for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]

    ask = getattr(ctypes.CDLL(None), "mallinfo2", None) if os.name == "posix" else None
    if ask is None:
        return 0
    ask.restype = Info
    info = ask()
    return int(info.uordblks + info.hblkhd) // 1024


def _count(folder: Path) -> int:
    try:
        return len(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return 0

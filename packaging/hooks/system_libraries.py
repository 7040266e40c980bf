"""Run before the program: loads what a bare system lacks from what we brought along.

The graphics card's own libGL must win where there is one, so ours lie in a folder that the loader does not search, and
are loaded only if the system has none. A library that is loaded serves every later one that asks for its name.
"""

import ctypes
import os
import sys
from pathlib import Path

# In the order in which they need each other.
_NAMES = ("libxcb.so.1", "libGLdispatch.so.0", "libGLX.so.0", "libGL.so.1", "libEGL.so.1")


def _load() -> None:
    folder = Path(sys._MEIPASS) / "fallback"
    for name in _NAMES:
        try:
            ctypes.CDLL(name, ctypes.RTLD_GLOBAL)
        except OSError:
            if (folder / name).exists():
                ctypes.CDLL(str(folder / name), ctypes.RTLD_GLOBAL)


if sys.platform.startswith("linux"):
    _load()
    if not Path("/etc/fonts/fonts.conf").exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(Path(sys._MEIPASS) / "fallback" / "fonts.conf"))

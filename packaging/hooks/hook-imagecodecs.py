"""imagecodecs loads its codecs by name when they are first asked for: takes along those that the program names."""

from __future__ import annotations

import re
from pathlib import Path

import imagecodecs.imagecodecs as table

_PROGRAM = Path(__file__).resolve().parents[2] / "desktop_app"
_ALWAYS = {"_imcd", "_shared", "_shared_cython"}          # what the others call

named = {
    name for path in _PROGRAM.rglob("*.py")
    for name in re.findall(r"\bimagecodecs\.([a-z]\w+)", path.read_text(encoding="utf-8"))
}
modules = {table._ATTRIBUTES[name] for name in named if name in table._ATTRIBUTES} | _ALWAYS
hiddenimports = ["imagecodecs.imagecodecs", *(f"imagecodecs.{module}" for module in sorted(modules))]

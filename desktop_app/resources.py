"""Where the `resources` folder lies: beside the code in a checkout, inside the package when installed."""

from __future__ import annotations

import sys
from pathlib import Path


def resource_root() -> Path:
    """The folder of icons, fonts, tables and samples. Raises FileNotFoundError when it is not there."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)          # a program made by PyInstaller unpacks its data here
    places = [package / "_resources", package.parent / "resources"]
    if frozen:
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The resources folder of Lightbox is missing at {places[0]}. Install it again.")


def resource_path(*parts: str) -> Path:
    """The path of one resource, `resource_path("icons", "open.svg")`. It need not exist."""
    return resource_root().joinpath(*parts)

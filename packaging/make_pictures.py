"""Makes the pictures of the help from those of a tour: cut to what a page speaks of, and shrunk.

    python packaging/make_pictures.py build/tour [de]

The second argument is the language in which the tour was taken, where it is not English.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

HELP = Path(__file__).resolve().parents[1] / "resources" / "help"
_WIDEST = 1320              # twice the column of the help window: sharp on a monitor with two pixels for one
_QUALITY = 84
_COLOURS = 128
_LINE = "#2A333F"


@dataclass(frozen=True)
class Cut:
    """`step` is a picture of the tour without its number; `box` what is taken of it, as left, top, right, bottom."""

    step: str
    box: tuple[int, int, int, int] | None = None
    is_framed: bool = False             # a dialog has the ground of the page it is shown on


# A JPEG for images, a PNG with few colours for words.
CUTS = {
    "reading.jpg": Cut("measure"),
    "measure.jpg": Cut("measure", (560, 52, 1600, 760)),
    "compare.jpg": Cut("side-by-side"),
    "linked.jpg": Cut("cross-reference-held"),
    "worklist.png": Cut("all-studies", (0, 0, 1600, 560)),
    "add-archive.png": Cut("how-to-add-an-archive-dialog", is_framed=True),
    "upload.png": Cut("drop-files-what-goes-where", is_framed=True),
    "tray.png": Cut("uploaded", (0, 934, 900, 1000), is_framed=True),
    "export.png": Cut("export-export", is_framed=True),
}


def main(tour: Path, language: str = "") -> None:
    pictures = HELP / language / "pictures"
    for name, cut in CUTS.items():
        found = next((path for path in sorted(tour.glob("*.png")) if path.stem.split("-", 1)[1] == cut.step), None)
        if found is None:
            sys.exit(f"The tour in {tour} has no picture of “{cut.step}”. Run `make tour` first.")
        picture = Image.open(found).convert("RGB")
        picture = picture.crop(cut.box) if cut.box else picture
        if cut.is_framed:
            picture = ImageOps.expand(picture, 1, _LINE)
        if picture.width > _WIDEST:
            height = round(picture.height * _WIDEST / picture.width)
            picture = picture.resize((_WIDEST, height), Image.Resampling.LANCZOS)
        target = pictures / name
        if target.suffix == ".jpg":
            picture.save(target, quality=_QUALITY, optimize=True, progressive=True)
        else:
            picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        print(f"{target.stat().st_size / 1000:7.0f} kB  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/tour"), *sys.argv[2:3])

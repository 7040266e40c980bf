"""The reference table: file → shape, dtype, chosen stored values and the greys they are shown with.

`python -m tests.unit.imaging.pixel_reference` writes it anew, and AGREEMENT.md with it. What it holds was not believed
but compared when it was made: the stored values with pydicom's decoders (test_manifest.py), the greys with DCMTK
(tests/integration/test_pixels_dcmtk.py). A change in either file is to be explained by whoever makes it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from pydicom.uid import UID

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Frame
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.render import render
from desktop_app.services.codec_process import CodecProcess
from tests.unit.imaging.manifest import digest, manifest

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data" / "dicom"
TABLE, AGREEMENT = HERE / "pixel_reference.csv", HERE / "AGREEMENT.md"
_FIELDS = ("file", "frames", "shape", "dtype", "stored", "greys")
# (row, column) in sixteenths of the image: inside, off the axes of symmetry.
_PLACES = ((3, 5), (5, 11), (7, 8), (8, 7), (11, 4), (12, 13))
_MANY_ALIKE = ("theibsi", "CTHead", "charset_files")


@dataclass(frozen=True)
class Reference:
    """One row; `stored` and `greys` are of the last frame (the first would not notice a wrong offset)."""

    file: str
    frames: int
    shape: str
    dtype: str
    stored: str
    greys: str


def files() -> list[str]:
    """Every file that holds an image; of long series of like slices every tenth."""
    with (DATA / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["decode"].startswith("n/a")]
    return [row["file"] for row in rows
            if not any(word in row["file"] for word in _MANY_ALIKE) or Path(row["file"]).stem.endswith("0")]


def reference(name: str) -> Reference | None:
    """The row of a file, None where it cannot be shown."""
    try:
        obj = open_instance(DATA / name)
        frame = decode_frame(obj, obj.frame_count)
    except DicomError:
        return None
    return Reference(name, obj.frame_count, "×".join(map(str, frame.pixels.shape)), str(frame.pixels.dtype),
                     _values(frame, frame.pixels), _values(frame, render(frame)))


def _values(frame: Frame, pixels: np.ndarray) -> str:
    chosen = [pixels[row * frame.rows // 16, column * frame.columns // 16] for row, column in _PLACES]
    return " ".join("/".join(map(str, value.tolist())) if value.ndim else f"{value:.8g}" for value in chosen)


def read_table() -> dict[str, Reference]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {row["file"]: Reference(row["file"], int(row["frames"]), row["shape"], row["dtype"], row["stored"],
                                       row["greys"]) for row in csv.DictReader(file)}


def agreement() -> str:
    """What is decoded, by transfer syntax and by SOP class, as Markdown."""
    with (DATA / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    by_syntax: dict[str, Counter[str]] = defaultdict(Counter)
    by_class: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        outcome = _outcome(row)
        by_class[row["sop_class"] or "(none given)"][outcome] += 1
        if outcome != "opened":
            by_syntax[row["transfer_syntax_uid"]][outcome] += 1
    lines = ["# What is decoded", "",
             "Made by `python -m tests.unit.imaging.pixel_reference` from the files in `tests/data/dicom`, and held to "
             "them by `test_reference.py`.", "",
             "“Compared” are the files whose every stored value was compared with what pydicom's decoders "
             "give. The grey levels of every greyscale file, those of lossy JPEG too, are compared with DCMTK's in "
             "four windows by `tests/integration/test_pixels_dcmtk.py`.", "",
             "| transfer syntax | decoder | files | shown | not shown | compared | equal |",
             "|---|---|---:|---:|---:|---:|---:|"]
    for uid in sorted(by_syntax):
        counts = by_syntax[uid]
        same = [digest(row.file) == row.pixel_md5 for row in manifest() if row.syntax == uid and row.is_comparable]
        lines.append(f"| {_name(uid)} | {_codec(uid)} | {counts.total()} | {counts['shown']} | {counts['refused']} "
                     f"| {len(same)} | {sum(same)} |")
    lines += ["", "| SOP class | files | shown | opened, no image in it | not shown |", "|---|---:|---:|---:|---:|"]
    for name in sorted(by_class):
        counts = by_class[name]
        label = _name(name) if name[0].isdigit() else name
        shown, opened, refused = (counts[outcome] or "" for outcome in ("shown", "opened", "refused"))
        lines.append(f"| {label} | {counts.total()} | {shown} | {opened} | {refused} |")
    return "\n".join(lines) + "\n"


def _outcome(row: dict[str, str]) -> str:
    try:
        obj = open_instance(DATA / row["file"])
        if obj.is_video:
            with closing(CodecProcess()) as codecs:
                codecs.read_video(obj, obj.frame_count)
        else:
            decode_frame(obj)
    except DicomError:
        return "opened" if row["decode"].startswith("n/a") else "refused"
    return "shown"


def _name(uid: str) -> str:
    younger = {"1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",     # than pydicom's dictionary
               "1.2.840.10008.5.1.4.1.1.66.7": "Label Map Segmentation Storage"}
    return f"{younger.get(uid, UID(uid).name)} ({uid})" if uid else "(none given)"


def _codec(uid: str) -> str:
    """Who decodes it."""
    tail = uid.rsplit(".", 1)[-1]
    table = {"50": "libjpeg-turbo", "51": "libjpeg-turbo", "53": "libjpeg-turbo", "55": "libjpeg-turbo",
             "57": "libjpeg-turbo", "70": "libjpeg-turbo", "80": "CharLS", "81": "CharLS", "90": "OpenJPEG",
             "91": "OpenJPEG", "201": "OpenJPEG", "203": "OpenJPEG", "102": "FFmpeg of OpenCV (extra)",
             "107": "FFmpeg of OpenCV (extra)"}
    if uid.startswith("1.2.840.10008.1.2.4."):
        return table.get(tail, "–")
    return {"1.2.840.10008.1.2.5": "PackBits", "1.2.840.10008.1.2.8.1": "zlib",
            "1.2.840.10008.1.2.1.99": "zlib, native"}.get(uid, "native")


def main() -> None:
    rows = [row for name in files() if (row := reference(name)) is not None]
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_FIELDS)
        writer.writerows([getattr(row, field) for field in _FIELDS] for row in rows)
    AGREEMENT.write_text(agreement(), encoding="utf-8")


if __name__ == "__main__":
    pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
    main()

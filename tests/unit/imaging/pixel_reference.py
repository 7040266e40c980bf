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
from pydicom.pixels import get_decoder, pixel_array
from pydicom.uid import UID

from desktop_app.core.errors import DicomError
from desktop_app.core.frame import Frame
from desktop_app.imaging import pydicom_plugin
from desktop_app.imaging.decode import DicomObject, decode_frame, open_instance
from desktop_app.imaging.render import render
from desktop_app.services.codec_process import CodecProcess
from tests.integration import test_pixels_dcmtk
from tests.unit.imaging.manifest import LOSSY, Row, digest, manifest

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "data" / "dicom"
TABLE, AGREEMENT = HERE / "pixel_reference.csv", HERE / "AGREEMENT.md"
_FIELDS = ("file", "frames", "shape", "dtype", "stored", "greys")
# (row, column) in sixteenths of the image: inside, off the axes of symmetry.
_PLACES = ((3, 5), (5, 11), (7, 8), (8, 7), (11, 4), (12, 13))
_MANY_ALIKE = ("theibsi", "CTHead", "charset_files")
_LOSSY_TOO = {f"1.2.840.10008.1.2.4.{n}" for n in (81, 91, 203)}
_OTHERS = {("1.2.840.10008.1.2.5", "pylibjpeg"): "pylibjpeg-rle", ("", "pylibjpeg"): "pylibjpeg-openjpeg",
           ("", "pydicom"): "pydicom itself", ("", "pillow"): "Pillow"}
# Where another decoder gives other values, and why that is no fault here.
_DIFFER = {"SC_rgb_jpeg_lossy_gdcm.dcm": "it holds YCbCr and its dataset says RGB, which Pillow believes",
           "TOSHIBA_J2K_SIZ1_PixRep0.dcm": "signed in the stream and unsigned in the dataset; OpenJPEG gives the same"}


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
    by_dcmtk = Counter(row["transfer_syntax_uid"] for row in rows if row["file"] in greys_by_dcmtk())
    lines = ["# What is decoded", "",
             "Made by `python -m tests.unit.imaging.pixel_reference` from the files in `tests/data/dicom`, and held to "
             "them by `test_reference.py`.", "",
             "“Compared” are the files whose every stored value was compared with what pydicom's decoders "
             "give. “Greys by DCMTK” are those whose grey levels `tests/integration/test_pixels_dcmtk.py` compares "
             "with DCMTK's in four windows (lossy JPEG too; of long series every tenth slice): all agree to one level. "
             "libjpeg-turbo, CharLS, OpenJPEG and PackBits are those inside imagecodecs.", "",
             "| transfer syntax | decoder | files | shown | not shown | compared | equal | greys by DCMTK |",
             "|---|---|---:|---:|---:|---:|---:|---:|"]
    for uid in sorted(by_syntax):
        counts = by_syntax[uid]
        same = [digest(row.file) == row.pixel_md5 for row in manifest() if row.syntax == uid and row.is_comparable]
        lines.append(f"| {_name(uid)} | {_codec(uid)} | {counts.total()} | {counts['shown']} | {counts['refused']} "
                     f"| {len(same)} | {sum(same)} | {by_dcmtk[uid] or ''} |")
    lines += ["", "The same frames by other decoders, which pydicom asks. They agree where every stored value (of "
              "deeper colours the upper byte) is equal, or, in lossy transfer syntaxes, differs by no more than 2.", "",
              "| transfer syntax | decoder | other decoder | files | agree | differ | it cannot read |",
              "|---|---|---|---:|---:|---:|---:|"]
    for (uid, other), found in sorted(side_by_side().items()):
        lines.append(f"| {_name(uid)} | {_codec(uid)} | {other} | {found.total()} | {found['agree']} "
                     f"| {found['differ'] or ''} | {found['refused'] or ''} |")
    lines += ["", *(f"- {name} differs: {why}." for name, why in _DIFFER.items())]
    lines += ["", "| SOP class | files | shown | opened, no image in it | not shown |", "|---|---:|---:|---:|---:|"]
    for name in sorted(by_class):
        counts = by_class[name]
        label = _name(name) if name[0].isdigit() else name
        shown, opened, refused = (counts[outcome] or "" for outcome in ("shown", "opened", "refused"))
        lines.append(f"| {label} | {counts.total()} | {shown} | {opened} | {refused} |")
    return "\n".join(lines) + "\n"


def greys_by_dcmtk() -> frozenset[str]:
    """The files whose greys the test with DCMTK compares: decoded here, grey, in whole numbers, and read by it too."""
    chosen = [str(Path(path).relative_to(DATA)) for (path,) in (one.values for one in test_pixels_dcmtk._selected())
              if Path(path).name not in test_pixels_dcmtk._NOT_BY_DCMTK]
    known = read_table()
    return frozenset(name for name in chosen if name in known and "float" not in known[name].dtype)


def side_by_side() -> dict[tuple[str, str], Counter[str]]:
    """(transfer syntax, other decoder) → how many files `agree`, `differ`, or are `refused` by the other one."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in manifest():
        try:
            plugins = get_decoder(UID(row.syntax)).available_plugins
            obj = open_instance(row.path)
            ours = decode_frame(obj, obj.frame_count).pixels.astype(int)
        except (NotImplementedError, ValueError, DicomError):
            continue
        if row.is_colour and row.photometric not in ("RGB", "YBR_RCT", "YBR_ICT"):
            continue                                    # its samples are converted here, and raw there
        for plugin in plugins:
            if plugin == pydicom_plugin.LABEL:
                continue
            other = _OTHERS.get((row.syntax, plugin)) or _OTHERS.get(("", plugin), plugin)
            outcome = _as_theirs(row, plugin, obj, ours)
            assert outcome != "differ" or row.path.name in _DIFFER, f"{row.file}: {other} gives other values"
            found[row.syntax, other][outcome] += 1
    return found


def _as_theirs(row: Row, plugin: str, obj: DicomObject, ours: np.ndarray) -> str:
    try:
        theirs = pixel_array(row.path, index=obj.frame_count - 1, raw=True, decoding_plugin=plugin)
    except Exception:                                   # every decoder has its own
        return "refused"
    theirs = theirs >> (8 * theirs.itemsize - 8) if row.is_colour else theirs
    most = 2 if row.syntax in LOSSY | _LOSSY_TOO else 0
    return "agree" if theirs.shape == ours.shape and np.abs(theirs.astype(int) - ours).max() <= most else "differ"


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

"""Makes `resources/samples` from the files as their publishers gave them, so that the origin of every sample is clear.

    python packaging/make_samples.py --ct-abdomen DIR --sts-001 DIR --mr-thigh DIR --radiograph FILE
                                     --ultrasound FILE --enhanced-mr FILE --to resources/samples

Where it helps, pixels are compressed with JPEG-LS lossless (1.2.840.10008.1.2.4.80): every viewer and DCMTK read it.
Identifiers and attributes stay as they are. Every written file is read again and compared with its source, pixel by
pixel and attribute by attribute. Sources and licences: `resources/samples/LICENSES.md`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.filewriter import write_file_meta_info

JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80"
MOST_BYTES = 25 * 1000 * 1000
_CHANGED_TAGS = frozenset((0x7FE00010,))


def compressed(source: Path, target: Path) -> None:
    """The same object with its one native frame in JPEG-LS lossless."""
    dataset = pydicom.dcmread(source)
    pixels = native_pixels(dataset)
    # JPEG-LS knows no sign: the bit patterns are coded as they are, and Pixel Representation says how to read them.
    coded = without_spiff(imagecodecs.jpegls_encode(pixels.view(np.uint16)))
    dataset.PixelData = encapsulate([coded])
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.UID(JPEG_LS_LOSSLESS)
    dataset.save_as(target, implicit_vr=False, little_endian=True, enforce_file_format=True)
    check(source, target)


def without_spiff(coded: bytes) -> bytes:
    """The codestream from Start of Image straight to its frame header: what describes the image is in the data set."""
    start, spiff, frame_header = b"\xff\xd8", b"\xff\xe8", b"\xff\xf7"
    if not coded.startswith(start + spiff):
        return coded
    return start + coded[coded.index(frame_header):]


def native_pixels(dataset: Dataset) -> np.ndarray:
    """The stored values of a single-frame, 16-bit, uncompressed object, rows by columns."""
    if dataset.BitsAllocated != 16 or dataset.BitsStored != 16 or dataset.SamplesPerPixel != 1:
        raise ValueError("only 16-bit grey values fill JPEG-LS samples exactly")
    dtype = "<i2" if dataset.PixelRepresentation else "<u2"
    count = dataset.Rows * dataset.Columns
    return np.frombuffer(dataset.PixelData, dtype, count).reshape(dataset.Rows, dataset.Columns)


def check(source: Path, target: Path) -> None:
    """Raises ValueError when the written file says anything else than its source."""
    before, after = pydicom.dcmread(source), pydicom.dcmread(target)
    (frame,) = generate_frames(after.PixelData, number_of_frames=1)
    pixels = native_pixels(before)
    if not np.array_equal(imagecodecs.jpegls_decode(frame).view(pixels.dtype), pixels):
        raise ValueError(f"{target.name}: the pixels are not those of the source")
    for tag in {*before.keys(), *after.keys()} - _CHANGED_TAGS:
        if tag not in after or tag not in before or before[tag] != after[tag]:
            raise ValueError(f"{target.name}: {tag} is not that of the source")


def copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def with_right_meta(source: Path, target: Path) -> None:
    """The same bytes behind file meta that names the object inside: its de-identification had left the old UID."""
    dataset = pydicom.dcmread(source, stop_before_pixels=True)
    meta = dataset.file_meta
    begin = 132 + 12 + meta.FileMetaInformationGroupLength
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    with target.open("wb") as file:
        file.write(bytes(128) + b"DICM")
        write_file_meta_info(file, meta)
        file.write(source.read_bytes()[begin:])
    if pydicom.dcmread(source) != pydicom.dcmread(target):
        raise ValueError(f"{target.name}: the data set is not that of the source")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ct-abdomen", type=Path, required=True, help="51 slices of CRLM-CT-1006")
    parser.add_argument("--sts-001", type=Path, required=True, help="folder of STS_001 with CT and PET of the IBSI set")
    parser.add_argument("--mr-thigh", type=Path, required=True, help="59 T1 slices of STS_001")
    parser.add_argument("--radiograph", type=Path, required=True, help="RG3_J2KR.dcm")
    parser.add_argument("--ultrasound", type=Path, required=True, help="examples_ybr_color.dcm")
    parser.add_argument("--enhanced-mr", type=Path, required=True, help="IM-0001-9600-0001.dcm")
    parser.add_argument("--to", type=Path, required=True, help="the folder of the samples")
    given = parser.parse_args()
    plan = [
        *((path, Path("ct-abdomen"), compressed) for path in sorted(given.ct_abdomen.glob("*.dcm"))),
        *((path, Path("sts-001/ct"), compressed) for path in sorted((given.sts_001 / "CT/image").glob("*.dcm"))),
        *((path, Path("sts-001/ct-contours"), copied) for path in sorted((given.sts_001 / "CT/mask").glob("*.dcm"))),
        *((path, Path("sts-001/pet"), copied) for path in sorted((given.sts_001 / "PET/image").glob("*.dcm"))),
        *((path, Path("sts-001/pet-contours"), copied) for path in sorted((given.sts_001 / "PET/mask").glob("*.dcm"))),
        *((path, Path("sts-001/mr"), compressed) for path in sorted(given.mr_thigh.glob("*.dcm"))),
        (given.radiograph, Path("radiograph"), copied),
        (given.ultrasound, Path("ultrasound-loop"), copied),
        (given.enhanced_mr, Path("enhanced-mr"), with_right_meta),
    ]
    for source, folder, write in plan:
        target = given.to / folder / source.name.lower()
        target.parent.mkdir(parents=True, exist_ok=True)
        write(source, target)
    total = sum(path.stat().st_size for path in given.to.rglob("*.dcm"))
    print(f"{len(plan)} files, {total / 1e6:.1f} MB")
    return 0 if total <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())

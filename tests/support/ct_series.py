"""CT series of any length, made of the slices of a real one: 512 × 512 × 16 bit, 0.5 MB each, Explicit Little Endian.

Every slice gets a new SOP Instance UID, the next Instance Number and the next position, so that the result is one
volume without gaps. The pixels are those of the sample CT, again and again.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = (_ROOT / "resources" / "samples", _ROOT / "tests" / "data" / "dicom" / "QIICR__dcmqi")
_SPACING_MM = 1.0


@dataclass(frozen=True)
class CtSeries:
    """What was made: the identifiers and the files in the order of their slices."""

    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uids: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def nbytes(self) -> int:
        return sum(path.stat().st_size for path in self.files)


def make_ct_series(folder: Path, count: int = 600, *, name: str = "ct", edge: int = 512) -> CtSeries:
    """Writes the series to a folder, or finds it there. The same name and count give the same UIDs.

    `edge`: rows and columns; fewer than 512 are cut out of the middle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    study, series = _uid(f"{name} study"), _uid(f"{name} {count} series")
    instances = tuple(_uid(f"{name} {count} instance {number}") for number in range(1, count + 1))
    files = tuple(folder / f"{number:05d}.dcm" for number in range(1, count + 1))
    if not files[-1].exists():
        sources = ct_slices()
        for index, (sop_instance_uid, path) in enumerate(zip(instances, files, strict=True)):
            path.write_bytes(_slice(sources[index % len(sources)], study, series, sop_instance_uid, index, edge))
    return CtSeries(study, series, instances, files)


@functools.cache
def ct_slices() -> tuple[FileDataset, ...]:
    """The slices of the real series, decoded, in the order of their positions."""
    for place in _PLACES:
        if found := sorted(_usable(place), key=lambda dataset: float(dataset.ImagePositionPatient[2])):
            return tuple(_decoded(dataset) for dataset in found)
    raise FileNotFoundError("no CT slices of 512 × 512 in resources/samples or tests/data")


def _usable(place: Path) -> Iterator[FileDataset]:
    for path in sorted(place.rglob("*")) if place.is_dir() else []:
        try:
            header = pydicom.dcmread(path, stop_before_pixels=True)
        except (pydicom.errors.InvalidDicomError, OSError):
            continue
        if header.get("Modality") == "CT" and header.get("Rows") == 512 and "NumberOfFrames" not in header:
            yield pydicom.dcmread(path)


def _decoded(dataset: FileDataset) -> FileDataset:
    if dataset.file_meta.TransferSyntaxUID.is_compressed:
        from desktop_app.imaging.decode import decode_frame, open_instance
        dataset.PixelData = decode_frame(open_instance(Path(dataset.filename))).pixels.tobytes()
    return dataset


def _slice(source: FileDataset, study: str, series: str, sop_instance_uid: str, index: int, edge: int) -> bytes:
    dataset = _own(source, "PixelData", "Rows", "Columns", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID",
                   "InstanceNumber", "ImagePositionPatient", "SliceLocation", "SeriesDescription")
    dataset.Rows, dataset.Columns, dataset.PixelData = source.Rows, source.Columns, source.PixelData
    if edge < source.Rows:
        first = (source.Rows - edge) // 2
        rows = memoryview(source.PixelData).cast("B", (source.Rows, source.Columns * 2))
        dataset.PixelData = b"".join(
            bytes(rows[row : row + 1].tobytes()[first * 2 : (first + edge) * 2]) for row in range(first, first + edge))
        dataset.Rows = dataset.Columns = edge
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study, series
    dataset.SOPInstanceUID = sop_instance_uid
    dataset.InstanceNumber = index + 1
    x, y, _ = (float(value) for value in source.ImagePositionPatient)
    dataset.ImagePositionPatient = [x, y, round(index * _SPACING_MM, 3)]
    dataset.SliceLocation = round(index * _SPACING_MM, 3)
    dataset.SeriesDescription = "Benchmark CT"
    dataset["PixelData"].VR = "OW"
    dataset["PixelData"].is_undefined_length = False
    dataset.file_meta = FileMetaDataset(_own(source.file_meta, "TransferSyntaxUID", "MediaStorageSOPInstanceUID"))
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPInstanceUID = sop_instance_uid
    out = io.BytesIO()
    pydicom.dcmwrite(out, dataset, enforce_file_format=True)
    return out.getvalue()


def _own(source: Dataset, *changed: str) -> Dataset:
    """The same elements, without those that will be changed: setting a value changes the element wherever it is."""
    own = Dataset()
    own.update({element.tag: element for element in source if element.keyword not in changed})
    return own


def _uid(text: str) -> str:
    """A UID below 2.25 (PS3.5 B.2), always the same for the same text."""
    return f"2.25.{int.from_bytes(hashlib.sha256(text.encode()).digest()[:15], 'big')}"

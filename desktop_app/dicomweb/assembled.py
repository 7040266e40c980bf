"""Part 10 objects out of what an archive hands out in pieces: its metadata and its frames, or only a picture.

Some archives have frames and metadata but no instances (pre-written files, gateways); some answer an instance with a
JPEG. Both become objects, so that there is one way to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from desktop_app.core.errors import NotDicom, NotDicomWeb
from desktop_app.core.words import say
from desktop_app.dicomweb.dicom_json import DicomJsonDataset
from desktop_app.dicomweb.media_types import Kind, sniff

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from desktop_app.dicomweb.frame_part import FramePart

NOT_FOR_MEASUREMENT = "Rendered by the archive: not for measurement"
_EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_JPEG_PROCESSES = {0xC0: "1.2.840.10008.1.2.4.50", 0xC1: "1.2.840.10008.1.2.4.51", 0xC3: "1.2.840.10008.1.2.4.70"}
_BY_KIND = {Kind.JPEG_LS: "1.2.840.10008.1.2.4.80", Kind.JPEG_2000: "1.2.840.10008.1.2.4.90",
            Kind.JPEG_XL: "1.2.840.10008.1.2.4.110"}
_RLE_TYPES = frozenset({"image/dicom-rle", "image/x-dicom-rle"})
_PIXELS = frozenset({"7FE00010", "7FE00008", "7FE00009"})


def assemble(metadata: DicomJsonDataset, frames: Sequence[FramePart], bulk: Mapping[str, bytes]) -> bytes:
    """The Part 10 object of a metadata answer and its frames. `bulk`: values that the metadata only point at, by tag.

    What cannot be written is left out: the pixels matter. Raises NotDicomWeb when no object comes out at all. Not for
    an event loop.
    """
    import pydicom
    from pydicom.encaps import encapsulate

    dataset = pydicom.Dataset()
    for tag in metadata.tags:
        if tag in _PIXELS or tag.startswith("0002"):
            continue
        raw = metadata.raw[tag]
        if tag in bulk and isinstance(raw, dict):
            dataset.add_new(int(tag, 16), str(raw.get("vr", "OB")), bulk[tag])
            continue
        try:
            dataset.update(pydicom.Dataset.from_json({tag: raw}, lambda *_: b""))
        except Exception:       # noqa: S112 - pydicom raises what the value makes it
            continue
    syntax = _syntax_of(metadata, frames)
    data = [frame.data for frame in frames]
    if data and syntax == _EXPLICIT_LITTLE:
        pixels = b"".join(data)
        vr = "OW" if dataset.get("BitsAllocated", 8) > 8 else "OB"
        dataset.add_new(0x7FE00010, vr, pixels + b"\0" * (len(pixels) % 2))
    elif data:
        dataset.add_new(0x7FE00010, "OB", encapsulate([frame + b"\0" * (len(frame) % 2) for frame in data]))
        dataset["PixelData"].is_undefined_length = True
    return _written(dataset, syntax)


def picture_as_object(picture: bytes, study_uid: str, series_uid: str, sop_uid: str) -> bytes:
    """A JPEG as a Secondary Capture of these UIDs, without spacing and said to be rendered. Not for an event loop."""
    import pydicom
    from pydicom.encaps import encapsulate

    shape = _jpeg_shape(picture)
    if shape is None:
        raise NotDicom(detail="a picture that is no whole JPEG")
    process, rows, columns, samples, bits = shape
    dataset = pydicom.Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = _SECONDARY_CAPTURE, sop_uid
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study_uid, series_uid
    dataset.Modality, dataset.ConversionType = "OT", "WSD"
    dataset.PatientName, dataset.PatientID = "", ""
    dataset.ImageType = ["DERIVED", "SECONDARY"]
    dataset.DerivationDescription = dataset.ImageComments = NOT_FOR_MEASUREMENT
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = rows, columns, samples
    dataset.PhotometricInterpretation = "MONOCHROME2" if samples == 1 else "YBR_FULL_422"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = (8 if bits <= 8 else 16), bits, bits - 1
    dataset.PixelRepresentation = 0
    if samples > 1:
        dataset.PlanarConfiguration = 0
    dataset.LossyImageCompression = "01"
    dataset.add_new(0x7FE00010, "OB", encapsulate([picture + b"\0" * (len(picture) % 2)]))
    dataset["PixelData"].is_undefined_length = True
    return _written(dataset, process)


def uid_made_of(*parts: str) -> str:
    """The same UID for the same parts (PS3.5 B.2), where an archive does not say one."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()[:16]
    return f"2.25.{int.from_bytes(digest, 'big')}"


def _written(dataset: Dataset, syntax: str) -> bytes:
    import pydicom
    from pydicom.dataset import FileMetaDataset

    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    file = BytesIO()
    try:
        dataset.save_as(file, enforce_file_format=True)
    except Exception as error:          # pydicom raises what the values make it
        raise NotDicomWeb(say(
            "dicomweb", "What the archive says of this object makes no DICOM object."), detail=repr(error)) from error
    return file.getvalue()


def _syntax_of(metadata: DicomJsonDataset, frames: Sequence[FramePart]) -> str:
    """The frames' own word, then their bytes, then what the metadata say."""
    if not frames:
        return _EXPLICIT_LITTLE
    first = frames[0]
    kind = sniff(first.data)
    if first.transfer_syntax_uid:
        return first.transfer_syntax_uid
    if first.media_type in _RLE_TYPES:
        return "1.2.840.10008.1.2.5"
    if kind is Kind.JPEG:
        shape = _jpeg_shape(first.data)
        return shape[0] if shape else _JPEG_PROCESSES[0xC0]
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    said = metadata.text("00083002") or metadata.text("00020010")
    native = first.media_type in ("", "application/octet-stream")
    return _EXPLICIT_LITTLE if native and not said.startswith("1.2.840.10008.1.2.5") else said or _EXPLICIT_LITTLE


def _jpeg_shape(data: bytes) -> tuple[str, int, int, int, int] | None:
    """Transfer syntax, rows, columns, samples and bits of a JPEG by its frame header (ISO 10918-1 B.2.2)."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2:at + 4], "big")
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            bits, samples = data[at + 4], data[at + 9]
            rows, columns = (int.from_bytes(data[at + 5:at + 7], "big"), int.from_bytes(data[at + 7:at + 9], "big"))
            return _JPEG_PROCESSES.get(marker, _JPEG_PROCESSES[0xC0]), rows, columns, samples, bits
        at += 2 + length
    return None

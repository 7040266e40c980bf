"""Small DICOM objects made for a test: nobody's images."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset, write_file_meta_info
from pydicom.uid import UID, ExplicitVRLittleEndian

from desktop_app.core.frame import Frame
from desktop_app.imaging.decode import DicomObject, decode_frame, open_instance

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
DEFLATED = "1.2.840.10008.1.2.1.99"
EXPLICIT = str(ExplicitVRLittleEndian)


def image(pixels: np.ndarray, *, syntax: str = EXPLICIT, frames: int | None = None, encoded: list[bytes] | None = None,
          **attributes: Any) -> bytes:
    """Part 10 bytes of an image. `pixels` is (rows, columns[, 3]) or, with `frames`, has the frames in front."""
    dataset = header(pixels, frames=frames, **attributes)
    if encoded is not None:
        dataset.PixelData = encapsulate(encoded)
        dataset["PixelData"].is_undefined_length = True
        dataset["PixelData"].VR = "OB"
    elif "PixelData" not in attributes and pixels.dtype.kind in "iu":
        dataset.PixelData = _even(pixels.tobytes())
        dataset["PixelData"].VR = "OW" if pixels.dtype.itemsize > 1 else "OB"
    return part10(dataset, syntax)


def header(pixels: np.ndarray, *, frames: int | None = None, **attributes: Any) -> Dataset:
    """The dataset of an image without its pixel data."""
    shape = pixels.shape[1:] if frames is not None else pixels.shape
    bits = pixels.dtype.itemsize * 8
    dataset = Dataset()
    dataset.SOPClassUID = SECONDARY_CAPTURE
    dataset.SOPInstanceUID, dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3.4", "1.2.3", "1.2.3.1"
    dataset.Modality = "OT"
    dataset.Rows, dataset.Columns = shape[0], shape[1]
    dataset.SamplesPerPixel = 3 if len(shape) == 3 else 1
    if len(shape) == 3:
        dataset.PlanarConfiguration = 0
    dataset.PhotometricInterpretation = "RGB" if len(shape) == 3 else "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = bits, bits, bits - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    if frames is not None:
        dataset.NumberOfFrames = frames
    for keyword, value in attributes.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    return dataset


def part10(dataset: Dataset, syntax: str = EXPLICIT) -> bytes:
    """The dataset as a file, whatever it holds."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = UID(syntax)
    meta.MediaStorageSOPClassUID = UID(str(dataset.get("SOPClassUID", SECONDARY_CAPTURE)))
    meta.MediaStorageSOPInstanceUID = UID(str(dataset.get("SOPInstanceUID", "1.2.3.4")))
    start = io.BytesIO()
    write_file_meta_info(start, meta, enforce_standard=True)
    body = DicomBytesIO()           # pydicom refuses to write transfer syntaxes it does not know
    body.is_implicit_VR, body.is_little_endian = syntax == "1.2.840.10008.1.2", syntax != "1.2.840.10008.1.2.2"
    write_dataset(body, dataset)
    written = body.getvalue()
    if syntax == DEFLATED:
        deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        written = deflater.compress(written) + deflater.flush()
    return b"\0" * 128 + b"DICM" + start.getvalue() + written


def opened(data: bytes) -> DicomObject:
    return open_instance(data)


def decoded(data: bytes, frame_number: int = 1) -> Frame:
    return decode_frame(open_instance(data), frame_number)


def _even(data: bytes) -> bytes:
    return data + b"\0" * (len(data) % 2)

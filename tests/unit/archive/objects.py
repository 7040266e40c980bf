"""Small DICOM objects made to measure, and the two ends of multipart messages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset

from desktop_app.dicomweb.multipart import MultipartReader, Part

CT = "1.2.840.10008.5.1.4.1.1.2"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
IMPLICIT_LITTLE, EXPLICIT_LITTLE = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"
DEFLATED, EXPLICIT_BIG = "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"
JPEG_LS = "1.2.840.10008.1.2.4.80"
BOUNDARY = "a-boundary"
MULTIPART_DICOM = f'multipart/related; type="application/dicom"; boundary={BOUNDARY}'
AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*'


def dataset(study: int | str = 1, series: int | str = 1, instance: int | str = 1, **attributes: Any) -> Dataset:
    """A data set without pixels; whole numbers stand for short UIDs. Attributes are set by keyword."""
    made = Dataset()
    made.SOPClassUID = attributes.pop("SOPClassUID", CT)
    made.StudyInstanceUID = study if isinstance(study, str) else f"1.2.{study}"
    made.SeriesInstanceUID = series if isinstance(series, str) else f"{made.StudyInstanceUID}.{series}"
    made.SOPInstanceUID = instance if isinstance(instance, str) else f"{made.SeriesInstanceUID}.{instance}"
    made.InstanceNumber = instance if isinstance(instance, int) else 1
    made.SeriesNumber = series if isinstance(series, int) else 1
    made.Modality = "CT"
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def with_pixels(made: Dataset, pixels: np.ndarray, **attributes: Any) -> Dataset:
    """The data set with native pixels: (rows, columns), (frames, rows, columns) or (rows, columns, 3)."""
    is_colour = pixels.shape[-1] == 3
    shape = pixels.shape[:-1] if is_colour else pixels.shape
    made.Rows, made.Columns = shape[-2:]
    if len(shape) == 3:
        made.NumberOfFrames = shape[0]
    made.SamplesPerPixel = 3 if is_colour else 1
    made.PhotometricInterpretation = "RGB" if is_colour else "MONOCHROME2"
    if is_colour:
        made.PlanarConfiguration = 0
    bits = pixels.dtype.itemsize * 8
    made.BitsAllocated, made.BitsStored, made.HighBit = bits, bits, bits - 1
    made.PixelRepresentation = 1 if pixels.dtype.kind == "i" else 0
    data = pixels.tobytes()
    made.add_new(0x7FE00010, "OW" if bits == 16 else "OB", data + b"\0" * (len(data) % 2))
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def part10(made: Dataset, transfer_syntax_uid: str = EXPLICIT_LITTLE) -> bytes:
    """The data set as a Part 10 file."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = made.SOPClassUID
    meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID
    meta.TransferSyntaxUID = pydicom.uid.UID(transfer_syntax_uid)
    made.file_meta = meta
    target = io.BytesIO()
    pydicom.dcmwrite(target, made, implicit_vr=transfer_syntax_uid == IMPLICIT_LITTLE,
                     little_endian=transfer_syntax_uid != EXPLICIT_BIG, enforce_file_format=True)
    return target.getvalue()


def instance(study: int | str = 1, series: int | str = 1, number: int | str = 1, **attributes: Any) -> bytes:
    """A Part 10 file without pixels."""
    return part10(dataset(study, series, number, **attributes))


def image(study: int = 1, series: int = 1, number: int = 1, edge: int = 16, **attributes: Any) -> bytes:
    """A Part 10 file with a 16-bit image whose values tell its number."""
    pixels = np.full((edge, edge), number, np.uint16)
    return part10(with_pixels(dataset(study, series, number, **attributes), pixels))


def path_of(study: int = 1, series: int | None = None, number: int | None = None) -> str:
    """The resource of a made object: `/studies/1.2.1/series/…`"""
    path = f"/studies/1.2.{study}"
    if series is not None:
        path += f"/series/1.2.{study}.{series}"
    if number is not None:
        path += f"/instances/1.2.{study}.{series}.{number}"
    return path


def message(parts: Iterable[bytes], boundary: str = BOUNDARY, *, closed: bool = True) -> bytes:
    """A multipart body of DICOM parts."""
    body = b"".join(b"--" + boundary.encode() + b"\r\nContent-Type: application/dicom\r\n\r\n" + part + b"\r\n"
                    for part in parts)
    return body + (b"--" + boundary.encode() + b"--\r\n" if closed else b"")


def parts_of(response: httpx.Response) -> list[Part]:
    """The parts of a multipart answer, which must be whole."""
    reader = MultipartReader(response.headers["content-type"])
    parts = reader.feed(response.content) + reader.close()
    assert reader.complete
    assert not reader.notes
    return parts


async def store(client: httpx.AsyncClient, *files: bytes, path: str = "/studies") -> httpx.Response:
    """What the store service answers."""
    return await client.post(path, content=message(files), headers={"Content-Type": MULTIPART_DICOM})


async def search(client: httpx.AsyncClient, path: str, **keys: str) -> list[dict[str, Any]]:
    """The rows of a search that must succeed."""
    response = await client.get(path, params=keys)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/dicom+json"
    return list(response.json())


def values(rows: Sequence[dict[str, Any]], tag: str) -> list[Any]:
    """The first value of an attribute in every row, None where it is empty or absent."""
    return [row.get(tag, {}).get("Value", [None])[0] for row in rows]

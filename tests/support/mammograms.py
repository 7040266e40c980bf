"""Four mammograms with a known truth: drawn by a formula, nobody's images.

No real mammogram of full size has a licence that lets it lie here. These have its size, depth and statistics: a breast
of noisy tissue against a dark background, microcalcifications at known places, 16 bits.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

ROWS, COLUMNS = 4096, 3328
BACKGROUND, TISSUE, CALCIFICATION = 120, 9000, 60000
VIEWS = (("R", "CC"), ("L", "CC"), ("R", "MLO"), ("L", "MLO"))
_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.2"
_EXPLICIT, _JPEG_2000 = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.90"


@dataclass(frozen=True)
class Mammogram:
    """`pixels` is uint16 (rows, columns); `calcifications` are the (row, column) whose value is CALCIFICATION."""

    side: str
    view: str
    pixels: np.ndarray
    calcifications: tuple[tuple[int, int], ...]


def mammogram(number: int, rows: int = ROWS, columns: int = COLUMNS) -> Mammogram:
    """View 0 … 3. The breast touches the left edge of a left one, the right edge of a right one."""
    side, view = VIEWS[number]
    rng = np.random.default_rng(1000 + number)
    y, x = np.ogrid[:rows, :columns]
    inside = ((y - rows / 2) / (rows * 0.42)) ** 2 + (x / (columns * 0.75)) ** 2 < 1
    coarse = rng.normal(0.0, 1.0, (rows // 64 + 1, columns // 64 + 1))
    clouds = np.repeat(np.repeat(coarse, 64, 0), 64, 1)[:rows, :columns]
    noise = rng.integers(-60, 61, (rows, columns), np.int16)
    pixels = np.where(inside, TISSUE + 900 * clouds, BACKGROUND) + noise
    pixels = np.clip(pixels, 0, 65535).astype(np.uint16)
    around = rng.integers(-rows // 25, rows // 25, (12, 2))
    places = tuple((int(rows / 2 + dy), int(columns * 0.2 + dx)) for dy, dx in around)
    for row, column in places:
        pixels[row, column] = CALCIFICATION
    if side == "R":
        pixels = np.ascontiguousarray(pixels[:, ::-1])
        places = tuple((row, columns - 1 - column) for row, column in places)
    return Mammogram(side, view, pixels, places)


def as_dicom(image: Mammogram, *, jpeg_2000: bool = False) -> bytes:
    """A Digital Mammography X-Ray Image for presentation, uncompressed or in lossless JPEG 2000."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.Modality = _FOR_PRESENTATION, "MG"
    number = VIEWS.index((image.side, image.view)) + 1
    dataset.StudyInstanceUID = "1.2.826.0.1.3680043.8.498.77"
    dataset.SeriesInstanceUID = f"{dataset.StudyInstanceUID}.1"
    dataset.SOPInstanceUID = f"{dataset.SeriesInstanceUID}.{number}"
    dataset.PatientName, dataset.PatientID, dataset.InstanceNumber = "PHANTOM^MAMMO", "MG-1", number
    dataset.SeriesNumber, dataset.ImageLaterality, dataset.ViewPosition = 1, image.side, image.view
    dataset.Rows, dataset.Columns = image.pixels.shape
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 16, 15, 0
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.ImagerPixelSpacing, dataset.PresentationLUTShape = [0.07, 0.07], "IDENTITY"
    dataset.WindowCenter, dataset.WindowWidth = 9000, 12000
    if jpeg_2000:
        import imagecodecs

        coded = bytes(imagecodecs.jpeg2k_encode(image.pixels, level=0, reversible=True, codecformat="j2k"))
        dataset.PixelData = encapsulate([coded + b"\0" * (len(coded) % 2)])
        dataset["PixelData"].is_undefined_length = True
        dataset["PixelData"].VR = "OB"
    else:
        dataset.PixelData = image.pixels.tobytes()
        dataset["PixelData"].VR = "OW"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = UID(_JPEG_2000 if jpeg_2000 else _EXPLICIT)
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    written = io.BytesIO()
    dataset.save_as(written, enforce_file_format=True)
    return written.getvalue()

"""A whole-slide pyramid with a known truth: red tells the column, green the row, of the place on the slide."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID

STUDY = "1.2.826.0.1.3680043.8.498.88"
WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"
COLUMNS, ROWS, TILE = 2048, 1536, 256
SHRUNK = (16, 4, 1)


def truth(columns: int, rows: int) -> np.ndarray:
    """RGB (rows, columns, 3) of the slide at this size."""
    pixels = np.zeros((rows, columns, 3), np.uint8)
    pixels[..., 0] = (np.arange(columns) * 256 // columns)[None, :]
    pixels[..., 1] = (np.arange(rows) * 256 // rows)[:, None]
    pixels[..., 2] = 90
    return pixels


def level(shrink: int, *, sparse: bool = False, tile: int = TILE) -> bytes:
    """Part 10 bytes of one level; a sparse one has its tiles in another order and none in the lower right quarter."""
    columns, rows = COLUMNS // shrink, ROWS // shrink
    whole = truth(columns, rows)
    across, down = -(-columns // tile), -(-rows // tile)
    places = [(x * tile, y * tile) for y in range(down) for x in range(across)]
    if sparse:
        places = [place for place in reversed(places) if place[0] < columns / 2 or place[1] < rows / 2]
    tiles = []
    for left, top in places:
        one = np.full((tile, tile, 3), 255, np.uint8)
        part = whole[top : top + tile, left : left + tile]
        one[: part.shape[0], : part.shape[1]] = part
        tiles.append(one.tobytes())
    dataset = Dataset()
    dataset.SOPClassUID, dataset.Modality = WHOLE_SLIDE, "SM"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = STUDY, f"{STUDY}.1"
    dataset.SOPInstanceUID = f"{STUDY}.1.{shrink}"
    dataset.FrameOfReferenceUID = f"{STUDY}.9"
    dataset.PatientName, dataset.PatientID = "PHANTOM^SLIDE", "SM-1"
    dataset.SeriesNumber, dataset.InstanceNumber, dataset.StudyDate = 1, shrink, "20260101"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    dataset.Rows = dataset.Columns = tile
    dataset.NumberOfFrames = len(tiles)
    dataset.TotalPixelMatrixColumns, dataset.TotalPixelMatrixRows = columns, rows
    dataset.DimensionOrganizationType = "TILED_SPARSE" if sparse else "TILED_FULL"
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PlanarConfiguration = 3, "RGB", 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 8, 8, 7, 0
    measures, shared = Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.0005 * shrink, 0.0005 * shrink], 0.004
    shared.PixelMeasuresSequence = [measures]
    dataset.SharedFunctionalGroupsSequence = [shared]
    if sparse:
        dataset.PerFrameFunctionalGroupsSequence = [_placed(left, top) for left, top in places]
    data = b"".join(tiles)
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OB"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = UID("1.2.840.10008.1.2.1")
    dataset.file_meta.MediaStorageSOPClassUID = WHOLE_SLIDE
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    written = io.BytesIO()
    dataset.save_as(written, enforce_file_format=True)
    return written.getvalue()


def write_pyramid(folder: Path, *, sparse: bool = False) -> None:
    for shrink in SHRUNK:
        (folder / f"level-{shrink}.dcm").write_bytes(level(shrink, sparse=sparse))


def _placed(left: int, top: int) -> Dataset:
    place, group = Dataset(), Dataset()
    place.ColumnPositionInTotalImagePixelMatrix, place.RowPositionInTotalImagePixelMatrix = left + 1, top + 1
    group.PlanePositionSlideSequence = [place]
    return group

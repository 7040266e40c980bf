"""Enhanced multi-frame objects: every frame says itself what it is, and its pixels are its number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.tag import Tag
from pydicom.uid import ExplicitVRLittleEndian

ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"
STUDY, SERIES, INSTANCE, FRAME_OF_REFERENCE = (f"1.2.826.0.1.3680043.8.498.7.{number}" for number in range(1, 5))
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
EDGE = 16
STEP = 10                   # between the pixel values of two frames


@dataclass(frozen=True)
class EnhancedFrame:
    """One frame: its place along z in mm, and what sets it apart; None and empty for what it does not say."""

    z: float | None = 0.0
    orientation: Sequence[float] = AXIAL
    b_value: float | None = None
    echo_time: float | None = None
    time: int | None = None
    phase_ms: float | None = None
    stack: str = ""
    kind: tuple[str, ...] = ("ORIGINAL", "PRIMARY", "VOLUME", "NONE")
    component: str = ""
    contrast: str = ""
    index: tuple[int, ...] = ()


def enhanced(
    frames: Sequence[EnhancedFrame], *, dimensions: Sequence[tuple[str, str]] = (), sop_instance_uid: str = INSTANCE,
    series_instance_uid: str = SERIES, number: int = 1, edge: int = EDGE,
) -> bytes:
    """An Enhanced MR object as Part 10 bytes. `dimensions`: (keyword of the pointer, label) of the frames' `index`."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = ENHANCED_MR
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = sop_instance_uid
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = STUDY, series_instance_uid
    dataset.PatientName, dataset.PatientID, dataset.StudyDate, dataset.Modality = "Phantom^Made", "M1", "20260101", "MR"
    dataset.PatientBirthDate = dataset.PatientSex = dataset.StudyTime = dataset.AccessionNumber = ""
    dataset.ReferringPhysicianName = dataset.StudyID = ""
    dataset.SeriesNumber, dataset.InstanceNumber, dataset.SeriesDescription = 5, number, "Enhanced"
    dataset.FrameOfReferenceUID = FRAME_OF_REFERENCE
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    dataset.NumberOfFrames = len(frames)
    dataset.Rows = dataset.Columns = edge
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit, dataset.PixelRepresentation = 15, 0
    dataset.DimensionIndexSequence = [_dimension(keyword, label) for keyword, label in dimensions]
    measures = Dataset()
    measures.PixelSpacing, measures.SliceThickness = [1.0, 1.0], 4.0
    shared = Dataset()
    shared.PixelMeasuresSequence = [measures]
    dataset.SharedFunctionalGroupsSequence = [shared]
    dataset.PerFrameFunctionalGroupsSequence = [_groups(frame) for frame in frames]
    values = np.repeat(STEP * np.arange(1, len(frames) + 1, dtype=np.uint16), edge * edge)
    dataset.PixelData = values.tobytes()
    buffer = io.BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def diffusion(places: int = 5, b_values: Sequence[float] = (0.0, 1000.0)) -> list[EnhancedFrame]:
    """All b-values of a place one after the other, and the places in no order: nothing is right already."""
    shuffled = [*range(1, places, 2), *range(0, places, 2)]
    return [EnhancedFrame(4.0 * place, b_value=value) for place in shuffled for value in b_values]


def _dimension(keyword: str, label: str) -> Dataset:
    item = Dataset()
    item.DimensionIndexPointer = Tag(keyword)
    if label:
        item.DimensionDescriptionLabel = label
    return item


def _groups(frame: EnhancedFrame) -> Dataset:
    groups, content, kind = Dataset(), Dataset(), Dataset()
    if frame.z is not None:
        place, plane = Dataset(), Dataset()
        place.ImagePositionPatient, plane.ImageOrientationPatient = [0.0, 0.0, frame.z], list(frame.orientation)
        groups.PlanePositionSequence, groups.PlaneOrientationSequence = [place], [plane]
    if frame.stack:
        content.StackID = frame.stack
    if frame.time is not None:
        content.TemporalPositionIndex = frame.time
    if frame.index:
        content.DimensionIndexValues = list(frame.index)
    groups.FrameContentSequence = [content]
    kind.FrameType = list(frame.kind)
    if frame.component:
        kind.ComplexImageComponent = frame.component
    groups.MRImageFrameTypeSequence = [kind]
    for sequence, keyword, value in (
        ("MRDiffusionSequence", "DiffusionBValue", frame.b_value),
        ("MREchoSequence", "EffectiveEchoTime", frame.echo_time),
        ("CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime", frame.phase_ms),
        ("ContrastBolusUsageSequence", "ContrastBolusAgentPhase", frame.contrast or None),
    ):
        if value is not None:
            item = Dataset()
            setattr(item, keyword, value)
            setattr(groups, sequence, [item])
    return groups

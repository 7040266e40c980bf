"""Documents and films as DICOM: Encapsulated PDF (PS3.3 A.45.1) and Video Photographic Image (A.32.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.core.errors import CannotDecode
from desktop_app.core.making import StudyContext
from desktop_app.core.words import say, t
from desktop_app.objects.mp4_header import Mp4Video, read_mp4
from desktop_app.objects.new_object import add_content_time, new_object

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1"
_VIDEO_PHOTOGRAPHIC = "1.2.840.10008.5.1.4.1.1.77.1.4.1"
_EXPLICIT = "1.2.840.10008.1.2.1"
_AVC_41, _AVC_42, _HEVC = (f"1.2.840.10008.1.2.4.{end}" for end in (102, 104, 107))
_TITLE = 1024           # of ST

_NO_PDF = t("objects", "The document is damaged, or no PDF.")
_LOCKED_PDF = t("objects", "The document asks for a password. Save it without one first.")
_NO_FILM = t("objects", "The film is damaged, or no MP4.")


@dataclass(frozen=True, slots=True)
class Film:
    """A film whose own bytes may be put in, in this transfer syntax."""

    video: Mp4Video
    transfer_syntax_uid: str


def look_at_pdf(data: bytes) -> int:
    """Its number of pages. Raises CannotDecode when it cannot be opened without a password, or at all."""
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise CannotDecode(say("objects", _NO_PDF))
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = len(document)
        finally:
            document.close()
    except Exception as error:
        text = _LOCKED_PDF if "assword" in str(error) else _NO_PDF
        raise CannotDecode(say("objects", text), detail=type(error).__name__) from error
    if pages == 0:
        raise CannotDecode(say("objects", _NO_PDF))
    return pages


def pdf_object(
    data: bytes, context: StudyContext, *, series_instance_uid: str, series_number: int, instance_number: int,
    description: str, title: str, now: datetime,
) -> Dataset:
    """The document as it is, with its title."""
    dataset = new_object(
        context, sop_class_uid=_ENCAPSULATED_PDF, transfer_syntax_uid=_EXPLICIT, modality="DOC",
        series_instance_uid=series_instance_uid, series_number=series_number, instance_number=instance_number,
        description=description, now=now,
    )
    add_content_time(dataset, now)
    dataset.AcquisitionDateTime = ""
    dataset.ConversionType = "WSD"
    dataset.BurnedInAnnotation = "YES"          # a document is about someone: whether it names them, nobody has looked
    dataset.DocumentTitle = title[:_TITLE]
    dataset.ConceptNameCodeSequence = []
    dataset.MIMETypeOfEncapsulatedDocument = "application/pdf"
    dataset.EncapsulatedDocumentLength = len(data)
    dataset.EncapsulatedDocument = data + b"\0" * (len(data) % 2)
    dataset["EncapsulatedDocument"].VR = "OB"
    return dataset


def look_at_film(data: bytes) -> Film:
    """Whether a film's bytes may stand in DICOM as they are (PS3.5 8.2.7 to 8.2.9). Raises CannotDecode with what
    stands against it: films are never coded anew here, that would lose something."""
    video = read_mp4(data)
    if video is None:
        raise CannotDecode(say("objects", _NO_FILM))
    if not (video.frames and video.rows and video.columns and video.seconds):
        raise CannotDecode(say("objects", _NO_FILM))
    return Film(video, _transfer_syntax(video))


def film_object(
    data: bytes, film: Film, context: StudyContext, *, series_instance_uid: str, series_number: int,
    instance_number: int, description: str, now: datetime,
) -> Dataset:
    """The film as it is: one fragment holds the whole file (PS3.5 A.4.6)."""
    import pydicom

    video = film.video
    dataset = new_object(
        context, sop_class_uid=_VIDEO_PHOTOGRAPHIC, transfer_syntax_uid=film.transfer_syntax_uid, modality="XC",
        series_instance_uid=series_instance_uid, series_number=series_number, instance_number=instance_number,
        description=description, now=now,
    )
    add_content_time(dataset, now)
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    dataset.PatientOrientation, dataset.Laterality = [], ""
    dataset.AcquisitionDateTime = now.strftime("%Y%m%d%H%M%S")
    dataset.AcquisitionContextSequence = []
    dataset.AnatomicRegionSequence = [_somewhere()]
    dataset.BurnedInAnnotation = "YES"
    dataset.NumberOfFrames = video.frames
    dataset.FrameIncrementPointer = pydicom.tag.Tag("FrameTime")
    dataset.FrameTime = f"{1000 / video.frames_per_second:.6g}"
    dataset.CineRate = round(video.frames_per_second)
    dataset.Rows, dataset.Columns = video.rows, video.columns
    dataset.SamplesPerPixel, dataset.PlanarConfiguration = 3, 0
    dataset.PhotometricInterpretation = "YBR_PARTIAL_420"
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.LossyImageCompression = "01"
    raw = video.rows * video.columns * 3 * video.frames
    dataset.LossyImageCompressionRatio = f"{max(raw / len(data), 1.0):.2f}"
    dataset.LossyImageCompressionMethod = "ISO_23008_2" if film.transfer_syntax_uid == _HEVC else "ISO_14496_10"
    dataset.PixelData = pydicom.encaps.encapsulate([data], has_bot=False)
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    return dataset


def _somewhere() -> Dataset:
    """The VL Image Module wants a region of a film; which one, nobody has said."""
    import pydicom

    code = pydicom.Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "123037004", "SCT", "Body structure"
    return code


def _transfer_syntax(video: Mp4Video) -> str:
    if video.codec in ("avc1", "avc3"):
        if video.profile not in (77, 100):
            raise CannotDecode(_refusal(f"H.264 in profile {_AVC_PROFILES.get(video.profile, video.profile)}"))
        if video.level > 42:
            raise CannotDecode(_refusal(f"H.264 at level {video.level / 10:g}"))
        return _AVC_41 if video.level <= 41 else _AVC_42
    if video.codec in ("hvc1", "hev1"):
        if video.profile != 1:
            raise CannotDecode(_refusal(f"H.265 in profile {video.profile}"))
        if video.level > 153:
            raise CannotDecode(_refusal(f"H.265 at level {video.level / 30:g}"))
        return _HEVC
    raise CannotDecode(_refusal(f"coded as {video.codec!r}"))


_AVC_PROFILES = {66: "Baseline", 88: "Extended", 110: "High 10", 122: "High 4:2:2", 244: "High 4:4:4"}


def _refusal(what: str) -> str:
    return (
        say(
            "objects", "The film is {what}. DICOM takes H.264 Main or High up to level 4.2 and H.265 Main up "
            "to level 5.1; export it like that.").format(what=what)
    )

"""Pictures as DICOM: Secondary Capture, its multi-frame kinds, and VL Photographic Image (PS3.3 A.8, A.32.4).

A baseline JPEG's own bytes are put in where PS3.5 8.2.1 allows them; everything else is decoded once and stored without
loss. What would lose something is refused with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop_app.core.errors import CannotDecode
from desktop_app.core.making import FileKind, PictureUse, StudyContext
from desktop_app.core.words import say, t
from desktop_app.objects.jpeg_header import JpegHeader, read_jpeg_header
from desktop_app.objects.new_object import add_content_time, new_object

if TYPE_CHECKING:
    import numpy as np
    from pydicom.dataset import Dataset

_SC = "1.2.840.10008.5.1.4.1.1.7"
_SC_GREY_BYTE, _SC_GREY_WORD, _SC_COLOUR = f"{_SC}.2", f"{_SC}.3", f"{_SC}.4"
_PHOTOGRAPH = "1.2.840.10008.5.1.4.1.1.77.1.4"
_EXPLICIT, _JPEG_BASELINE = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.50"
_MOST_PIXELS = 400_000_000
_MOST_FRAMES = 2_000

_BROKEN = t("objects", "The picture is damaged: it cannot be read to its end.")
_TOO_LARGE = t("objects", "The picture is too large: more than 400 million pixels.")
_CMYK = t("objects", "decoded, because its colours are made for printing (CMYK)")
_PROGRESSIVE = t("objects", "decoded, because it is progressive, which DICOM does not know")
_TURNED = t("objects", "decoded and turned upright, as its camera noted")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked at. `how` says how its content is kept. `jpeg`: its own bytes are put in."""

    kind: FileKind
    rows: int
    columns: int
    frames: int
    is_colour: bool
    bits: int
    how: str
    jpeg: JpegHeader | None = None
    is_lossy: bool = False


def sop_class_words(picture: Picture, use: PictureUse) -> str:
    """Which SOP Class it becomes, in the standard's words."""
    if picture.frames > 1:
        return "Multi-frame Secondary Capture"
    return "VL Photographic Image" if _becomes_photograph(picture, use) else "Secondary Capture"


def look_at_picture(data: bytes, kind: FileKind) -> Picture:
    """What a picture would become. Raises CannotDecode with the reason why it cannot."""
    jpeg = read_jpeg_header(data) if kind is FileKind.JPEG else None
    if jpeg is not None and not _why_not_as_it_is(jpeg):
        if jpeg.rows * jpeg.columns > _MOST_PIXELS:
            raise CannotDecode(say("objects", _TOO_LARGE))
        _verify(data)
        return Picture(kind, jpeg.rows, jpeg.columns, 1, jpeg.components == 3, 8,
                       say("objects", "its own JPEG bytes"), jpeg, True)
    frames = _decode(data, kind)
    first = frames[0]
    how = say("objects", "kept without loss")
    if jpeg is not None:
        how = say(
            "objects", "{why}; kept without loss from there").format(
                why=_why_not_as_it_is(jpeg))
    return Picture(kind, first.shape[0], first.shape[1], len(frames), first.ndim == 3, first.dtype.itemsize * 8, how,
                   None, kind is FileKind.JPEG)


def picture_object(
    data: bytes, picture: Picture, context: StudyContext, use: PictureUse, *, series_instance_uid: str,
    series_number: int, instance_number: int, description: str, now: datetime,
) -> Dataset:
    """The picture as an object of the study. Raises CannotDecode as `look_at_picture`."""
    photograph = _becomes_photograph(picture, use)
    dataset = new_object(
        context, sop_class_uid=_PHOTOGRAPH if photograph else _sop_class(picture),
        transfer_syntax_uid=_JPEG_BASELINE if picture.jpeg is not None else _EXPLICIT,
        modality="XC" if photograph else "OT", series_instance_uid=series_instance_uid, series_number=series_number,
        instance_number=instance_number, description=description, now=now,
    )
    add_content_time(dataset, now)
    dataset.ImageType = ["ORIGINAL", "PRIMARY"] if photograph else ["DERIVED", "SECONDARY"]
    dataset.PatientOrientation, dataset.Laterality = [], ""
    dataset.BurnedInAnnotation = "YES"          # nobody has looked for a name in the picture: the careful answer
    if photograph:
        dataset.AcquisitionContextSequence = []
        dataset.AcquisitionDateTime = now.strftime("%Y%m%d%H%M%S")
        dataset.LossyImageCompression = "01" if picture.is_lossy else "00"
    else:
        dataset.ConversionType = "WSD"
        if picture.is_lossy:
            dataset.LossyImageCompression = "01"
    _put_pixels(dataset, data, picture)
    if picture.frames > 1:
        _add_frames(dataset, picture)
    return dataset


def _becomes_photograph(picture: Picture, use: PictureUse) -> bool:
    return use is PictureUse.PHOTOGRAPH and picture.frames == 1 and picture.bits == 8


def _sop_class(picture: Picture) -> str:
    if picture.frames == 1:
        return _SC
    return _SC_COLOUR if picture.is_colour else _SC_GREY_BYTE if picture.bits == 8 else _SC_GREY_WORD


def _why_not_as_it_is(jpeg: JpegHeader) -> str:
    if jpeg.components == 4:
        return say("objects", _CMYK)
    if jpeg.process == 2:
        return say("objects", _PROGRESSIVE)
    if jpeg.process != 0 or jpeg.precision != 8 or jpeg.components not in (1, 3):
        return say("objects", "decoded, because it is no baseline JPEG")
    return say("objects", _TURNED) if jpeg.orientation != 1 else ""


def _verify(data: bytes) -> None:
    """Whether the bytes can be decoded to their end."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as image:
            image.load()
    except Exception as error:
        raise CannotDecode(say("objects", _BROKEN), detail=type(error).__name__) from error


def _decode(data: bytes, kind: FileKind) -> list[np.ndarray[Any, Any]]:
    """The frames: uint8 or uint16 (rows, columns) or uint8 (rows, columns, 3). Raises CannotDecode."""
    import numpy as np
    from PIL import Image, ImageFile, ImageOps

    try:
        with Image.open(BytesIO(data), formats=[kind.value]) as image:
            count = int(getattr(image, "n_frames", 1))
            if count > _MOST_FRAMES or image.width * image.height * count > _MOST_PIXELS:
                raise CannotDecode(say("objects", _TOO_LARGE))
            if ImageFile.LOAD_TRUNCATED_IMAGES:
                raise CannotDecode(say("objects", _BROKEN))
            _refuse_deep_colour(data, image, kind)
            frames = []
            for number in range(count):
                image.seek(number)
                frames.append(np.asarray(_plain(ImageOps.exif_transpose(image))))
    except CannotDecode:
        raise
    except Exception as error:
        raise CannotDecode(say("objects", _BROKEN), detail=type(error).__name__) from error
    if len({(frame.shape, frame.dtype) for frame in frames}) != 1:
        raise CannotDecode(say(
            "objects", "Its pages differ in size or colour. DICOM wants them alike; save them one by one."))
    return [np.ascontiguousarray(frame) for frame in frames]


def _refuse_deep_colour(data: bytes, image: Any, kind: FileKind) -> None:
    """Colour with more than 8 bits a channel has no place in these SOP Classes, and would be cut to 8 unseen."""
    deep = kind is FileKind.PNG and len(data) > 25 and data[24] == 16 and data[25] in (2, 4, 6)
    bits = image.tag_v2.get(258, (8,)) if kind is FileKind.TIFF else (8,)
    if deep or (isinstance(bits, tuple) and len(bits) > 1 and max(bits) > 8):
        raise CannotDecode(say(
            "objects", "It has more than 8 bits per colour, which these DICOM objects cannot hold without "
            "loss."))
    if image.mode == "F" or (image.mode == "I" and kind is FileKind.TIFF):
        raise CannotDecode(say(
            "objects", "Its values are real or 32-bit numbers. Convert it to 16-bit grey first."))


def _plain(image: Any) -> Any:
    """One of the modes that DICOM has: L, I;16 or RGB. What is transparent lies on black."""
    from PIL import Image

    if image.mode in ("L", "RGB"):
        return image
    if image.mode.startswith("I;16") or image.mode == "I":
        import numpy as np

        return Image.fromarray(np.asarray(image).astype(np.uint16))
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        below = Image.new("RGBA", image.size, (0, 0, 0, 255))
        below.alpha_composite(image.convert("RGBA"))
        return below.convert("L" if image.mode == "LA" else "RGB")
    return image.convert("RGB")


def _put_pixels(dataset: Dataset, data: bytes, picture: Picture) -> None:
    import pydicom

    dataset.Rows, dataset.Columns = picture.rows, picture.columns
    dataset.SamplesPerPixel = 3 if picture.is_colour else 1
    dataset.BitsAllocated = dataset.BitsStored = picture.bits
    dataset.HighBit, dataset.PixelRepresentation = picture.bits - 1, 0
    raw = picture.rows * picture.columns * picture.frames * dataset.SamplesPerPixel * picture.bits // 8
    if picture.is_lossy:
        dataset.LossyImageCompressionRatio = f"{max(raw / len(data), 1.0):.2f}"
        dataset.LossyImageCompressionMethod = "ISO_10918_1"
    if picture.is_colour:
        dataset.PlanarConfiguration = 0
    if picture.jpeg is not None:
        dataset.PhotometricInterpretation = _photometric(picture.jpeg)
        dataset.PixelData = pydicom.encaps.encapsulate([data])
        dataset["PixelData"].VR = "OB"
        dataset["PixelData"].is_undefined_length = True
        return
    dataset.PhotometricInterpretation = "RGB" if picture.is_colour else "MONOCHROME2"
    frames = _decode(data, picture.kind)
    pixels = b"".join(frame.tobytes() for frame in frames)
    dataset.PixelData = pixels + b"\0" * (len(pixels) % 2)
    dataset["PixelData"].VR = "OW" if picture.bits == 16 else "OB"


def _photometric(jpeg: JpegHeader) -> str:
    """PS3.5 8.2.1: a JPEG of three components is YBR, unless it says that it is RGB."""
    if jpeg.components == 1:
        return "MONOCHROME2"
    return "RGB" if jpeg.is_rgb else "YBR_FULL_422"


def _add_frames(dataset: Dataset, picture: Picture) -> None:
    """Multi-frame SC (PS3.3 A.8.3 to A.8.5): frames are pages, nothing moves, there is no time between them."""
    import pydicom

    dataset.NumberOfFrames = picture.frames
    vector = pydicom.tag.Tag("PageNumberVector")
    dataset.FrameIncrementPointer = vector
    dataset.PageNumberVector = list(range(1, picture.frames + 1))
    dataset.BurnedInAnnotation = "YES"
    if not picture.is_colour:
        dataset.PresentationLUTShape = "IDENTITY"
        dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"

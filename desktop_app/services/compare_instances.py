"""How the file that was to be sent differs from what the archive has under its UID."""

from __future__ import annotations

from io import BytesIO

from desktop_app.core.difference import InstanceDifference, PixelDifference
from desktop_app.core.errors import DamagedDicom, LightboxError
from desktop_app.core.words import say

_MOST_FRAMES = 500


def compare_instances(first: bytes, second: bytes) -> InstanceDifference:
    """All that differs between two Part 10 files. Pixels are compared as stored values, whatever their compression.

    Raises DamagedDicom when one of the two cannot be read at all. Slow: for a decode thread.
    """
    import pydicom

    from desktop_app.objects.difference import differences

    try:
        ours, theirs = pydicom.dcmread(BytesIO(first)), pydicom.dcmread(BytesIO(second))
    except Exception as error:
        raise DamagedDicom(say(
            "services", "It cannot be compared: one of the two is damaged."), detail=type(error).__name__) from error
    has_pixels = [any(name in one for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData"))
                  for one in (ours, theirs)]
    pixels = _pixels(first, second, has_pixels) if any(has_pixels) else None
    return InstanceDifference(differences(ours, theirs), pixels)


def _pixels(first: bytes, second: bytes, has: list[bool]) -> PixelDifference:
    if not all(has):
        return PixelDifference(reason=say("services", "Only one of the two has an image."))
    import numpy as np

    from desktop_app.imaging.decode import decode_frame, open_instance

    try:
        ours, theirs = open_instance(first), open_instance(second)
        counts = ours.frame_count, theirs.frame_count
        if counts[0] != counts[1]:
            return PixelDifference(reason=say(
                "services", "One has {counts} frames, the other {counts_2}.").format(
                    counts=counts[0], counts_2=counts[1]))
        frames = different = values = different_values = 0
        largest = 0.0
        for number in range(1, min(counts[0], _MOST_FRAMES) + 1):
            one, other = decode_frame(ours, number).pixels, decode_frame(theirs, number).pixels
            if one.shape != other.shape:
                return PixelDifference(reason=say(
                    "services", "One is {size}, the other {size_2}.").format(
                        size=_size(one.shape), size_2=_size(other.shape)))
            frames, values = frames + 1, values + one.size
            apart = one != other
            count = int(np.count_nonzero(apart))
            if count:
                different, different_values = different + 1, different_values + count
                distance = np.abs(one[apart].astype(np.float64) - other[apart].astype(np.float64))
                largest = max(largest, float(np.nanmax(distance)))
    except LightboxError as error:
        return PixelDifference(reason=say(
            "services", "The images cannot be compared. {trouble}").format(trouble=error.user_text))
    return PixelDifference(frames, different, different_values, values, largest)


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[1]} × {shape[0]}"

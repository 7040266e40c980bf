"""Rendered pictures (PS3.18 8.3.5, 10.4.1.1.3): the parameters of a request, and the picture they ask for.

What decodes and windows is the viewer's own; it is imported when the first picture is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import NotFound
from desktop_app.core.window import VoiFunction, Window

if TYPE_CHECKING:
    from desktop_app.core.frame import Frame, Pixels

JPEG, PNG = "image/jpeg", "image/png"
OFFERED = (JPEG, PNG)
THUMBNAIL_EDGE = 128
_MOST_PIXELS = 8192             # of a viewport's edge
_FUNCTIONS = {"linear": VoiFunction.LINEAR, "linear-exact": VoiFunction.LINEAR_EXACT, "sigmoid": VoiFunction.SIGMOID}
_IGNORED = ("annotation", "iccprofile")


class BadPicture(ValueError):
    """A parameter of a rendered request that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the source image in pixels; `flip_*` where a length was negative (PS3.18 8.3.5.1.3)."""

    left: int
    top: int
    width: int
    height: int
    flip_horizontally: bool = False
    flip_vertically: bool = False


@dataclass(frozen=True, slots=True)
class Viewport:
    """The rectangle to fit the picture into, and the part of the image to show (None where not given: all)."""

    width: int
    height: int
    source: tuple[float | None, float | None, float | None, float | None] = (None, None, None, None)

    def region(self, rows: int, columns: int) -> Region:
        """The part of an image of this size; at least one pixel of it."""
        x, y, width, height = self.source
        left, right, flip_x = _extent(x, width, columns)
        top, bottom, flip_y = _extent(y, height, rows)
        return Region(left, top, right - left, bottom - top, flip_x, flip_y)


def _extent(start: float | None, length: float | None, size: int) -> tuple[int, int, bool]:
    begin = 0.0 if start is None else start
    span = size - begin if length is None else length
    low = min(max(int(begin), 0), size - 1)
    high = min(max(math.ceil(begin + abs(span)), low + 1), size)
    return low, high, span < 0


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """How a picture is to be made. Without a viewport it has the size of the image."""

    media_type: str = JPEG
    quality: int = 90
    window: Window | None = None
    viewport: Viewport | None = None


def parse_picture(parameters: Mapping[str, str], media_type: str, *, is_thumbnail: bool = False) -> PictureRequest:
    """The query parameters of a rendered or thumbnail request. Raises BadPicture."""
    viewport = _viewport(parameters["viewport"]) if "viewport" in parameters else None
    if viewport is None and is_thumbnail:
        viewport = Viewport(THUMBNAIL_EDGE, THUMBNAIL_EDGE)
    window = _window(parameters["window"]) if "window" in parameters else None
    return PictureRequest(media_type, _quality(parameters.get("quality", "90")), window, viewport)


def ignored_parameters(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """Parameters that a picture is made without: the answer warns of them."""
    return tuple(name for name in _IGNORED if name in parameters)


def _quality(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 100:
        raise BadPicture("quality is a whole number from 1 to 100")
    return int(text)


def _window(text: str) -> Window:
    parts = [part.strip() for part in text.split(",")]
    try:
        center, width = float(parts[0]), float(parts[1])
        function = _FUNCTIONS[parts[2].lower() if len(parts) > 2 else "linear"]
        if len(parts) > 3 or width <= 0 or (function is VoiFunction.LINEAR and width < 1):
            raise ValueError(text)
        return Window(center, width, function)
    except (ValueError, LookupError) as error:
        raise BadPicture("window is center,width,function, the function linear, linear-exact or sigmoid") from error


def _viewport(text: str) -> Viewport:
    parts = [part.strip() for part in text.split(",")]
    try:
        numbers = [float(part) if part else None for part in parts]
        if len(numbers) not in (2, 6) or not all(number is None or math.isfinite(number) for number in numbers):
            raise ValueError(text)
        width, height = numbers[:2]
        if not width or not height or not (1 <= width <= _MOST_PIXELS and 1 <= height <= _MOST_PIXELS):
            raise ValueError(text)
        source = (*numbers[2:],) if len(numbers) == 6 else (None,) * 4
        x, y, w, h = source
        return Viewport(int(width), int(height), (x, y, w, h))
    except ValueError as error:
        raise BadPicture("viewport is width,height or width,height,x,y,width,height") from error


def picture(path: Path, frame_number: int, request: PictureRequest) -> bytes:
    """The picture of a frame (1-based). Raises NotFound for a frame that is not there, DicomError when it cannot be
    shown. For the render thread."""
    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.imaging.render import render
    from desktop_app.imaging.thumbnail import encode_jpeg, encode_png
    instance = open_instance(path)
    if frame_number > max(instance.frame_count, 1):
        raise NotFound(f"The instance has {instance.frame_count} frames, not {frame_number}.", status=404)
    frame = decode_frame(instance, frame_number)
    image = render(frame, request.window)
    if request.viewport is not None:
        image = _placed(image, frame, request.viewport)
    return encode_png(image) if request.media_type == PNG else encode_jpeg(image, request.quality)


def _placed(image: Pixels, frame: Frame, viewport: Viewport) -> Pixels:
    """The region of the viewport, as large as fits into it with its proportions kept (PS3.18 8.3.5.1.3)."""
    from desktop_app.imaging.thumbnail import shrink
    region = viewport.region(frame.rows, frame.columns)
    image = image[region.top:region.top + region.height, region.left:region.left + region.width]
    image = image[::-1 if region.flip_vertically else 1, ::-1 if region.flip_horizontally else 1]
    height, width = region.height * frame.facts.pixel_aspect_ratio, float(region.width)
    scale = min(viewport.width / width, viewport.height / height)
    return shrink(image, max(1, round(height * scale)), max(1, round(width * scale)))

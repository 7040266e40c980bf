"""SlideModel: a whole-slide image in a viewport: a small level as its picture, tiles of finer ones where one looks."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame import Frame, Pixels
from desktop_app.core.slide import TileGrid, level_for
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.pixel_place import PixelPlace

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.store import Store
    from desktop_app.core.view_transform import ViewTransform
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network

_PICTURE_PIXELS, _PICTURE_TILES = 4_000_000, 64     # of the level that is shown whole
_BLANK_EDGE = 2048                                  # of the picture where no level is small
_AT_ONCE = 8
_MOST_TILES = 256                                   # in one view
_KEPT_BYTES = 256 * 2**20
_REST_MS = 60


@dataclass(frozen=True, slots=True)
class Level:
    """One level: where it is fetched from, and how its tiles lie."""

    first: FrameRef
    grid: TileGrid


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile that is here: its frame, and the rectangle it covers in the picture (left, top, width, height)."""

    frame: Frame
    rectangle: tuple[float, float, float, float]


class SlideView(Protocol):
    """What must be known of the viewport."""

    view_size: tuple[float, float]

    @property
    def frame(self) -> Frame | None: ...
    @property
    def pixel_ratio(self) -> float: ...
    def transform(self) -> ViewTransform | None: ...


class SlideModel(QObject):
    """`open` gives the picture that the viewport shows as its image; `tiles` lie over it."""

    changed = Signal()

    def __init__(self, viewport: SlideView, network: Network[Backend], store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport, self._network, self._store = viewport, network, store
        self._key = ""
        self._picture: Frame | None = None
        self._levels: tuple[Level, ...] = ()
        self._shown_level = 0                           # the one that the picture was made of
        self._here: OrderedDict[tuple[int, int], Frame] = OrderedDict()     # (level, frame number)
        self._wanted: tuple[tuple[int, int], ...] = ()
        self._job = Job(self, lambda error: None)       # what is missing stays as coarse as it is
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.fetch)

    def picture_of(self, display_set: DisplaySet) -> Frame | None:
        """The picture of this slide if it was opened."""
        return self._picture if display_set.key == self._key else None

    async def open(self, display_set: DisplaySet) -> Frame:
        """The whole slide at its largest level that is small enough. Raises a LightboxError."""
        self.close()
        levels = []
        for one in display_set.levels:
            frame = await self._frame(one.first)
            if frame.facts.tiles is not None:
                levels.append((Level(one.first, frame.facts.tiles), frame))
        if not levels:
            raise LightboxError(self.tr("This slide does not say how its tiles lie. It cannot be shown as one image."))
        levels.sort(key=lambda pair: pair[0].grid.total_columns)
        small = [place for place, (level, _) in enumerate(levels) if _is_small(level.grid)]
        place = small[-1] if small else 0
        level, first = levels[place]
        self._levels = tuple(one for one, _ in levels)
        if small:
            numbers = level.grid.frames_in(0, 0, level.grid.total_columns - 1, level.grid.total_rows - 1)
            tiles = await self._frames(level, numbers)
            made = await self._network.call(lambda backend: backend.decoder.run(assembled, level.grid, first, tiles))
            self._shown_level = place
        else:
            made, self._shown_level = _blank(level.grid, first), -1
        self._key, self._picture = display_set.key, made
        return made

    def close(self) -> None:
        self._job.cancel()
        self._rest.stop()
        self._key, self._picture, self._levels, self._wanted = "", None, (), ()
        self._here.clear()

    def look(self) -> None:
        """The view has moved: once it rests, the tiles of the place are fetched."""
        if self._levels:
            self._rest.start()

    @property
    def tiles(self) -> list[PlacedTile]:
        """The tiles that are here and finer than the picture, the coarser ones first."""
        picture = self._viewport.frame
        if picture is None or picture is not self._picture:
            return []
        placed = []
        for (level, number), frame in sorted(self._here.items(), key=lambda item: item[0][0]):
            grid = self._levels[level].grid
            place = grid.place_of(number)
            if place is not None:
                share = picture.columns / grid.total_columns, picture.rows / grid.total_rows
                placed.append(PlacedTile(frame, (place[0] * share[0], place[1] * share[1],
                                                 frame.columns * share[0], frame.rows * share[1])))
        return placed

    def pixel_at(self, x: float, y: float) -> PixelPlace | None:
        """The pixel of the finest tile at a place of the picture; None where nothing of the slide is here."""
        picture = self._viewport.frame
        if picture is None or picture is not self._picture or not (0 <= x < picture.columns and 0 <= y < picture.rows):
            return None
        for (level, number), frame in sorted(self._here.items(), key=lambda item: item[0][0], reverse=True):
            found = self._in_tile(level, number, frame, picture, (x, y))
            if found is not None:
                return found
        if self._shown_level < 0:
            return None                                 # blank: nothing was read there
        grid = self._levels[self._shown_level].grid
        column, row = int(x), int(y)
        number = next(iter(grid.frames_in(column + 0.25, row + 0.25, column + 0.75, row + 0.75)), 0)
        place = grid.place_of(number) if number else None
        if place is None:
            return None
        pixels = picture.pixels[place[1] : place[1] + grid.tile_rows, place[0] : place[0] + grid.tile_columns]
        ref = replace(self._levels[self._shown_level].first, frame_number=number)
        return self._in_tile(self._shown_level, number, replace(picture, ref=ref, pixels=pixels), picture, (x, y))

    def _in_tile(self, level: int, number: int, frame: Frame, picture: Frame, spot: tuple[float, float]
                 ) -> PixelPlace | None:
        grid = self._levels[level].grid
        place = grid.place_of(number)
        across, down = grid.total_columns / picture.columns, grid.total_rows / picture.rows
        column, row = int(spot[0] * across), int(spot[1] * down)
        if place is None or not (0 <= column - place[0] < frame.columns and 0 <= row - place[1] < frame.rows):
            return None
        return PixelPlace(frame, column - place[0], row - place[1], (grid.tile_columns, grid.tile_rows), (column, row),
                          (column / across, row / down, 1 / across, 1 / down), (grid.total_columns, grid.total_rows))

    def fetch(self) -> None:
        """Asks for the tiles that the view needs now; what an earlier view needed and has not come is given up."""
        wanted = tuple(self._needed())
        if wanted == self._wanted:
            return
        self._wanted = wanted
        missing = [key for key in wanted if key not in self._here]
        self._job.cancel()
        if missing:
            self._job.start(self._fetch(missing))

    def _needed(self) -> list[tuple[int, int]]:
        picture, transform = self._viewport.frame, self._viewport.transform()
        if picture is None or transform is None or picture is not self._picture:
            return []
        width = picture.columns * transform.scale * self._viewport.pixel_ratio
        level = level_for([one.grid.total_columns for one in self._levels], width)
        if level <= self._shown_level:
            return []
        grid = self._levels[level].grid
        x0, y0, x1, y1 = transform.seen(self._viewport.view_size)
        across, down = grid.total_columns / picture.columns, grid.total_rows / picture.rows
        numbers = grid.frames_in(x0 * across, y0 * down, x1 * across, y1 * down)
        return [(level, number) for number in numbers[:_MOST_TILES]]

    async def _fetch(self, missing: list[tuple[int, int]]) -> None:
        lanes = asyncio.Semaphore(_AT_ONCE)

        async def one(key: tuple[int, int]) -> None:
            async with lanes:
                ref = replace(self._levels[key[0]].first, frame_number=key[1])
                self._keep(key, await self._frame(ref, pressing=False))

        results = await asyncio.gather(*(one(key) for key in missing), return_exceptions=True)
        if any(isinstance(result, Exception) for result in results):
            self._wanted = ()                           # the next look asks again

    def _keep(self, key: tuple[int, int], frame: Frame) -> None:
        self._here[key] = frame
        self._here.move_to_end(key)
        total = sum(kept.nbytes for kept in self._here.values())
        while total > _KEPT_BYTES:
            oldest = next((one for one in self._here if one not in self._wanted), None)
            if oldest is None:
                break
            total -= self._here.pop(oldest).nbytes
        self.changed.emit()

    async def _frame(self, ref: FrameRef, *, pressing: bool = True) -> Frame:
        store = self._store
        return await self._network.call(
            lambda backend: backend.connection(store).loader.frame(ref, pressing=pressing))

    async def _frames(self, level: Level, numbers: list[int]) -> dict[int, Frame]:
        frames = await asyncio.gather(*(self._frame(replace(level.first, frame_number=number)) for number in numbers))
        return dict(zip(numbers, frames, strict=True))


def _is_small(grid: TileGrid) -> bool:
    return (grid.total_columns * grid.total_rows <= _PICTURE_PIXELS and grid.across * grid.down <= _PICTURE_TILES)


def assembled(grid: TileGrid, first: Frame, tiles: dict[int, Frame]) -> Frame:
    """The tiles as one image; white, or the lowest value, where there is none (PS3.3 C.8.12.14: sparse)."""
    shape = (grid.total_rows, grid.total_columns, *first.pixels.shape[2:])
    pixels: Pixels = np.full(shape, 255 if first.is_colour else first.pixels.dtype.type(0), first.pixels.dtype)
    low, high = first.value_range
    for number, tile in tiles.items():
        place = grid.place_of(number)
        if place is None:
            continue
        part = pixels[place[1] : place[1] + tile.rows, place[0] : place[0] + tile.columns]
        part[...] = tile.pixels[: part.shape[0], : part.shape[1]]
        low, high = min(low, tile.value_range[0]), max(high, tile.value_range[1])
    return replace(first, pixels=pixels, value_range=(low, high), plane=None, overlays=())


def _blank(grid: TileGrid, first: Frame) -> Frame:
    """A slide without a small level: nothing until its tiles come."""
    scale = _BLANK_EDGE / max(grid.total_columns, grid.total_rows)
    rows, columns = max(1, round(grid.total_rows * scale)), max(1, round(grid.total_columns * scale))
    spacing = first.facts.spacing_mm
    facts = replace(first.facts, spacing_mm=None if spacing is None else (spacing[0] / scale, spacing[1] / scale))
    value = 255 if first.is_colour else 0
    pixels = np.full((rows, columns, *first.pixels.shape[2:]), value, first.pixels.dtype)
    return replace(first, pixels=pixels, plane=None, overlays=(), facts=facts)

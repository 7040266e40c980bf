"""Large and quick pictures: window/level of a whole mammogram, its first paint from JPEG 2000, a colour film."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.benchmarks.harness import Bench, Figure, benchmark, percentile

_TIMES = 40
_FRAMES = 60


def _painted(times: int, paint: Callable[[int], None]) -> list[float]:
    taken = []
    for step in range(times):
        begun = time.perf_counter()
        paint(step)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


@contextmanager
def _timed(module: Any, name: str) -> Iterator[list[float]]:
    """Milliseconds of each call of a function, and of the processor in this thread."""
    real, spent = getattr(module, name), []

    def call(*arguments: Any, **options: Any) -> Any:
        begun, begun_cpu = time.perf_counter(), time.thread_time()
        try:
            return real(*arguments, **options)
        finally:
            spent.extend(((time.perf_counter() - begun) * 1000, (time.thread_time() - begun_cpu) * 1000))

    setattr(module, name, call)
    try:
        yield spent
    finally:
        setattr(module, name, real)


@benchmark("mammogram")
def mammogram_figures(bench: Bench) -> Iterator[Figure]:
    """4096×3328, 16 bits: window/level fitted to 2 Mpixel and 1:1, and the first paint from JPEG 2000 bytes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import imagecodecs
    import numpy as np
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.interpolation import Interpolation
    from desktop_app.core.view_state import ViewState
    from desktop_app.core.view_transform import ViewTransform
    from desktop_app.core.window import Window
    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.imaging.shown import shown_frame
    from desktop_app.ui.viewport.paint_image import ImagePainter, Look
    from tests.support.mammograms import as_dicom, mammogram

    application = QApplication.instance() or QApplication([])
    made = mammogram(1)
    data = as_dicom(made, jpeg_2000=True)
    size = (1280, 1576)                                     # 2 Mpixel
    screen = QImage(*size, QImage.Format.Format_RGB32)
    window = Window(9000, 12000)
    look = Look(window, interpolation=Interpolation.BICUBIC)

    def painter_of(state: ViewState, frame: object) -> tuple[ImagePainter, Callable[[Look], None]]:
        images = ImagePainter()
        transform = ViewTransform.of(state, (frame.columns, frame.rows), size)      # type: ignore[attr-defined]

        def paint(one: Look) -> None:
            brush = QPainter(screen)
            images.paint(brush, frame, one, transform, size, 1.0)                   # type: ignore[arg-type]
            brush.end()
        return images, paint

    frame = shown_frame(open_instance(data))
    fit = ViewTransform.of(ViewState(), (frame.columns, frame.rows), size).scale
    for name, state, goal in (("fitted to 2 Mpixel", ViewState(), 8.0), ("1:1", ViewState(zoom=1 / fit), 12.0)):
        images, paint = painter_of(state, frame)
        paint(look)
        if images.wish is not None:
            images.take(images.wish, images.wish.work())
        taken = _painted(_TIMES, lambda step, paint=paint: paint(       # type: ignore[misc]
            replace(look, window=window.dragged(step + 1, step))))
        yield Figure(f"window/level of a mammogram, {name}", percentile(taken, 50), "ms", goal,
                     note=f"p99 {percentile(taken, 99):.1f} ms")
    codec_ms, first_ms, own_ms, own_cpu_ms = [], [], [], []
    with _timed(imagecodecs, "jpeg2k_decode") as spent:     # in the same run: a second decode takes another time
        for _ in range(5):
            spent.clear()
            begun, begun_cpu = time.perf_counter(), time.thread_time()
            _, paint = painter_of(ViewState(), decode_frame(open_instance(data)))
            paint(look)
            first_ms.append((time.perf_counter() - begun) * 1000)
            cpu_ms = (time.thread_time() - begun_cpu) * 1000
            codec_ms.append(spent[0])
            own_ms.append(first_ms[-1] - spent[0])
            own_cpu_ms.append(cpu_ms - spent[1])
    assert np.array_equal(frame.pixels, made.pixels)
    best = own_ms.index(min(own_ms))
    yield Figure("mammogram: from JPEG 2000 bytes to the first paint", first_ms[best], "ms", codec_ms[best] + 60,
                 "imagecodecs' own decode", codec_ms[best],
                 note=f"outside the codec {own_ms[best]:.0f} ms, {min(own_cpu_ms):.0f} ms of the processor")
    del application


@benchmark("cine")
def cine(bench: Bench) -> Iterator[Figure]:
    """A 640×480 colour loop in 1600×1000, frames in memory: pictures a second of a whole viewport."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.frame import Frame
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.study import Series
    from desktop_app.ui.theme import apply_theme
    from desktop_app.ui.viewport.canvas import ViewportCanvas
    from tests.gui.viewer_fakes import viewport_model

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application)
    rng = np.random.default_rng(1)
    frames = [Frame(FrameRef("1", "2", "3", number + 1), rng.integers(0, 256, (480, 640, 3), np.uint8))
              for number in range(_FRAMES)]
    shown = DisplaySet("2", Series("1", "2", "US"), tuple(frame.ref for frame in frames), False)
    viewport = viewport_model(shown, frames)
    canvas = ViewportCanvas(viewport)
    canvas.resize(1600, 1000)
    canvas.show()
    viewport.first()
    application.processEvents()

    def step(_number: int) -> None:
        viewport.go_to((viewport.state.index + 1) % _FRAMES)
        canvas.repaint()

    taken = _painted(2 * _FRAMES, step)
    canvas.close()
    yield Figure("cine, 640×480 in colour, in 1600×1000", 1000 / percentile(taken, 50), "frames/s", 60,
                 more_is_better=True, note=f"slowest frame {max(taken):.1f} ms")

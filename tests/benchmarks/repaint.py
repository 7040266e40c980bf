"""What a hand feels: window/level and scrolling, from the new value to the picture."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from tests.benchmarks.harness import Bench, Figure, benchmark, percentile

_TIMES = 200
_SLICES = 200


@benchmark("window-level")
def window_level(bench: Bench) -> Iterator[Figure]:
    """Table and grey levels of a 512² CT and drawing them 1:1 and enlarged; the viewport's own figure stands beside."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.imaging.luts import grey_table, initial_window
    from desktop_app.imaging.render import render_grey

    application = QApplication.instance() or QApplication([])
    frame = decode_frame(open_instance(bench.ct_series().files[300]), 1)
    screen = QImage(1600, 1000, QImage.Format.Format_RGB32)
    window = initial_window(frame)
    table_ms: list[float] = []
    paint_ms: list[float] = []
    for step in range(_TIMES):
        begun = time.perf_counter()
        grey = render_grey(frame.pixels, grey_table(frame, window.dragged(step, step)))
        tabled = time.perf_counter()
        image = QImage(grey.data, frame.columns, frame.rows, frame.columns, QImage.Format.Format_Grayscale8)
        painter = QPainter(screen)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(screen.rect().adjusted(300, 0, -300, 0), image)
        painter.end()
        table_ms.append((tabled - begun) * 1000)
        paint_ms.append((time.perf_counter() - begun) * 1000)
    yield Figure("window/level: table and grey levels of 512²", percentile(table_ms, 50), "ms", 2)
    yield Figure("window/level: and drawn at 1000² in 1600×1000", percentile(paint_ms, 50), "ms", None,
                 note=f"p99 {percentile(paint_ms, 99):.1f} ms")
    del application


@benchmark("scroll")
def scroll(bench: Bench) -> Iterator[Figure]:
    """A whole viewport of 1600×1000: a turn of the wheel, or a step of a window drag, to the end of its painting."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication

    from desktop_app import hand
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.study import Series
    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.ui.theme import apply_theme
    from desktop_app.ui.viewport.canvas import ViewportCanvas
    from tests.gui.viewer_fakes import viewport_model

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application)
    frames = [decode_frame(open_instance(file), 1) for file in bench.ct_series().files[:_SLICES]]
    series = Series("1", "2", "CT", instance_count=_SLICES)
    viewport = viewport_model(DisplaySet("2", series, tuple(frame.ref for frame in frames), True), frames)
    canvas = ViewportCanvas(viewport)
    canvas.resize(1600, 1000)
    canvas.show()
    viewport.first()
    application.processEvents()

    def painted(event: Callable[[], None]) -> float:
        begun = time.perf_counter()
        event()
        canvas.repaint()
        return (time.perf_counter() - begun) * 1000

    wheel_ms = [painted(lambda: hand.wheel(canvas, 1)) for _ in range(_SLICES - 1)]
    start = hand.centre(canvas)
    hand.press(canvas, start)
    drag_ms = []
    for step in range(1, _SLICES):
        place = start + QPoint(step, step // 2)
        drag_ms.append(painted(lambda place=place: hand.move(canvas, place, hand.LEFT)))    # type: ignore[misc]
    hand.release(canvas, start)
    canvas.close()
    frame_of_60 = 1000 / 60
    yield Figure("scroll, 512² CT in 1600×1000: wheel → end of paint", percentile(wheel_ms, 50), "ms", 10,
                 "one picture at 60 Hz", frame_of_60, note=f"most {max(wheel_ms):.1f} ms")
    yield Figure("scroll: the same, 99th percentile", percentile(wheel_ms, 99), "ms", 25,
                 "one picture at 60 Hz", frame_of_60)
    yield Figure("window/level drag, the same viewport: step → end of paint", percentile(drag_ms, 50), "ms", 4,
                 "one picture at 60 Hz", frame_of_60, note=f"p99 {percentile(drag_ms, 99):.1f} ms")

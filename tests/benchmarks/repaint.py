"""What a hand feels: window/level and scrolling, from the new value to the picture."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from tests.benchmarks.harness import Bench, Figure, benchmark, percentile

_TIMES = 200


@benchmark("window-level")
def window_level(bench: Bench) -> Iterator[Figure]:
    """Table and grey levels of a 512² CT and drawing them 1:1 and enlarged; the viewport's own figure stands beside."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QImage, QPainter

    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.imaging.luts import grey_table, initial_window
    from desktop_app.imaging.render import render_grey

    application = QGuiApplication.instance() or QGuiApplication([])
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

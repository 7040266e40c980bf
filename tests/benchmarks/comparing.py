"""What a hand feels while comparing and measuring: four linked viewports, and a line under the pointer."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.benchmarks.harness import Bench, Figure, benchmark, percentile

_SLICES = 120
_DRAGS = 200
_WINDOW = (1600, 1000)


@benchmark("comparing")
def comparing(bench: Bench) -> Iterator[Figure]:
    """2×2 linked viewports of a 512² CT, bicubic, in 1600×1000: a turn of the wheel to the end of all four paintings;
    and the drag of a length in one of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

    from desktop_app import hand
    from desktop_app.core.display_set import DisplaySet, SlicePlaces
    from desktop_app.core.interpolation import Interpolation
    from desktop_app.core.study import Series
    from desktop_app.imaging.decode import decode_frame, open_instance
    from desktop_app.ui.theme import apply_theme
    from desktop_app.ui.viewport.canvas import ViewportCanvas
    from tests.gui.test_viewer_links import Grid
    from tests.gui.viewer_fakes import viewport_model

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application)
    frames = [decode_frame(open_instance(file), 1) for file in bench.ct_series().files[:_SLICES]]
    series = Series("1", "2", "CT", instance_count=_SLICES)
    places = SlicePlaces("1.2.3", (0.0, 0.0, 1.0), tuple(float(number) for number in range(_SLICES)))
    refs = tuple(frame.ref for frame in frames)
    shown = DisplaySet("2", series, refs, True, slices=places)
    viewports = tuple(viewport_model(replace(shown, key=str(number)), frames) for number in range(4))
    grid = Grid(viewports)
    page = QWidget()
    layout = QGridLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(1)
    canvases = []
    for number, viewport in enumerate(viewports):
        viewport.look.interpolation = Interpolation.BICUBIC
        canvas = ViewportCanvas(viewport, linking=grid.linking)
        layout.addWidget(canvas, *divmod(number, 2))
        canvases.append(canvas)
    page.resize(*_WINDOW)
    page.show()
    viewports[0].first()
    application.processEvents()

    def painted(event: Callable[[], None]) -> float:
        """From the event until Qt has painted everything that it asked to be painted, in one go, as on a screen."""
        begun = time.perf_counter()
        event()
        QApplication.sendPostedEvents()
        return (time.perf_counter() - begun) * 1000

    wheel_ms = [painted(lambda: hand.wheel(canvases[0], 1)) for _ in range(_SLICES - 1)]
    assert {viewport.state.index for viewport in viewports} == {_SLICES - 1}, "the four did not scroll together"
    viewports[0].tool = "length"
    start = hand.centre(canvases[0]) - QPoint(200, 100)
    hand.press(canvases[0], start)
    drag_ms = []
    for step in range(1, _DRAGS):
        place = start + QPoint(step * 2, step)
        drag_ms.append(painted(lambda place=place: hand.move(canvases[0], place, hand.LEFT)))  # type: ignore[misc]
    hand.release(canvases[0], start + QPoint(_DRAGS * 2, _DRAGS))
    assert viewports[0].pen.annotations.items, "no line was drawn"
    page.close()
    yield Figure("2×2 linked 512² CT in 1600×1000: wheel → end of paint", percentile(wheel_ms, 50), "ms", 16.7,
                 note=f"most {max(wheel_ms):.1f} ms")
    yield Figure("2×2 linked: the same, 99th percentile", percentile(wheel_ms, 99), "ms", 25)
    yield Figure("length tool: drag → end of paint", percentile(drag_ms, 50), "ms", 8,
                 note=f"p99 {percentile(drag_ms, 99):.1f} ms, most {max(drag_ms):.1f} ms")

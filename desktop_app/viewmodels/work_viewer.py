"""What saved work asks of the viewer of its study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.store import Store
    from desktop_app.core.study import Study
    from desktop_app.viewmodels.annotations import AnnotationsModel
    from desktop_app.viewmodels.series_rail import SeriesRail
    from desktop_app.viewmodels.study_loading import StudyLoading
    from desktop_app.viewmodels.viewport import ViewportModel


class Viewer(Protocol):
    """viewmodels.viewer.ViewerModel."""

    study: Study
    store: Store
    rail: SeriesRail
    annotations: AnnotationsModel
    loading: StudyLoading
    viewports: tuple[ViewportModel, ...]
    active: ViewportModel
    layout_changed: Any

    def note_stored(self) -> None: ...
    def show(self, display_set_key: str) -> None: ...
    def show_frame(self, ref: FrameRef) -> None: ...

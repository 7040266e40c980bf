"""ViewerPage: one open study: toolbar, series strip, viewports."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.core.errors import LightboxError
from desktop_app.core.frame_ref import FrameRef
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet
from desktop_app.ui.explain_panel import ExplainPanel
from desktop_app.ui.measurement_panel import MeasurementPanel
from desktop_app.ui.objects.export_dialog import ExportDialog
from desktop_app.ui.objects.object_page import ObjectLayer, ObjectPage
from desktop_app.ui.objects.page_print import Sheet, prepare, to_pdf, to_printer
from desktop_app.ui.objects.tags_dialog import TagsDialog
from desktop_app.ui.parts import Part, Turns
from desktop_app.ui.patient_card import PatientFrame
from desktop_app.ui.series_drag import SeriesDrop
from desktop_app.ui.series_strip import STRIP_WIDTH, SeriesStrip
from desktop_app.ui.viewer_toolbar import BAR_HEIGHT, ViewerToolbar
from desktop_app.ui.viewport.canvas import ViewportCanvas
from desktop_app.ui.viewport.key_cross import KeyCross
from desktop_app.ui.widgets import pixels_of
from desktop_app.ui.work_panel import WorkPanel
from desktop_app.viewmodels.series_rail import SeriesCard
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.viewport import ViewportModel

# What a right click offers; None is a line between groups.
_MENU = (
    "tool_window", "tool_pan", "tool_zoom", "tool_scroll", None,
    "tool_length", "tool_angle", "tool_rectangle", "tool_ellipse", "tool_freehand", "tool_probe", "tool_arrow", None,
    "copy_to_next", "copy_to_range", "delete_annotation", None,
    "auto_window", "file_window_1", "invert", None,
    "fit", "one_to_one", "flip_horizontal", "flip_vertical", "rotate_right", "rotate_left", "reset", None,
    "cine", "texts", "explain_pixel", "copy_view", None,
    "key_image", "save_work", "tags", "export",
)


class ViewerPage(QWidget):
    """The page of a study tab. `actions` are those of its window."""

    def __init__(self, viewer: ViewerModel, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer, self._actions = viewer, actions
        self._canvases: dict[ViewportModel, Part[ViewportCanvas]] = {}
        self._seen: tuple[object, ...] = ()
        self.setObjectName("page")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        self.frame = PatientFrame(viewer, self)
        self.frame.setLayout(self._grid)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addSpacing(STRIP_WIDTH)              # what comes later has its room: no image moves
        self._body.addWidget(self.frame, 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(0)
        self._side.addStretch()
        self._body.addLayout(self._side)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addSpacing(BAR_HEIGHT)
        self._column.addLayout(self._body, 1)
        self._left_of_toolbar = Part(self._new_toolbar)
        self._toolbar = Part(lambda: self._left_of_toolbar().with_views())
        self._strip = Part(self._new_strip)
        self._panel, self._work_panel = Part(self._new_panel), Part(self._new_work_panel)
        self._explain_panel = Part(self._new_explain_panel)
        self._turns = Turns(self)
        viewer.layout_changed.connect(self._arrange)
        viewer.active_changed.connect(self._mark_active)
        viewer.changed.connect(self._say_state)
        viewer.tool_changed.connect(self._refresh_actions)
        viewer.annotations.changed.connect(actions.refresh)
        viewer.work.changed.connect(actions.refresh)
        self._turns.add(self._refresh_actions)
        self._arrange()
        self._turns.add(self._left_of_toolbar, self._toolbar, self._strip, self._panel, self._work_panel,
                        self._explain_panel)

    # -- parts, built in turns or when they are asked for --------------------------------------------------------------

    @property
    def is_whole(self) -> bool:
        """Whether every part is built."""
        return self._turns.are_over

    @property
    def toolbar(self) -> ViewerToolbar:
        return self._toolbar()

    @property
    def strip(self) -> SeriesStrip:
        return self._strip()

    @property
    def panel(self) -> MeasurementPanel:
        return self._panel()

    @property
    def work_panel(self) -> WorkPanel:
        return self._work_panel()

    @property
    def explain_panel(self) -> ExplainPanel:
        return self._explain_panel()

    def _new_toolbar(self) -> ViewerToolbar:
        toolbar = ViewerToolbar(self.viewer, self._actions, self)
        self._column.takeAt(0)
        self._column.insertWidget(0, toolbar)
        return toolbar

    def _new_strip(self) -> SeriesStrip:
        strip = SeriesStrip(self.viewer, self)
        strip.chosen.connect(lambda _key: self.focus_image())
        strip.menu_requested.connect(self._show_series_menu)
        self._body.takeAt(0)
        self._body.insertWidget(0, strip)
        return strip

    def _new_panel(self) -> MeasurementPanel:
        panel = MeasurementPanel(self.viewer, self._actions, self)
        self._side.insertWidget(0, panel, 1)
        return panel

    def _new_work_panel(self) -> WorkPanel:
        panel = WorkPanel(self.viewer.work, self)
        self._side.insertWidget(self._side.count() - 1, panel)
        return panel

    def _new_explain_panel(self) -> ExplainPanel:
        panel = ExplainPanel(self.viewer, self)
        self._body.addWidget(panel)
        return panel

    # -- viewports ---------------------------------------------------------------------------------------------------

    @property
    def canvases(self) -> tuple[ViewportCanvas, ...]:
        """The canvases of the grid, in reading order."""
        return tuple(self._canvases[viewport]() for viewport in self.viewer.viewports)

    @property
    def active_canvas(self) -> ViewportCanvas:
        return self._canvases[self.viewer.active]()

    def focus_image(self) -> None:
        """Puts the focus on the active image; the page holds it until its canvas is there."""
        part = self._canvases[self.viewer.active]
        holder = part() if part.is_built else self
        holder.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_view(self) -> None:
        """Puts the active view on the clipboard as a picture, as it stands."""
        QGuiApplication.clipboard().setImage(self.active_canvas.picture())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turns.go_on(True)
        if self.focusWidget() is None:
            self.focus_image()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turns.go_on(False)

    def _arrange(self) -> None:
        """Puts a canvas for every viewport into the grid, those that exist already as they are."""
        viewports, columns = self.viewer.viewports, self.viewer.layout.columns
        for gone in set(self._canvases) - set(viewports):
            part = self._canvases.pop(gone)
            if part.is_built:
                canvas = part()
                self._grid.removeWidget(canvas)
                canvas.hide()
                canvas.deleteLater()
        for row in range(max(self._grid.rowCount(), self.viewer.layout.rows)):
            self._grid.setRowStretch(row, int(row < self.viewer.layout.rows))
        for column in range(max(self._grid.columnCount(), columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        for place, viewport in enumerate(viewports):
            if viewport not in self._canvases:
                self._canvases[viewport] = Part(partial(self._new_canvas, viewport))
                self._turns.add(self._build_next_canvas)
            elif self._canvases[viewport].is_built:
                self._grid.addWidget(self._canvases[viewport](), *divmod(place, columns))
        for viewport, canvas in self._built_canvases():
            canvas.setVisible(self._is_seen(viewport))
        self._mark_active()

    def _built_canvases(self) -> list[tuple[ViewportModel, ViewportCanvas]]:
        return [(viewport, part()) for viewport, part in self._canvases.items() if part.is_built]

    def _build_next_canvas(self) -> None:
        """Those that were asked for meanwhile, or went with another layout, leave their turns empty."""
        waiting = (part for part in self._canvases.values() if not part.is_built)
        if part := next(waiting, None):
            part()

    def _is_seen(self, viewport: ViewportModel) -> bool:
        return self.viewer.alone in (None, viewport)

    def _new_canvas(self, viewport: ViewportModel) -> ViewportCanvas:
        canvas = ViewportCanvas(viewport, self, linking=self.viewer.linking)
        canvas.activated.connect(lambda: self.viewer.activate(viewport))
        canvas.alone_requested.connect(lambda: self.viewer.toggle_alone(viewport))
        KeyCross(viewport.keys, canvas)
        SeriesDrop(canvas, self.viewer, lambda key: self._take_series(key, viewport))
        canvas.menu_requested.connect(self._show_menu)
        ObjectLayer(canvas, viewport.objects, lambda: ObjectPage(
            canvas, viewport.objects, self.viewer.work, self.show_tags, viewport.scroll_by))
        for signal in (viewport.state_changed, viewport.cine.playing_changed, viewport.cine.changed,
                       viewport.pen.changed, viewport.display_set_changed,
                       viewport.frame_changed):
            signal.connect(self._refresh_actions)
        self._grid.addWidget(canvas, *divmod(self.viewer.viewports.index(viewport), self.viewer.layout.columns))
        canvas.setVisible(self._is_seen(viewport))
        is_active = viewport is self.viewer.active
        canvas.set_active(len(self._canvases) > 1 and is_active)
        self._say_state_in(viewport, canvas)
        if is_active and self.window().focusWidget() is self:
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        return canvas

    def show_export(self) -> ExportDialog:
        """What is looked at, its series or the study as files."""
        model = self.viewer.new_export()
        dialog = ExportDialog(self, self.tr("Export"), model, self._view_pixels, self._view_pdf,
                              self._print)
        dialog.finished.connect(lambda _code: model.deleteLater())
        dialog.open()
        return dialog

    def print_view(self) -> None:
        """Asks how large and with which texts; then the system's own dialog asks where."""
        dialog = self.show_export()
        dialog.choose(dialog.what, "print")

    def _print(self, names: bool, life_size: bool) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        sheet, printer = self._sheet(names=names, life_size=life_size), QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, sheet)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: to_printer(printer, sheet))
        dialog.show()

    def _view_pixels(self, names: bool) -> object:
        return pixels_of(self.active_canvas.picture(names=names))

    def _view_pdf(self, names: bool, life_size: bool) -> bytes:
        return to_pdf(self._sheet(names=names, life_size=life_size))

    def _sheet(self, *, names: bool, life_size: bool) -> Sheet:
        canvas, viewport = self.active_canvas, self.viewer.active
        picture = canvas.picture(names=names)
        frame, transform = viewport.frame, viewport.transform()
        mm_per_px = None
        if frame is not None and transform is not None and frame.facts.spacing_mm is not None:
            mm_per_px = frame.facts.spacing_mm[1] / transform.scale / picture.devicePixelRatio()
        picture.setDevicePixelRatio(1.0)
        source = frame.facts.spacing_source if frame is not None else ""
        lines = (self.tr("Scale from: {source}").format(source=source),) if source else ()
        return Sheet(picture, mm_per_px, lines, 1.0 if life_size else None)

    def show_tags(self, ref: FrameRef | None = None) -> None:
        """All attributes of an instance: of the one that is looked at, unless told which."""
        shown, index = self.viewer.active.display_set, self.viewer.active.state.index
        frames = shown.frames if shown is not None else ()
        ref = ref or (frames[index] if index < len(frames) else None)
        if ref is None:
            return
        place = frames.index(ref) if ref in frames else -1
        near = [(self.tr("Compare with the previous"), place - 1), (self.tr("Compare with the next"), place + 1)]
        neighbours = tuple(
            (name, frames[other]) for name, other in near
            if place >= 0 and 0 <= other < len(frames) and frames[other].sop_instance_uid != ref.sop_instance_uid)
        TagsDialog(self, self.tr("Tags"), self.viewer.tags_of(ref), neighbours).open()

    def _take_series(self, key: str, viewport: ViewportModel) -> None:
        self.viewer.activate(viewport)
        self.viewer.show(key, viewport)
        self.focus_image()

    def _mark_active(self) -> None:
        several = len(self._canvases) > 1
        for viewport, canvas in self._built_canvases():
            canvas.set_active(several and viewport is self.viewer.active)
        self._say_state()
        self._refresh_actions()

    # -- what is said --------------------------------------------------------------------------------------------------

    def _say_state(self) -> None:
        """What happens to the study as a whole, said in the active viewport while it has nothing to show."""
        for viewport, canvas in self._built_canvases():
            self._say_state_in(viewport, canvas)

    def _say_state_in(self, viewport: ViewportModel, canvas: ViewportCanvas) -> None:
        viewer = self.viewer
        empty = viewport is viewer.active and viewport.display_set is None
        canvas.say_busy(self.tr("Reading the study …") if empty and viewer.busy else "")
        canvas.say_error(self._error() if empty and not viewer.busy else None, viewer.open)

    def _error(self) -> LightboxError:
        """Why there is nothing to show."""
        text = self.tr("No series of this study holds images that Lightbox can show. The cards on the left say why.")
        return self.viewer.error or LightboxError(text)

    def _refresh_actions(self) -> None:
        """Brings the buttons up to date, when something that they show has changed; a drag changes nothing of that.

        A page that is not in front has no buttons to show it: whoever brings it there refreshes them.
        """
        if not self.isVisible():
            return
        viewport = self.viewer.active
        state = viewport.state
        linking = self.viewer.linking
        links = (linking.links, linking.shows_lines, linking.is_anchored, viewport.cine.sweeps, viewport.pen.can_finish)
        seen = (self.viewer.tool, self.viewer.layout, links, viewport, viewport.display_set is None,
                viewport.frame is None, viewport.cine.playing, state.inverted, viewport.flipped,
                state.colour_map, state.bare, viewport.look.units)
        if seen != self._seen:
            self._seen = seen
            self._actions.refresh()

    def _show_series_menu(self, card: SeriesCard, place: QPoint) -> None:
        models, viewer, display_set = self._actions.commands.models, self.viewer, card.display_set
        if display_set is None or not models.archives.deletes_at(viewer.store):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = menu.addAction(theme.icon("trash-2"), self.tr("Delete this series from its archive…"))
        delete.triggered.connect(
            lambda: models.deletions.begin_shown(viewer.store, viewer.study, display_set, None))
        menu.popup(place)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _MENU:
            if name is None:
                menu.addSeparator()
            elif name != "cine" or self.viewer.active.expected > 1:
                menu.addAction(self._actions[name])
        menu.popup(place)

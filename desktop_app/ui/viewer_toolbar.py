"""ViewerToolbar: the tools and commands of a study tab, made from the actions table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStyleOptionToolButton, QToolButton, QWidget

from desktop_app.core.window import Window
from desktop_app.ui import theme
from desktop_app.ui.action_set import ActionSet, ToolButton
from desktop_app.ui.layout_chooser import LayoutButton
from desktop_app.ui.widgets import divider
from desktop_app.viewmodels.corner_texts import number_text
from desktop_app.viewmodels.viewer import ViewerModel
from desktop_app.viewmodels.viewport import ViewportModel

_TOOLS = ("tool_window", "tool_pan", "tool_zoom", "tool_scroll")
_DRAWING = ("tool_length", "tool_angle", "tool_rectangle", "tool_ellipse", "tool_freehand")
_MORE_DRAWING = (
    "tool_polyline", "tool_bidirectional", "tool_cobb", "tool_probe", None,
    "tool_arrow", "tool_text", "tool_calibration", None,
    "copy_to_next", "copy_to_range", "copy_results", "copy_results_csv",
)
_MORE_TOOLS = ("tool_window_region", "tool_rotate", "tool_magnifier", "tool_cursor", None, "type_window")
_LINKS = ("link", "link_here", "unlink_here", None, "link_window", "link_zoom", "link_pan", None, "reference_lines")
_CINE = ("cine_faster", "cine_slower", "cine_own_rate", None, "cine_sweep")
_COMMANDS = ("invert", "cine", "reset")
_VIEWS = (
    ("own_window", "link"),
    ("rotate_left", "rotate_right", "flip_horizontal", "flip_vertical"),
    ("fit", "one_to_one"),
    ("texts", "copy_view"),
)
_COLOUR_MAPS = ("colour_map_grey", "colour_map_hot_iron", "colour_map_pet", "colour_map_hot_metal_blue",
                "colour_map_rainbow", "colour_map_pet_20_step")
_INTERPOLATIONS = ("interpolation_nearest", "interpolation_bilinear", "interpolation_bicubic", "interpolation_lanczos")
BAR_HEIGHT = 48
_LEAST_WIDTH = 680
_NARROW = 1200                  # below this, tools show their icons only
_ROOMY = 1800                   # from here on, commands show their words too
_WINDOW_WIDTH, _WINDOW_WIDTH_NARROW = 190, 150
_ARROW_ROOM = 48                # padding and arrow of the window button
# Number keys that choose a window, in the order of ViewportModel.window_names: the file's own, full range, presets.
_OWN_KEYS, _FULL_RANGE_KEY = ("1", "2"), "0"


class ViewerToolbar(QFrame):
    """One row: tools, window, commands on the left; how the picture lies on the right, once `with_views` added it."""

    def __init__(self, viewer: ViewerModel, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        self.setFixedHeight(BAR_HEIGHT)
        tokens = theme.tokens()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.space_m, 0, tokens.space_m, 0)
        self._row.setSpacing(tokens.space_xs)
        tools = [_WordedButton(actions, name, self) for name in _TOOLS]
        drawing = [_IconButton(actions, name, self) for name in _DRAWING]
        commands = [_WordedButton(actions, name, self) for name in _COMMANDS]
        self._tools, self._commands = tools, commands
        self.window_button = WindowButton(viewer, actions, self)
        self._add(tools)
        self._add([MenuButton(actions, _MORE_TOOLS, self.tr("More tools"), self)])
        self._add_divider()
        self._add(drawing)
        self._folding: list[tuple[Sequence[QToolButton], QWidget | None]] = [(tools[1:], None), (drawing[1:], None)]
        self.more_drawing = MenuButton(actions, _MORE_DRAWING, self.tr("More drawings and measurements"), self)
        self._add([self.more_drawing])
        self._add_divider()
        self._add([self.window_button, *commands])
        self._row.addStretch()
        self._cine = next(button for button in commands if button.defaultAction() is actions["cine"])
        _keep_room(self._cine)
        _add_menu(self._cine, actions, _CINE)
        self._link: QToolButton | None = None
        self._viewer, self._actions = viewer, actions
        self._is_whole = False
        for signal in (viewer.changed, viewer.layout_changed, viewer.active_changed):
            signal.connect(self._refresh)
        self._refresh()

    def with_views(self) -> ViewerToolbar:
        """Adds the right half, and returns the toolbar: both at once would take too long for one turn."""
        actions, viewer = self._actions, self._viewer
        self.layout_button = LayoutButton(viewer, actions, self)
        self._add([self.layout_button])
        for place, names in enumerate(_VIEWS):
            line = self._add_divider() if place else None
            buttons = [_IconButton(actions, name, self) for name in names]
            self._add(buttons)
            if line is not None:
                self._folding.append((buttons, line))
            self._link = next((one for one in buttons if one.defaultAction() is actions["link"]), self._link)
        self.overflow = OverflowButton(self)
        self._add([self.overflow])
        if self._link is not None:
            _add_menu(self._link, actions, _LINKS)
            self._link.setVisible(len(viewer.viewports) > 1)
        self._is_whole = True
        self._fit_if_seen()
        return self

    def _add(self, buttons: Sequence[QToolButton]) -> None:
        for button in buttons:
            self._row.addWidget(button)

    def _add_divider(self) -> QWidget:
        line = QWidget(self)
        column = QHBoxLayout(line)
        space = theme.tokens().space_s
        column.setContentsMargins(space, 0, space, 0)
        column.addWidget(divider())
        self._row.addWidget(line)
        return line

    def _refresh(self) -> None:
        self._cine.setVisible(self._viewer.active.expected != 1)        # one image is no film
        if self._link is not None:
            shown = len(self._viewer.viewports) > 1
            if shown == self._link.isHidden():
                self._link.setVisible(shown)
                self._fit_if_seen()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, BAR_HEIGHT)     # the words are no reason to keep a window wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_if_seen()

    def _fit_if_seen(self) -> None:
        """Out of sight it is not worth its time."""
        if self._is_whole and self.isVisible():
            self._fit()

    def _fit(self) -> None:
        """Words go first where there is no room, then buttons: those on the right first, into a menu at the end."""
        self._fold(len(self._folding))
        roomy = self.width() >= _ROOMY
        self._set_narrow(self.width() < _NARROW, not roomy)
        if roomy and not self._fits():
            self._set_narrow(False, True)
        if not self._fits():
            self.window_button.setFixedWidth(_WINDOW_WIDTH_NARROW)
        if not self._fits():
            self._set_narrow(True, True)
        unfolded = len(self._folding)
        while unfolded and not self._fits():
            unfolded -= 1
            self._fold(unfolded)

    def _fits(self) -> bool:
        self._row.invalidate()
        return self._row.minimumSize().width() <= self.width()

    def _set_narrow(self, tools: bool, commands: bool) -> None:
        for button in self._tools:
            button.set_narrow(tools)
        for button in self._commands:
            button.set_narrow(commands)
        self.window_button.setFixedWidth(_WINDOW_WIDTH_NARROW if tools else _WINDOW_WIDTH)

    def _fold(self, unfolded: int) -> None:
        """Shows this many of the groups; the others are in the menu."""
        for place, (buttons, line) in enumerate(self._folding):
            for widget in (*buttons, *([line] if line is not None else [])):
                widget.setVisible(place < unfolded)
        self.overflow.offer([[button.defaultAction() for button in buttons] for buttons, _ in self._folding[unfolded:]])


class _WordedButton(ToolButton):
    """An action with its icon and its word; the word goes where there is no room."""

    def __init__(self, actions: ActionSet, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDefaultAction(actions[name])
        self.setAccessibleName(actions.row(name).title)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        super().initStyleOption(option)
        # The style reserves two spaces behind the words and none before: one on either side looks even.
        if option.toolButtonStyle == Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            option.text = " " + option.text


class _IconButton(ToolButton):
    """An action with its icon only."""

    def __init__(self, actions: ActionSet, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDefaultAction(actions[name])
        self.setAccessibleName(actions.row(name).title)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


class MenuButton(ToolButton):
    """Actions for which the row has no room, in a menu. Shows the chosen one of them, as long as it is in force."""

    def __init__(self, actions: ActionSet, names: Sequence[str | None], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self.setAccessibleName(title)
        _add_menu(self, actions, names)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._actions = [actions[name] for name in names if name is not None]
        actions.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        chosen = next((action for action in self._actions if action.isChecked()), None)
        self.setIcon(chosen.icon() if chosen is not None else theme.icon("ellipsis", "secondary"))
        self.setToolTip(chosen.toolTip() if chosen is not None else self._title)
        self.setProperty("chosen", chosen is not None)
        self.setDown(chosen is not None)


class OverflowButton(ToolButton):
    """At the end of a row: the buttons for which it has no room, in a menu. Hidden while there are none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = self.tr("More of this row")
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setIcon(theme.icon("ellipsis", "secondary"))
        self.setMenu(QMenu(self))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.hide()

    def offer(self, groups: Sequence[Sequence[QAction]]) -> None:
        menu = self.menu()
        menu.clear()
        for place, actions in enumerate(groups):
            if place:
                menu.addSeparator()
            menu.addActions(list(actions))
        self.setVisible(bool(groups))


def _add_menu(button: QToolButton, actions: ActionSet, names: Sequence[str | None]) -> None:
    """Further actions behind an arrow beside the button; None is a line between groups."""
    menu = QMenu(button)
    for name in names:
        if name is None:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)


def _keep_room(widget: QWidget) -> None:
    """Hidden, it leaves its place empty: the other buttons stay where the hand knows them."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class WindowButton(ToolButton):
    """Names the window in effect, and opens the list of those that can be had."""

    def __init__(self, viewer: ViewerModel, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewer, self._actions = viewer, actions
        self._followed: ViewportModel | None = None
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)     # the arrow stands behind the words
        self.setIcon(theme.icon("chevron-down", "secondary"))
        self.setFixedWidth(_WINDOW_WIDTH)
        self.setFont(theme.font(tabular=True))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Windows and presets  (0 to 9)"))
        _keep_room(self)
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        viewer.active_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Keeps an eye on the active viewport."""
        if self._followed is not None:
            self._followed.state_changed.disconnect(self._refresh)
            self._followed.frame_changed.disconnect(self._refresh)
        self._followed = self._viewer.active
        self._followed.state_changed.connect(self._refresh)
        self._followed.frame_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        viewport = self._viewer.active
        frame = viewport.frame
        if frame is None and viewport.loading:
            return                      # the next image is on its way: no flicker
        has_window = frame is not None and not frame.is_colour
        words = window_texts(viewport.window, viewport.window_names) if has_window else (self.tr("Window"),)
        self.setVisible(has_window)
        self.setAccessibleName(self.tr("Window: {name}").format(name=words[0]))
        room = self.width() - _ARROW_ROOM
        fitting = (text for text in words if self.fontMetrics().horizontalAdvance(text) <= room)
        self.setText(next(fitting, words[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _fill(self) -> None:
        menu, viewport = self.menu(), self._viewer.active
        menu.clear()
        names = viewport.window_names
        keys = window_keys(names, len(viewport.frame.windows) if viewport.frame is not None else 0)
        for place, (name, window) in enumerate(names):
            if place and keys[place] == _FULL_RANGE_KEY:
                menu.addSeparator()
            action = QAction(f"{name}\t{width_and_level(window)}" + (f"    {keys[place]}" if keys[place] else ""), menu)
            action.setCheckable(True)
            action.setChecked(_same(window, viewport.window))
            action.triggered.connect(lambda _checked=False, window=window: viewport.set_window(window))
            menu.addAction(action)
        menu.addSeparator()
        self._add_units(menu, viewport)
        for title, rows in ((self.tr("Colour map"), _COLOUR_MAPS), (self.tr("Interpolation"), _INTERPOLATIONS)):
            part = menu.addMenu(title)
            for row in rows:
                part.addAction(self._actions[row])

    def _add_units(self, menu: QMenu, viewport: ViewportModel) -> None:
        units = viewport.look.units
        if len(units) < 2:
            return
        part = menu.addMenu(self.tr("Values in"))
        for unit in units:
            action = QAction(unit or self.tr("stored values"), part)
            action.setCheckable(True)
            action.setChecked(unit == viewport.look.unit)
            action.triggered.connect(lambda _checked=False, unit=unit: viewport.look.set_unit(unit))
            part.addAction(action)


def window_keys(names: tuple[tuple[str, Window], ...], own: int) -> list[str]:
    """The number key of each window: 1 and 2 for the file's own, 0 for the full range, 3 to 9 for the presets."""
    presets = [str(number) for number in range(3, 10)]
    keys = [*(_OWN_KEYS + ("",) * own)[:own], _FULL_RANGE_KEY, *presets]
    return [*keys, *[""] * len(names)][: len(names)]


def window_texts(window: Window, names: tuple[tuple[str, Window], ...]) -> tuple[str, ...]:
    """What a window may be called, the fullest first: `Abdomen 400/50`, `W 400 L 50`."""
    named = tuple(f"{name} {width_and_level(window)}" for name, one in names if _same(one, window))
    return (*named[:1], f"W {number_text(window.width)} L {number_text(window.center)}")


def width_and_level(window: Window) -> str:
    return f"{number_text(window.width)}/{number_text(window.center)}"


def _same(one: Window, other: Window) -> bool:
    return (one.center, one.width, one.function) == (other.center, other.width, other.function)

"""What an action does: calls of the models in front, when there are any."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.ui.actions.action import Commands


def viewport_call(name: str, *arguments: object) -> Callable[[Commands], None]:
    """Calls a method of the active viewport."""
    def run(commands: Commands) -> None:
        if commands.viewport is not None:
            getattr(commands.viewport, name)(*arguments)
    return run


def toggle_cine(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.cine.toggle()


def look_call(name: str, *arguments: object) -> Callable[[Commands], None]:
    """Calls a method of the PixelLook of the active viewport."""
    def run(commands: Commands) -> None:
        if commands.viewport is not None:
            getattr(commands.viewport.look, name)(*arguments)
    return run


def set_tool(tool: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.set_tool(tool)
    return run


def annotations_call(method: str) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer.annotations, method)()
    return run


def viewer_call(method: str, *arguments: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            getattr(commands.viewer, method)(*arguments)
    return run


def step_series(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.viewer.next_series(step)
    return run


def step_study(step: int) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewer is not None:
            commands.models.workspace.step_study(commands.viewer, step)
    return run


def hang(commands: Commands) -> None:
    if commands.viewer is not None:
        commands.models.hanging.hang(commands.viewer)


def remember_hanging(commands: Commands) -> None:
    if commands.viewer is not None:
        commands.models.hanging.remember(commands.viewer)


def open_prior(commands: Commands) -> None:
    if commands.viewer is not None:
        commands.viewer.priors.open_latest()


def step_pointer(right: float, down: float) -> Callable[[Commands], None]:
    def run(commands: Commands) -> None:
        if commands.viewport is not None:
            commands.viewport.keys.step(right, down, commands.viewport.view_size)
    return run


def click_pointer(commands: Commands) -> None:
    if commands.viewport is not None:
        commands.viewport.keys.click(commands.viewport.view_size)


def cancel(commands: Commands) -> None:
    """Cancel what is going on, else leave full screen, close the explanation, or put the picture back as it was."""
    viewport = commands.viewport
    if viewport is not None and viewport.pointer.cancel_drag():
        return
    if viewport is not None and viewport.keys.place is not None:
        viewport.keys.hide()
        return
    if commands.viewer is not None and commands.viewer.linking.drop_cursor():
        return
    if commands.window.leave_full_screen() or viewport is None:
        return
    if viewport.explanation.is_open:
        viewport.explanation.close()
    else:
        viewport.reset()

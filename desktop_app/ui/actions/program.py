"""Rows: the program itself."""

from __future__ import annotations

from functools import partial

from desktop_app.core.words import t
from desktop_app.ui.actions.action import Action, Group, Scope
from desktop_app.ui.actions.conditions import has_viewer

_program = partial(Action, group=Group.PROGRAM)

ROWS: tuple[Action, ...] = (
    _program("palette", t("Actions", "All commands"), lambda c: c.window.show_palette(), keys=("Ctrl+K",),
             icon="command"),
    _program("keys", t("Actions", "Keys"), lambda c: c.window.show_keys(), keys=("?",), icon="keyboard"),
    _program("change_keys", t("Actions", "Change keys and mouse buttons…"), lambda c: c.window.change_keys(),
             icon="keyboard"),
    _program("worklist", t("Actions", "Show the worklist"), lambda c: c.window.show_worklist(), keys=("Ctrl+Home",),
             icon="list", label=t("Actions", "Worklist")),
    _program("next_tab", t("Actions", "Next tab"), lambda c: c.window.step_tab(1), keys=("Ctrl+Tab",),
             icon="chevron-right"),
    _program("previous_tab", t("Actions", "Previous tab"), lambda c: c.window.step_tab(-1),
             keys=("Ctrl+Shift+Tab",), icon="chevron-left"),
    _program("close_tab", t("Actions", "Close the study"), lambda c: c.window.close_tab(), scope=Scope.VIEWER,
             keys=("Ctrl+W",), icon="x", enabled=has_viewer),
    _program("settings", t("Actions", "Settings…"), lambda c: c.window.show_settings(), keys=("Ctrl+,",),
             icon="settings"),
    _program("lock", t("Actions", "Lock the screen"), lambda c: c.models.session.lock_now(), keys=("Ctrl+Shift+L",),
             icon="eye"),
    _program("loading_times", t("Actions", "Why is it slow?"), lambda c: c.window.show_loading_times(),
             keys=("Ctrl+Shift+S",), icon="info"),
    _program("wipe_cache", t("Actions", "Remove all images kept on this computer"),
             lambda c: c.models.network.wipe_cache(), icon="trash-2"),
    _program("read_left_out", t("Actions", "Read what was left out again: images that once ended the program"),
             lambda c: c.models.network.read_left_out(), icon="refresh-cw"),
    _program("test_pattern", t("Actions", "Test pattern for this monitor"),
             lambda c: c.window.on_page.show_test_pattern(), icon="contrast"),
    _program("help", t("Actions", "Help"), lambda c: c.window.show_help(), keys=("F1",), icon="circle-question-mark"),
    _program("about", t("Actions", "About Lightbox"), lambda c: c.window.show_about(), icon="info"),
    _program("quit", t("Actions", "Quit"), lambda c: c.window.quit(), keys=("Ctrl+Q",), icon="log-out"),
)

"""Every room looks down only. The contracts of pyproject.toml, and what import-linter cannot see."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, calls, imports, modules, place, tree


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([program, "--no-logo"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_view_models_know_qtcore_only() -> None:
    wrong = [
        f"{place(path, line)} {name}" for path in modules("viewmodels") for line, name in imports(path)
        if name.startswith("PySide6") and not name.startswith("PySide6.QtCore")
    ]
    assert wrong == []


def test_widgets_know_of_imaging_only_how_to_render() -> None:
    rooms = ("luts", "render", "colour_maps", "interpolate")
    allowed = tuple(f"desktop_app.imaging.{name}" for name in rooms)
    wrong = [
        f"{place(path, line)} {name}" for path in modules("ui") for line, name in imports(path)
        if name.startswith("desktop_app.imaging") and not name.startswith(allowed)
    ]
    assert wrong == []


def test_core_opens_no_files() -> None:
    doors = {"open", ".open", ".read_text", ".read_bytes", ".write_text", ".write_bytes", ".mkdir", ".unlink", ".stat"}
    wrong = [f"{place(path, line)} {name}" for path in modules("core") for line, name in calls(path) if name in doors]
    assert wrong == []


def test_nothing_runs_a_second_event_loop() -> None:
    """`exec()` of a dialog or menu starts Qt's loop inside the running one: coroutines would run under it."""
    rooms = [path for room in ("ui", "viewmodels") for path in modules(room)]
    loops = (".exec", ".exec_")
    wrong = [f"{place(path, line)} {name}" for path in rooms for line, name in calls(path) if name in loops]
    assert wrong == []


def test_only_job_starts_coroutines_on_the_gui_side() -> None:
    starters = {".create_task", ".ensure_future", "create_task", "ensure_future", ".run_until_complete"}
    wrong = [
        f"{place(path, line)} {name}" for room in ("ui", "viewmodels") for path in modules(room)
        for line, name in calls(path) if name in starters and path.name != "job.py"
    ]
    assert wrong == []


@pytest.mark.parametrize("slow", [
    "pydicom", "numpy", "imagecodecs", "PIL", "google_auth_oauthlib", "starlette", "aiohttp", "http.client"])
def test_nothing_slow_is_imported_before_the_first_window(slow: str) -> None:
    if not (ROOT / "desktop_app" / "app.py").exists():
        pytest.skip("there is no desktop_app/app.py yet")
    question = f"import sys, desktop_app.app, desktop_app.ui.main_window; print({slow!r} in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert answer.stdout.strip() == "False", f"{slow} is imported with the main window"


def test_pydicom_is_imported_by_its_root_first() -> None:
    """Two threads that first import different modules of pydicom each hold a lock the other waits for, and Python then
    hands out half a module. Who imports the root first (`import pydicom`, `from pydicom import uid`) only waits."""
    wrong = []
    for path in modules():
        for scope in ast.walk(tree(path)):
            if isinstance(scope, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
                names = [
                    (node.lineno, node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
                    for node in scope.body if isinstance(node, ast.Import | ast.ImportFrom)
                ]
                first = next(((line, name) for line, name in names if (name or "").split(".")[0] == "pydicom"), None)
                if first is not None and first[1] != "pydicom":
                    wrong.append(f"{place(path, first[0])} {first[1]}")
    assert wrong == []

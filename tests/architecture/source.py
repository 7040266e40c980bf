"""Reading the project's own source, for the tests that hold it to its rules."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "desktop_app"


@functools.cache
def tracked_files() -> tuple[Path, ...]:
    """What belongs to the project: what git tracks, or, outside a checkout, what is neither built nor installed."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode == 0:
        names = [name for name in listing.stdout.decode().split("\0") if name]
        return tuple(path for name in names if (path := ROOT / name).is_file())
    built = {".venv", "build", "dist", ".cache", ".git"}
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not built & set(path.relative_to(ROOT).parts))


def modules(room: str = "") -> list[Path]:
    """The Python files of the program, or of one room or file of it."""
    place = PROGRAM / room
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and last name of everything that a file calls: `open` for open(…), `exec` for dialog.exec(…)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.lineno, f".{node.func.attr}"


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"

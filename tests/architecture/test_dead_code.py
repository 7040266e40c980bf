"""What nothing of the program uses is not kept: no function, class or constant is there for tests alone."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(r"\w+")
_OVERRIDE = re.compile(r"[a-z]+[A-Z]\w*")           # Qt's names, and those of the standard library's logging
# Called by name from elsewhere, each with the reason.
_CALLED_FROM_ELSEWHERE = {
    "sync_auth_flow": "httpx asks for it",
    "seekable": "io.RawIOBase asks for it",
    "readinto": "io.RawIOBase asks for it",
    "DECODER_DEPENDENCIES": "pydicom asks for it",
    "clone": "Qt asks an icon engine for it",
    "accent_hover": "a token of resources/theme.qss",
}
# Looked at by tests, to know what a person sees or that something has ended.
_OBSERVED = {"is_sound", "has_thumbnail", "current_row", "is_read", "button_of", "store_bytes"}


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_every_definition_is_used_by_the_program() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "desktop_app").rglob("*.py")}
    seen = Counter(word for text in texts.values() for word in _WORD.findall(text))
    unused = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path, text in texts.items() for name in _defined(ast.parse(text))
        if seen[name] == 1 and not name.startswith("__") and not _OVERRIDE.fullmatch(name)
        and name not in _CALLED_FROM_ELSEWHERE and name not in _OBSERVED
    }
    assert not unused, "used by nothing: take it away, or name in this test who calls it"
    gone = {name for name in (*_CALLED_FROM_ELSEWHERE, *_OBSERVED) if not seen[name]}
    assert not gone, "named here, but not there any more"

"""Texts and their translations, with Qt's own tools: `make translations`.

It collects every text of the program into resources/translations/lightbox_*.ts (texts that are no longer there go, new
ones come as unfinished) and makes the .qm files that the program loads. Both are committed: a fresh clone, the wheel
and the built program need no tools to speak the language.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
_ALIASES = "translate+=say,QT_TRANSLATE_NOOP+=t"       # desktop_app/core/words.py


def tool(name: str) -> str:
    """The path of one of PySide6's tools. Raises FileNotFoundError where this PySide6 brings none."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not in the virtual environment")
    return found


def collect(file: Path, *, language: str = "de") -> None:
    """Brings a .ts file up to what the sources say; makes it where there is none.

    The texts are English already: of those, only the forms of what is counted.
    """
    sources = sorted(str(path) for path in (ROOT / "desktop_app").rglob("*.py"))
    counted = ("-pluralonly",) if language == "en" else ()
    _run(tool("pyside6-lupdate"), *counted, "-tr-function-alias", _ALIASES, "-locations", "none", "-no-obsolete",
         "-sort-messages", "-disable-heuristic", "similartext", "-target-language", language, *sources,
         "-ts", str(file))


def compile_to(file: Path, made: Path) -> None:
    """A .ts file as the .qm that Qt loads."""
    _run(tool("pyside6-lrelease"), "-silent", str(file), "-qm", str(made))


def unfinished(file: Path) -> list[str]:
    """The texts of a .ts file that nobody translated yet."""
    return [message.findtext("source") or "" for message in ElementTree.parse(file).iter("message")  # noqa: S314 - ours
            if (message.find("translation") is None or message.find("translation").get("type") is not None)]


def main() -> int:
    left = 0
    for file in sorted(FOLDER.glob("lightbox_*.ts")):
        collect(file, language=file.stem.rpartition("_")[2])
        compile_to(file, file.with_suffix(".qm"))
        missing = unfinished(file)
        left += len(missing)
        print(f"{file.name}: {len(missing)} to be translated")
        for text in missing:
            print(f"  {text!r}")
    return 1 if left else 0


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


if __name__ == "__main__":
    sys.exit(main())

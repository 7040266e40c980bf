"""The Windows installer, made by NSIS from lightbox.nsi."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.common import OUT, ROOT, CannotBuild, need, payload, version

SCRIPT = Path(__file__).parent / "lightbox.nsi"


def build() -> Path:
    """dist/installers/lightbox-VERSION-windows-setup.exe. Raises CannotBuild on other systems than Windows."""
    if sys.platform != "win32":
        raise CannotBuild("the program's folder for Windows is built on Windows (a dry run of the script is a test)")
    return compile_script(payload(), OUT / f"lightbox-{version()}-windows-setup.exe")


def compile_script(program: Path, target: Path) -> Path:
    """Packs the folder. The script compiles on every system that has NSIS; the result runs where the folder does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    flag = "/" if sys.platform == "win32" else "-"
    subprocess.run(
        [
            need("makensis", "nsis"), f"{flag}V2", f"{flag}INPUTCHARSET", "UTF8", f"{flag}DVERSION={version()}",
            f"{flag}DPROGRAM={program}", f"{flag}DICON={ROOT / 'installer' / 'windows' / 'lightbox.ico'}",
            f"{flag}DLICENSE={ROOT / 'LICENSE'}", f"{flag}DOUT={target}", str(SCRIPT),
        ],
        check=True,
    )
    return target

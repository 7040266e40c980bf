"""The disk image for macOS: Lightbox.app, signed and notarised when an identity is given from outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer.common import OUT, ROOT, CannotBuild, payload, version

SCRIPT = Path(__file__).parent / "make_dmg.sh"


def build() -> Path:
    """dist/installers/lightbox-VERSION-macos.dmg. Raises CannotBuild on other systems than macOS."""
    if sys.platform != "darwin":
        raise CannotBuild("an application bundle is made, signed and notarised with the tools of macOS")
    payload()
    target = OUT / f"lightbox-{version()}-macos.dmg"
    OUT.mkdir(parents=True, exist_ok=True)
    subprocess.run(["sh", str(SCRIPT), str(ROOT / "dist" / "Lightbox.app"), str(target)], check=True)
    return target

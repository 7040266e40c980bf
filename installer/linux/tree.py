"""What lies beside the program on a Linux desktop: menu entry, icon, man page. The .deb and the archive share it."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from installer.common import ROOT, version

HERE = Path(__file__).parent
_ICON = ROOT / "resources" / "icons" / "lightbox.svg"


def add_desktop_files(share: Path) -> None:
    """Below `share`, which is /usr/share or ~/.local/share."""
    applications = share / "applications"
    icons = share / "icons" / "hicolor" / "scalable" / "apps"
    manuals = share / "man" / "man1"
    for folder in (applications, icons, manuals):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "lightbox.desktop", applications)
    shutil.copy(_ICON, icons / "lightbox.svg")
    text = (HERE / "lightbox.1").read_text(encoding="utf-8").replace('"" "Lightbox"', f'"" "Lightbox {version()}"')
    (manuals / "lightbox.1.gz").write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))

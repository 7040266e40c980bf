"""The icon in the forms that Windows and macOS want, drawn from resources/icons/lightbox.svg.

    python packaging/make_icons.py     writes installer/windows/lightbox.ico and installer/macos/lightbox.icns
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon

ROOT = Path(__file__).resolve().parents[1]
_SIZE = 1024


def main() -> None:
    application = QGuiApplication([])
    picture = QIcon(str(ROOT / "resources" / "icons" / "lightbox.svg")).pixmap(QSize(_SIZE, _SIZE))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data()))
    sizes = [(side, side) for side in (16, 24, 32, 48, 64, 256)]
    image.save(ROOT / "installer" / "windows" / "lightbox.ico", sizes=sizes)
    image.save(ROOT / "installer" / "macos" / "lightbox.icns")
    application.quit()


if __name__ == "__main__":
    main()

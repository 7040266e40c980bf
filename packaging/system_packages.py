"""Brings what no Python package can bring: the system's libraries that Qt needs, and the real programs that tests use.

    python packaging/system_packages.py run          what the program needs
    python packaging/system_packages.py run test     and what the tests need
    python packaging/system_packages.py --list test  only say what is missing

Something is asked for by what it is (a library, a program), not by a package's name, so that any Linux will do. On
Debian and its relatives missing packages are installed when that is possible without asking (root, or sudo without a
password); otherwise the exact command is printed. Missing test components never fail: the tests that need them are
skipped by name.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One Debian package, why it is needed, and how to tell that what it brings is here."""

    package: str
    why: str
    is_here: Callable[[], bool]


def _library(*sonames: str) -> Callable[[], bool]:
    def probe() -> bool:
        try:
            for soname in sonames:
                ctypes.CDLL(soname)
        except OSError:
            return False
        return True
    return probe


def _program(*names: str) -> Callable[[], bool]:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/sbin"])
    return lambda: any(shutil.which(name, path=path) for name in names)


def _file(*patterns: str) -> Callable[[], bool]:
    return lambda: any(next(Path("/").glob(pattern.lstrip("/")), None) for pattern in patterns)


_QT = "Qt"
_X11 = "Qt's windows under X11"
_WAYLAND = "Qt's windows under Wayland"
_WAYLAND_LIBRARIES = ("libwayland-client.so.0", "libwayland-cursor.so.0")
_FONTS = ("/usr/share/fonts/**/*.ttf", "/usr/share/fonts/**/*.ttc", "/usr/share/fonts/**/*.otf")
_ORTHANC_PLUGIN = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so*"

NEEDS: dict[str, tuple[Need, ...]] = {
    "run": (
        Need("libglib2.0-0", _QT, _library("libglib-2.0.so.0", "libgthread-2.0.so.0")),
        Need("libegl1", _QT, _library("libEGL.so.1")),
        Need("libgl1", _QT, _library("libGL.so.1")),
        Need("libfontconfig1", _QT, _library("libfontconfig.so.1")),
        Need("libdbus-1-3", _QT, _library("libdbus-1.so.3")),
        Need("libgssapi-krb5-2", _QT, _library("libgssapi_krb5.so.2")),
        Need("libxkbcommon-x11-0", _X11, _library("libxkbcommon.so.0", "libxkbcommon-x11.so.0")),
        Need("libx11-xcb1", _X11, _library("libX11-xcb.so.1")),
        Need("libxcb-cursor0", _X11, _library("libxcb-cursor.so.0")),
        Need("libxcb-icccm4", _X11, _library("libxcb-icccm.so.4")),
        Need("libxcb-keysyms1", _X11, _library("libxcb-keysyms.so.1")),
        Need("libxcb-image0", _X11, _library("libxcb-image.so.0")),
        Need("libxcb-render-util0", _X11, _library("libxcb-render-util.so.0")),
        Need("libxcb-randr0", _X11, _library("libxcb-randr.so.0")),
        Need("libxcb-shape0", _X11, _library("libxcb-shape.so.0")),
        Need("libxcb-sync1", _X11, _library("libxcb-sync.so.1")),
        Need("libxcb-util1", _X11, _library("libxcb-util.so.1")),
        Need("libxcb-xfixes0", _X11, _library("libxcb-xfixes.so.0")),
        Need("libxcb-xkb1", _X11, _library("libxcb-xkb.so.1")),
        Need("libwayland-cursor0", _WAYLAND, _library(*_WAYLAND_LIBRARIES)),
        Need("libwayland-egl1", _WAYLAND, _library("libwayland-egl.so.1")),
        Need("fonts-dejavu-core", "letters that Inter lacks", _file(*_FONTS)),
    ),
    "test": (
        Need("orthanc", "a real DICOM server", _program("Orthanc")),
        Need("orthanc-dicomweb", "its DICOMweb side", _file(_ORTHANC_PLUGIN)),
        Need("dcmtk", "an independent judge of pixels", _program("dcmj2pnm")),
        Need("dicom3tools", "an independent judge of objects", _program("dciodvfy")),
        Need("pixelmed-apps", "an independent judge of reports", _program("DicomSRValidator")),
        Need("chromium", "a browser for signing in", _program("chromium", "chromium-browser", "google-chrome")),
        Need("xvfb", "a screen for real windows", _program("Xvfb")),
        Need("openbox", "a window manager on that screen", _program("openbox")),
        Need("imagemagick", "screenshots of it", _program("import")),
        Need("dbus", "a message bus of its own for the keychain", _program("dbus-run-session")),
        Need("gnome-keyring", "a real keychain", _program("gnome-keyring-daemon")),
        Need("curl", "a peer to measure against", _program("curl")),
        Need("nsis", "the compiler of the Windows installer", _program("makensis")),
        Need("debootstrap", "bare systems to install into", _program("debootstrap")),
    ),
}


def missing(groups: Iterable[str]) -> list[Need]:
    return [need for group in groups for need in NEEDS[group] if not need.is_here()]


def _how_to_become_root() -> list[str] | None:
    """The words to put before a command, or None when this person may not install."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return ["sudo", "-n"] if may.returncode == 0 else None
    return None


def _install(needs: list[Need], as_root: list[str]) -> None:
    """Installs all at once; one by one when that fails, so that one missing package does not keep the others away."""
    log = Path("build/system-packages.log")
    log.parent.mkdir(exist_ok=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    install = [*apt, "install", "--no-install-recommends"]
    packages = [need.package for need in needs]
    brings_orthanc = "orthanc" in packages
    with log.open("w") as out:
        def run(command: list[str]) -> bool:
            return subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, check=False,
            ).returncode == 0
        run([*apt, "update"])
        if not run([*install, *packages]):
            for package in packages:
                run([*install, package])
        if brings_orthanc and shutil.which("systemctl"):        # Debian starts it at once; the tests start their own
            run([*as_root, "systemctl", "disable", "--now", "orthanc"])


def main(words: list[str]) -> int:
    only_list = "--list" in words
    groups = [word for word in words if word in NEEDS] or ["run"]
    if not sys.platform.startswith("linux"):
        return 0
    needs = missing(groups)
    as_root = None if only_list else _how_to_become_root()
    if needs and as_root is not None:
        print(f"Installing from the system's packages: {' '.join(need.package for need in needs)}", flush=True)
        _install(needs, as_root)
        needs = missing(groups)
    if not needs:
        return 0
    for need in needs:
        print(f"missing: {need.package} ({need.why})")
    if shutil.which("apt-get"):
        print(f"Install with: sudo apt-get install {' '.join(need.package for need in needs)}")
    else:
        print("These are Debian's names; install what brings the same on this system.")
    cannot_start = any(need.why == _QT or (need.why == _X11 and _only_x11()) for need in needs)
    return 1 if cannot_start and not only_list else 0


def _only_x11() -> bool:
    return bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What goes into the program's folder and what stays out: tables, and the closure of the libraries that are needed.

PyInstaller collects what Qt's modules could ever want. The program draws widgets, so everything of QML, of databases
and of designers goes, and with it the libraries that nothing else asks for.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]            # PyInstaller's: place in the folder, source, kind

# Looked up by name at run time, where no analysis sees it.
HIDDEN_IMPORTS = [
    "uvicorn.loops.asyncio", "uvicorn.protocols.http.h11_impl", "uvicorn.protocols.websockets.auto",
    "uvicorn.lifespan.on", "uvicorn.logging",
    "httpx_aiohttp", "openjpeg", "rle", "pylibjpeg",
    "pydicom.encoders", "pydicom.overlays",
    "keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
    "keyring.backends.macOS", "keyring.backends.Windows", "keyring.backends.chainer", "keyring.backends.fail",
]

# Packages that find each other by their installed metadata (entry points, versions).
METADATA = ["pydicom", "pylibjpeg", "pylibjpeg-openjpeg", "pylibjpeg-rle", "imagecodecs", "numpy", "keyring"]

# Packages that read tables of their own at run time.
WITH_DATA = ["highdicom"]

EXCLUDES = [
    "readline", "rlcompleter", "_curses",                       # GNU readline is GPL
    "tkinter", "unittest", "pydoc", "doctest", "lib2to3", "ensurepip", "idlelib", "turtledemo", "xmlrpc",
    "IPython", "matplotlib", "scipy", "pandas", "pytest", "setuptools", "pip", "hypothesis", "mypy",
    "numpy.f2py", "numpy.distutils", "numpy.testing", "numpy.tests", "PIL.ImageTk", "PIL.ImageQt",
    "PIL._avif", "PIL._webp", "PIL._imagingft", "PIL._imagingcms", "PIL._imagingtk",
    "imagecodecs.numcodecs", "imagecodecs.__main__", "tifffile", "zarr",
    "cv2",                                                     # the extra `video`: half as large as all the rest
    "jpeg_ls", "_CharLS",                                       # imagecodecs reads JPEG-LS
    "uvloop", "httptools", "watchfiles", "websockets", "wsproto", "gevent", "eventlet", "trio",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtTest",
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    "PySide6.QtXml",
]

# Opened by path at run time (ctypes), so that no other file asks for them.
_OPENED_BY_PATH = ("libpdfium.*", "pdfium.dll")

# Whoever has a printer has this one; ours would bring its own Kerberos and TLS along. Without it one prints to a file.
_LEFT_TO_THE_SYSTEM = frozenset({"libcups.so.2"})

# Of the system, for systems that have none (hooks/system_libraries.py). All under MIT-like terms.
FALLBACK_LIBRARIES = ("libxcb.so.1", "libGLdispatch.so.0", "libGLX.so.0", "libGL.so.1", "libEGL.so.1")
_LIBRARY_FOLDERS = ("usr/lib/*-linux-gnu", "usr/lib64", "usr/lib")

# Qt's plug-ins by folder: what a desktop needs to show widgets, SVG icons and JPEG pictures. xdgdesktopportal brings
# the desktop's own file dialogs; composing and ibus let people type their letters.
QT_PLUGINS: dict[str, tuple[str, ...]] = {
    "platforms": ("*qxcb*", "*qwayland*", "*qoffscreen*", "*qminimal.*", "*qwindows*", "*qcocoa*"),
    "xcbglintegrations": ("*",),
    "wayland-shell-integration": ("*xdg-shell*",),
    "wayland-decoration-client": ("*adwaita*", "*bradient*"),
    "wayland-graphics-integration-client": ("*wayland-egl*",),
    "platformthemes": ("*xdgdesktopportal*",),
    "platforminputcontexts": ("*compose*", "*ibus*"),
    "imageformats": ("*jpeg*", "*svg*", "*ico.*"),
    "iconengines": ("*svg*",),
    "printsupport": ("*",),
    "styles": ("*",),
}

_UNWANTED_DATA = (
    "PySide6/Qt/translations/*", "PySide6/translations/*", "PySide6/Qt/qml/*",
    "*/test_files/*", "pydicom/data/palettes/*", "*.pyi", "*/py.typed",
    "numpy/*/tests/*",
)
_QT_TEXTS = tuple(                     # of Qt's own widgets, in the languages that the program speaks
    f"*/translations/qtbase_{file.stem.rpartition('_')[2]}.qm"
    for file in (Path(__file__).resolve().parents[1] / "resources" / "translations").glob("lightbox_*.qm"))


def version() -> str:
    """Of the program, from the one place that says it."""
    text = (Path(__file__).resolve().parents[1] / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def fallback_libraries() -> list[Entry]:
    """What a bare system lacks: the libraries, as far as this one has them, and a word on where fonts lie."""
    found = [("fallback/fonts.conf", str(Path(__file__).parent / "hooks" / "fonts.conf"), "DATA")]
    for name in FALLBACK_LIBRARIES:
        places = [path for folder in _LIBRARY_FOLDERS for path in sorted(Path("/").glob(f"{folder}/{name}"))]
        found += [(f"fallback/{name}", str(path.resolve()), "DATA") for path in places[:1]]
    return found


def wanted_data(entries: Iterable[Entry]) -> list[Entry]:
    def among(place: str, patterns: tuple[str, ...]) -> bool:
        return any(fnmatch.fnmatch(place, pattern) for pattern in patterns)

    return [entry for entry in entries if among(entry[0], _QT_TEXTS) or not among(entry[0], _UNWANTED_DATA)]


def wanted_binaries(entries: Iterable[Entry]) -> list[Entry]:
    """Extension modules and chosen plug-ins, and of the shared libraries those that one of them needs."""
    kept, libraries = [], {}
    for entry in entries:
        place = PurePosixPath(entry[0].replace("\\", "/"))
        if "plugins" in place.parts and "Qt" in "".join(place.parts):
            if _is_wanted_plugin(place):
                kept.append(entry)
        elif entry[2] == "EXTENSION" or _is_python_itself(place.name) or _is_opened_by_path(place.name):
            kept.append(entry)
        else:
            libraries[place.name] = entry
    return kept + _needed(kept, libraries, _imports_of)


def _is_wanted_plugin(place: PurePosixPath) -> bool:
    folder = place.parent.name
    return any(fnmatch.fnmatch(place.name, pattern) for pattern in QT_PLUGINS.get(folder, ()))


def _is_opened_by_path(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in _OPENED_BY_PATH)


def _is_python_itself(name: str) -> bool:
    return re.match(r"(lib)?python3", name) is not None


def _needed(
    roots: Iterable[Entry], libraries: dict[str, Entry], imports_of: Callable[[str], Iterable[str]],
) -> list[Entry]:
    found: dict[str, Entry] = {}
    waiting = [entry[1] for entry in roots]
    while waiting:
        names = set(imports_of(waiting.pop()))
        for left in names & _LEFT_TO_THE_SYSTEM & libraries.keys():     # the answer holds what it needs in turn
            names -= {left, *imports_of(libraries[left][1])}
        for name in sorted(names):
            if name in libraries and name not in found and name not in _LEFT_TO_THE_SYSTEM:
                found[name] = libraries[name]
                waiting.append(libraries[name][1])
    return list(found.values())


def _imports_of(source: str) -> list[str]:
    from PyInstaller.depend.bindepend import get_imports

    return [PurePosixPath(name.replace("\\", "/")).name for name, _ in get_imports(source)]

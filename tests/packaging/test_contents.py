"""What goes into the program's folder."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.architecture.source import ROOT, imports, modules


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"lightbox_packaging_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


contents = load("contents")


def test_a_library_stays_only_when_something_kept_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {
        "/qxcb": ["libxcb-cursor.so.0", "libc.so.6"], "/xcb-cursor": ["libxcb-util.so.1"], "/xcb-util": [],
        "/core": ["libQt6Core.so.6"], "/qt6core": ["libicu.so.73"], "/icu": [],
        "/virtualkeyboard": ["libQt6Qml.so.6"], "/qml": [], "/python": [],
        "/cupsprinters": ["libcups.so.2", "libgnutls.so.30"], "/cups": ["libgnutls.so.30"], "/gnutls": [],
    }
    monkeypatch.setattr(contents, "_imports_of", needs.__getitem__)
    kept = contents.wanted_binaries([
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qxcb", "BINARY"),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", "/virtualkeyboard", "BINARY"),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/cupsprinters", "BINARY"),
        ("libcups.so.2", "/cups", "BINARY"),
        ("libgnutls.so.30", "/gnutls", "BINARY"),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/virtualkeyboard", "BINARY"),
        ("PySide6/QtCore.abi3.so", "/core", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/qt6core", "BINARY"),
        ("PySide6/Qt/lib/libQt6Qml.so.6", "/qml", "BINARY"),
        ("PySide6/Qt/lib/libicu.so.73", "/icu", "BINARY"),
        ("libxcb-cursor.so.0", "/xcb-cursor", "BINARY"),
        ("libxcb-util.so.1", "/xcb-util", "BINARY"),
        ("libpython3.11.so.1.0", "/python", "BINARY"),
    ])
    assert {entry[0].rsplit("/")[-1] for entry in kept} == {
        "libqxcb.so", "QtCore.abi3.so", "libQt6Core.so.6", "libicu.so.73", "libxcb-cursor.so.0", "libxcb-util.so.1",
        "libpython3.11.so.1.0", "libcupsprintersupport.so",
    }


def test_nothing_that_the_program_imports_is_left_out() -> None:
    optional = {"cv2"}                          # the extra `video`: the program says so where it is not installed
    excluded = [name for name in contents.EXCLUDES if name not in optional]
    bad = {
        f"{path.relative_to(ROOT)}:{line}: {name}" for path in modules() for line, name in imports(path)
        for module in excluded if f"{name}.".startswith(f"{module}.")}
    assert bad == set()


@pytest.mark.parametrize(("place", "wanted"), [
    ("resources/fonts/Inter-Regular.ttf", True),
    ("pydicom/data/charset_files/chrArab.dcm", True),
    ("pydicom/data/test_files/CT_small.dcm", False),
    ("PySide6/Qt/translations/qt_de.qm", False),
    ("PySide6/Qt/translations/qtbase_de.qm", True),
    ("PySide6/Qt/translations/qtbase_fr.qm", False),
    ("PySide6/Qt/qml/QtQuick/qmldir", False),
])
def test_data(place: str, wanted: bool) -> None:
    assert bool(contents.wanted_data([(place, "/x", "DATA")])) is wanted


def test_the_resources_of_a_checkout_are_found() -> None:
    from desktop_app.resources import resource_path
    assert resource_path("fonts", "Inter-Regular.ttf").stat().st_size > 100_000


def test_the_system_packages_are_told_apart_by_what_they_bring() -> None:
    system_packages = load("system_packages")
    names = {group: {need.package for need in needs} for group, needs in system_packages.NEEDS.items()}
    assert names["test"] >= {"orthanc", "orthanc-dicomweb", "dcmtk", "chromium"}
    assert names["run"] >= {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"}
    assert system_packages._library("libno-such-thing.so.9")() is False
    assert system_packages._program("no-such-program")() is False
    assert system_packages._program("sh")() is True

"""What is inside, from source and in an installed program."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from desktop_app.services.parts import find_inside, licence_files, locked_names, of_installed, of_source
from tests.architecture.source import ROOT


def test_from_source_every_locked_package_is_listed_with_its_licence_and_its_text() -> None:
    inside = find_inside()
    names = {part.name.casefold().replace("_", "-").replace(".", "-") for part in inside.parts}
    assert {"python", "numpy", "pydicom", "pyside6-essentials", "httpx"} <= names
    assert inside.folder == ""
    assert [part.name for part in inside.parts if not part.licence] == []
    without_text = {part.name for part in inside.parts if not part.texts}
    assert without_text <= {"pyjpegls", "Python"}       # one that is not used, and one that may come without
    assert all(Path(text).is_file() for part in inside.parts for text in part.texts)


def test_without_a_lock_the_program_s_own_needs_are_followed(tmp_path: Path) -> None:
    try:
        metadata.distribution("lightbox-dicom")
    except metadata.PackageNotFoundError:
        pytest.skip("the program itself is not installed here")
    listed = {part.name for part in of_source(tmp_path)}
    assert {"numpy", "pydicom", "httpx", "anyio"} <= listed     # anyio is needed by httpx only
    assert "pytest" not in listed


def test_licences_in_folders_of_their_own_are_found_and_keep_apart() -> None:
    names = [name for name, _ in licence_files(metadata.distribution("pypdfium2"))]
    assert len(names) == len(set(names)) > 5
    assert any("freetype" in name for name in names)


def test_the_licence_of_qt_lies_with_the_program() -> None:
    names = [name for name, _ in licence_files(metadata.distribution("PySide6_Essentials"))]
    assert names == ["GPL-3.0.txt", "LGPL-3.0.txt"]


def test_an_installed_program_is_told_of_by_its_bill(tmp_path: Path) -> None:
    (tmp_path / "lightbox.cdx.json").write_text(json.dumps({"components": [
        {"name": "zlib1g", "version": "1.3", "licenses": []},
        {"name": "numpy", "version": "2.4", "licenses": [{"expression": "BSD-3-Clause AND MIT"}]},
        {"name": "certifi", "version": "1", "licenses": [{"license": {"id": "MPL-2.0"}}, {"license": {"name": "X"}}]},
    ]}), encoding="utf-8")
    for place in ("licences/numpy/LICENSE", "licences/system/zlib1g/copyright"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("text", encoding="utf-8")
    inside = of_installed(tmp_path)
    assert [(part.name, part.licence, len(part.texts)) for part in inside.parts] == [
        ("certifi", "MPL-2.0, X", 0), ("numpy", "BSD-3-Clause AND MIT", 1), ("zlib1g", "", 1)]
    assert inside.folder == str(tmp_path / "licences")


def test_without_a_bill_nothing_is_claimed(tmp_path: Path) -> None:
    assert of_installed(tmp_path).parts == ()


def test_the_names_of_a_lock() -> None:
    assert locked_names("a==1 \\\n    --hash=sha256:00\nb.c==2 ; x\n# d==3\n") == {"a", "b.c"}
    assert "numpy" in locked_names((ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8"))

"""What the program's folder says of its parts, and what the about page reads of it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.services.parts import inventory_folder, locked_names, of_installed
from tests.architecture.source import ROOT
from tests.packaging.test_contents import load

NAMES = ["numpy", "pypdfium2", "pyside6-essentials"]


def test_the_bill_names_licences_and_the_folder_has_their_texts(tmp_path: Path) -> None:
    inventory = load("inventory")
    inventory.add_licences(tmp_path, NAMES)
    inventory.write_bill(tmp_path, NAMES, "1.0")
    parts = {part.name: part for part in of_installed(tmp_path).parts}
    assert set(parts) == {"Python", *NAMES}
    assert "BSD-3-Clause" in parts["numpy"].licence
    assert "LGPL-3.0-only" in parts["pyside6-essentials"].licence
    assert {Path(text).name for text in parts["pyside6-essentials"].texts} == {"GPL-3.0.txt", "LGPL-3.0.txt"}
    assert len(parts["pypdfium2"].texts) > 5                    # PDFium's own parts, each with its licence


def test_an_application_bundle_carries_the_same_where_its_program_looks(tmp_path: Path) -> None:
    inventory = load("inventory")
    folder, bundle = tmp_path / "lightbox", tmp_path / "Lightbox.app"
    inventory.add_licences(folder, NAMES)
    inventory.write_bill(folder, NAMES, "1.0")
    (folder / "LICENSE").write_text("ours")
    inventory.add_to_bundle(folder, bundle)
    beside = of_installed(inventory_folder(folder / "lightbox"))
    within = of_installed(inventory_folder(bundle / "Contents" / "MacOS" / "lightbox"))
    assert [part.name for part in within.parts] == [part.name for part in beside.parts]
    assert all(part.texts and str(bundle) in part.texts[0] for part in within.parts)
    assert (bundle / "Contents" / "Resources" / "LICENSE").read_text() == "ours"


def test_what_is_locked_but_left_out_is_not_listed() -> None:
    inventory, contents = load("inventory"), load("contents")
    names = inventory.package_names(locked_names((ROOT / "packaging" / "requirements.lock").read_text("utf-8")))
    assert "numpy" in names
    assert "pyjpegls" not in names
    assert {"jpeg_ls", "_CharLS"} <= set(contents.EXCLUDES)

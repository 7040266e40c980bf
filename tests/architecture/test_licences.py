"""What the program is made of: locked, hashed, and free to be passed on."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")
# GPL-3, and what brings it along.
NEVER = {"pylibjpeg-libjpeg", "pyqt5", "pyqt6", "pyqt5-qt5", "gdcm", "python-gdcm"}
# The licences that may be chosen of those offered; LGPL libraries stay separate files in the built program.
_FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|HPND|LGPL|Lesser General|CC0|Unlicense",
    re.IGNORECASE,
)


def locked(name: str) -> dict[str, list[Requirement]]:
    """The packages of a lock, each with its pins."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([A-Za-z0-9][^\\\n]*?)\s*\\?$", text, re.MULTILINE):
        requirement = Requirement(line)
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


def declared() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_is_exact_and_hashed(name: str) -> None:
    pins = locked(name)
    assert len(pins) > 30
    assert all([spec.operator for spec in pin.specifier] == ["=="] for several in pins.values() for pin in several)
    for block in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "packaging" / name).read_text(encoding="utf-8").strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra|--find-links|--trusted|@ ", text)


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_declared_is_locked_within_its_bounds(name: str) -> None:
    pins = locked(name)
    for line in declared()["dependencies"]:
        wanted = Requirement(line)
        for pin in pins[canonicalize_name(wanted.name)]:
            (version,) = (spec.version for spec in pin.specifier)
            assert wanted.specifier.contains(version), f"{line} is locked to {version}"


def test_tests_run_with_the_versions_of_the_program() -> None:
    program, tests = locked("requirements.lock"), locked("requirements-test.lock")
    def versions(pins: list[Requirement]) -> set[str]:
        return {str(pin.specifier) for pin in pins}
    assert {name: versions(pins) for name, pins in program.items()} == {
        name: versions(tests[name]) for name in program}


def test_nothing_in_the_program_is_under_the_gpl() -> None:
    assert NEVER.isdisjoint(locked("requirements.lock"))
    assert NEVER.isdisjoint(locked("requirements-test.lock"))
    assert not any("[all]" in line for line in declared()["dependencies"])


@pytest.mark.parametrize("name", sorted(locked("requirements.lock")))
def test_each_package_offers_a_free_licence(name: str) -> None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{name} is not installed on this system")
    offered = " ".join([
        about.get("License-Expression") or "", (about.get("License") or "")[:200],
        *(line for line in about.get_all("Classifier") or [] if line.startswith("License ::")),
    ])
    assert _FREE.search(offered), f"{name}: {offered or 'no licence named'}"

"""What every file keeps to."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.architecture.source import PROGRAM, ROOT, imports, modules, tracked_files

MOST_LINES = {"desktop_app": 450, "packaging": 450, "tests": 700}   # a test file is a list

# A file may be longer for a reason that is written here.
LONGER: dict[str, str] = {}

# Where people's machines and package servers would show. Written in pieces, so that this file passes its own test.
FORBIDDEN = [
    ".".join(("pypi", "org")), ".".join(("python" + "hosted", "org")), ".".join(("npm" + "js", "org")),
    ".".join(("deb", "debian", "org")), "file:///" + "opt", "/" + "root/.",
]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data[:8000] else data.decode("utf-8", "replace")


def test_no_file_is_a_drawer_for_everything() -> None:
    too_long = {
        name: lines for path in tracked_files()
        if path.suffix == ".py" and (name := path.relative_to(ROOT).as_posix()).split("/")[0] in MOST_LINES
        and (lines := len(text_of(path).splitlines())) > MOST_LINES[name.split("/")[0]]
    }
    assert set(too_long) - set(LONGER) == set(), too_long
    assert set(LONGER) - set(too_long) == set(), "no longer long: take it off the list"


def test_nothing_names_a_machine_or_a_package_server() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}" for path in tracked_files() if "LICENSE-TEXTS" not in path.parts
        for word in FORBIDDEN if word in text_of(path)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in modules()
        if not path.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert silent == []


def test_every_module_reads_annotations_lazily() -> None:
    eager = [
        str(path.relative_to(ROOT)) for path in modules()
        if (names := {name for _, name in imports(path)}) and "__future__.annotations" not in names
    ]
    assert eager == []


def test_unit_tests_mirror_the_program() -> None:
    rooms = {path.name for path in PROGRAM.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    mirrored = {path.name for path in (ROOT / "tests" / "unit").iterdir() if path.is_dir()}
    assert mirrored - {"support", "__pycache__"} <= rooms


@pytest.mark.parametrize("name", [
    "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", ".ci/run",
])
def test_what_people_look_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


def test_every_path_that_the_documents_name_exists() -> None:
    missing = [
        f"{document}: {word}" for document in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
        for word in sorted(named_paths((ROOT / document).read_text(encoding="utf-8"))) if not exists(word)
    ]
    assert missing == []


def test_every_exception_from_a_security_check_gives_its_reason() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{number}" for path in tracked_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("desktop_app", "packaging", "installer")
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (found := re.search(r"# (?:ruff: )?noqa: [A-Z0-9, ]*\bS\d{3}\b[A-Z0-9, ]*(.*)", line)) and len(found[1]) < 6
    ]
    assert silent == []


def test_every_threat_names_the_tests_that_guard_it() -> None:
    lines = (ROOT / "resources" / "help" / "threat-model.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines[: lines.index("## One rule for patient data on disk")] if line.startswith("| ")][1:]
    guards = [re.findall(r"`(tests/[\w/]+\.py)`", line.split("|")[3]) for line in table]
    assert len(table) > 15 and all(guards), [line for line, named in zip(table, guards, strict=True) if not named]
    named = set(re.findall(r"`(tests/[^`]+)`", "\n".join(lines)))
    assert [path for path in sorted(named) if "def test_" not in text_of(ROOT / path)] == []


def test_every_command_that_the_documents_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
    named = {target for text in texts for target in re.findall(r"(?:`|^\s*)make ([a-z][\w-]*)", text, re.MULTILINE)}
    assert {"run", "test"} <= named
    assert named <= targets


# Made by a command of the Makefile, not kept in the project.
_MADE = re.compile(r"^(build|dist|\.venv|\.cache)(/|$)")
_PATH = re.compile(r"^\.?[\w.*-]+(/[\w.*{},-]+)*/?$")
_SUFFIXES = (".py", ".md", ".toml", ".qss", ".svg", ".png", ".sh", ".lock", ".yaml", ".csv", ".json", ".txt")


def named_paths(text: str) -> set[str]:
    """Words in code quotes and targets of links that can only be paths of this project."""
    tops = {path.name for path in ROOT.iterdir()} | {path.name for path in PROGRAM.iterdir() if path.is_dir()}
    quoted = re.findall(r"(?<!`)`([^`\s]+)`(?!`)", text)
    linked = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text)
    words = {word.removeprefix("./") for word in quoted + linked if "://" not in word}
    return {
        word for word in words
        if _PATH.match(word) and not _MADE.match(word) and not word.startswith("*")
        and (("/" in word and word.split("/")[0] in tops) or word.endswith(_SUFFIXES))
    }


def exists(word: str) -> bool:
    """Relative to the project or to the program, with `*` as wildcard and `a/{b,c}.py` for both."""
    if alternatives := re.search(r"\{([^}]*)\}", word):
        head, tail = word[: alternatives.start()], word[alternatives.end():]
        return all(exists(head + part.strip() + tail) for part in alternatives[1].split(","))
    word = word.rstrip("/")
    return any(next(base.glob(word), None) is not None for base in (ROOT, PROGRAM))


@pytest.mark.parametrize(("text", "paths"), [
    ("see `desktop_app/core/errors.py` and `core/tools/*.py`", {"desktop_app/core/errors.py", "core/tools/*.py"}),
    ("![picture](docs/worklist.png) [site](https://example.org/a.png)", {"docs/worklist.png"}),
    ("`make test`, `application/dicom`, `QImage`, `build/tour`, `*.toml`", set()),
    ("`ui/viewport/{canvas,paint_image}.py`", {"ui/viewport/{canvas,paint_image}.py"}),
])
def test_paths_are_told_from_other_words(text: str, paths: set[str]) -> None:
    assert named_paths(text) == paths


def test_every_test_image_has_a_source_a_licence_and_a_description(dicom_data: Path) -> None:
    with (dicom_data / "MANIFEST.csv").open(newline="", encoding="utf-8") as table:
        described = {row["file"] for row in csv.DictReader(table)}
    licences = (dicom_data / "LICENSES.md").read_text(encoding="utf-8")
    licensed = set(re.findall(r"^\| (\S+/\S+) \| (?:github|own|pypi):", licences, re.MULTILINE))
    texts = dicom_data / "LICENSE-TEXTS"
    here = {
        path.relative_to(dicom_data).as_posix() for path in dicom_data.rglob("*")
        if path.is_file() and texts not in path.parents and path.name not in ("MANIFEST.csv", "LICENSES.md")
    }
    assert described == here
    assert licensed == here


@pytest.mark.parametrize(("folder", "most_mb"), [("tests/data", 32), ("resources/samples", 25), ("resources", 30)])
def test_what_is_shipped_stays_small(folder: str, most_mb: int) -> None:
    size = sum(path.stat().st_size for path in tracked_files() if (ROOT / folder) in path.parents)
    assert size <= most_mb * 1_000_000

"""`python -m tests.support.long_run RESULTS.xml SUMMARY.md`: what `make test-long` found, as a page that is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from desktop_app import __version__

_HEAD = """# What the long tests found

Written by `make test-long`, kept with the version that it ran on: the soak, the kills, the built program, and its
installers in bare Debian roots without a network. The short tests (`make test`) are not in it.
"""


@dataclass(frozen=True, slots=True)
class LongTest:
    """One test of the run; `found` is what it measured or saw, as short texts."""

    name: str
    outcome: str
    duration_s: float
    found: tuple[str, ...]


def read(results: Path) -> tuple[LongTest, ...]:
    """The tests of a JUnit file as pytest writes it, in the order in which they ran."""
    return tuple(_tests(ElementTree.fromstring(results.read_text(encoding="utf-8"))))


def page(tests: tuple[LongTest, ...], version: str, day: str) -> str:
    """The summary, in Markdown."""
    passed = sum(test.outcome == "passed" for test in tests)
    minutes = sum(test.duration_s for test in tests) / 60
    lines = [
        _HEAD,
        f"Lightbox {version}, {day}: {passed} of {len(tests)} passed, {minutes:.0f} minutes.",
        "",
        "| test | outcome | s | found |",
        "|---|---|---|---|",
        *(_row(test) for test in tests),
    ]
    return "\n".join(lines) + "\n"


def _tests(root: ElementTree.Element) -> Iterator[LongTest]:
    for case in root.iter("testcase"):
        outcome = "passed"
        for kind, word in (("skipped", "skipped"), ("failure", "FAILED"), ("error", "FAILED")):
            if (told := case.find(kind)) is not None:
                outcome = f"{word}: {told.get('message', '')}" if kind == "skipped" else word
        found = tuple(f"{one.get('name')} {one.get('value')}" for one in case.iter("property"))
        yield LongTest(case.get("name", ""), outcome, float(case.get("time", 0)), found)


def _row(test: LongTest) -> str:
    name = test.name.removeprefix("test_").replace("_", " ")
    return f"| {name} | {test.outcome} | {test.duration_s:.0f} | {'; '.join(test.found)} |"


def main() -> None:
    results, summary = Path(sys.argv[1]), Path(sys.argv[2])
    summary.write_text(page(read(results), __version__, f"{datetime.now(UTC):%Y-%m-%d}"), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Who patients are, and whether anything of it lies where it must not."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pydicom

_SHORTEST = 5               # shorter ones are parts of other words
_IDENTIFYING = ("PatientName", "PatientID", "PatientBirthDate", "OtherPatientIDs", "AccessionNumber")


def identities(files: Iterable[Path]) -> list[str]:
    """Names (as they are and as they are shown), IDs, birth dates and accession numbers of all these files."""
    found: set[str] = set()
    for path in files:
        header = pydicom.dcmread(path, stop_before_pixels=True, force=True, specific_tags=list(_IDENTIFYING))
        for keyword in _IDENTIFYING:
            value = str(header.get(keyword) or "")
            found |= {value, value.replace("^", " "), ", ".join(value.split("^")[:2])}
    return sorted(word for word in found if len(word) >= _SHORTEST)


def found_in(root: Path, words: list[str], *, but: Iterable[Path] = ()) -> dict[str, list[int]]:
    """Files below a folder whose content or path holds any of the words, with the numbers of the words: a test that
    fails must not print them. `but`: folders where they belong."""
    spared = tuple(but)
    coded = [word.encode() for word in words]
    found = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        text = os.fsencode(name)
        if path.is_file() and not any(one == path or one in path.parents for one in spared):
            text += b"\0" + path.read_bytes()
        numbers = [number for number, word in enumerate(coded) if word in text]
        if numbers:
            found[name if not any(word.encode() in os.fsencode(name) for word in words) else "(a name)"] = numbers
    return found


@contextmanager
def command_lines(pid: int) -> Iterator[set[bytes]]:
    """Collects the arguments of a process and of all below it, several times a second, while the body runs. Empty where
    the system does not show them."""
    seen: set[bytes] = set()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            family = {pid}
            for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
                try:
                    parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                    if parent in family or int(process.name) == pid:
                        family.add(int(process.name))
                        seen.add((process / "cmdline").read_bytes())
                except (OSError, ValueError):
                    continue

    thread = threading.Thread(target=look, name="command lines")
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()

"""What looks for patients' names finds them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pydicom
import pytest

from tests.support.traces import command_lines, found_in, identities


@pytest.fixture
def patient(tmp_path: Path, samples: Path) -> Path:
    dataset = pydicom.dcmread(next(samples.rglob("*.dcm")))
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = "Quillon^Leaktest", "LEAK-4711", "19130407"
    dataset.save_as(tmp_path / "one.dcm")
    return tmp_path / "one.dcm"


def test_who_a_patient_is(patient: Path) -> None:
    words = identities([patient])
    assert {"Quillon^Leaktest", "Quillon Leaktest", "Quillon, Leaktest", "LEAK-4711", "19130407"} <= set(words)


def test_a_trace_is_found_in_files_and_their_names(patient: Path, tmp_path: Path) -> None:
    words = identities([patient])
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "a.log").write_text("opened Quillon, Leaktest")
    (tmp_path / "log" / "b.log").write_text("opened somebody")
    (tmp_path / "log" / "LEAK-4711.txt").write_text("")
    assert set(found_in(tmp_path, words, but=[patient])) == {"log/a.log", "(a name)"}
    assert found_in(tmp_path, words, but=[patient, tmp_path / "log"]).keys() == {"(a name)"}


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system does not show arguments of processes")
def test_arguments_of_processes_are_seen() -> None:
    gate, wait = os.pipe()
    with subprocess.Popen([sys.executable, "-c", "input()", "LEAK-4711"], stdin=gate) as process:
        with command_lines(process.pid) as seen:
            while not any(b"LEAK-4711" in line for line in seen):
                assert process.poll() is None
        os.close(wait)
        process.wait(10)
    os.close(gate)

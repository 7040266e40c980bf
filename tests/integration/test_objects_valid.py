"""Independent judges of what we write: dciodvfy, PixelMed's SR validator, and a real archive that takes it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop_app.core.saved_work import SavedView
from desktop_app.core.store import Store
from desktop_app.core.window import Window
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from desktop_app.objects.key_objects import write_key_images
from desktop_app.objects.presentation_state import write_presentation
from desktop_app.objects.structured_report import write_emptied_report, write_report
from tests.support.made_objects import MOMENT, REF, arrow, measured, sources
from tests.support.orthanc import Orthanc

# Java's own limits on XPath are below what the validator's rules need.
_JAVA = "-Djdk.xml.xpathExprOpLimit=0 -Djdk.xml.xpathTotalOpLimit=0 -Djdk.xml.xpathExprGrpLimit=0"


def _written() -> dict[str, bytes]:
    items = [*measured(), arrow()]
    view = SavedView((REF,), Window(-600.0, 1500.0), True, 1, True, False, (10.0, 20.0, 110.0, 220.0))
    report = write_report(items, sources(), author="Ann Reader", moment=MOMENT)
    return {
        "sr": report,
        "sr-2": write_report(items, sources(), moment=MOMENT, previous=[report], number=2),
        "sr-emptied": write_emptied_report([report], moment=MOMENT, number=2),
        "pr": write_presentation(view, items, sources(), label="VIEW", author="Ann Reader", moment=MOMENT),
        "ko": write_key_images([REF], sources(), author="Ann Reader", moment=MOMENT, description="for the talk"),
    }


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return _written()


@pytest.mark.parametrize("name", ["sr", "sr-2", "sr-emptied", "pr", "ko"])
def test_dciodvfy_finds_no_error(name: str, written: dict[str, bytes], tmp_path: Path) -> None:
    program = shutil.which("dciodvfy")
    if program is None:
        pytest.skip("dciodvfy is not here (Debian: dicom3tools)")
    path = tmp_path / "object.dcm"
    path.write_bytes(written[name])
    judged = subprocess.run([program, path], capture_output=True, encoding="utf-8", check=False, errors="replace")
    errors = [line for line in (judged.stderr + judged.stdout).splitlines() if line.startswith("Error")]
    assert errors == []
    assert judged.returncode == 0


@pytest.mark.parametrize("name", ["sr", "sr-2", "sr-emptied", "ko"])
def test_the_sr_validator_finds_no_error(name: str, written: dict[str, bytes], tmp_path: Path) -> None:
    program = shutil.which("DicomSRValidator")
    if program is None:
        pytest.skip("DicomSRValidator is not here (Debian: pixelmed-apps)")
    path = tmp_path / "object.dcm"
    path.write_bytes(written[name])
    environment = {**os.environ, "JAVA_TOOL_OPTIONS": _JAVA}
    judged = subprocess.run([program, path], capture_output=True, encoding="utf-8", check=False, env=environment)
    said = judged.stderr + judged.stdout
    assert "Root Template Validation Complete" in said
    assert "IOD validation complete" in said
    assert [line for line in said.splitlines() if "Error" in line] == []


def test_orthanc_takes_all_of_it_and_gives_it_back(written: dict[str, bytes], empty_orthanc: Orthanc) -> None:
    async def go() -> None:
        http = build_http_client(Store("Orthanc", empty_orthanc.url))
        try:
            client = DicomWebClient(empty_orthanc.url, http)
            answer = await client.store(list(written.values()))
            assert (len(answer.stored), answer.failed) == (5, ())
            kept = [data async for data in client.retrieve_study(REF.study_instance_uid)]
            assert len(kept) == 5
        finally:
            await http.aclose()

    asyncio.run(go())

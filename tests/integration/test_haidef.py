"""HAI-DEF: links by the published forms, and the check of a series against servers that differ."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pydicom
import pytest
from pydicom.sequence import Sequence as Items

from desktop_app.archive.archive import Archive
from desktop_app.core.haidef import (
    Finding,
    Result,
    cxr_link,
    host_trouble,
    page,
    path_request,
    series_path,
)
from desktop_app.core.store import Store
from desktop_app.services.haidef_check import check_series
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import Place, services
from tests.support.systems import SYSTEMS, SystemServer

GOOGLE = "https://healthcare.googleapis.com/v1/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb"


def test_links_have_the_published_form() -> None:
    assert series_path(GOOGLE + "/", "1.2", "3.4") == GOOGLE + "/studies/1.2/series/3.4"
    assert cxr_link("http://pacs.example.org/rs/", "1.2", "3.4", "5.6") == (
        "https://pacs.example.org/rs/studies/1.2/series/3.4/instances/5.6"), "https, and no slash twice"
    request = json.loads(path_request(GOOGLE, "1.2", "3.4", ["5.6", "5.7"]))
    assert request == {
        "dicom_path": {"series_path": GOOGLE + "/studies/1.2/series/3.4", "instance_uids": ["5.6", "5.7"]},
        "patch_coordinates": [{"x_origin": 0, "y_origin": 0, "width": 224, "height": 224}]}


@pytest.mark.parametrize("root, study", [
    (GOOGLE, "1.2a"), (GOOGLE, ""), ("https://", "1.2"), (GOOGLE.removesuffix("/dicomWeb"), "1.2"),
    (GOOGLE, "1" * 65)])
def test_what_no_endpoint_would_take_is_not_copied(root: str, study: str) -> None:
    with pytest.raises(ValueError, match="cannot be linked"):
        path_request(root, study, "3.4", ["5.6"])
    with pytest.raises(ValueError, match="cannot be linked"):
        path_request(GOOGLE, "1.2", "3.4", [])


@pytest.mark.parametrize("url, private", [
    (GOOGLE, False), ("https://8.8.8.8/rs", False), ("https://localhost/rs", True), ("https://10.1.2.3/rs", True),
    ("https://pacs/rs", True), ("https://pacs.local/rs", True), ("https://[::1]/rs", True)])
def test_private_hosts_are_told(url: str, private: bool) -> None:
    assert bool(host_trouble(url)) is private


def test_the_page_can_be_saved_and_holds_no_script() -> None:
    text = page("A <series>", [Finding("C1", "Link", Result.FAIL, "<b>", "00020010", "Path")])
    assert "&lt;series&gt;" in text and "&lt;b&gt;" in text and "<script" not in text


def slide(source: Path, target: Path) -> Path:
    """A level of a slide that keeps every rule, made of a photograph."""
    dataset = pydicom.dcmread(source)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.77.1.6"
    dataset.Modality, dataset.ImageType = "SM", ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    dataset.DimensionOrganizationType = "TILED_FULL"
    dataset.ImagedVolumeWidth = dataset.ImagedVolumeHeight = 1.0
    dataset.TotalPixelMatrixColumns, dataset.TotalPixelMatrixRows = dataset.Columns, dataset.Rows
    measures, group, path = pydicom.Dataset(), pydicom.Dataset(), pydicom.Dataset()
    measures.PixelSpacing = [0.001, 0.001]
    group.PixelMeasuresSequence = Items([measures])
    path.OpticalPathIdentifier, path.ICCProfile = "1", b"profile!"
    dataset.SharedFunctionalGroupsSequence, dataset.OpticalPathSequence = Items([group]), Items([path])
    dataset.save_as(target)
    return target


def radiograph(source: Path, target: Path) -> Path:
    dataset = pydicom.dcmread(source)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1.1"
    dataset.Modality = "DX"
    dataset.save_as(target)
    return target


@contextmanager
def holding(name: str, path: Path, folder: Path) -> Iterator[Place]:
    archive = asyncio.run(Archive.open(folder))
    asyncio.run(archive.store_bytes(path.read_bytes()))
    ways = SYSTEMS[name]
    with AsgiServer(SystemServer(ways, archive)) as http:
        yield Place(http.url + ways.root, ways.system)
    asyncio.run(archive.close())


def check(place: Place, path: Path) -> dict[str, Finding]:
    dataset = pydicom.dcmread(path, stop_before_pixels=True)
    uids = str(dataset.StudyInstanceUID), str(dataset.SeriesInstanceUID)

    async def run() -> tuple[Finding, ...]:
        async with services(place) as (client, _, _):
            return await check_series(Store("PACS", place.url), client, *uids, [str(dataset.SOPInstanceUID)])

    findings = asyncio.run(run())
    assert [one.id for one in findings] == [f"C{number}" for number in range(1, 15)]
    assert all(one.text and one.source for one in findings)
    return {one.id: one for one in findings}


def test_a_sound_slide_passes_where_the_server_does(dicom_data: Path, tmp_path: Path) -> None:
    path = slide(next(dicom_data.rglob("SC_rgb_jpeg_dcmtk.dcm")), tmp_path / "slide.dcm")
    with holding("Google Cloud Healthcare API v1", path, tmp_path / "archive") as place:
        found = check(place, path)
    results = {id: one.result for id, one in found.items()}
    assert {id for id, result in results.items() if result is Result.FAIL} == {"C2"}, "it runs on this computer"
    assert results["C14"] is Result.NOT_ASKED
    assert results["C10"] is Result.PASS


def test_a_server_without_single_parts_fails_that_check(dicom_data: Path, tmp_path: Path) -> None:
    path = slide(next(dicom_data.rglob("SC_rgb_jpeg_dcmtk.dcm")), tmp_path / "slide.dcm")
    with holding("dcm4chee-arc 5", path, tmp_path / "archive") as place:
        found = check(place, path)
    assert (found["C4"].result, found["C3"].result) == (Result.FAIL, Result.PASS)
    assert "single part" in found["C4"].text


def test_what_is_wrong_with_a_slide_is_named_by_tag(dicom_data: Path, tmp_path: Path) -> None:
    path = slide(next(dicom_data.rglob("SC_rgb_jpeg_dcmtk.dcm")), tmp_path / "slide.dcm")
    dataset = pydicom.dcmread(path)
    dataset.DimensionOrganizationType = "TILED_SPARSE"
    del dataset.ImagedVolumeWidth
    dataset.save_as(path)
    with holding("any PS3.18 server", path, tmp_path / "archive") as place:
        found = check(place, path)
    assert found["C7"].result is Result.FAIL and "00480001" in found["C7"].tags
    assert found["C9"].result is Result.FAIL and "tiled_full" in found["C9"].text.lower()


@pytest.mark.parametrize("system, expected", [
    ("Google Cloud Healthcare API v1", Result.PASS), ("Azure DICOM service", Result.FAIL)])
def test_a_radiograph_needs_one_part_in_multipart(
    dicom_data: Path, tmp_path: Path, system: str, expected: Result
) -> None:
    path = radiograph(next(dicom_data.rglob("CT_small.dcm")), tmp_path / "dx.dcm")
    with holding(system, path, tmp_path / "archive") as place:
        found = check(place, path)
    assert found["C14"].result is expected, found["C14"].text
    assert found["C6"].result is Result.PASS
    assert found["C5"].result is Result.PASS, "the archive hands frame 1 out native"
    assert found["C7"].result is Result.NOT_ASKED

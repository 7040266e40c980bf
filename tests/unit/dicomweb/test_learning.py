"""What a server that nobody knows turns out to do: matching, empty answers, modality by series, spoiled names."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pydicom
import pytest

from desktop_app.core.query import StudyQuery
from desktop_app.dicomweb.dialect import Dialect, Knowledge
from desktop_app.dicomweb.dicom_json import TAGS
from desktop_app.dicomweb.presets import PRESETS, System, dialect_for
from desktop_app.services.study_facts import completed
from tests.unit.dicomweb.fake_archive import FakeArchive, client_of, row, study

ROWS = [study(1, "Doe^Jane"), study(2, "Roe^John"), study(3, "Doering^Ann")]


@dataclass
class WithoutWildcards(FakeArchive):
    """Takes `*` for a letter like any other; `fuzzy`: finds the beginnings of names when asked to."""

    fuzzy: bool = True

    def _matches(self, item: dict[str, Any], key: str, pattern: str) -> bool:
        if key in ("fuzzymatching", "limit", "offset", "includefield") or key not in TAGS:
            return True
        name = item[TAGS["PatientName"]]["Value"][0]["Alphabetic"] if key == "PatientName" else ""
        if key == "PatientName" and self.fuzzy and self.asked[-1].get("fuzzymatching") == "true":
            return any(part.lower().startswith(pattern.lower()) for part in re.split(r"\^", name))
        return pattern in (name, *item.get(TAGS[key], {}).get("Value", []))


@pytest.mark.parametrize("fuzzy", [True, False])
async def test_a_server_without_wildcards_is_found_out_once(fuzzy: bool) -> None:
    archive = WithoutWildcards(ROWS, fuzzy=fuzzy)
    async with client_of(archive) as client:
        found = await client.search_studies(StudyQuery(patient_name="Doe*"))
        assert {one.study_instance_uid for one in found.items} == {"1.2.1", "1.2.3"}
        assert (client.dialect.wildcards, client.dialect.fuzzy) == (False, fuzzy)
        assert any("knows no wildcards" in note for note in client.dialect.notes)
        asked = len(archive.asked)
        await client.search_studies(StudyQuery(patient_name="Roe*"))
        assert len(archive.asked) == asked + 1, "it is not asked again how it matches"


async def test_a_server_with_wildcards_that_found_nothing_keeps_them() -> None:
    async with client_of(FakeArchive(ROWS)) as client:
        assert (await client.search_studies(StudyQuery(patient_name="Nobody*"))).items == ()
        assert client.dialect.wildcards and client.dialect.wildcards_seen


@pytest.mark.parametrize("answer, learned", [
    (lambda: httpx.Response(204), "204"), (lambda: httpx.Response(200, json=[]), "200 []"),
    (lambda: httpx.Response(200), "200")])
async def test_how_nothing_is_said_is_learned(answer: Any, learned: str) -> None:
    async with client_of(FakeArchive([], empty=answer)) as client:
        await client.search_studies(StudyQuery())
        assert client.dialect.empty_answer == learned


async def test_two_clients_of_one_archive_learn_together() -> None:
    heard: list[Dialect] = []
    async with client_of(FakeArchive([])) as client:
        known = Knowledge(Dialect(), heard.append)
        one = type(client)(client.root_url, client._http, known)
        other = one.with_retry(client._talk.retry)
        await one.search_studies(StudyQuery())
        assert other.dialect is one.dialect
        assert heard[-1].empty_answer == "200 []"


@pytest.mark.parametrize("url, system", [
    ("https://healthcare.googleapis.com/v1/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb", System.GOOGLE),
    ("https://api.example.org/v1beta1/projects/p/locations/l/datasets/d/dicomStores/s/dicomWeb", System.GOOGLE),
    ("https://pacs.example.org:8443/dcm4chee-arc/aets/DCM4CHEE/rs", System.DCM4CHEE),
    ("https://ws-dicom.dicom.azurehealthcareapis.com/v2", System.AZURE),
    ("https://dicom-medical-imaging.us-east-1.amazonaws.com/datastore/0", System.AWS),
    ("https://pacs.example.org/dicom-web", System.LEARNED)])
def test_systems_are_known_by_their_addresses(url: str, system: System) -> None:
    assert dialect_for(url) == replace(PRESETS[system], system=system)


@dataclass
class SpoilsNames:
    """Lists a name without its letters; the object has them."""

    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(path)
        if "/instances/" in path:
            dataset = pydicom.Dataset()
            dataset.SpecificCharacterSet = "ISO_IR 192"
            dataset.PatientName = "Yamada^Tarou=山田^太郎"
            dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID = "1.2.1", "1.3", "1.4"
            dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
            dataset.file_meta = pydicom.dataset.FileMetaDataset()
            dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
            file = io.BytesIO()
            dataset.save_as(file, enforce_file_format=True)
            return httpx.Response(200, content=file.getvalue(), headers={"content-type": "application/dicom"})
        if path.endswith("/series"):
            found = row(SeriesInstanceUID="1.3", StudyInstanceUID="1.2.1", Modality="CT",
                        NumberOfSeriesRelatedInstances=7)
        elif path.endswith("/instances"):
            found = row(SOPInstanceUID="1.4")
        else:
            found = study(1)
            found[TAGS["PatientName"]] = {"vr": "PN", "Value": [{"Alphabetic": "Yamada^Tarou", "Ideographic": "^"}]}
            del found[TAGS["ModalitiesInStudy"]]
        return httpx.Response(200, content=json.dumps([found] if "offset" not in request.url.params else []))


async def test_a_spoiled_name_is_mended_from_an_object_and_what_lacks_is_counted() -> None:
    server = SpoilsNames()
    async with client_of(server) as client:
        (listed,) = (await client.search_studies(StudyQuery())).items
        assert listed.name_is_spoiled and not listed.patient_name.ideographic
        (whole,) = [one async for one in completed(client, [listed])]
    assert whole.patient_name.ideographic == "山田^太郎"
    assert not whole.name_is_spoiled
    assert (whole.modalities, whole.series_count, whole.instance_count) == (("CT",), 1, 7)


async def test_what_is_known_already_is_not_asked_for() -> None:
    archive = FakeArchive([study(1, "Doe^Jane", NumberOfStudyRelatedSeries=1, NumberOfStudyRelatedInstances=2)])
    async with client_of(archive) as client:
        listed = (await client.search_studies(StudyQuery())).items
        asked = len(archive.asked)
        assert [one async for one in completed(client, listed)] == []
        assert len(archive.asked) == asked

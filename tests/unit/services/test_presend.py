"""What files say together, and against what the archive says: one UID twice, one study with two patients."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from desktop_app.core.errors import Unreachable
from desktop_app.core.person_name import PersonName
from desktop_app.core.presend import FindingKind
from desktop_app.core.study import Study
from desktop_app.core.upload import UploadItem
from desktop_app.services.decoder import Decoder
from desktop_app.services.presend import check_items
from desktop_app.services.upload_zip import Zips


@dataclass
class Client:
    studies: tuple[Study, ...] = ()
    error: Exception | None = None

    async def search_studies(self, query: object, limit: int) -> Any:
        if self.error is not None:
            raise self.error
        return SimpleNamespace(items=self.studies)


def item(name: str, sop: str, patient: str = "Doe^Jane", patient_id: str = "P-1") -> UploadItem:
    return UploadItem(Path(f"/in/{name}"), 1, "1.2", "1.3", sop, patient_name=patient, patient_id=patient_id)


async def kinds(items: list[UploadItem], client: Client) -> list[FindingKind]:
    decoder = Decoder(1)
    try:
        steps = [step async for step in check_items(items, client, decoder, Zips())]    # type: ignore[arg-type]
    finally:
        decoder.stop()
    assert steps[-1].done == steps[-1].total == len(items)
    return [finding.kind for step in steps for finding in step.findings if finding.kind is not FindingKind.VALUE]


async def test_two_files_with_one_uid() -> None:
    assert await kinds([item("a", "1.1"), item("b", "1.1")], Client()) == [FindingKind.DUPLICATE]


async def test_one_study_of_two_patients() -> None:
    assert await kinds([item("a", "1.1"), item("b", "1.2", "Else^Someone")], Client()) == [FindingKind.PATIENT]
    assert await kinds([item("a", "1.1"), item("b", "1.2", "DOE^JANE ")], Client()) == []


async def test_a_patient_that_is_another_one_at_the_archive() -> None:
    theirs = Study("1.2", PersonName("Roe^Jane"), "P-1")
    assert await kinds([item("a", "1.1")], Client((theirs,))) == [FindingKind.PATIENT]
    assert await kinds([item("a", "1.1")], Client((Study("1.2", PersonName("Doe^Jane"), "P-1"),))) == []


async def test_an_archive_that_cannot_be_asked_is_no_finding() -> None:
    assert await kinds([item("a", "1.1")], Client(error=Unreachable())) == []

"""A token that ends in the middle of a series that Orthanc holds, behind a proxy that checks tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pydicom
import pytest

from desktop_app.auth.bearer import BearerAuth
from desktop_app.auth.credentials import Token
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import SignInKind, Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from tests.support.asgi_server import AsgiServer
from tests.support.orthanc import Orthanc
from tests.support.token_gate import TokenGate

FIRST, SECOND = Token("first-token", account="reader"), Token("second-token", account="reader")


@contextmanager
def gated(orthanc: Orthanc, last: int) -> Iterator[tuple[TokenGate, Store]]:
    """Orthanc behind the gate, whose first token is good for so many requests."""
    root, _, path = orthanc.url.partition("/dicom-web")
    gate = TokenGate(root, (FIRST.access_token, SECOND.access_token), last)
    with AsgiServer(gate) as server:
        yield gate, Store("Clinic", f"{server.url}/dicom-web{path}", SignInKind.OIDC)


@pytest.mark.parametrize("last", [2, 25])
async def test_every_slice_comes_and_one_renewal_is_enough(
    empty_orthanc: Orthanc, samples: Path, last: int
) -> None:
    files = sorted((samples / "ct-abdomen").glob("*.dcm"))
    wanted = {str(data.SOPInstanceUID): data.PixelData for data in map(pydicom.dcmread, files)}
    assert empty_orthanc.put_all(files) == len(wanted) > 40
    renewals: list[Token] = []

    async def renew(ended: Token) -> Token:
        renewals.append(ended)
        return SECOND

    with gated(empty_orthanc, last) as (gate, store):
        auth = BearerAuth(FIRST, [store.origin], renew)
        async with build_http_client(store, auth=auth) as http:
            client = DicomWebClient(store.url, http)
            (study,) = (await client.search_studies(StudyQuery())).items
            (series,) = [found async for found in client.iter_series(study.study_instance_uid)]
            uids = (study.study_instance_uid, series.series_instance_uid)
            instances = [found.sop_instance_uid async for found in client.iter_instances(*uids)]
            fetched = await asyncio.gather(*(client.retrieve_instance(*uids, uid) for uid in instances))
        assert renewals == [FIRST] and gate.refused >= 1
        assert auth.token is SECOND and auth.parked == 0
    got = {str(data.SOPInstanceUID): data.PixelData for data in (pydicom.dcmread(BytesIO(found)) for found in fetched)}
    assert got == wanted

"""What servers should never send: a sentence each, no crash, nothing shown as complete, no token sent elsewhere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from desktop_app.core.errors import Interrupted, InvalidUid, LightboxError, NotAllowed, NotDicomWeb
from desktop_app.core.query import StudyQuery
from desktop_app.core.store import Store
from desktop_app.dicomweb import exchange
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.multipart import closing, part_head
from desktop_app.dicomweb.transport import RetryPolicy, build_http_client
from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.systems import native_xml

AT_ONCE = RetryPolicy(attempts=2, first_pause_s=0.0, max_pause_s=0.0)
ROW = {"0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "00100010": {"vr": "PN", "Value": [{
    "Alphabetic": "Yamada^Tarou", "Ideographic": "山田^太郎", "Phonetic": "やまだ^たろう"}]}}
Clients = Callable[..., AbstractAsyncContextManager[DicomWebClient]]


@pytest.fixture
def client(misbehaving: MisbehavingServer) -> Clients:
    @asynccontextmanager
    async def made(**more: object) -> AsyncIterator[DicomWebClient]:
        auth = httpx.BasicAuth("reader", "not-a-secret")
        async with build_http_client(Store("PACS", misbehaving.url), auth=auth) as http:
            yield DicomWebClient(misbehaving.url, http, retry=AT_ONCE)
    return made


def rows(*studies: dict[str, object]) -> Answer:
    return Answer.of_json(list(studies))


@pytest.mark.parametrize("answer, kind", [
    (Answer.html(), NotDicomWeb),
    (Answer(200, b'[{"0020000D": {"vr": "UI", "Va'), Interrupted),
    (Answer(200, b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "application/dicom+xml"),
     NotDicomWeb),
    (Answer(200, b"\x00\x01\x02 nothing that can be read", "application/dicom+json"), NotDicomWeb),
    (Answer(200, b"<html>" * 3, "application/dicom+json"), NotDicomWeb),
], ids=["a page", "cut in the middle", "XML with entities", "noise", "a page said to be JSON"])
async def test_what_is_no_list_is_a_sentence(
    misbehaving: MisbehavingServer, client: Clients, answer: Answer, kind: type[LightboxError]
) -> None:
    misbehaving.script(answer)
    async with client() as one:
        with pytest.raises(kind) as raised:
            await one.search_studies(StudyQuery())
    assert raised.value.user_text.endswith(".")
    assert "passwd" not in raised.value.user_text + raised.value.detail


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "no-such-charset", ""])
async def test_names_are_read_whatever_charset_is_declared(
    misbehaving: MisbehavingServer, client: Clients, charset: str
) -> None:
    declared = f"application/dicom+json; charset={charset}" if charset else "application/dicom+json"
    body = json.dumps([{**ROW, "00080005": {"vr": "CS", "Value": ["ISO_IR 100"]}}], ensure_ascii=False).encode()
    misbehaving.script(Answer(200, body, declared))
    async with client() as one:
        (study,) = (await one.search_studies(StudyQuery())).items
    assert study.patient_name.ideographic == "山田^太郎"
    assert study.patient_name.phonetic == "やまだ^たろう"


async def test_an_endless_list_is_stopped(
    misbehaving: MisbehavingServer, client: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MAX_LIST_BYTES", 1000)
    misbehaving.script(Answer(200, b"[" + b" " * 5000, chunked=True))
    async with client() as one:
        with pytest.raises(NotDicomWeb, match="too long"):
            await one.search_studies(StudyQuery())


async def test_ten_gigabytes_are_refused_when_they_are_announced() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        async def never() -> AsyncIterator[bytes]:
            raise AssertionError("not a byte of it is read")
            yield b""
        return httpx.Response(200, content=never(), headers={
            "content-length": str(10 * 2**30), "content-type": "application/dicom+json"})

    async with build_http_client(Store("PACS", "http://pacs.test"), transport=httpx.MockTransport(answer)) as http:
        with pytest.raises(NotDicomWeb, match="too long"):
            await DicomWebClient("http://pacs.test", http, retry=AT_ONCE).search_studies(StudyQuery())


async def test_uids_with_letters_are_listed_and_never_lead_out_of_the_archive(
    misbehaving: MisbehavingServer, client: Clients
) -> None:
    odd = [{"0020000D": {"vr": "UI", "Value": [uid]}} for uid in ("1.2.ABC", "../../admin", "1.2?x=1")]
    misbehaving.script(rows(*odd))
    async with client() as one:
        found = (await one.search_studies(StudyQuery())).items
        assert [study.study_instance_uid for study in found][:1] == ["1.2.ABC"]
        asked = len(misbehaving.requests)
        for uid in ("../../admin", "1.2?x=1", "1.2/../../x"):
            with pytest.raises(InvalidUid):
                [series async for series in one.iter_series(uid)]
    assert len(misbehaving.requests) == asked, "nothing was asked"


async def test_a_study_that_comes_twice_is_shown_once(misbehaving: MisbehavingServer, client: Clients) -> None:
    misbehaving.script(rows(ROW, ROW))
    async with client() as one:
        assert len((await one.search_studies(StudyQuery())).items) == 1


async def test_a_retry_after_of_a_year_is_not_waited_for(misbehaving: MisbehavingServer, client: Clients) -> None:
    assert RetryPolicy().pause_s(1, 31_536_000.0, 0.5) <= RetryPolicy().max_pause_s
    misbehaving.script(Answer.too_busy(31_536_000), rows(ROW))
    async with client() as one:
        assert len((await one.search_studies(StudyQuery())).items) == 1


async def test_redirects_in_a_ring_end_with_a_sentence(misbehaving: MisbehavingServer, client: Clients) -> None:
    misbehaving.script(Answer.refuses(302, Location=misbehaving.url + "/studies"))
    async with client() as one:
        with pytest.raises(NotDicomWeb, match="sends every request on"):
            await one.search_studies(StudyQuery())
    assert len(misbehaving.requests) < 40


async def test_a_redirect_to_another_host_takes_no_credentials_along(
    misbehaving: MisbehavingServer, client: Clients
) -> None:
    with MisbehavingServer() as other:
        other.script(rows(ROW))
        misbehaving.script(Answer.refuses(302, Location=other.url + "/studies"))
        async with client() as one:
            with pytest.raises(NotDicomWeb, match="does not follow"):
                await one.search_studies(StudyQuery())
        assert other.requests == []
    assert "authorization" in misbehaving.requests[0].headers


# ------------------------------------------------------------------------------------------- odd, and good all the same

async def test_a_search_in_xml_is_read_and_noted(misbehaving: MisbehavingServer, client: Clients) -> None:
    part = part_head("x", {"Content-Type": "application/dicom+xml"}, first=True) + native_xml(ROW).encode()
    head = 'multipart/related;start="<a@b>";type="application/dicom+xml"; boundary=x'
    misbehaving.script(Answer(200, part + closing("x"), head))
    async with client() as one:
        (study,) = (await one.search_studies(StudyQuery())).items
        assert study.patient_name.ideographic == "山田^太郎"
        assert any("XML" in note for note in one.dialect.notes)
        (metadata,) = await one.series_metadata("1.2.3", "4.5")
        assert metadata.text("0020000D") == "1.2.3"


async def test_a_partial_answer_says_that_there_is_more(misbehaving: MisbehavingServer, client: Clients) -> None:
    misbehaving.script(Answer(206, json.dumps([ROW]).encode()), rows())
    async with client() as one:
        page = await one.search_studies(StudyQuery())
    assert page.more


async def test_objects_that_are_gone_make_a_retrieval_incomplete(
    misbehaving: MisbehavingServer, client: Clients
) -> None:
    data = b"\0" * 128 + b"DICM" + b"x" * 100
    body = part_head("x", {"Content-Type": "application/dicom"}, first=True) + data + closing("x")
    misbehaving.script(Answer(206, body, 'multipart/related; type="application/dicom"; boundary=x', (
        ("Warning", '299 pacs "2 objects are no longer accessible"'),)))
    got = []
    async with client() as one:
        with pytest.raises(Interrupted, match="all objects"):
            async for item in one.retrieve_study("1.2.3"):
                got.append(item)
    assert got == [data], "what came is kept"


@pytest.mark.parametrize("uri", [
    "http://archive.inside:8080/dcm4chee-arc/aets/A/rs/studies/1.2/series/3/instances/4/bulkdata/00282000",
    "bulkdata/00282000", "/dicom-web/studies/1.2/series/3/instances/4/bulkdata/00282000"])
async def test_bulk_data_comes_from_this_archive_whatever_its_address_says(
    misbehaving: MisbehavingServer, client: Clients, uri: str
) -> None:
    misbehaving.script(Answer(200, b"profile", "application/octet-stream"))
    async with client() as one:
        base = misbehaving.url + "/studies/1.2/series/3/instances/4/metadata"
        assert await one.retrieve_bulkdata(uri, base=base) == b"profile"
        with pytest.raises(NotAllowed):
            await one.retrieve_bulkdata("https://elsewhere.example.org/secret")
    assert misbehaving.requests[-1].path == "/dicom-web/studies/1.2/series/3/instances/4/bulkdata/00282000"

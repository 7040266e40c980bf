"""Searches against servers with habits: nothing is lost, nothing comes twice, "more" is never wrong the wrong way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from desktop_app.core.errors import (
    Interrupted,
    NotDicomWeb,
    NotFound,
    RequestRefused,
    ServerFailed,
    SignInNeeded,
)
from desktop_app.core.query import StudyQuery
from desktop_app.core.study import Study
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.dialect import Dialect, IncludeField
from tests.unit.dicomweb.fake_archive import FakeArchive, Row, client_of, row, study

MANY = [study(number) for number in range(37)]


def uids(items: tuple[Study, ...] | list[Study]) -> list[str]:
    return [item.study_instance_uid for item in items]


async def all_pages(client: DicomWebClient, query: StudyQuery, limit: int) -> tuple[list[str], int]:
    """Every study a caller sees, merged by UID, and the number of pages."""
    found: dict[str, None] = {}
    offset = pages = 0
    while pages < 50:
        page = await client.search_studies(query, offset=offset, limit=limit)
        assert len(set(uids(page.items))) == len(page.items), "a page names a study once"
        assert page.next_offset > offset or not page.more, "a caller gets on"
        found |= dict.fromkeys(uids(page.items))
        offset, pages = page.next_offset, pages + 1
        if not page.more:
            return list(found), pages
    pytest.fail("the search does not end")


# --------------------------------------------------------------------------------------------------------------- paging

@pytest.mark.parametrize("limit", [1, 7, 36, 37, 38, 100])
async def test_every_study_comes_once_with_any_page_size(limit: int) -> None:
    async with client_of(FakeArchive(MANY)) as client:
        found, _ = await all_pages(client, StudyQuery(), limit)
    assert found == [f"1.2.{number}" for number in range(37)]


async def test_a_short_page_is_the_end_and_a_full_one_is_not() -> None:
    async with client_of(FakeArchive(MANY)) as client:
        assert not (await client.search_studies(StudyQuery(), limit=100)).more
        page = await client.search_studies(StudyQuery(), limit=37)
        assert page.more
        assert page.next_offset == 37
        last = await client.search_studies(StudyQuery(), offset=37, limit=37)
        assert (last.items, last.more) == ((), False)


@pytest.mark.parametrize("cap", [10, 25])
async def test_a_server_that_cuts_pages_short_loses_nothing(cap: int) -> None:
    async with client_of(FakeArchive(MANY, cap=cap)) as client:
        found, _ = await all_pages(client, StudyQuery(), 100)
        assert len(found) == 37
        assert any(f"at most {cap} rows" in note for note in client.dialect.notes)


async def test_a_list_that_just_has_a_round_length_is_complete() -> None:
    async with client_of(FakeArchive(MANY[:25])) as client:
        page = await client.search_studies(StudyQuery(), limit=100)
    assert not page.more
    assert len(page.items) == 25


async def test_a_warning_means_more_even_on_an_odd_page() -> None:
    async with client_of(FakeArchive(MANY, cap=11, warns=True)) as client:
        found, pages = await all_pages(client, StudyQuery(), 100)
    assert len(found) == 37
    assert pages == 4


async def test_a_server_that_ignores_limit_sends_everything_once() -> None:
    async with client_of(FakeArchive(MANY, ignored=frozenset({"limit", "offset"}))) as client:
        found, pages = await all_pages(client, StudyQuery(), 5)
        assert (len(found), pages) == (37, 1)
        assert "the server ignores limit" in client.dialect.notes


async def test_a_server_that_ignores_offset_ends() -> None:
    async with client_of(FakeArchive(MANY, ignored=frozenset({"offset"}))) as client:
        found, pages = await all_pages(client, StudyQuery(), 5)
        assert (len(found), pages) == (5, 2)
        assert any("ignore offset" in note for note in client.dialect.notes)


async def test_the_same_page_can_be_asked_for_again() -> None:
    async with client_of(FakeArchive(MANY)) as client:
        await client.search_studies(StudyQuery(), limit=10)
        first = await client.search_studies(StudyQuery(), offset=10, limit=10)
        assert await client.search_studies(StudyQuery(), offset=10, limit=10) == first
        assert len(first.items) == 10


async def test_rows_sieved_away_here_do_not_hide_what_follows() -> None:
    rows = [*MANY, study(99, "Zeta^Anna")]
    async with client_of(FakeArchive(rows, ignored=frozenset({"PatientName"}))) as client:
        page = await client.search_studies(StudyQuery(patient_name="zeta*"), limit=5)
        assert (page.items, page.more, page.next_offset) == ((), True, 5)
        found, _ = await all_pages(client, StudyQuery(patient_name="zeta*"), 5)
    assert found == ["1.2.99"]


@pytest.mark.parametrize("empty", [
    lambda: httpx.Response(204),
    lambda: httpx.Response(200),
    lambda: httpx.Response(200, content=b"[]"),
    lambda: httpx.Response(200, content=b" \r\n", headers={"Content-Type": "application/dicom+json"}),
    lambda: httpx.Response(200, content=b"[]", headers={"Content-Type": "text/plain"}),
])
async def test_nothing_found_is_an_empty_page_in_every_form(empty: Callable[[], httpx.Response]) -> None:
    async with client_of(FakeArchive(empty=empty)) as client:
        page = await client.search_studies(StudyQuery(modality="CT"))
        assert (page.items, page.more) == ((), False)
        assert [series async for series in client.iter_series("1.2")] == []


@pytest.mark.parametrize("content", [json.dumps(MANY[0]), json.dumps([MANY[0]]), "\ufeff" + json.dumps([MANY[0]])])
async def test_a_lone_object_is_a_list_of_one(content: str) -> None:
    async with client_of(lambda request: httpx.Response(200, content=content)) as client:
        assert uids((await client.search_studies(StudyQuery())).items) == ["1.2.0"]


async def test_one_bad_element_or_row_costs_no_other() -> None:
    rows = [study(1), {**study(2), "00100020": "bad", "00080020": {"vr": "DA", "Value": 5}}, {"junk": 1}, study(3)]
    async with client_of(FakeArchive(rows)) as client:
        page = await client.search_studies(StudyQuery())
        assert uids(page.items) == ["1.2.1", "1.2.2", "1.2.3"]
        assert client.dialect.notes


async def test_xml_is_read_where_json_was_asked_for() -> None:
    attribute = '<DicomAttribute tag="0020000D" vr="UI"><Value number="1">1.2.{}</Value></DicomAttribute>'
    models = [f"<NativeDicomModel>{attribute.format(n)}</NativeDicomModel>".encode() for n in (1, 2)]
    body = b"".join(b"--b\r\n\r\n" + model + b"\r\n" for model in models) + b"--b--"
    content_type = 'multipart/related; type="application/dicom+xml"; boundary=b'
    async with client_of(
        lambda request: httpx.Response(200, content=body, headers={"Content-Type": content_type})
    ) as client:
        assert uids((await client.search_studies(StudyQuery())).items) == ["1.2.1", "1.2.2"]


# ----------------------------------------------------------------------------------------------------------- typed text

async def test_text_is_found_in_name_number_and_description_without_doubles() -> None:
    rows = [
        study(1, "Alpha^Anna"), study(2, PatientID="alpha-7"), study(3, StudyDescription="Thorax Alpha"), study(4),
        study(5, "Alpha^Bert", PatientID="alpha-8"),
    ]
    archive = FakeArchive(rows)
    async with client_of(archive) as client:
        page = await client.search_studies(StudyQuery(text="alpha"))
    assert set(uids(page.items)) == {"1.2.1", "1.2.2", "1.2.3", "1.2.5"}
    assert len(archive.asked) == 3


async def test_the_searches_for_a_text_run_at_once() -> None:
    waiting = 0
    all_here = asyncio.Event()

    class Gate(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal waiting
            waiting += 1
            if waiting == 3:
                all_here.set()
            await all_here.wait()
            return httpx.Response(200, json=[])

    async with httpx.AsyncClient(transport=Gate()) as http:
        client = DicomWebClient("http://archive.test", http)
        await asyncio.wait_for(client.search_studies(StudyQuery(text="7")), 10)
    assert waiting == 4, "three at once; then one, whether there is anything to be found by wildcards"


async def test_all_words_must_be_there() -> None:
    rows = [study(1, "Doe^Jane"), study(2, "Doe^John"), study(3, "Roe^Jane", PatientID="doe")]
    async with client_of(FakeArchive(rows)) as client:
        assert set(uids((await client.search_studies(StudyQuery(text="Doe, Jane"))).items)) == {"1.2.1", "1.2.3"}


async def test_a_text_search_over_many_pages_finds_everything() -> None:
    rows = [study(n, "Alpha^" + str(n)) for n in range(30)]
    rows += [study(n, PatientID=f"alpha{n}") for n in range(30, 45)] + [study(n) for n in range(45, 60)]
    async with client_of(FakeArchive(rows)) as client:
        found, _ = await all_pages(client, StudyQuery(text="alpha"), 4)
    assert len(found) == 45


async def test_a_description_key_without_effect_is_noticed_and_left_out() -> None:
    rows = [*(study(n, StudyDescription="other") for n in range(30)), study(50, "Alpha^Anna")]
    archive = FakeArchive(rows, ignored=frozenset({"StudyDescription"}))
    async with client_of(archive) as client:
        page = await client.search_studies(StudyQuery(text="alpha"), limit=20)
        assert (uids(page.items), page.more) == (["1.2.50"], False)
        assert client.dialect.ignored_keys == {"StudyDescription"}
        archive.asked.clear()
        await client.search_studies(StudyQuery(text="alpha"))
        assert all("StudyDescription" not in asked for asked in archive.asked)


async def test_a_description_that_was_asked_for_is_sieved_even_if_the_key_has_no_effect() -> None:
    rows = [*(study(n, StudyDescription="other") for n in range(30)), study(50, StudyDescription="Chest")]
    async with client_of(FakeArchive(rows, ignored=frozenset({"StudyDescription"}))) as client:
        assert uids((await client.search_studies(StudyQuery(text="patient", description="ch*"),
            limit=100)).items) == ["1.2.50"]


async def test_capital_letters_are_tried_when_nothing_is_found() -> None:
    archive = FakeArchive([study(1, "DOE^JANE"), study(2, "ROE^ANN")], case_sensitive=True)
    async with client_of(archive) as client:
        assert uids((await client.search_studies(StudyQuery(text="doe"))).items) == ["1.2.1"]
        archive.asked.clear()
        assert uids((await client.search_studies(StudyQuery(text="roe"))).items) == ["1.2.2"]
        assert archive.asked[0]["PatientName"] == "*ROE*"
        assert (await client.search_studies(StudyQuery(text="nobody"))).items == ()


async def test_a_pasted_uid_finds_its_study() -> None:
    archive = FakeArchive([*MANY, row(StudyInstanceUID="1.2.840.99.1.7")])
    async with client_of(archive) as client:
        assert uids((await client.search_studies(StudyQuery(text="1.2.840.99.1.7"))).items) == ["1.2.840.99.1.7"]


# ------------------------------------------------------------------------------------------------------------- refusals

async def test_a_field_the_server_does_not_know_is_left_out_and_remembered() -> None:
    archive = FakeArchive(MANY, refused=frozenset({"00081030", "00080061"}))
    async with client_of(archive) as client:
        assert len((await client.search_studies(StudyQuery())).items) == 37
        asked = len(archive.asked)
        await client.search_studies(StudyQuery())
        assert len(archive.asked) == asked + 1, "learned, not tried again"
        assert client.dialect.refused_fields == {"StudyDescription", "ModalitiesInStudy"}


async def test_a_filter_the_server_does_not_know_is_answered_by_the_sieve() -> None:
    rows = [study(1), study(2, ModalitiesInStudy=["MR"])]
    async with client_of(FakeArchive(rows, refused=frozenset({"ModalitiesInStudy"}))) as client:
        assert uids((await client.search_studies(StudyQuery(modality="MR"))).items) == ["1.2.2"]


async def test_a_refusal_without_a_word_is_found_out_by_trying() -> None:
    archive = FakeArchive(MANY, refused=frozenset({"00081030"}), names_the_culprit=False)
    async with client_of(archive) as client:
        assert len((await client.search_studies(StudyQuery())).items) == 37
        assert client.dialect.include_field is IncludeField.NONE


async def test_a_search_that_stays_refused_tells_the_first_refusal() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"message": f"bad {len(request.url.params)}"})

    async with client_of(answer) as client:
        with pytest.raises(RequestRefused) as caught:
            await client.search_studies(StudyQuery(modality="CT"))
        assert "bad 3" in caught.value.detail
        assert client.dialect == Dialect(), "nothing is learned from what did not help"


async def test_a_server_that_wants_plain_json_gets_it_and_is_remembered() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["accept"])
        return httpx.Response(200,
            json=[MANY[0]]) if request.headers["accept"] == "application/json" else httpx.Response(406)

    async with client_of(answer) as client:
        await client.search_studies(StudyQuery())
        await client.search_studies(StudyQuery())
    assert asked == ["application/dicom+json", "application/json", "application/json"]


async def test_json_is_asked_for_with_gzip() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept-encoding"] == "gzip"
        assert request.headers["accept"] == "application/dicom+json"
        return httpx.Response(200, json=[])

    async with client_of(answer) as client:
        await client.search_studies(StudyQuery())


# ----------------------------------------------------------------------------------------------------- errors and waits

@pytest.mark.parametrize(("answer", "kind"), [
    (httpx.Response(200, content=b"<!DOCTYPE html><html><body>Sign in</body></html>"), NotDicomWeb),
    (httpx.Response(200, content=b"hello"), NotDicomWeb),
    (httpx.Response(200, content=b'[{"0020000D": '), Interrupted),
    (httpx.Response(401), SignInNeeded),
    (httpx.Response(404), NotFound),
])
async def test_answers_that_are_none(answer: httpx.Response, kind: type[Exception]) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(answer.status_code, content=answer.content)

    async with client_of(respond) as client:
        with pytest.raises(kind):
            await client.search_studies(StudyQuery())


async def test_ping_tells_a_wrong_path_from_a_server_that_is_down() -> None:
    async with client_of(lambda request: httpx.Response(404, content=b"<html>not here</html>")) as client:
        with pytest.raises(NotDicomWeb, match="no DICOMweb archive at this address"):
            await client.ping()
    asked: list[str] = []

    def failing(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(500)

    async with client_of(failing) as client:
        with pytest.raises(ServerFailed):
            await client.ping()
    assert len(asked) == 1, "a ping is not repeated"
    async with client_of(FakeArchive(MANY)) as client:
        await client.ping()


async def test_a_search_is_repeated_after_a_passing_trouble() -> None:
    script = [httpx.Response(503), httpx.Response(502), httpx.Response(200, json=MANY)]
    async with client_of(lambda request: script.pop(0)) as client:
        assert len((await client.search_studies(StudyQuery(), limit=100)).items) == 37


async def test_one_failing_search_of_three_ends_the_others() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(403) if "PatientID" in request.url.params else httpx.Response(200, json=[])

    async with client_of(answer) as client:
        with pytest.raises(Exception, match="right to read"):
            await client.search_studies(StudyQuery(text="doe"))
    assert len(asyncio.all_tasks()) == 1


async def test_others_run_while_a_long_answer_is_read() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0)
            ticks += 1

    body = json.dumps([study(number) for number in range(5000)]).encode()
    seen: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(ticks)
        return httpx.Response(200, content=body)

    async with client_of(answer) as client:
        ticker = asyncio.create_task(tick())
        page = await client.search_studies(StudyQuery(), limit=6000)
        ticker.cancel()
    assert len(page.items) in (5000,)
    assert ticks > seen[0] + 5


# --------------------------------------------------------------------------------------------------- series, instances

def series(number: int) -> Row:
    return row(SeriesInstanceUID=f"3.4.{number}", Modality="CT", SeriesNumber=number)


def instance(number: int) -> Row:
    return row(SOPInstanceUID=f"5.6.{number}", InstanceNumber=number, Rows=512, Columns=512)


async def test_all_series_of_a_study() -> None:
    archive = FakeArchive([series(n) for n in range(7)])
    async with client_of(archive) as client:
        found = [item async for item in client.iter_series("1.2.3")]
    assert [item.number for item in found] == list(range(7))
    assert {item.study_instance_uid for item in found} == {"1.2.3"}
    assert len(archive.asked) == 1
    assert "00201209" in archive.asked[0]["includefield"]


@pytest.mark.parametrize("archive", [
    FakeArchive([instance(n) for n in range(2345)]),
    FakeArchive([instance(n) for n in range(2345)], cap=1000),
    FakeArchive([instance(n) for n in range(345)], cap=100),
    FakeArchive([instance(n) for n in range(300)], cap=100),
    FakeArchive([instance(n) for n in range(345)], ignored=frozenset({"limit"})),
    FakeArchive([instance(n) for n in range(1345)], ignored=frozenset({"limit", "offset"})),
    FakeArchive([instance(n) for n in range(345)] * 2),
    FakeArchive([instance(n) for n in range(2000)], empty=lambda: httpx.Response(204)),
    FakeArchive([instance(n) for n in range(450)], cap=150, warns=True),
])
async def test_all_instances_of_a_series_whatever_the_server_does_with_pages(archive: FakeArchive) -> None:
    async with client_of(archive) as client:
        found = [item async for item in client.iter_instances("1.2", "3.4")]
    expected = dict.fromkeys(item["00080018"]["Value"][0] for item in archive.rows)
    assert [item.sop_instance_uid for item in found] == list(expected)


async def test_a_server_that_repeats_itself_is_left_and_that_more_exist_is_said() -> None:
    archive = FakeArchive([instance(n) for n in range(1345)], cap=1000, ignored=frozenset({"offset"}))
    found = []
    async with client_of(archive) as client:
        with pytest.raises(Interrupted, match="more exist"):
            async for item in client.iter_instances("1.2", "3.4"):
                found.append(item)
        assert len(found) == 1000
        assert len(archive.asked) == 2
        assert any("ignore offset" in note for note in client.dialect.notes)


async def test_a_server_that_gives_all_and_the_same_again_is_not_doubted() -> None:
    archive = FakeArchive([instance(n) for n in range(100)], ignored=frozenset({"offset"}))
    async with client_of(archive) as client:
        assert len([item async for item in client.iter_instances("1.2", "3.4")]) == 100


@pytest.mark.parametrize("limit", [0, 1, 7])
async def test_some_instances_are_enough(limit: int) -> None:
    archive = FakeArchive([instance(n) for n in range(50)])
    async with client_of(archive) as client:
        found = [item async for item in client.iter_instances("1.2", "3.4", limit=limit)]
    assert len(found) == limit
    assert len(archive.asked) == (1 if limit else 0)
    assert not archive.asked or archive.asked[0]["limit"] == str(limit)


async def test_a_limit_the_server_refuses_is_lowered() -> None:
    archive = FakeArchive([instance(n) for n in range(450)], refused=frozenset({"1000"}),
        names_the_culprit=False, cap=200)
    async with client_of(archive) as client:
        assert len([item async for item in client.iter_instances("1.2", "3.4")]) == 450
        assert client.dialect.max_limit == 200


async def test_an_iteration_that_is_left_early_leaves_nothing_behind() -> None:
    archive = FakeArchive([instance(n) for n in range(5000)])
    async with client_of(archive) as client:
        async for _ in client.iter_instances("1.2", "3.4"):
            break
    assert len(archive.asked) == 1


async def test_a_uid_that_is_none_is_not_asked_for() -> None:
    archive = FakeArchive()
    async with client_of(archive) as client:
        with pytest.raises(ValueError, match="UID"):
            client.iter_series("../../admin")
    assert archive.asked == []

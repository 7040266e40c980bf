"""Store (STOW-RS), PS3.18 10.5."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from desktop_app.archive import stow
from desktop_app.archive.archive import Archive
from desktop_app.dicomweb.multipart import MultipartReader
from tests.unit.archive.objects import BOUNDARY, CT, MULTIPART_DICOM, image, instance, message, path_of, store

CONTENT = {"Content-Type": MULTIPART_DICOM}


def _items(response: httpx.Response, tag: str) -> list[dict[str, list[object]]]:
    return [{key: element.get("Value", []) for key, element in item.items()}
            for item in response.json().get(tag, {}).get("Value", [])]


async def test_everything_stored_is_a_200(client: httpx.AsyncClient) -> None:
    response = await store(client, image(1, 1, 1), image(1, 1, 2))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/dicom+json"
    root = "http://local.test/dicom-web/studies/1.2.1"
    assert response.json()["00081190"] == {"vr": "UR", "Value": [root]}
    assert _items(response, "00081199") == [
        {"00081150": [CT], "00081155": [f"1.2.1.1.{n}"], "00081190": [f"{root}/series/1.2.1.1/instances/1.2.1.1.{n}"]}
        for n in (1, 2)]
    assert "00081198" not in response.json()
    assert "0008119A" not in response.json()


async def test_each_instance_gets_its_verdict(client: httpx.AsyncClient) -> None:
    await store(client, image(1, 1, 1, PatientID="A"))
    response = await store(client, image(1, 1, 2), image(1, 1, 1, PatientID="B"), b"no DICOM", image(1, 1, 3)[:-9],
                           image(2, 1, 1))
    assert response.status_code == 202
    stored = {item["00081155"][0]: item.get("00081196") for item in _items(response, "00081199")}
    assert stored == {"1.2.1.1.2": None, "1.2.1.1.3": [0xB007], "1.2.2.1.1": None}
    (failed,) = _items(response, "00081198")
    assert (failed["00081155"], failed["00081197"]) == (["1.2.1.1.1"], [0x0111])
    (other,) = _items(response, "0008119A")
    assert other["00081197"] == [0xC000]
    assert "00081190" not in response.json()            # two studies: no one address


async def test_nothing_stored_is_a_409_with_the_reasons(client: httpx.AsyncClient) -> None:
    await store(client, image(PatientID="A"))
    response = await store(client, image(PatientID="B"), b"no DICOM")
    assert response.status_code == 409
    assert len(_items(response, "00081198")) == len(_items(response, "0008119A")) == 1


async def test_the_same_again_is_a_200(client: httpx.AsyncClient) -> None:
    assert (await store(client, image())).status_code == 200
    assert (await store(client, image())).status_code == 200


async def test_a_study_in_the_address_takes_only_its_own(client: httpx.AsyncClient) -> None:
    response = await store(client, image(1), image(2), path=path_of(1))
    assert response.status_code == 202
    assert _items(response, "00081198")[0]["00081155"] == ["1.2.2.1.1"]


@pytest.mark.parametrize(("content_type", "body", "status"), [
    ("application/dicom", image(), 200),
    (f'multipart/related; type="application/dicom"; boundary="{BOUNDARY}"', message([image()]), 200),
    (f"multipart/related; type=application/dicom; boundary={BOUNDARY}", message([image()]), 200),
    (f"multipart/related; boundary={BOUNDARY}", message([image()]), 200),
    (f'multipart/related; type="application/dicom+json"; boundary={BOUNDARY}', message([b"[]"]), 415),
    ("application/json", b"{}", 415),
    ("", b"", 415),
    (MULTIPART_DICOM, b"", 400),
    (MULTIPART_DICOM, message([]), 400),
    (MULTIPART_DICOM, b"no multipart at all", 400),
])
async def test_content_types(client: httpx.AsyncClient, content_type: str, body: bytes, status: int) -> None:
    response = await client.post("/studies", content=body, headers={"Content-Type": content_type})
    assert response.status_code == status, response.text


async def test_an_answer_in_another_format_is_refused_before_anything_is_stored(client: httpx.AsyncClient,
                                                                                archive: Archive) -> None:
    response = await client.post("/studies", content=message([image()]), headers={**CONTENT, "Accept": "text/html"})
    assert response.status_code == 406
    assert await archive.count() == 0


async def test_whatever_the_cuts_of_the_body(client: httpx.AsyncClient, archive: Archive,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stow, "IN_MEMORY", 300)         # every image takes the way through a file
    files = [image(1, 1, number) for number in range(1, 6)]
    body = message(files)

    def cut(size: int) -> Iterator[bytes]:
        return (body[start:start + size] for start in range(0, len(body), size))

    async def pieces() -> AsyncIterator[bytes]:
        for piece in cut(97):
            yield piece

    response = await client.post("/studies", content=pieces(), headers=CONTENT)
    assert response.status_code == 200, response.text
    assert [await archive.read(one.path) for one in await archive.instances("1.2.1")] == files
    assert list((archive.folder / "incoming").iterdir()) == []


async def test_a_body_that_ends_early_keeps_what_came_whole(client: httpx.AsyncClient, archive: Archive) -> None:
    body = message([image(1, 1, 1), image(1, 1, 2), image(1, 1, 3)], closed=False)
    response = await client.post("/studies", content=body[:-400], headers=CONTENT)
    assert response.status_code == 202
    assert len(_items(response, "00081199")) == 2
    assert _items(response, "0008119A")[0]["00081197"] == [0xC000]
    assert await archive.count() == 2


async def test_a_sender_that_goes_away_leaves_what_came_whole_and_nothing_else(
        client: httpx.AsyncClient, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stow, "IN_MEMORY", 100)
    body = message([image(1, 1, 1), image(1, 1, 2)])

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body) - 300, 50):
            yield body[start:start + 50]
        raise OSError("the sender is gone")

    with pytest.raises(OSError, match="the sender is gone"):
        await client.post("/studies", content=pieces(), headers=CONTENT)
    assert await archive.count() == 1
    assert await archive.on_disk(lambda: list((archive.folder / "incoming").iterdir())) == []


async def test_a_large_instance_goes_in_and_out_in_bounded_memory(client: httpx.AsyncClient, archive: Archive) -> None:
    size = 192 * 1024 * 1024
    head = image().split(b"\xe0\x7f\x10\x00OW")[0] + b"\xe0\x7f\x10\x00OW\0\0" + size.to_bytes(4, "little")
    zeros = bytes(1024 * 1024)

    async def body() -> AsyncIterator[bytes]:
        yield f"--{BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n".encode() + head
        for _ in range(size // len(zeros)):
            yield zeros
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    tracemalloc.start()
    try:
        response = await client.post("/studies", content=body(), headers=CONTENT)
        assert response.status_code == 200, response.text
        peak_in = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        received = 0
        async with client.stream("GET", path_of(1), headers={"Accept": "*/*"}) as answer:
            async for piece in answer.aiter_raw():
                received += len(piece)
        peak_out = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (await archive.instances("1.2.1"))[0].size == len(head) + size
    assert received > size
    assert peak_in < 48 * 1024 * 1024
    assert peak_out < 24 * 1024 * 1024


async def test_what_other_viewers_send_comes_back_as_it_was(client: httpx.AsyncClient) -> None:
    tricky = instance(ImageComments=f"\r\n--{BOUNDARY}x\r\n--{BOUNDARY[:-1]}--\r\n\r\n")
    await store(client, tricky)
    response = await client.get(path_of(1, 1, 1), headers={"Accept": "*/*"})
    reader = MultipartReader(response.headers["content-type"])
    assert [part.data for part in reader.feed(response.content) + reader.close()] == [tricky]

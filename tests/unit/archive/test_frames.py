"""Retrieve frames and bulk data (WADO-RS), PS3.18 10.4.1.1.5 and 10.4.1.1.6."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate, encapsulate_extended, generate_frames
from pydicom.sequence import Sequence

from desktop_app.archive.archive import Archive
from desktop_app.archive.frames import parse_frame_list
from desktop_app.archive.storage import Incoming
from tests.unit.archive.objects import (
    DEFLATED,
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    JPEG_LS,
    dataset,
    image,
    instance,
    part10,
    parts_of,
    path_of,
    store,
    with_pixels,
)

ONE = path_of(1, 1, 1)
AS_STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*'
UNCOMPRESSED = 'multipart/related; type="application/octet-stream"'


async def _frames(client: httpx.AsyncClient, numbers: str, accept: str = AS_STORED, path: str = ONE) -> list[bytes]:
    response = await client.get(f"{path}/frames/{numbers}", headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return [part.data for part in parts_of(response)]


@pytest.mark.parametrize("syntax", [IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
async def test_native_frames_are_cut_out_little_endian(client: httpx.AsyncClient, syntax: str, dtype: type) -> None:
    pixels = np.arange(4 * 6 * 8).reshape(4, 6, 8).astype(dtype)
    written = pixels.astype(pixels.dtype.newbyteorder(">")) if syntax == EXPLICIT_BIG else pixels
    made = with_pixels(dataset(), written)
    if dtype is np.float32:
        del made.PixelData
        made.add_new(0x7FE00008, "OF", written.tobytes())
    await store(client, part10(made, syntax))
    frames = await _frames(client, "1,2,3,4")
    little = pixels.dtype.newbyteorder("<")
    assert [np.frombuffer(frame, little).reshape(6, 8).tolist() for frame in frames] == pixels.tolist()
    assert await _frames(client, "3,1,3") == [frames[2], frames[0], frames[2]]
    response = await client.get(ONE + "/frames/2", headers={"Accept": UNCOMPRESSED})
    (part,) = parts_of(response)
    assert part.media_type.name == "application/octet-stream"
    assert part.media_type.transfer_syntax_uid == EXPLICIT_LITTLE
    assert part.location == f"http://local.test/dicom-web{ONE}/frames/2"


async def test_frames_of_single_bits_begin_on_a_byte(client: httpx.AsyncClient) -> None:
    bits = np.random.default_rng(7).integers(0, 2, (3, 5, 5)).astype(np.uint8)
    made = with_pixels(dataset(), bits)
    made.BitsAllocated = made.BitsStored = 1
    made.HighBit = 0
    made.PixelData = np.packbits(bits.ravel(), bitorder="little").tobytes()
    await store(client, part10(made))
    frames = await _frames(client, "1,2,3")
    unpacked = [np.unpackbits(np.frombuffer(frame, np.uint8), bitorder="little")[:25].reshape(5, 5) for frame in frames]
    assert np.array_equal(unpacked, bits)
    assert {len(frame) for frame in frames} == {4}


def _encapsulated(fragments: list[list[bytes]], how: str) -> bytes:
    """A multi-frame object whose frames are these fragments."""
    made = with_pixels(dataset(), np.zeros((len(fragments), 4, 4), np.uint16))
    frames = [b"".join(each) for each in fragments]
    if how == "extended":
        data, offsets, lengths = encapsulate_extended(frames)
        made.ExtendedOffsetTable, made.ExtendedOffsetTableLengths = offsets, lengths
    elif how == "one fragment each":
        data = encapsulate(frames, has_bot=False)
    else:
        data = b""
        offsets = []
        for each in fragments:
            offsets.append(len(data))
            for fragment in each:
                data += b"\xfe\xff\x00\xe0" + len(fragment).to_bytes(4, "little") + fragment
        table = b"".join(offset.to_bytes(4, "little") for offset in offsets) if how == "basic" else b""
        data = b"\xfe\xff\x00\xe0" + len(table).to_bytes(4, "little") + table + data + b"\xfe\xff\xdd\xe0\0\0\0\0"
    made.PixelData = data
    made["PixelData"].VR = "OB"
    made["PixelData"].is_undefined_length = True
    return part10(made, JPEG_LS)


@pytest.mark.parametrize("how", ["basic", "extended", "one fragment each", "magic"])
async def test_compressed_frames_are_put_together_from_their_fragments(client: httpx.AsyncClient, how: str) -> None:
    start = b"\xff\xd8\xff\xf7"
    fragments = [[start + b"first ", b"and more"], [start + b"second"], [start + b"third ", b"x" * 10]]
    await store(client, _encapsulated(fragments, how))
    frames = await _frames(client, "1,2,3")
    assert [frame[:14] for frame in frames] == [b"".join(each)[:14] for each in fragments]
    response = await client.get(ONE + "/frames/2", headers={"Accept": 'multipart/related; type="image/jls"'})
    (part,) = parts_of(response)
    assert (part.media_type.name, part.media_type.transfer_syntax_uid) == ("image/jls", JPEG_LS)
    assert part.data.startswith(b"\xff\xd8\xff\xf7second")


async def test_every_frame_of_real_files_is_what_pydicom_finds(client: httpx.AsyncClient, archive: Archive,
                                                               dicom_data: Path) -> None:
    """Compressed ones by their codestreams, native ones by their values."""
    paths = [path for folder, pattern in (("cornerstonejs__dicomParser", "*.dcm"), ("", "emri_small*.dcm"),
                                          ("", "examples_ybr_color.dcm"))
             for path in sorted((dicom_data / folder).rglob(pattern))]
    compared = 0
    for path in paths:
        outcome = await archive.store_bytes(data := path.read_bytes())
        if outcome.reason:
            continue
        theirs = pydicom.dcmread(io.BytesIO(data))
        if "PixelData" not in theirs:
            continue
        count = int(theirs.get("NumberOfFrames", 1))
        where = f"/studies/{outcome.study_uid}/series/{outcome.series_uid}/instances/{outcome.sop_instance_uid}"
        numbers = ",".join(map(str, range(1, count + 1)))
        if theirs.file_meta.TransferSyntaxUID.is_compressed and theirs.file_meta.TransferSyntaxUID != DEFLATED:
            expected = list(generate_frames(theirs.PixelData, number_of_frames=count))
        else:
            array = theirs.pixel_array.reshape(count, -1)
            expected = [frame.astype(frame.dtype.newbyteorder("<")).tobytes() for frame in array]
        frames = await _frames(client, numbers, path=where)
        assert [frame.rstrip(b"\0") for frame in frames] == [frame.rstrip(b"\0") for frame in expected], path.name
        compared += count
        await archive.delete(outcome.study_uid)
    assert compared > 60


async def test_compressed_frames_can_be_had_uncompressed(client: httpx.AsyncClient, archive: Archive,
                                                         samples: Path) -> None:
    outcome = await archive.store_bytes(data := (samples / "sts-001/mr/000000.dcm").read_bytes())
    path = f"/studies/{outcome.study_uid}/series/{outcome.series_uid}/instances/{outcome.sop_instance_uid}"
    (native,) = await _frames(client, "1", UNCOMPRESSED, path)
    read = pydicom.dcmread(io.BytesIO(data))
    assert len(native) == read.Rows * read.Columns * 2
    values = np.frombuffer(native, "<i2")
    assert (values.min(), values.max()) == (0, 1118)
    (stored,) = await _frames(client, "1", AS_STORED, path)
    assert stored.startswith(b"\xff\xd8\xff\xf7")
    response = await client.get(path + "/frames/1", headers={"Accept": "*/*"})
    assert parts_of(response)[0].media_type.name == "image/jls"
    response = await client.get(path + "/frames/1", headers={"Accept": "image/jls"})
    assert response.headers["content-type"] == f"image/jls; transfer-syntax={JPEG_LS}"
    assert response.content == stored


async def test_a_colour_space_that_the_codec_undoes_stays_compressed(client: httpx.AsyncClient, archive: Archive,
                                                                     samples: Path) -> None:
    (file,) = (samples / "ultrasound-loop").glob("*.dcm")
    outcome = await archive.store_bytes(file.read_bytes())
    path = f"/studies/{outcome.study_uid}/series/{outcome.series_uid}/instances/{outcome.sop_instance_uid}"
    frames = await _frames(client, ",".join(map(str, range(1, 31))), path=path)
    assert all(frame.startswith(b"\xff\xd8\xff") for frame in frames)
    assert len(set(frames)) > 20
    assert (await client.get(path + "/frames/1", headers={"Accept": UNCOMPRESSED})).status_code == 406


@pytest.mark.parametrize(("frames", "accept", "status"), [
    *((text, AS_STORED, 400) for text in ("0", "1,,2", "one", "1-2", "-1")),
    ("2", AS_STORED, 404), ("1,2", AS_STORED, 404), ("1", "image/jpeg", 406), ("1", "text/html", 406),
    ("1", 'multipart/related; type="image/jls"', 406), ("1,1", "application/octet-stream", 406),
    ("1", "application/octet-stream", 200), ("1", "multipart/related", 200),
])
async def test_what_can_be_asked_of_frames(client: httpx.AsyncClient, frames: str, accept: str, status: int) -> None:
    await store(client, image())
    response = await client.get(f"{ONE}/frames/{frames}", headers={"Accept": accept})
    assert response.status_code == status, response.text


async def test_an_object_without_pixels_has_no_frames(client: httpx.AsyncClient) -> None:
    await store(client, instance())
    response = await client.get(ONE + "/frames/1")
    assert (response.status_code, response.text) == (404, "The instance holds no image.\n")


async def test_cut_pixels_give_the_frames_that_are_whole(client: httpx.AsyncClient) -> None:
    data = part10(with_pixels(dataset(), np.arange(64, dtype=np.uint8).reshape(4, 4, 4)))
    await store(client, data[:-20])
    assert len(await _frames(client, "1,2")) == 2
    assert (await client.get(ONE + "/frames/3")).status_code == 404


def test_frame_lists() -> None:
    assert parse_frame_list("1,30,2") == [1, 30, 2]
    for text in ("", "0", "1,", "a", "1;2", "٣", "1.5"):
        with pytest.raises(ValueError, match="no list of frame numbers"):
            parse_frame_list(text)


async def _bulk(client: httpx.AsyncClient, path: str, accept: str = "*/*") -> httpx.Response:
    return await client.get(f"{ONE}/bulkdata/{path}", headers={"Accept": accept})


async def test_bulk_data_is_found_by_the_address_in_the_metadata(client: httpx.AsyncClient) -> None:
    item = pydicom.Dataset()
    item.add_new(0x54001010, "OW", bytes(range(256)) * 16)
    made = dataset(WaveformSequence=Sequence([pydicom.Dataset(), item]))
    made.add_new(0x00281201, "OW", b"\x01\x02" * 1024)
    await store(client, part10(made))
    (row,) = (await client.get(ONE + "/metadata")).json()
    for uri, expected in ((row["00281201"]["BulkDataURI"], b"\x01\x02" * 1024),
                          (row["54000100"]["Value"][1]["54001010"]["BulkDataURI"], bytes(range(256)) * 16)):
        bare = await client.get(uri)
        assert (bare.content, bare.headers["content-type"]) == (expected, "application/octet-stream")
        (part,) = parts_of(await client.get(uri, headers={"Accept": AS_STORED}))
        assert part.data == expected


async def test_bulk_data_travels_little_endian_and_text_in_utf8(client: httpx.AsyncClient) -> None:
    made = dataset(SpecificCharacterSet="ISO_IR 100")
    made.add_new(0x00281201, "OW", b"\x01\x02" * 1024)
    await store(client, part10(made, EXPLICIT_BIG), part10(dataset(1, 1, 2, SpecificCharacterSet="ISO_IR 100",
                                                                    TextValue="ü" * 1_100_000)))
    assert (await _bulk(client, "00281201")).content == b"\x02\x01" * 1024
    (row,) = (await client.get(path_of(1, 1, 2) + "/metadata")).json()
    assert (await client.get(row["0040A160"]["BulkDataURI"])).text == "ü" * 1_100_000


async def test_documents_come_as_what_they_are(client: httpx.AsyncClient) -> None:
    pdf = b"%PDF-1.7" + bytes(2000)
    await store(client, instance(EncapsulatedDocument=pdf, MIMETypeOfEncapsulatedDocument="application/pdf"))
    response = await _bulk(client, "00420011", "application/pdf")
    assert (response.headers["content-type"], response.content) == ("application/pdf", pdf)
    assert (await _bulk(client, "00420011")).headers["content-type"] == "application/octet-stream"
    assert (await _bulk(client, "00420011", "image/png")).status_code == 406


async def test_pixel_data_as_bulk_data_is_its_frames(client: httpx.AsyncClient, archive: Archive) -> None:
    pixels = np.arange(64, dtype=np.uint8).reshape(4, 4, 4)
    await archive.store([Incoming(part10(with_pixels(dataset(), pixels))), Incoming(image(1, 1, 2))])
    parts = parts_of(await _bulk(client, "7FE00010"))
    assert b"".join(part.data for part in parts) == pixels.tobytes()
    bare = await client.get(path_of(1, 1, 2) + "/bulkdata/7FE00010", headers={"Accept": "application/octet-stream"})
    assert bare.content == np.full((16, 16), 2, "<u2").tobytes()


@pytest.mark.parametrize("path", [
    "00281201", "00081140/1/00081155", "7FE0", "x", "00081140/1", "54000100/9/54001010", "",
])
async def test_there_is_no_such_bulk_data(client: httpx.AsyncClient, path: str) -> None:
    await store(client, instance())
    assert (await _bulk(client, path)).status_code == 404

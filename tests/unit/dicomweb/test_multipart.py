"""The multipart reader against what servers send. Each requirement of the protocol has its test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.dicomweb.multipart import (
    MultipartEvents,
    MultipartReader,
    Part,
    PartBegin,
    PartData,
    PartEnd,
    closing,
    new_boundary,
    part_head,
    write_multipart,
)

BOUNDARY = "b0undary"
TYPE = f'multipart/related; type="application/dicom"; boundary={BOUNDARY}'
DICOM = b"\0" * 128 + b"DICM\x02\0\0\0UL\x04\0" + bytes(range(256))


def message(*bodies: bytes, headers: bytes = b"Content-Type: application/dicom\r\n", eol: bytes = b"\r\n") -> bytes:
    parts = b"".join(b"--b0undary" + eol + headers + eol + body + eol for body in bodies)
    return parts + b"--b0undary--" + eol


def read(data: bytes, content_type: str | None = TYPE, cuts: Iterable[int] = ()) -> tuple[list[Part], MultipartReader]:
    reader = MultipartReader(content_type)
    parts: list[Part] = []
    for piece in pieces(data, cuts):
        parts += reader.feed(piece)
    return parts + reader.close(), reader


def pieces(data: bytes, cuts: Iterable[int]) -> Iterator[bytes]:
    at = 0
    for cut in sorted({min(cut, len(data)) for cut in cuts}):
        yield data[at:cut]
        at = cut
    yield data[at:]


def outcome(data: bytes, content_type: str | None, cuts: Iterable[int] = ()) -> tuple[object, ...]:
    parts, reader = read(data, content_type, cuts)
    found = [(dict(part.headers), part.data) for part in parts]
    return found, reader.complete, reader.is_single, reader.is_empty, reader.notes


def streamed(data: bytes, boundary: str | None, cuts: Iterable[int] = ()) -> tuple[list[bytes], int, bool]:
    """What the machine gives without `whole_parts`: bodies, how many were whole, whether the message was complete."""
    machine = MultipartEvents(boundary)
    bodies: list[bytes] = []
    whole = 0
    for piece in [*pieces(data, cuts), None]:
        for event in machine.feed(piece) if piece is not None else machine.close():
            if isinstance(event, PartBegin):
                bodies.append(b"")
            elif isinstance(event, PartData):
                bodies[-1] += event.data
            else:
                assert isinstance(event, PartEnd)
                whole += 1
    return bodies, whole, machine.complete


def bodies(data: bytes, content_type: str | None = TYPE) -> list[bytes]:
    return [part.data for part in read(data, content_type)[0]]


# ------------------------------------------------------------------------------------------------ the twelve of 3.3

@pytest.mark.parametrize("content_type", [
    "multipart/related; boundary=b0undary",
    'multipart/related; boundary="b0undary"',
    'Multipart/Related;BOUNDARY="b0undary";type="application/dicom"',
    'multipart/related;start="<a@b>";transfer-syntax=1.2.840.10008.1.2.1;type="application/dicom"; boundary=b0undary',
    'multipart/related; type="image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70"; boundary=b0undary',
    'multipart/related; x="a; boundary=wrong"; boundary=b0undary',
    'multipart/related; boundary="b0\\undary"',
])
def test_the_boundary_comes_from_a_real_parameter_parser(content_type: str) -> None:
    assert bodies(message(DICOM, b"two"), content_type) == [DICOM, b"two"]


def test_without_a_boundary_the_first_line_names_it() -> None:
    assert bodies(message(DICOM, b"two"), "multipart/related") == [DICOM, b"two"]
    assert bodies(b"some text\r\n" + message(DICOM), "multipart/related") == [DICOM]


def test_without_a_boundary_and_without_a_delimiter_the_body_is_the_part() -> None:
    parts, reader = read(DICOM, "multipart/related")
    assert [part.data for part in parts] == [DICOM]
    assert reader.is_single
    assert reader.complete


def test_long_part_headers_do_not_hide_the_boundary() -> None:
    long = b"X-Long: " + b"y" * 5000 + b"\r\n"
    assert bodies(message(DICOM, headers=long), "multipart/related") == [DICOM]


@pytest.mark.parametrize("preamble", [
    b"", b"\r\n", b"\n", b"\r\n\r\n", b"This is a preamble.\r\n", b"-- no\r\n--b0undar\r\n",
])
def test_a_preamble_is_skipped(preamble: bytes) -> None:
    assert bodies(preamble + message(DICOM)) == [DICOM]


@pytest.mark.parametrize("payload", [
    b"\r\n--b0undar\r\n", b"\r\n--b0undaryX\r\n", b"\r\n--b0undary-\r\n", b"\r\n--b0undary--more\r\n",
    b"--b0undary\r\nx", b"a--b0undary\r\n", b"\r\n--b0undary \t x\r\n", b"\r\n--b0undary\rx", b"\r\n" * 20, b"\r",
    b"\n", b"--", b"",
])
def test_what_only_looks_like_a_delimiter_is_payload(payload: bytes) -> None:
    body = b"begin" + payload + b"end"
    assert bodies(message(body, body)) == [body, body]


def test_boundaries_may_be_prefixes_of_one_another() -> None:
    inner = b"--b0undary2\r\n\r\nx\r\n--b0undary2--\r\n"
    assert bodies(message(inner)) == [inner]


@pytest.mark.parametrize("padding", [b" ", b"\t", b" \t  "])
def test_blanks_may_follow_a_delimiter(padding: bytes) -> None:
    data = message(DICOM).replace(b"--b0undary\r\n", b"--b0undary" + padding + b"\r\n")
    assert bodies(data.replace(b"--b0undary--", b"--b0undary--" + padding)) == [DICOM]


def test_bare_line_feeds_are_line_ends() -> None:
    body = b"ends with a carriage return\r"
    assert bodies(message(DICOM, body, eol=b"\n", headers=b"Content-Type: a/b\n")) == [DICOM, body]


def test_a_delimiter_with_crlf_takes_its_carriage_return_even_after_bare_line_feeds() -> None:
    assert bodies(b"--b0undary\n\nbody\r\n--b0undary--\r\n") == [b"body"]


def test_folded_headers_are_joined() -> None:
    folded = b"Content-Type: application/dicom;\r\n transfer-syntax=1.2.840.10008.1.2.1\r\n"
    (part,), _ = read(message(b"x", headers=folded))
    assert part.media_type.transfer_syntax_uid == "1.2.840.10008.1.2.1"


def test_the_final_line_end_may_be_missing() -> None:
    parts, reader = read(message(DICOM).rstrip())
    assert [part.data for part in parts] == [DICOM]
    assert reader.complete


def test_an_epilogue_is_ignored() -> None:
    assert bodies(message(DICOM) + b"epilogue\r\n--b0undary\r\n\r\nnot a part\r\n--b0undary--") == [DICOM]


def test_a_cut_message_keeps_its_whole_parts_and_is_incomplete() -> None:
    parts, reader = read(message(DICOM, DICOM, DICOM)[:-len(DICOM) // 2 - 20])
    assert [part.data for part in parts] == [DICOM, DICOM]
    assert not reader.complete


def test_a_missing_closing_delimiter_is_incomplete_but_loses_nothing_that_was_announced() -> None:
    cut = message(DICOM, headers=b"Content-Length: %d\r\n" % len(DICOM)).removesuffix(b"--b0undary--\r\n")
    for data in (cut, cut.rstrip(b"\r\n"), cut + b"--b0un"):
        parts, reader = read(data)
        assert [part.data for part in parts] == [DICOM]
        assert not reader.complete


@pytest.mark.parametrize("headers", [
    b"", b"Content-ID: <1@x>\r\n", b"MIME-Version: 1.0\r\nContent-Location: /studies/1.2\r\n", b"CONTENT-type:a/b\r\n",
    b"Content-Location: https://host/studies/1.2/series/3\r\nx-a:\r\n", b"Content-Type : application/dicom\r\n",
])
def test_part_headers_are_optional_and_free(headers: bytes) -> None:
    assert bodies(message(DICOM, b"", headers=headers)) == [DICOM, b""]


def test_the_type_of_a_part_falls_back_to_that_of_the_message() -> None:
    (part,), _ = read(message(DICOM, headers=b""))
    assert part.media_type.name == "application/dicom"
    (part,), _ = read(message(DICOM, headers=b"content-TYPE: image/jpeg\r\nContent-Location: frames/1\r\n"))
    assert part.media_type.name == "image/jpeg"
    assert part.location == "frames/1"


def test_headers_end_at_the_first_blank_line() -> None:
    body = b"\r\n\r\nContent-Type: text/plain\r\n\r\nx"
    assert bodies(message(body)) == [body]


def test_a_missing_header_block_costs_nothing() -> None:
    assert bodies(b"--b0undary\r\n" + DICOM + b"\r\n--b0undary--\r\n") == [DICOM]


@pytest.mark.parametrize("length", [len(DICOM), 0, 1, len(DICOM) - 2, len(DICOM) + 2, 10 * len(DICOM), 10 ** 14])
def test_a_content_length_is_a_hint_only(length: int) -> None:
    data = message(DICOM, DICOM, headers=b"Content-Length: %d\r\n" % length)
    parts, reader = read(data)
    assert [part.data for part in parts] == [DICOM, DICOM]
    assert reader.complete


def test_a_content_length_protects_a_payload_that_holds_a_delimiter() -> None:
    body = b"x\r\n--b0undary\r\n\r\ny"
    assert bodies(message(body, headers=b"Content-Length: %d\r\n" % len(body))) == [body]


@pytest.mark.parametrize("data", [
    b"--b0undary--", b"--b0undary--\r\n", b"\r\n--b0undary--\r\n", b"text\r\n--b0undary--",
])
def test_no_parts_at_all(data: bytes) -> None:
    parts, reader = read(data)
    assert parts == []
    assert reader.complete


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\n\n"])
def test_an_empty_body_has_no_parts_and_is_no_break(data: bytes) -> None:
    parts, reader = read(data)
    assert parts == []
    assert reader.is_empty


@pytest.mark.parametrize("content_type", ["application/dicom", "application/octet-stream", "", None, TYPE])
def test_a_body_in_one_piece_is_a_part_whatever_was_announced(content_type: str | None) -> None:
    parts, reader = read(DICOM, content_type)
    assert [part.data for part in parts] == [DICOM]
    assert reader.is_single


def test_a_boundary_announced_wrongly_is_read_from_the_body() -> None:
    parts, reader = read(message(DICOM), "multipart/related; boundary=another")
    assert [part.data for part in parts] == [DICOM]
    assert reader.notes


def test_large_parts_pass_through_in_bounded_memory() -> None:
    machine = MultipartEvents(BOUNDARY)
    passed = held = 0
    chunk = bytes(range(256)) * 64
    machine.feed(b"--b0undary\r\n\r\n")
    for _ in range(200):
        fed = sum(len(event.data) for event in machine.feed(chunk) if isinstance(event, PartData))
        passed += fed
        held = max(held, len(machine._buffer))
    assert held < 64
    assert passed > 200 * len(chunk) - 64


def test_the_transfer_syntax_may_stand_in_the_part_in_the_message_or_nowhere() -> None:
    (part,), _ = read(message(DICOM, headers=b"Content-Type: image/jls;transfer-syntax=1.2.840.10008.1.2.4.80\r\n"))
    assert part.media_type.transfer_syntax_uid == "1.2.840.10008.1.2.4.80"
    (part,), _ = read(message(DICOM))
    assert part.media_type.transfer_syntax_uid == ""


# ----------------------------------------------------------------------------------------------------------- every cut

TRICKY = [
    message(DICOM, b"", b"\r\n--b0undar", b"\r"),
    message(DICOM, b"x\n", eol=b"\n", headers=b""),
    b"\r\n" + message(b"x", headers=b"Content-Length: 1\r\nA: b\r\n c\r\n").rstrip(),
    b"preamble\r\n" + message(b"ab", headers=b"Content-Length: 7\r\n") + b"epilogue",
    message(DICOM, DICOM)[:-60],
    message(b"abc", headers=b"Content-Length: 3\r\n")[:-10],
    b"--b0undary\r\n" + DICOM[:140] + b"\r\n--b0undary--",
    b"--b0undary--",
    DICOM,
    b"\xff\xd8\xff\xe0 a picture \xff\xd9",
    b"<html><body>Sign in</body></html>",
]


@pytest.mark.parametrize("content_type", [TYPE, "multipart/related", "multipart/related; boundary=another"])
@pytest.mark.parametrize("data", TRICKY, ids=range(len(TRICKY)))
def test_the_same_message_cut_at_every_byte(data: bytes, content_type: str) -> None:
    expected = outcome(data, content_type)
    assert outcome(data, content_type, range(len(data))) == expected
    for cut in range(len(data)):
        assert outcome(data, content_type, [cut]) == expected, f"cut at {cut}"


@pytest.mark.parametrize("data", TRICKY[:8], ids=range(8))
def test_the_machine_alone_cut_at_every_byte(data: bytes) -> None:
    expected = streamed(data, BOUNDARY)
    assert streamed(data, BOUNDARY, range(len(data))) == expected
    for cut in range(len(data)):
        assert streamed(data, BOUNDARY, [cut]) == expected, f"cut at {cut}"


# ---------------------------------------------------------------------------------------------------------------- fuzz

FRAGMENTS = st.sampled_from([
    b"\r", b"\n", b"\r\n", b"--", b"--b0undary", b"\r\n--b0undary", b"--\r\n", b"b0undary", b" ", b":",
    b"Content-Length: 3", b"Content-Type: a/b", b"\0", b"\xff", b"DICM", b"x" * 300,
])
JUNK = st.lists(FRAGMENTS | st.binary(max_size=6), max_size=12).map(b"".join)
CUTS = st.lists(st.integers(0, 400), max_size=8)
PAYLOAD = JUNK.filter(lambda body: b"--b0undary" not in b"\n" + body and not (b"\n" + body).endswith(b"\n--b0undary"))


@settings(max_examples=400, deadline=None)
@given(bodies=st.lists(PAYLOAD, max_size=4), preamble=st.sampled_from([b"", b"\r\n", b"hello\r\n"]),
       hinted=st.booleans(), cuts=CUTS)
@example(bodies=[b"\r"], preamble=b"", hinted=False, cuts=[])
def test_what_is_written_is_read(bodies: list[bytes], preamble: bytes, hinted: bool, cuts: list[int]) -> None:
    data = preamble
    for body in bodies:
        headers = {"Content-Type": "application/dicom"} | ({"Content-Length": str(len(body))} if hinted else {})
        data += part_head(BOUNDARY, headers, first=not data.removeprefix(preamble)) + body
    data += closing(BOUNDARY, first=not bodies)
    parts, reader = read(data, TYPE, cuts)
    assert [part.data for part in parts] == bodies
    assert reader.complete
    assert streamed(data, BOUNDARY, cuts) == (bodies, len(bodies), True)


@settings(max_examples=600, deadline=None)
@given(data=JUNK, cuts=CUTS, content_type=st.sampled_from([TYPE, "multipart/related", None]))
def test_any_bytes_read_the_same_at_any_cuts(data: bytes, cuts: list[int], content_type: str | None) -> None:
    expected = outcome(data, content_type)
    assert outcome(data, content_type, cuts) == expected
    assert outcome(data, content_type, range(len(data))) == expected


@settings(max_examples=300, deadline=None)
@given(data=JUNK, cuts=CUTS)
def test_the_machine_alone_reads_any_bytes_the_same_at_any_cuts(data: bytes, cuts: list[int]) -> None:
    assert streamed(data, BOUNDARY, cuts) == streamed(data, BOUNDARY)


# --------------------------------------------------------------------------------------------------------- linear time

class CountingBuffer(bytearray):
    """Counts the bytes that searches look at."""

    looked_at = 0

    def find(self, sub: bytes, start: int = 0, end: int | None = None) -> int:     # type: ignore[override]
        found = super().find(sub, start, len(self) if end is None else end)
        CountingBuffer.looked_at += (found if found >= 0 else min(len(self), end or len(self))) - start
        return found


@pytest.mark.parametrize("length", [
    "", "Content-Length: 200000\r\n", "Content-Length: 10000000\r\n", "Content-Length: 3\r\n",
])
@pytest.mark.parametrize("fill", [b"\0", b"\r\n--b0undar", b"\n--b0undary-"])
def test_every_byte_is_searched_a_bounded_number_of_times(fill: bytes, length: str) -> None:
    body = (fill * (200_000 // len(fill) + 1))[:200_000]
    data = message(body, body, headers=length.encode())
    reader = MultipartReader(TYPE)
    reader._machine._buffer = CountingBuffer()
    CountingBuffer.looked_at = 0
    parts = []
    for start in range(0, len(data), 256):
        parts += reader.feed(data[start:start + 256])
    parts += reader.close()
    assert [part.data for part in parts] == [body, body]
    assert CountingBuffer.looked_at < 3 * len(data)


# ------------------------------------------------------------------------------------------------------------- writing

async def test_a_message_is_written_piece_by_piece() -> None:
    async def long_body() -> object:
        yield b"one "
        yield b"two"

    async def parts() -> object:
        yield {"Content-Type": "application/dicom"}, DICOM
        yield {"Content-Type": "text/plain", "Content-Location": "x/1"}, long_body()

    boundary = new_boundary()
    data = b"".join([chunk async for chunk in write_multipart(parts(), boundary)])     # type: ignore[arg-type]
    found, reader = read(data, f"multipart/related; boundary={boundary}")
    assert [part.data for part in found] == [DICOM, b"one two"]
    assert found[1].location == "x/1"
    assert reader.complete


async def test_a_message_without_parts_is_only_its_end() -> None:
    async def nothing() -> object:
        return
        yield

    data = b"".join([chunk async for chunk in write_multipart(nothing(), "b")])        # type: ignore[arg-type]
    assert data == b"--b--\r\n"


def test_boundaries_differ_each_time() -> None:
    assert new_boundary() != new_boundary()

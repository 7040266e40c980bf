"""Which fragments make which frame: every way of saying it, and of saying it wrongly."""

from __future__ import annotations

import struct

import pytest

from desktop_app.core.errors import DamagedDicom
from desktop_app.imaging.fragments import frames_of, scan_fragments
from desktop_app.imaging.source import BytesSource

SOI = b"\xff\xd8\xff\xe0"
END = b"\xfe\xff\xdd\xe0\0\0\0\0"


def item(data: bytes) -> bytes:
    return b"\xfe\xff\x00\xe0" + struct.pack("<I", len(data)) + data


def frames(data: bytes, count: int, **tables: bytes) -> list[bytes]:
    source = BytesSource(data)
    found = frames_of(scan_fragments(source, 0, **tables), count, source)
    return [b"".join(source.read(*extent) for extent in frame) for frame in found]


def table(*offsets: int) -> bytes:
    return item(struct.pack(f"<{len(offsets)}I", *offsets))


def test_one_frame_takes_all_fragments() -> None:
    assert frames(item(b"") + item(b"ab") + item(b"cd") + END, 1) == [b"abcd"]


def test_as_many_fragments_as_frames() -> None:
    assert frames(item(b"") + item(b"ab") + item(b"cd") + END, 2) == [b"ab", b"cd"]


def test_a_basic_offset_table_groups_fragments() -> None:
    data = table(0, 20) + item(b"ab") + item(b"cd") + item(b"ef") + END
    assert frames(data, 2) == [b"abcd", b"ef"]


def test_an_extended_offset_table_groups_and_trims() -> None:
    data = item(b"") + item(b"abc\0") + item(b"de") + item(b"f\0") + END
    tables = {"extended_offsets": struct.pack("<3Q", 0, 12, 22), "extended_lengths": struct.pack("<3Q", 3, 2, 1)}
    assert frames(data, 3, **tables) == [b"abc\0", b"de", b"f\0"]        # a fragment each: the lengths are not needed
    two = item(b"") + item(b"abc\0") + item(b"de") + item(b"fg") + END
    assert frames(two, 2, extended_offsets=struct.pack("<2Q", 0, 12), extended_lengths=struct.pack("<2Q", 3, 4)) == \
        [b"abc", b"defg"]


@pytest.mark.parametrize("wrong", [(0, 7), (5, 5), (20, 0), (0, 10**6), (0,)])
def test_a_wrong_offset_table_gives_way_to_the_beginnings_of_codestreams(wrong: tuple[int, ...]) -> None:
    data = table(*wrong) + item(SOI + b"1") + item(b"more of it ") + item(SOI + b"2") + END
    assert frames(data, 2) == [SOI + b"1" + b"more of it ", SOI + b"2"]


def test_no_table_and_no_beginnings_is_an_error() -> None:
    with pytest.raises(DamagedDicom, match="2 frames cannot be told apart in 3 fragments"):
        frames(item(b"") + item(b"ab") + item(b"cd") + item(b"ef") + END, 2)


def test_a_delimiter_inside_a_fragment_does_no_harm() -> None:
    assert frames(item(b"") + item(b"ab" + END + b"cd") + END, 1) == [b"ab" + END + b"cd"]


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_missing_end_is_noticed(cut: int) -> None:
    data = item(b"") + item(b"abcd") + END
    found = scan_fragments(BytesSource(data[:-cut]), 0)
    assert found.cut_off and len(found.items) == 1
    assert not scan_fragments(BytesSource(data), 0).cut_off


def test_a_fragment_that_runs_over_the_end_is_kept_as_far_as_it_goes() -> None:
    data = (item(b"") + item(b"ab") + item(b"cdefgh"))[:-3]
    assert frames(data, 2) == [b"ab", b"cde"]
    assert frames(data, 3) == [b"ab", b"cde"]           # the third is missing


@pytest.mark.parametrize("data", [b"", b"\xfe\xff\x00\xe0", END, b"\0" * 40])
def test_nothing_there(data: bytes) -> None:
    with pytest.raises(DamagedDicom):
        frames(data, 1)


def test_a_table_and_nothing_else() -> None:
    with pytest.raises(DamagedDicom, match="no fragments"):
        frames(item(b"") + END, 3)

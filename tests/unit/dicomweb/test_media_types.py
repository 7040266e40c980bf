"""Media types as servers write them, and bodies by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.dicomweb.media_types import (
    BULKDATA_LADDER,
    FRAMES_LADDER,
    INSTANCE_LADDER,
    JSON_LADDER,
    MANY_INSTANCES_LADDER,
    RENDERED_LADDER,
    Kind,
    multipart_accept,
    parse_media_type,
    sniff,
)


@pytest.mark.parametrize(("header", "name", "parameters"), [
    ("application/dicom", "application/dicom", {}),
    ("Application/DICOM+json; Charset=UTF-8", "application/dicom+json", {"charset": "UTF-8"}),
    ('multipart/related; type="application/dicom"; boundary=abc', "multipart/related",
     {"type": "application/dicom", "boundary": "abc"}),
    ('multipart/related;start="<x@y>";transfer-syntax=1.2.840.10008.1.2.1;type="application/dicom"; boundary=abc',
     "multipart/related",
     {"start": "<x@y>", "transfer-syntax": "1.2.840.10008.1.2.1", "type": "application/dicom", "boundary": "abc"}),
    ('multipart/related; type="image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70"; boundary="a;b=c"',
     "multipart/related",
     {"type": "image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70", "boundary": "a;b=c"}),
    ('a/b; x="with \\"quotes\\" and \\\\"', "a/b", {"x": 'with "quotes" and \\'}),
    ("a/b;;; x = 1 ;flag; y=2;", "a/b", {"x": "1", "y": "2"}),
    ('a/b; x="never closed', "a/b", {"x": "never closed"}),
    ("a/b; x=1; X=2", "a/b", {"x": "1"}),
    ("a/b; =1", "a/b", {}),
])
def test_parameters_in_any_order_and_any_quotes(header: str, name: str, parameters: dict[str, str]) -> None:
    parsed = parse_media_type(header)
    assert parsed.name == name
    assert dict(parsed.parameters) == parameters


@pytest.mark.parametrize("header", [None, "", "   ", "dicom", "/", "a/", "/b", "a b/c", '"a/b"', "a/b, c/d", "*"])
def test_what_is_no_media_type_is_none(header: str | None) -> None:
    assert parse_media_type(header).name == ""


@given(st.text())
def test_no_header_is_too_strange_to_be_read(header: str) -> None:
    parse_media_type(header)


def test_the_transfer_syntax_is_found_where_servers_put_it() -> None:
    jpeg = "image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70"
    inside = parse_media_type(f'multipart/related; type="{jpeg}"; boundary=x')
    assert inside.transfer_syntax_uid == "1.2.840.10008.1.2.4.70"
    assert inside.inner.name == "image/jpeg"
    outside = parse_media_type("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1")
    assert outside.transfer_syntax_uid == "1.2.840.10008.1.2.1"
    assert parse_media_type("application/dicom").transfer_syntax_uid == ""


@pytest.mark.parametrize("ladder", [
    INSTANCE_LADDER, MANY_INSTANCES_LADDER, FRAMES_LADDER, BULKDATA_LADDER, RENDERED_LADDER, JSON_LADDER,
])
def test_every_rung_is_one_media_range(ladder: tuple[str, ...]) -> None:
    """Two ranges in one Accept are answered with 400 by servers in use."""
    assert all("," not in rung for rung in ladder)
    assert len(set(ladder)) == len(ladder)
    assert ladder[-1] == "*/*"


def test_objects_are_first_asked_for_as_they_are_stored() -> None:
    assert INSTANCE_LADDER[0] == 'multipart/related; type="application/dicom"; transfer-syntax=*'
    assert INSTANCE_LADDER[1] == "multipart/related; type=application/dicom; transfer-syntax=*"
    assert INSTANCE_LADDER[2] == "application/dicom; transfer-syntax=*"
    assert multipart_accept("application/dicom") == 'multipart/related; type="application/dicom"'


@pytest.mark.parametrize(("body", "kind"), [
    (b"", Kind.EMPTY),
    (b" \r\n ", Kind.EMPTY),
    (b"\0" * 128 + b"DICM", Kind.DICOM),
    (b"<html>" + b" " * 122 + b"DICM", Kind.DICOM),
    (b"[{}]", Kind.JSON),
    (b"\xef\xbb\xbf  {}", Kind.JSON),
    (b"<?xml version='1.0'?><NativeDicomModel/>", Kind.XML),
    (b"<NativeDicomModel>", Kind.XML),
    (b"<!DOCTYPE html><title>x</title>", Kind.HTML),
    (b"\r\n<HTML>", Kind.HTML),
    (b"<?xml version='1.0'?>\n<!DOCTYPE html><html xmlns='x'>", Kind.HTML),
    (b"--boundary\r\n", Kind.MULTIPART),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.JPEG),
    (b"\xff\xd8\xff\xf7\0", Kind.JPEG_LS),
    (b"\xff\x4f\xff\x51\0", Kind.JPEG_2000),
    (b"\x00\x00\x00\x0cjP  \r\n", Kind.JPEG_2000),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"%PDF-1.7", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"\x02\0\0\0UL\x04\0", Kind.UNKNOWN),
    (b"hello", Kind.UNKNOWN),
])
def test_bodies_by_their_first_bytes(body: bytes, kind: Kind) -> None:
    assert sniff(body) is kind
    assert sniff(memoryview(body)) is kind

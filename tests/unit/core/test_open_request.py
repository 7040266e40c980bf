"""Links and messages that ask for something to be shown: anyone may write them."""

from __future__ import annotations

import json

import pytest

from desktop_app.cli import parse
from desktop_app.core.open_request import OpenRequest, from_message, parse_link, to_message

ARCHIVE = "https://pacs.example.org/dicom-web"


@pytest.mark.parametrize(("link", "request_"), [
    ("lightbox://open?study=1.2.3", OpenRequest(studies=("1.2.3",), is_link=True)),
    ("LIGHTBOX:?accession=A%201", OpenRequest(accessions=("A 1",), is_link=True)),
    (f"lightbox://open?archive={ARCHIVE}&patient=4711", OpenRequest(ARCHIVE, patient="4711", is_link=True)),
    ("lightbox://ris/IHEInvokeImageDisplay?requestType=STUDY&studyUID=1.2,1.3&viewerType=IHE_BIR&diagnosticQuality=true",
     OpenRequest(studies=("1.2", "1.3"), is_link=True)),
    ("lightbox://x/IHEInvokeImageDisplay?requestType=study&accessionNumber=A1,A2&patientID=ignored",
     OpenRequest(accessions=("A1", "A2"), is_link=True)),
    ("lightbox://x/IHEInvokeImageDisplay?requestType=PATIENT&patientID=4711%5E%5E%5E%261.2%26ISO&mostRecentResults=3",
     OpenRequest(patient="4711", is_link=True)),
    ("lightbox://?studyuid=1.2&accessionnumber=A", OpenRequest(studies=("1.2",), is_link=True)),
])
def test_what_links_ask_for(link: str, request_: OpenRequest) -> None:
    assert parse_link(link) == request_


@pytest.mark.parametrize("link", [
    "https://evil.example.org/?study=1.2", "lightbox://open", "lightbox://open?study=", "lightbox://open?study=1.2a",
    "lightbox://open?study=../../etc/passwd", "lightbox://open?study=1..2", "lightbox://open?study=" + "1" * 65,
    "lightbox://open?study=1.2&study=1.3", "lightbox://open?study=1.2&STUDY=1.3",
    "lightbox://open?upload=/etc/passwd&study=1.2", "lightbox://open?patient=*", "lightbox://open?patient=%00",
    "lightbox://open?accession=A%5CB", "lightbox://open?study=1.2%0d%0aHost:x", "lightbox://open?study=1.2\n",
    "lightbox://open?requestType=SERIES&study=1.2", "lightbox://open?requestType=PATIENT&studyUID=1.2",
    "lightbox://open?study=" + ",".join(f"1.{n}" for n in range(40)), "lightbox://open?accession=" + "A" * 65,
    "lightbox://[", "", "lightbox", "x" * 9000, "lightbox://open?" + "&".join(f"a{n}=1" for n in range(100)),
    "lightbox://open?study=1.2&archive=" + "a" * 3000,
])
def test_hostile_and_broken_links_are_refused_in_a_sentence(link: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_link(link)
    sentence = str(caught.value)
    assert sentence and "passwd" not in sentence and len(sentence) < 200


def test_messages_come_back_as_they_were() -> None:
    request = OpenRequest("Clinic", ("1.2",), ("A",), "4711", ("/a/b",))
    assert from_message(to_message(request)) == request


@pytest.mark.parametrize("line", [
    b"", b"{", b"[]", b"null", b'{"archive": ""}', to_message(OpenRequest()).replace(b'"studies": []', b'"studies": 1'),
    to_message(OpenRequest()).replace(b'"is_link": false', b'"is_link": "no"'),
    to_message(OpenRequest()).replace(b'"patient": ""', b'"patient": "*"'),
    json.dumps({"archive": "x" * 200_000}).encode(), b"\xff\xfe",
    to_message(OpenRequest()).replace(b'"upload": []', b'"upload": [3]'),
])
def test_other_messages_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        from_message(line)


def test_the_command_line_asks_too() -> None:
    assert parse(["--archive", ARCHIVE, "--patient", "4711"]).request == OpenRequest(ARCHIVE, patient="4711")
    assert parse(["--study", "1.2"]).request == OpenRequest(studies=("1.2",))
    assert parse(["lightbox://open?study=1.2"]).request.is_link
    assert parse(["lightbox://open?study=x"]).link                      # the window tells what is wrong with it
    for wrong in (["--study", "x"], ["--accession", "A*"]):
        with pytest.raises(SystemExit):
            parse(wrong)

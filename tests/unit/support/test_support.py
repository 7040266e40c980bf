"""The helpers of the tests are programs too."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.misbehaving import Answer, MisbehavingServer
from tests.support.orthanc import Orthanc


def fetch(url: str, timeout: float = 10.0) -> bytes:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=timeout) as answer:
        data: bytes = answer.read()
        return data


def test_answers_come_in_turn_and_the_last_stays(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.of_json([1]), Answer.empty_list())
    assert [fetch(misbehaving.url + "/studies") for _ in range(3)] == [b"[1]", b"[]", b"[]"]
    assert [request.path for request in misbehaving.requests] == ["/dicom-web/studies"] * 3


def test_longest_path_wins(misbehaving: MisbehavingServer) -> None:
    misbehaving.on("studies", Answer.of_json("studies"))
    misbehaving.on("studies/1/series", Answer.of_json("series"))
    assert fetch(misbehaving.url + "/studies/1/series?limit=1") == b'"series"'
    assert fetch(misbehaving.url + "/studies/1") == b'"studies"'
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(misbehaving.url + "/elsewhere")


@pytest.mark.parametrize("chunked", [False, True])
def test_cut_body_ends_early(misbehaving: MisbehavingServer, chunked: bool) -> None:
    misbehaving.script(Answer(body=b"x" * 1000, chunked=chunked).cut(400))
    with pytest.raises(Exception, match="400|Incomplete"):
        fetch(misbehaving.url)


def test_stall_is_silence_until_the_client_goes(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.empty_list().stalling())
    with pytest.raises(TimeoutError):
        fetch(misbehaving.url, timeout=0.2)


def test_reset_is_a_reset(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer.connection_reset())
    with pytest.raises(ConnectionError):
        fetch(misbehaving.url)


def test_held_answer_waits_for_its_event(misbehaving: MisbehavingServer) -> None:
    gate, done = threading.Event(), threading.Event()
    misbehaving.script(Answer(body=b"[]", hold=gate))
    client = threading.Thread(target=lambda: (fetch(misbehaving.url), done.set()))
    client.start()
    assert not done.wait(0.1)
    gate.set()
    client.join(10)
    assert done.is_set()


def test_upload_that_is_never_read(misbehaving: MisbehavingServer) -> None:
    misbehaving.script(Answer(reads_body=False, stall_after=0))
    with socket.create_connection(("127.0.0.1", misbehaving.port)) as peer:
        peer.sendall(b"POST /dicom-web/studies HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n")
        peer.settimeout(0.3)
        with pytest.raises(TimeoutError):
            for _ in range(1000):
                peer.sendall(b"x" * 100_000)


def test_refused_address_refuses(refused_url: str) -> None:
    with pytest.raises(urllib.error.URLError, match="refused"):
        fetch(refused_url)


def test_long_line_adds_its_round_trip(misbehaving: MisbehavingServer, far_away: Callable[..., str]) -> None:
    misbehaving.script(Answer.empty_list())
    url = far_away(misbehaving.url, rtt_ms=60)
    start = time.perf_counter()
    assert fetch(url) == b"[]"
    assert time.perf_counter() - start >= 0.12          # the handshake and the request: two round trips at least


def test_orthanc_stores_and_lists(orthanc: Orthanc, dicom_data: Path) -> None:
    path = dicom_data / "pydicom__pydicom/src/pydicom/data/test_files/CT_small.dcm"
    identifier = orthanc.put(path.read_bytes())
    assert orthanc.file(identifier) == path.read_bytes()
    assert orthanc.count() >= 1
    assert any("0020000D" in study for study in json.loads(fetch(orthanc.url + "/studies")))

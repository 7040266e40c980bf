"""URLs: built from UIDs that are UIDs, and never leading to another origin."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import InvalidUid
from desktop_app.dicomweb import urls

ROOT = "https://archive.test/dicom-web"


def test_the_paths_of_the_standard() -> None:
    assert urls.studies_url(ROOT + "/") == f"{ROOT}/studies"
    assert urls.study_url(ROOT, "1.2") == f"{ROOT}/studies/1.2"
    assert urls.series_url(ROOT, "1.2", "3.4") == f"{ROOT}/studies/1.2/series/3.4"
    assert urls.instance_url(ROOT, "1.2", "3.4", "5.6") == f"{ROOT}/studies/1.2/series/3.4/instances/5.6"
    assert urls.frames_url(ROOT, "1.2", "3.4", "5.6", [1, 3]).endswith("/instances/5.6/frames/1,3")


def test_a_resource_by_how_many_uids_are_given() -> None:
    assert urls.resource_url(ROOT, "1.2") == urls.study_url(ROOT, "1.2")
    assert urls.resource_url(ROOT, "1.2", "3.4") == urls.series_url(ROOT, "1.2", "3.4")
    assert urls.resource_url(ROOT, "1.2", "3.4", "5.6") == urls.instance_url(ROOT, "1.2", "3.4", "5.6")
    with pytest.raises(ValueError, match="series"):
        urls.resource_url(ROOT, "1.2", None, "5.6")


@pytest.mark.parametrize("uid", ["", ".", "..", "1.2/3", "1.2 ", "1.2?x", "1.2#x", "1.2%2f", "é", "1" * 65,
    "1.2\n", "a.b"])
def test_what_is_no_uid_reaches_no_url(uid: str) -> None:
    with pytest.raises(InvalidUid):
        urls.study_url(ROOT, uid)


@pytest.mark.parametrize("uid", ["1.2.a-b_c", "1" * 128])
def test_archives_with_strange_uids_can_be_asked(uid: str) -> None:
    assert urls.study_url(ROOT, uid, lenient=True).endswith(uid)


@pytest.mark.parametrize("uid", ["..", "1/2", "1\\2", "1?2", "1#2", "1 2", "1%2"])
def test_no_uid_leaves_its_place_in_the_path(uid: str) -> None:
    with pytest.raises(InvalidUid):
        urls.study_url(ROOT, uid, lenient=True)


@pytest.mark.parametrize("numbers", [[], [0], [1, -1]])
def test_frames_are_counted_from_one(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="frame numbers"):
        urls.frames_url(ROOT, "1.2", "3.4", "5.6", numbers)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("https://a.test/x", "https://A.TEST:443/y", True),
    ("http://a.test", "http://a.test:80/", True),
    ("https://a.test", "http://a.test", False),
    ("https://a.test", "https://a.test:8443", False),
    ("https://a.test", "https://a.test.evil.test", False),
    ("https://a.test", "https://a.test@evil.test/", False),
    ("https://a.test", "https://a.test:no", False),
])
def test_origins(one: str, other: str, same: bool) -> None:
    assert urls.same_origin(one, other) is same


@pytest.mark.parametrize(("uri", "expected"), [
    (f"{ROOT}/studies/1.2/bulk/1", f"{ROOT}/studies/1.2/bulk/1"),
    ("https://archive.test/elsewhere/1", "https://archive.test/elsewhere/1"),
    ("/dicom-web/studies/1.2/bulk/1", f"{ROOT}/studies/1.2/bulk/1"),
    ("../../bulkdata/7", f"{ROOT}/studies/1.2/bulkdata/7"),
    ("bulkdata/7", f"{ROOT}/studies/1.2/series/3.4/bulkdata/7"),
    ("http://inside.local:8080/rs/studies/1.2/bulk/1?a=b", f"{ROOT}/studies/1.2/bulk/1?a=b"),
    (" http://inside.local/studies/1.2\n", f"{ROOT}/studies/1.2"),
])
def test_bulk_data_is_asked_for_at_this_archive(uri: str, expected: str) -> None:
    assert urls.rebased(ROOT, uri, f"{ROOT}/studies/1.2/series/3.4/metadata") == expected


@pytest.mark.parametrize("uri", ["https://evil.test/data", "file:///etc/passwd", "file:///studies/1", "ftp://archive.test/studies/1"])
def test_nothing_is_asked_of_another_origin(uri: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        urls.rebased(ROOT, uri)

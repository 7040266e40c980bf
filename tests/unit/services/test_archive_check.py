"""Trying an archive before it is saved: what is wrong is said in words that help."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.core.archive_check import CheckId
from desktop_app.core.errors import LightboxError, NotFound, RequestRefused, ServerFailed
from desktop_app.core.store import Store
from desktop_app.services.archive_check import check_archive

STORE = Store.parse("http://archive.example:8042", "Archive")


def client(error: LightboxError) -> Any:
    async def search(*_: object, **__: object) -> None:
        raise error

    return SimpleNamespace(dialect=SimpleNamespace(searches=True), search_studies=search)


@pytest.mark.parametrize("error", [NotFound(status=404), RequestRefused(status=400)])
async def test_a_server_without_an_archive_at_this_path_is_told_apart_from_one_that_fails(error: LightboxError) -> None:
    google: Any = None
    search = (await check_archive(STORE, client(error), google)).lines[-1]
    assert (search.id, search.passed) == (CheckId.SEARCH, False)
    assert "no DICOMweb archive at this address" in search.reason and "/dicom-web" in search.reason
    failed = (await check_archive(STORE, client(ServerFailed(status=500)), google)).lines[-1]
    assert failed.reason == ServerFailed().user_text

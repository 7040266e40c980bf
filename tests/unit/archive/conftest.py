"""An empty archive in a temporary folder, and an HTTP client that reaches it in-process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    opened = await Archive.open(tmp_path / "archive")
    yield opened
    await opened.close()


@pytest.fixture
async def client(archive: Archive) -> AsyncIterator[httpx.AsyncClient]:
    transport = AsgiTransport(create_app(archive))
    async with httpx.AsyncClient(transport=transport, base_url="http://local.test/dicom-web") as http:
        yield http

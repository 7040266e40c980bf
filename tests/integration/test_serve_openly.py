"""The archive for other computers: only with a token and TLS."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import httpx
import pytest

from desktop_app.archive.archive import Archive
from desktop_app.archive.serve import Serving, serve
from desktop_app.core.errors import LightboxError
from tests.support.loopback_tls import Authority
from tests.support.ports import free_port

TOKEN = "not-a-real-token"


@pytest.mark.parametrize("how", [
    Serving(0, "0.0.0.0"), Serving(0, "0.0.0.0", TOKEN), Serving(0, "::"),
    Serving(0, "0.0.0.0", "", Path("certificate.pem"), Path("key.pem")),
], ids=["bare", "token only", "IPv6", "TLS only"])
async def test_nobody_else_comes_in_without_token_and_tls(how: Serving, tmp_path: Path) -> None:
    archive = await Archive.open(tmp_path / "archive")
    try:
        with pytest.raises(LightboxError, match="only with a token and TLS"):
            await serve(archive, how)
    finally:
        await archive.close()
    assert TOKEN not in repr(how)


async def test_with_both_the_token_decides(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.issue("archive")
    archive = await Archive.open(tmp_path / "archive")
    port = free_port()
    running = asyncio.create_task(serve(archive, Serving(port, "0.0.0.0", TOKEN, certificate, key)))
    trust = ssl.create_default_context(cafile=str(authority.file))
    url = f"https://127.0.0.1:{port}/dicom-web/studies"
    try:
        async with httpx.AsyncClient(verify=trust) as http:
            async with asyncio.timeout(20):
                while True:
                    try:
                        bare = await http.get(url)
                        break
                    except httpx.ConnectError:
                        assert not running.done()
                        await asyncio.sleep(0.02)
            wrong = await http.get(url, headers={"Authorization": "Bearer another"})
            right = await http.get(url, headers={"Authorization": f"Bearer {TOKEN}"})
        assert (bare.status_code, wrong.status_code, right.status_code) == (401, 401, 200)
        assert bare.headers["www-authenticate"].startswith("Bearer")
        assert right.json() == []
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await archive.close()

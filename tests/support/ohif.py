"""OHIF, the web viewer most people know, before our archive: its published build, unpacked, never installed."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from tests.support import processes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("LIGHTBOX_TEST_CACHE", ROOT / ".cache")) / "ohif"
PACKAGE = "@ohif/app@3.12.10"
_CONFIG = {
    "routerBasename": "/", "extensions": [], "modes": [], "showStudyList": True, "defaultDataSourceName": "archive",
    "investigationalUseDialog": {"option": "never"}, "showWarningMessageForCrossOrigin": False,
    "showCPUFallbackMessage": False, "useCPURendering": True,
    "dataSources": [{
        "namespace": "@ohif/extension-default.dataSourcesModule.dicomweb", "sourceName": "archive",
        "configuration": {
            "friendlyName": "archive", "name": "archive", "qidoRoot": "/dicom-web", "wadoRoot": "/dicom-web",
            "wadoUriRoot": "/dicom-web", "qidoSupportsIncludeField": True, "imageRendering": "wadors",
            "thumbnailRendering": "wadors", "enableStudyLazyLoad": True, "supportsFuzzyMatching": False,
            "supportsWildcard": True, "omitQuotationForMultipartRequest": True, "singlepart": "bulkdata,video",
        }}],
}


def missing() -> str:
    """What is missing for these tests, in words; empty when they can run."""
    if not (FOLDER / "package" / "dist").is_dir() and shutil.which("npm") is None:
        return "npm is not installed (Debian package: npm), and OHIF was not fetched before"
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return "Chromium is not installed (Debian package: chromium)"
    return ""


def fetch() -> str:
    """Brings the build into the cache folder, once. Returns why it could not; empty when it is there."""
    if (FOLDER / "package" / "dist").is_dir():
        return ""
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", str(FOLDER)], capture_output=True,
        encoding="utf-8",
                          check=False, timeout=300)
    packed = next(FOLDER.glob("*.tgz"), None)
    if done.returncode or packed is None:
        return "OHIF could not be fetched: " + done.stderr.strip().rpartition("\n")[2]
    with tarfile.open(packed) as archive:
        archive.extractall(FOLDER, filter="data")
    packed.unlink()
    return ""


def viewer(archive: Archive) -> Starlette:
    """The viewer's files with a configuration of ours, and the archive under /dicom-web."""
    dist = FOLDER / "package" / "dist"

    async def config(_request: Request) -> Response:
        return Response(f"window.config = {json.dumps(_CONFIG)};", media_type="text/javascript")

    async def file(request: Request) -> Response:
        wanted = (dist / request.path_params["path"]).resolve()
        found = wanted if wanted.is_relative_to(dist) and wanted.is_file() else dist / "index.html"
        return FileResponse(found)

    return Starlette(routes=[
        Mount("/dicom-web", app=create_app(archive)), Route("/app-config.js", config), Route("/{path:path}", file)])


async def picture(url: str, folder: Path, is_there: Callable[[bytes], bool], patience_s: float = 90.0) -> bytes:
    """What Chromium shows at an address, as a PNG, as soon as `is_there` says yes; else the last one."""
    import aiohttp

    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    profile = folder / "profile"
    process = processes.start(
        [browser, "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader",
         "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={profile}", "--remote-debugging-port=0", "--window-size=1200,800",
         "about:blank"], log=folder / "chromium.log")
    shot = b""
    try:
        processes.wait_until((profile / "DevToolsActivePort").is_file, process, folder / "chromium.log")
        port = (profile / "DevToolsActivePort").read_text().splitlines()[0]
        async with aiohttp.ClientSession() as session:
            opening = session.put(f"http://127.0.0.1:{port}/json/new?{url}")
            async with opening as answer:
                page = (await answer.json())["webSocketDebuggerUrl"]
            async with session.ws_connect(page, max_msg_size=2**26) as socket:
                end = time.monotonic() + patience_s
                while time.monotonic() < end and not (shot and is_there(shot)):
                    await asyncio.sleep(1.0)
                    await socket.send_json({"id": 1, "method": "Page.captureScreenshot"})
                    while (said := await socket.receive_json()).get("id") != 1:
                        pass
                    shot = base64.b64decode(said["result"]["data"])
    finally:
        processes.stop(process)
    return shot

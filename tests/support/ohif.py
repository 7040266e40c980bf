"""OHIF, the web viewer most people know, before our archive: its published build, unpacked, never installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route

from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app

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
    done = subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", str(FOLDER)], capture_output=True, text=True,
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


def picture(url: str, target: Path, *, patience_ms: int = 25_000) -> None:
    """What Chromium shows at an address, as a PNG."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    subprocess.run(
        [browser, "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
         "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--user-data-dir={target.parent / 'profile'}", "--window-size=1200,800",
         f"--virtual-time-budget={patience_ms}", f"--screenshot={target}", url],
        capture_output=True, check=True, timeout=150)

"""Our archive serves OHIF: a CT slice is on the screen of a real browser."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.archive.archive import Archive
from tests.support import ohif
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import of_file


def shows_a_slice(png: bytes) -> bool:
    """Whether a grey image with many levels fills the middle of the window: no frame, no letters."""
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    middle = shown[250:550, 450:850]
    grey = (abs(middle[..., 0] - middle[..., 2]) < 6) & (middle.max(axis=2) > 40)
    return bool(grey.mean() > 0.2 and len(np.unique(middle[grey][:, 0])) > 60)


@pytest.mark.timeout(400)
@pytest.mark.long
def test_a_ct_slice_is_shown_by_ohif(dicom_data: Path, tmp_path: Path) -> None:
    if reason := ohif.missing() or ohif.fetch():
        pytest.skip(reason)
    ct = next(dicom_data.rglob("CT_small.dcm"))
    study_uid, _, _ = of_file(ct)
    archive = asyncio.run(Archive.open(tmp_path / "archive"))
    try:
        asyncio.run(archive.store_bytes(ct.read_bytes()))
        with AsgiServer(ohif.viewer(archive)) as server:
            address = f"{server.url}/viewer?StudyInstanceUIDs={study_uid}"
            shown = asyncio.run(ohif.picture(address, tmp_path, shows_a_slice))
    finally:
        asyncio.run(archive.close())
    (tmp_path / "ohif.png").write_bytes(shown)
    assert shows_a_slice(shown), f"see {tmp_path / 'ohif.png'}"

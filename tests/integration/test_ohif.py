"""Our archive serves OHIF: a CT slice is on the screen of a real browser."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.archive.archive import Archive
from tests.support import ohif
from tests.support.asgi_server import AsgiServer
from tests.support.main_job import of_file


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
            ohif.picture(f"{server.url}/viewer?StudyInstanceUIDs={study_uid}", tmp_path / "ohif.png")
    finally:
        asyncio.run(archive.close())
    shown = np.asarray(Image.open(tmp_path / "ohif.png").convert("RGB")).astype(int)
    middle = shown[200:600, 400:900]
    grey = (abs(middle[..., 0] - middle[..., 2]) < 6) & (middle.max(axis=2) > 40)
    assert grey.mean() > 0.2, "a grey image fills the middle of the window"
    assert len(np.unique(middle[grey][:, 0])) > 60, "with many grey levels: no frame, no letters"

"""DICOMweb links of what is shown, whole and safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.store import Store
from desktop_app.viewmodels.store_links import dicomweb_link, viewer_page

STORE = Store("Clinic", "https://pacs.example.org/dicom-web", web_viewer="https://pacs.example.org/v/{study}")
ROOT = "https://pacs.example.org/dicom-web/studies/1.2"


def test_links_of_every_depth() -> None:
    assert dicomweb_link(STORE, "1.2") == ROOT
    assert dicomweb_link(STORE, "1.2", "3.4") == f"{ROOT}/series/3.4"
    assert dicomweb_link(STORE, "1.2", "3.4", "5.6") == f"{ROOT}/series/3.4/instances/5.6"
    assert dicomweb_link(STORE, "1.2", "3.4", "5.6", 7) == f"{ROOT}/series/3.4/instances/5.6/frames/7"
    spelled = Store("Clinic", "HTTPS://PACS.example.org:443/dicom-web/")
    assert dicomweb_link(spelled, "1.2") == ROOT


@pytest.mark.parametrize("uid", ["", "1.2/../../x", "1.2?x=1", "a", "1" * 65, "1.2\n"])
def test_a_uid_that_is_none_makes_no_link(uid: str) -> None:
    for made in (lambda: dicomweb_link(STORE, uid), lambda: dicomweb_link(STORE, "1.2", uid or "x", "5"),
                 lambda: viewer_page(STORE, uid)):
        with pytest.raises(ValueError, match="UID"):
            made()


def test_what_is_only_here_has_no_link(tmp_path: Path) -> None:
    for store in (Store.local(), Store("CD", tmp_path.as_uri())):
        with pytest.raises(ValueError, match="on this computer only"):
            dicomweb_link(store, "1.2")


def test_the_archives_own_page() -> None:
    assert viewer_page(STORE, "1.2") == "https://pacs.example.org/v/1.2"
    with pytest.raises(ValueError, match="No web viewer"):
        viewer_page(Store("Other", "https://other.example.org"), "1.2")

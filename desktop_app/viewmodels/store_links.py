"""Addresses for other programs: DICOMweb links, and pages of an archive's own web viewer. Never with a token."""

from __future__ import annotations

from desktop_app.core.store import Store
from desktop_app.core.web_viewer import page_of
from desktop_app.core.words import say


def dicomweb_link(
    store: Store, study_uid: str, series_uid: str = "", sop_uid: str = "", frame_number: int = 0
) -> str:
    """The address of a study, series, instance or frame, by what is given (PS3.18 10.1.1). Raises ValueError with a
    sentence where others could not use it, or a UID is none."""
    if store.is_local or store.is_folder:
        raise ValueError(say(
            "links", "This archive is on this computer only. There is no link to it that others could use."))
    from desktop_app.dicomweb.urls import frames_url, resource_url

    root = Store.parse(store.url).url                   # scheme, host and port as they are compared
    if frame_number:
        return frames_url(root, study_uid, series_uid, sop_uid, [frame_number])
    return resource_url(root, study_uid, series_uid or None, sop_uid or None)


def viewer_page(store: Store, study_uid: str, series_uid: str = "") -> str:
    """The page of the archive's own viewer. Raises ValueError with a sentence."""
    if not store.web_viewer:
        raise ValueError(say("links", "No web viewer is known of this archive."))
    from desktop_app.dicomweb.urls import check_uid

    return page_of(store.web_viewer, check_uid(study_uid), check_uid(series_uid) if series_uid else "")

"""What is documented of systems that many people use. It saves the requests in which their ways would be found out.

A preset is only where learning begins: what a server turns out to accept replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

from desktop_app.core.deletion import DeletionWay
from desktop_app.core.store import System
from desktop_app.dicomweb.dialect import Dialect, IncludeField
from desktop_app.dicomweb.media_types import DICOM, INSTANCE_LADDER, MANY_INSTANCES_LADDER, STORED_SYNTAX
from desktop_app.dicomweb.store_metadata import MetadataForm

_SINGLE = f"{DICOM}; transfer-syntax={STORED_SYNTAX}"
_SINGLE_PART = (("instance", _SINGLE),)
_COUNTS = frozenset({
    "ModalitiesInStudy", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances",
    "NumberOfSeriesRelatedInstances",
})
# What a study may not be searched by at Google (its conformance statement lists what it may).
_GOOGLE_REFUSES = frozenset({"ModalitiesInStudy", "StudyDescription"})

PRESETS: Mapping[System, Dialect] = MappingProxyType({
    System.LEARNED: Dialect(),
    System.GOOGLE: Dialect(
        accepts=_SINGLE_PART, wildcards=False, fuzzy=True, max_limit=5000, max_offset=1_000_000,
        refused_keys=_GOOGLE_REFUSES, refused_fields=_COUNTS, counts=False, metrics=True, modality_by_series=True,
        has_thumbnails=False, rendered_params=frozenset({"viewport"}), deletion=DeletionWay.DELETE,
        stores_apart=MetadataForm.JSON.value,
    ),
    System.ORTHANC: Dialect(
        accepts=(("instance", INSTANCE_LADDER[0]), ("instances", MANY_INSTANCES_LADDER[0])),
    ),
    System.DCM4CHEE: Dialect(
        accepts=(("instance", INSTANCE_LADDER[0]), ("instances", MANY_INSTANCES_LADDER[0])),
        max_limit=1000, max_offset=99_999, zips=True, deletion=DeletionWay.REJECT,
        stores_apart=MetadataForm.XML.value,
    ),
    System.AZURE: Dialect(
        accepts=_SINGLE_PART, wildcards=False, fuzzy=True, max_limit=200, include_field=IncludeField.REPEATED,
        has_thumbnails=False, rendered_params=frozenset({"quality"}), deletion=DeletionWay.DELETE,
    ),
    System.AWS: Dialect(
        accepts=_SINGLE_PART, max_limit=1000, max_offset=9000, has_thumbnails=False, has_rendered=False,
        stores=False, deletion=DeletionWay.NONE,
    ),
    System.MYHEALTH: Dialect(
        accepts=(("instance", DICOM), ("instances", DICOM)),
        searches=False, has_metadata=False, has_frames=False, has_rendered=False, has_thumbnails=False, stores=False,
        deletion=DeletionWay.NONE, rendered_params=frozenset(),
    ),
    System.STATIC: Dialect(
        include_field=IncludeField.NONE, has_instances=False, stores=False, deletion=DeletionWay.NONE,
        frames_one_by_one=True,
        has_rendered=False, rendered_params=frozenset(),
        ignored_keys=frozenset({
            "PatientName", "PatientID", "AccessionNumber", "StudyDescription", "ModalitiesInStudy", "StudyDate",
        }),
    ),
    System.WADO_URI: Dialect(
        searches=False, has_metadata=False, has_frames=False, has_thumbnails=False, stores=False,
        deletion=DeletionWay.NONE,
        uri_only=True,
    ),
})

# By which addresses a system is known: services for everybody by their host, installed ones by their usual path.
_BY_HOST: tuple[tuple[str, System], ...] = (
    ("healthcare.googleapis.com", System.GOOGLE),
    (".azurehealthcareapis.com", System.AZURE),
    (".amazonaws.com", System.AWS),
)
_BY_PATH: tuple[tuple[re.Pattern[str], System], ...] = (
    (re.compile(r"/(v1|v1beta1)/projects/[^/]+/locations/[^/]+/datasets/[^/]+/dicomStores/[^/]+/dicomWeb"),
     System.GOOGLE),
    (re.compile(r"/dcm4chee-arc/aets/[^/]+/rs"), System.DCM4CHEE),
)


def system_at(root_url: str) -> System:
    """Which system the address tells; LEARNED for most."""
    parts = urlsplit(root_url)
    host = parts.hostname or ""
    by_host = next((system for end, system in _BY_HOST if host.endswith(end)), None)
    if by_host is not None:
        return by_host
    return next((system for path, system in _BY_PATH if path.fullmatch(parts.path.rstrip("/"))), System.LEARNED)


def dialect_for(root_url: str, system: System = System.LEARNED) -> Dialect:
    """What is known beforehand of the server at this address, or of the system that was named."""
    known = system or system_at(root_url)
    return replace(PRESETS[known], system=known)

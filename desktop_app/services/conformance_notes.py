"""Conformance notes: how an archive was found to speak DICOMweb, and every deviation that was worked around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.deletion import DeletionWay
from desktop_app.core.store import Store, System

if TYPE_CHECKING:
    from desktop_app.dicomweb.dialect import Dialect

_SYSTEMS = {
    System.GOOGLE: "Google Cloud Healthcare API", System.ORTHANC: "Orthanc", System.DCM4CHEE: "dcm4chee-arc 5",
    System.AZURE: "Azure DICOM service", System.AWS: "AWS HealthImaging", System.MYHEALTH: "MyHealth@EU Get Images",
    System.STATIC: "static DICOMweb files", System.WADO_URI: "WADO-URI only",
}
_EMPTY = {"204": "status 204", "200 []": "an empty list", "200": "status 200 without a body"}


def conformance_notes(store: Store, dialect: Dialect) -> str:
    """A page in plain text, to be read and copied; it names the archive and no patient."""
    lines = [f"Conformance notes of {store.name}", store.url, ""]
    lines += ["What was worked around"]
    lines += [f"  – {note}" for note in dialect.notes] or ["  nothing so far"]
    lines += ["", "What is known of it"]
    lines += [f"  {name}: {value}" for name, value in _facts(dialect) if value]
    return "\n".join(lines) + "\n"


_DELETES = {
    DeletionWay.UNKNOWN: "", DeletionWay.DELETE: "yes", DeletionWay.REJECT: "by rejecting first",
    DeletionWay.OWN: "by its own interface beside DICOMweb", DeletionWay.NONE: "no",
}


def _facts(dialect: Dialect) -> list[tuple[str, str]]:
    matching = "wildcards" if dialect.wildcards else "fuzzy names" if dialect.fuzzy else "exact values"
    absent = [name for name, there in (
        ("search", dialect.searches), ("instances", dialect.has_instances), ("metadata", dialect.has_metadata),
        ("frames", dialect.has_frames),
        ("rendered images", dialect.has_rendered), ("thumbnails", dialect.has_thumbnails), ("store", dialect.stores),
    ) if not there]
    deletes = _DELETES[dialect.deletion]
    return [
        ("begins as", _SYSTEMS.get(dialect.system, "a server of which nothing was known")),
        *((f"Accept for {kind}", accept) for kind, accept in dialect.accepts),
        ("text is matched by", matching if dialect.searches else ""),
        ("additional attributes are asked for as", dialect.include_field.value if dialect.searches else ""),
        ("search keys it refuses", ", ".join(sorted(dialect.refused_keys))),
        ("search keys it ignores", ", ".join(sorted(dialect.ignored_keys))),
        ("attributes it refuses", ", ".join(sorted(dialect.refused_fields))),
        ("most rows at once", str(dialect.max_limit or "")),
        ("highest offset", str(dialect.max_offset or "")),
        ("nothing found is said by", _EMPTY.get(dialect.empty_answer, "")),
        ("answers in", "XML" if dialect.writes_xml else ""),
        ("counts of series and images", "" if dialect.counts else "not in searches"),
        ("modality", "by a search for series" if dialect.modality_by_series else ""),
        ("rendered images heed", ", ".join(sorted(dialect.rendered_params)) if dialect.has_rendered else ""),
        ("files are stored", "one by one, as they are" if dialect.stores_one_by_one else ""),
        ("deletes", deletes),
        ("objects come by", "WADO-URI" if dialect.uri_only else ""),
        ("not offered", ", ".join(absent)),
    ]

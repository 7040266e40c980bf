"""What Lightbox can do with which system, and how that is proved: the README's table, cell by cell a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BEGIN, END = "<!-- systems: made by tests/support/systems_table.py -->", "<!-- systems end -->"
YES, ABSENT = "yes", "not offered"
BY_DOCUMENTS = "its documents, on loopback"


@dataclass(frozen=True)
class Row:
    search: str = YES
    open: str = YES
    upload: str = YES
    delete: str = YES
    proof: str = BY_DOCUMENTS


ROWS: Mapping[str, Row] = {
    "Google Cloud Healthcare API v1": Row(),
    "Google Cloud Healthcare API v1beta1": Row(),
    "Orthanc": Row(delete="yes, by its own interface", proof="Orthanc 1.10.1 with DICOMweb 1.7"),
    "dcm4chee-arc 5": Row(delete="yes, by rejecting"),
    "Azure DICOM service": Row(),
    "AWS HealthImaging": Row(upload=ABSENT, delete=ABSENT),
    "MyHealth@EU Get Images": Row(search=ABSENT, open="by UID or manifest", upload=ABSENT, delete=ABSENT),
    "static DICOMweb files": Row(upload=ABSENT, delete=ABSENT, proof="static-wado's layout, on disk and over HTTP"),
    "a folder or DICOMDIR": Row(upload=ABSENT, delete=ABSENT, proof="files on disk"),
    "WADO-URI only": Row(search=ABSENT, open="by manifest", upload=ABSENT, delete=ABSENT, proof=BY_DOCUMENTS),
    "any PS3.18 server": Row(proof="our own archive over HTTP"),
}


def table() -> str:
    lines = ["| system | search | open | upload | delete | proved by |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [f"| {name} | {row.search} | {row.open} | {row.upload} | {row.delete} | {row.proof} |"
              for name, row in ROWS.items()]
    return "\n".join([BEGIN, *lines, END])

"""Storing an object as its metadata and its own bytes side by side (PS3.18 10.5.1.1.2), for archives that prefer it.

Google takes an array of one JSON object with the transfer syntax in it and a JPEG part; dcm4chee takes an XML model and
a PDF part. The part says by Content-Location to which BulkDataURI it belongs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from desktop_app.core.errors import DicomError
from desktop_app.core.words import say, t
from desktop_app.dicomweb.media_types import MULTIPART_RELATED
from desktop_app.dicomweb.multipart import closing, new_boundary, part_head

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
_PIXELS, _DOCUMENT = "7FE00010", "00420011"
# By these answers a server says that it does not know metadata and bytes side by side, or trips over them.
NOT_APART = frozenset({400, 406, 409, 415, 422, 500, 501})
# What is documented to be taken in this way: JPEG with JSON by Google, PDF with XML by dcm4chee.
_TAKEN_WITH = {"application/dicom+json": "image/jpeg", "application/dicom+xml": "application/pdf"}
_NOT_LIKE_THAT = t(
    "dicomweb", "This object cannot be stored as metadata and bytes apart; it is stored whole instead.")


class MetadataForm(StrEnum):
    JSON = "application/dicom+json"
    XML = "application/dicom+xml"


@dataclass(frozen=True, slots=True)
class SplitObject:
    """`metadata` refers to `bulk` by `location`, which no other part of the request has."""

    form: MetadataForm
    metadata: bytes
    bulk: bytes
    bulk_type: str
    location: str

    def body(self, boundary: str = "") -> tuple[str, bytes]:
        """Content-Type and bytes of the request."""
        boundary = boundary or new_boundary()
        head_type = self.form.value + ("; charset=utf-8" if self.form is MetadataForm.XML else "")
        syntax = f"; transfer-syntax={_JPEG_BASELINE}" if self.bulk_type == "image/jpeg" else ""
        parts = [
            part_head(boundary, {"Content-Type": head_type}, first=True), self.metadata,
            part_head(boundary, {
                "Content-Type": self.bulk_type + syntax, "Content-Location": self.location}, first=False),
            self.bulk, closing(boundary),
        ]
        return f'{MULTIPART_RELATED}; type="{self.form.value}"; boundary={boundary}', b"".join(parts)


def split_file(data: bytes, form: MetadataForm) -> SplitObject:
    """A Part 10 file taken apart, where archives that take `form` are known to take such a part with it.

    Raises DicomError for any other.
    """
    import pydicom

    try:
        dataset = pydicom.dcmread(BytesIO(data))
    except Exception as error:      # whatever pydicom meets: it is stored whole, and the archive judges it
        raise DicomError(say("dicomweb", _NOT_LIKE_THAT)) from error
    split = split_object(dataset, form)
    if split.bulk_type != _TAKEN_WITH[form.value]:
        raise DicomError(say("dicomweb", _NOT_LIKE_THAT))
    return split


def split_object(dataset: Dataset, form: MetadataForm) -> SplitObject:
    """An object whose bulk is one JPEG frame or one PDF, taken apart.

    Raises DicomError for any other: what is native or has several frames would have to be described anew.
    """
    import pydicom

    syntax = str(dataset.file_meta.TransferSyntaxUID)
    location = f"bulk/{dataset.SOPInstanceUID}"
    model: dict[str, Any] = dict(dataset.to_json_dict(
        bulk_data_threshold=1, bulk_data_element_handler=lambda element: location))
    if "EncapsulatedDocument" in dataset:
        length = int(dataset.get("EncapsulatedDocumentLength") or len(dataset.EncapsulatedDocument))
        tag, bulk, bulk_type = _DOCUMENT, bytes(dataset.EncapsulatedDocument)[:length], str(
            dataset.get("MIMETypeOfEncapsulatedDocument", "application/pdf"))
    elif syntax == _JPEG_BASELINE and int(dataset.get("NumberOfFrames") or 1) == 1:
        tag, bulk_type = _PIXELS, "image/jpeg"
        bulk = next(pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=1))
    else:
        raise DicomError(say("dicomweb", _NOT_LIKE_THAT))
    others = [key for key, value in model.items() if "BulkDataURI" in value and key != tag]
    if others:          # Google takes one BulkDataURI for each instance
        raise DicomError(say("dicomweb", _NOT_LIKE_THAT))
    model[tag] = {"vr": "OB", "BulkDataURI": location}
    model["00020010"] = {"vr": "UI", "Value": [syntax]}
    model["00080005"] = {"vr": "CS", "Value": ["ISO_IR 192"]}
    model = dict(sorted(model.items()))
    if form is MetadataForm.JSON:
        metadata = json.dumps([model], ensure_ascii=False).encode()
    else:
        metadata = _xml(model).encode()
    return SplitObject(form, metadata, bulk, bulk_type, location)


def _xml(model: dict[str, Any]) -> str:
    """The Native DICOM Model (PS3.19 A.1) of a data set in the JSON model."""
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            '<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">'
            f"{_attributes(model)}</NativeDicomModel>")


def _attributes(model: dict[str, Any]) -> str:
    import pydicom

    made = []
    for tag, element in model.items():
        keyword = pydicom.datadict.keyword_for_tag(int(tag, 16))
        named = f" keyword={quoteattr(keyword)}" if keyword else ""
        inner = "".join(_value(number, value, element["vr"])
                        for number, value in enumerate(element.get("Value", ()), start=1))
        if "BulkDataURI" in element:
            inner = f"<BulkData uri={quoteattr(element['BulkDataURI'])}/>"
        elif "InlineBinary" in element:
            inner = f"<InlineBinary>{element['InlineBinary']}</InlineBinary>"
        made.append(f'<DicomAttribute tag="{tag}" vr="{element["vr"]}"{named}>{inner}</DicomAttribute>')
    return "".join(made)


def _value(number: int, value: Any, vr: str) -> str:
    if vr == "SQ":
        return f'<Item number="{number}">{_attributes(value)}</Item>'
    if vr == "PN":
        groups = "".join(f"<{group}>{_name(value[group])}</{group}>"
                         for group in ("Alphabetic", "Ideographic", "Phonetic") if (value or {}).get(group))
        return f'<PersonName number="{number}">{groups}</PersonName>'
    return f'<Value number="{number}">{escape("" if value is None else str(value))}</Value>'


def _name(group: str) -> str:
    parts = zip(("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"), group.split("^"), strict=False)
    return "".join(f"<{name}>{escape(part)}</{name}>" for name, part in parts if part)

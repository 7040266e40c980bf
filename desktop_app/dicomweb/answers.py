"""The data sets in the body of an answer: JSON or XML, alone or in parts, whatever its Content-Type says."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.errors import NotDicomWeb
from desktop_app.dicomweb.dicom_json import DicomJsonDataset, decode_json_text, iter_json_array, read_dataset
from desktop_app.dicomweb.media_types import Kind, MediaType, sniff
from desktop_app.dicomweb.multipart import MultipartReader
from desktop_app.dicomweb.native_xml import read_native_xml
from desktop_app.dicomweb.transport import server_words


def datasets_in(declared: MediaType, body: bytes) -> Iterator[DicomJsonDataset]:
    """The data sets one by one; none for an empty body. Raises NotDicomWeb for anything else than a DICOM model, and
    Interrupted for one that breaks off, after what was whole."""
    kind = sniff(body)
    if kind is not Kind.MULTIPART and not declared.is_multipart:
        yield from _in_one_piece(declared, kind, body)
        return
    reader = MultipartReader(declared if declared.is_multipart else None)
    for part in reader.feed(body) + reader.close():
        yield from _in_one_piece(part.media_type, sniff(part.data), part.data)


def _in_one_piece(declared: MediaType, kind: Kind, body: bytes) -> Iterator[DicomJsonDataset]:
    if kind is Kind.JSON:
        text = decode_json_text(body, declared.parameters.get("charset", ""))
        yield from map(read_dataset, iter_json_array(text))
    elif kind is Kind.XML:
        yield from read_native_xml(body)
    elif kind is not Kind.EMPTY:
        words = server_words(body) if kind is Kind.HTML else ""
        raise NotDicomWeb(detail=f"{kind.value}, declared as {declared.name or 'nothing'}. {words}".strip())

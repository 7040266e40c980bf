"""The Native DICOM Model (PS3.19 A.1) as the same data sets as the JSON model: store responses come in it.

With or without the namespace of the standard, with spaces and line breaks around values. A document with a DTD is
refused: nobody needs one here, and entities are how XML is abused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from desktop_app.core.errors import NotDicomWeb
from desktop_app.dicomweb.dicom_json import DicomJsonDataset, read_dataset

_MAX_DEPTH = 64


@dataclass(slots=True)
class _Node:
    name: str
    attributes: dict[str, str]
    children: list[_Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def content(self) -> str:
        return "".join(self.text).strip()


def read_native_xml(body: bytes) -> list[DicomJsonDataset]:
    """The data sets of a document: one for `NativeDicomModel`, several where they stand under another root.

    Raises NotDicomWeb when it is no well-formed XML, has a DTD, or holds no DICOM model.
    """
    root = _parse(body)
    models = _find_models(root)
    if not models:
        raise NotDicomWeb(detail=f"The XML answer is a {root.name[:40]!r}, not a DICOM model.")
    return [read_dataset(_dataset(model)) for model in models]


def _find_models(node: _Node) -> list[_Node]:
    if node.name == "NativeDicomModel" or any(child.name == "DicomAttribute" for child in node.children):
        return [node]
    return [model for child in node.children for model in _find_models(child)]


def _parse(body: bytes) -> _Node:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root = _Node("", {})
    open_nodes = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > _MAX_DEPTH:
            raise NotDicomWeb(detail="The XML answer is nested too deeply.")
        node = _Node(name.rpartition(":")[2], attributes)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_name: str) -> None:
        open_nodes.pop()

    def refuse(*_: object) -> None:
        raise NotDicomWeb(detail="The XML answer has a document type definition, which is refused.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: open_nodes[-1].text.append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise NotDicomWeb(detail=f"The XML answer cannot be read: {error}") from error
    return root.children[0]


def _dataset(model: _Node) -> dict[str, object]:
    found: dict[str, object] = {}
    for node in model.children:
        tag = node.attributes.get("tag", "").strip() or node.attributes.get("keyword", "").strip()
        if node.name == "DicomAttribute" and tag:
            found[tag.upper() if len(tag) == 8 and not tag.isalpha() else tag] = _attribute(node)
    return found


def _attribute(node: _Node) -> dict[str, object]:
    element: dict[str, object] = {"vr": node.attributes.get("vr", "").strip()}
    values: list[tuple[int, object]] = []
    for position, child in enumerate(node.children):
        read = _VALUES.get(child.name)
        if read is not None:
            number = child.attributes.get("number", "").strip()
            values.append((int(number) if number.isascii() and number.isdigit() else position + 1, read(child)))
        elif child.name == "BulkData":
            element["BulkDataURI"] = (child.attributes.get("uri") or child.attributes.get("uuid") or "").strip()
        elif child.name == "InlineBinary":
            element["InlineBinary"] = child.content
    if values:
        element["Value"] = [value for _, value in sorted(values, key=lambda item: item[0])]
    return element


def _person_name(node: _Node) -> dict[str, object]:
    return {group.name: _name_group(group) for group in node.children}


def _name_group(group: _Node) -> object:
    return {part.name: part.content for part in group.children} if group.children else group.content


_VALUES: dict[str, Callable[[_Node], object]] = {
    "Value": lambda node: node.content or None,
    "Item": _dataset,
    "PersonName": _person_name,
}

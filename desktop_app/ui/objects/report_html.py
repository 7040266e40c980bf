"""Reports, key objects and cards as HTML, part by part. Every word of an object is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.study_object import KeyImages, LineKind, ObjectHead, Presentation, Report, ReportLine
from desktop_app.core.words import say
from desktop_app.ui import theme

Link = Callable[[FrameRef], tuple[str, str]]        # an address, and words for the image, empty where there are none
_DEEPEST = 8
_INDENT_PX = 18


def page(body: str) -> str:
    """Parts as a page in the colours of the theme."""
    return f"<html><body style='color:{theme.tokens().colour('text').name()}'>{body}</body></html>"


def report_html(report: Report, link: Link) -> Iterator[str]:
    """The report in reading order; images are links."""
    yield _facts([(say("report", "Template"), report.template), (say("report", "Status"), report.status)])
    for line in report.lines:
        yield _line(line, link)


def key_images_html(found: KeyImages, link: Link) -> Iterator[str]:
    yield f"<p>{escape(found.description)}</p>"
    for ref in found.refs:
        yield f"<p>{_anchor(ref, link)}</p>"


def presentation_html(found: Presentation) -> Iterator[str]:
    windows = ", ".join(f"{one.window.width:g} / {one.window.center:g}" for one in found.windows)
    yes = say("report", "yes")
    facts = [
        (say("report", "Label"), found.label), (say("report", "Images"), str(len(found.refs))),
        (say("report", "Window (width / centre)"), windows),
        (say("report", "Inverted"), yes if found.inverted else ""),
        (say("report", "Turned"), f"{90 * found.rotation}°" if found.rotation else ""),
        (say("report", "Mirrored"), yes if found.flip_horizontal else ""),
        (say("report", "Shutter"), yes if found.shutter is not None else ""),
        (say("report", "Drawings"), str(len(found.graphics))),
        (say("report", "Overlays"), str(len(found.planes) or "")),
    ]
    yield _facts(facts)


def card_html(head: ObjectHead, facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    said = say(
        "report", "Lightbox does not draw objects of this kind. Its attributes can be read with the button Tags.")
    yield f"<p>{escape(said)}</p>"
    yield _facts([*facts, (say("report", "Modality"), head.modality), (say("report", "SOP class"), head.sop_class_uid)])


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    grey = theme.tokens().colour("secondary").name()
    style = f"color:{grey}; padding:2px 18px 2px 0"
    rows = "".join(f"<tr><td style='{style}'>{escape(name)}</td><td style='padding:2px 0'>{escape(value)}</td></tr>"
                   for name, value in facts if value)
    return f"<table cellspacing='0' cellpadding='0' style='margin:8px 0'>{rows}</table>" if rows else ""


def _line(line: ReportLine, link: Link) -> str:
    grey = theme.tokens().colour("secondary").name()
    indent = _INDENT_PX * min(line.depth, _DEEPEST)
    name = escape(line.name)
    if line.kind is LineKind.HEADING:
        return f"<h3 style='margin-left:{indent}px; margin-bottom:2px'>{name}</h3>"
    style = f"margin:2px 0 2px {indent}px"
    if line.kind is LineKind.LINK:
        links = ", ".join(_anchor(ref, link) for ref in line.refs)
        return f"<p style='{style}'><span style='color:{grey}'>{name or escape(line.text)}</span>&nbsp; {links}</p>"
    text = escape(line.text).replace("\n", "<br>")
    if line.kind is LineKind.NOTE:
        return f"<p style='{style}; color:{grey}'><i>{name} {text}</i></p>"
    if line.kind is LineKind.TEXT:
        heading = f"<b>{name}</b><br>" if name else ""
        return f"<p style='{style}'>{heading}{text}</p>"
    return f"<p style='{style}'><span style='color:{grey}'>{name}</span>&nbsp; {text}</p>"


def _anchor(ref: FrameRef, link: Link) -> str:
    accent = theme.tokens().colour("accent").name()
    address, words = link(ref)
    if not words:
        frame = " " + say("report", "(frame {number})").format(number=ref.frame_number) if ref.frame_number > 1 else ""
        words = say("report", "image …{end}").format(end=ref.sop_instance_uid[-8:]) + frame
    return f"<a href='{address}' style='color:{accent}'>{escape(words)}</a>"

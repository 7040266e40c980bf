"""Softcopy presentation states (PS3.3 A.33): how images are shown, written and read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import highdicom
import numpy as np
import pydicom
from highdicom import pr
from pydicom.dataset import Dataset

from desktop_app.core.drawn import outlines, tracking_id
from desktop_app.core.frame import LookupTable
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.graphics import OverlayPlane, Shutter
from desktop_app.core.saved_work import SavedAnnotation, SavedView
from desktop_app.core.study_object import (
    DisplayedArea,
    Graphic,
    Presentation,
    Shape,
    VoiChoice,
    VoiTable,
)
from desktop_app.core.window import VoiFunction, Window
from desktop_app.core.words import say
from desktop_app.objects.attributes import MANUFACTURER, get, head_of, items, number, numbers, text
from desktop_app.objects.references import Evidence
from desktop_app.objects.sources import MODEL, Rescale, Sources, as_person, finish, new_uid
from desktop_app.objects.state_overlays import read_state_overlays

assert highdicom and pydicom

DESCRIPTION = "Presentation states"
_SERIES_NUMBER = 9002
_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
_LINES = {"MULTILINE": Shape.POLYLINE, "INFINITELINE": Shape.POLYLINE, "CUTLINE": Shape.POLYLINE,
          "RANGELINE": Shape.POLYLINE, "RULER": Shape.POLYLINE, "ARROW": Shape.POLYLINE, "CROSSHAIR": Shape.MULTIPOINT,
          "ELLIPSE": Shape.ELLIPSE}


def write_presentation(
    view: SavedView, annotations: Sequence[SavedAnnotation], sources: Sources, *, label: str, author: str = "",
    moment: datetime, series_instance_uid: str = "", number: int = 1,
) -> bytes:
    """A greyscale or colour softcopy presentation state for the images of a view, as Part 10 bytes.

    `annotations` are drawn as graphics and texts of one layer; those on other images are left out. `label` is a code
    string: 16 capital letters at most.
    """
    images = sources.datasets(view.refs)
    one_scale = _tell_scale(images, sources.rescales(view.refs))
    is_colour = int(images[0].get("SamplesPerPixel") or 1) == 3
    layer = pr.GraphicLayer("LIGHTBOX", 1, "Drawings")
    drawn = _drawings(annotations, view, sources, layer)
    options: dict[str, Any] = {}
    if not is_colour:
        if view.window is not None and one_scale:
            window = view.window
            options["voi_lut_transformations"] = [pr.SoftcopyVOILUTTransformation(
                window_center=[_short(window.center)], window_width=[_short(window.width)],
                window_explanation=[window.explanation] if window.explanation else None,
                voi_lut_function=window.function.value)]
        options["presentation_lut_transformation"] = highdicom.PresentationLUTTransformation(
            presentation_lut_shape="INVERSE" if view.inverted else "IDENTITY")
    make = pr.ColorSoftcopyPresentationState if is_colour else pr.GrayscaleSoftcopyPresentationState
    state = make(
        referenced_images=images,
        series_instance_uid=series_instance_uid or new_uid(),
        series_number=_SERIES_NUMBER,
        sop_instance_uid=new_uid(),
        instance_number=number,
        manufacturer=MANUFACTURER,
        manufacturer_model_name=MODEL,
        software_versions="1",
        device_serial_number="1",
        content_label=label,
        content_description=DESCRIPTION,
        graphic_annotations=drawn or None,
        graphic_layers=[layer] if drawn else None,
        content_creator_name=as_person(author) if author else None,
        **options,
    )
    _turn(state, view)
    if view.area is not None:
        _show_area(state, view)
    _name_frames(state, view, images)
    return finish(state, moment, DESCRIPTION)


def _tell_scale(images: Sequence[Dataset], scales: frozenset[Rescale | None]) -> bool:
    """Gives stand-ins of multi-frame images the functional groups that their Modality LUT is looked for in.

    Whether one line holds for all frames: else no window does.
    """
    for image in images:
        if "NumberOfFrames" in image:
            shared = Dataset()
            scale = next(iter(scales)) if len(scales) == 1 else None
            if scale is not None:
                values = Dataset()
                values.RescaleSlope, values.RescaleIntercept, values.RescaleType = scale
                shared.PixelValueTransformationSequence = [values]
            image.SharedFunctionalGroupsSequence, image.PerFrameFunctionalGroupsSequence = [shared], []
    return len(scales) < 2 or not any("NumberOfFrames" in image for image in images)


def _name_frames(state: Dataset, view: SavedView, images: Sequence[Dataset]) -> None:
    """Of an object that is shown in part, it speaks of these frames only (PS3.3 C.11.11)."""
    shown: dict[str, list[int]] = {}
    for ref in view.refs:
        shown.setdefault(ref.sop_instance_uid, []).append(ref.frame_number)
    frames = {str(image.SOPInstanceUID): int(image.get("NumberOfFrames") or 1) for image in images}
    holders = (*state.ReferencedSeriesSequence, *state.get("DisplayedAreaSelectionSequence", ()))
    for image in (image for holder in holders for image in holder.get("ReferencedImageSequence", ())):
        uid = str(image.ReferencedSOPInstanceUID)
        if len(shown.get(uid, ())) < frames.get(uid, 1):
            image.ReferencedFrameNumber = sorted(shown[uid])


def _drawings(annotations: Sequence[SavedAnnotation], view: SavedView, sources: Sources, layer: Any) -> list[Any]:
    shown = {(ref.sop_instance_uid, ref.frame_number) for ref in view.refs}
    by_ref: dict[FrameRef, list[SavedAnnotation]] = {}
    for item in annotations:
        ref = item.annotation.ref
        if (ref.sop_instance_uid, ref.frame_number) in shown and item.annotation.is_complete:
            by_ref.setdefault(ref, []).append(item)
    return [
        pr.GraphicAnnotation(
            referenced_images=[sources.dataset(ref)], graphic_layer=layer,
            referenced_frame_number=sources.frames_of(ref),
            graphic_objects=[made for item in of_image for made in _graphics_of(item)],
            text_objects=[made for item in of_image if (made := _words(item)) is not None] or None)
        for ref, of_image in by_ref.items()
    ]


def _graphics_of(item: SavedAnnotation) -> list[Any]:
    return [
        pr.GraphicObject(
            shape.value, np.array(points, dtype=np.float64), "PIXEL", tracking_id=tracking_id(item.annotation),
            tracking_uid=item.tracking_uid)
        for shape, points in outlines(item.annotation)]


def _words(item: SavedAnnotation) -> Any:
    words = item.annotation.text or (item.measurement.headline if item.measurement is not None else "")
    if not words:
        return None
    column, row = item.annotation.points[-1]
    return pr.TextObject(
        words, "PIXEL", anchor_point=(max(column, 0.0), max(row, 0.0)), anchor_point_visible=False)


def _turn(state: Dataset, view: SavedView) -> None:
    """Ours flips first and then turns; the standard turns first and then flips left and right (PS3.3 C.10.6)."""
    half = 2 * view.flip_vertical
    flipped = view.flip_horizontal != view.flip_vertical
    turns = (half - view.rotation if flipped else half + view.rotation) % 4
    if turns or flipped:
        state.ImageRotation = 90 * turns
        state.ImageHorizontalFlip = "Y" if flipped else "N"


def _show_area(state: Dataset, view: SavedView) -> None:
    """The area's corners as they stand after flips and turns (PS3.3 C.10.4)."""
    assert view.area is not None
    left, top, right, bottom = view.area
    columns, rows = (round(left) + 1, round(right)), (round(top) + 1, round(bottom))
    turns, mirrored = int(state.get("ImageRotation", 0)) // 90, state.get("ImageHorizontalFlip", "N") == "Y"
    ring = ((columns[0], rows[0]), (columns[1], rows[0]), (columns[1], rows[1]), (columns[0], rows[1]))   # clockwise
    first = -turns % 4                  # which corner of the image is at the upper left after the turn
    seen = [ring[(first + step) % 4] for step in range(4)]
    if mirrored:
        seen = [seen[1], seen[0], seen[3], seen[2]]
    item = state.DisplayedAreaSelectionSequence[0]
    item.DisplayedAreaTopLeftHandCorner = list(seen[0])
    item.DisplayedAreaBottomRightHandCorner = list(seen[2])


def _short(value: float) -> float:
    return float(f"{value:.9g}")


# -- reading -----------------------------------------------------------------------------------------------------------


def read_presentation(dataset: Dataset) -> Presentation:
    """What a presentation state says. Never raises for odd content; what cannot be shown is said in the warnings."""
    evidence, remarks = Evidence(dataset), []
    refs = tuple(
        ref for series in items(dataset, "ReferencedSeriesSequence")
        for image in items(series, "ReferencedImageSequence") for ref in evidence.refs(image, every_frame=0))
    if not refs:
        remarks.append(say("objects", "This presentation state names no image."))
    windows = tuple(choice for item in items(dataset, "SoftcopyVOILUTSequence")
                    if (choice := _voi(item, evidence)) is not None)
    voi_tables = tuple(
        VoiTable(_image_refs(item, evidence), lut) for item in items(dataset, "SoftcopyVOILUTSequence")
        for table in items(item, "VOILUTSequence")[:1] if (lut := _lut(table)) is not None)
    modality_lut, presentation_lut = _first_lut(dataset, "ModalityLUTSequence"), _first_lut(
        dataset, "PresentationLUTSequence")
    for keyword, name, lut in (("ModalityLUTSequence", "modality", modality_lut),
                               ("PresentationLUTSequence", "presentation", presentation_lut)):
        if items(dataset, keyword) and lut is None:
            remarks.append(say(
                "objects", "It brings a {name} table of its own, which cannot be read.").format(name=name))
    slope, intercept = number(dataset, "RescaleSlope"), number(dataset, "RescaleIntercept")
    layers = _layer_orders(dataset)
    overlays = read_state_overlays(dataset, layers)
    if overlays.unread:
        remarks.append(say("objects", "It brings an overlay plane that cannot be read."))
    rotation = _TURNS.get(int(number(dataset, "ImageRotation") or 0) % 360, 0)
    mirrored = text(dataset, "ImageHorizontalFlip").upper() == "Y"
    label = text(dataset, "ContentLabel") or text(dataset, "PresentationLabel")
    title = text(dataset, "ContentDescription") or text(dataset, "PresentationDescription") or label
    return Presentation(
        head_of(dataset, title=title, remarks=remarks),
        refs,
        label,
        windows,
        text(dataset, "PresentationLUTShape").upper() == "INVERSE",
        -rotation % 4 if mirrored else rotation,
        mirrored,
        tuple(area for item in items(dataset, "DisplayedAreaSelectionSequence")
              if (area := _area(item, evidence)) is not None),
        _shutter(dataset, overlays.shutter),
        tuple(graphic for item in sorted(
            items(dataset, "GraphicAnnotationSequence"), key=lambda one: layers.get(text(one, "GraphicLayer"), 0))
              for graphic in _graphics(item, evidence)),
        voi_tables,
        modality_lut,
        presentation_lut,
        (slope, intercept or 0.0) if slope else None,
        overlays.planes,
        overlays.image_groups,
    )


def _first_lut(dataset: Dataset, sequence: str) -> LookupTable | None:
    return next((_lut(item) for item in items(dataset, sequence)), None)


def _lut(item: Dataset) -> LookupTable | None:
    """A table of the standard; None where it cannot be read."""
    data = get(item, "LUTData")
    if not isinstance(data, bytes):         # of VR US
        data = np.array([int(value) & 0xFFFF for value in numbers(item, "LUTData")], "<u2").tobytes()
    return LookupTable.of(numbers(item, "LUTDescriptor"), data, text(item, "LUTExplanation"))


def _image_refs(item: Dataset, evidence: Evidence) -> tuple[FrameRef, ...]:
    return tuple(ref for image in items(item, "ReferencedImageSequence") for ref in evidence.refs(image, every_frame=0))


def _voi(item: Dataset, evidence: Evidence) -> VoiChoice | None:
    centers, widths = numbers(item, "WindowCenter"), numbers(item, "WindowWidth")
    if not centers or not widths or widths[0] <= 0:
        return None
    name = text(item, "VOILUTFunction").upper()
    function = VoiFunction(name) if name in set(VoiFunction) else VoiFunction.LINEAR
    explanation = text(item, "WindowCenterWidthExplanation").split("\\")[0]
    return VoiChoice(_image_refs(item, evidence), Window(centers[0], widths[0], function, explanation))


def _area(item: Dataset, evidence: Evidence) -> DisplayedArea | None:
    first, last = numbers(item, "DisplayedAreaTopLeftHandCorner"), numbers(item, "DisplayedAreaBottomRightHandCorner")
    if len(first) != 2 or len(last) != 2:
        return None
    return DisplayedArea(
        _image_refs(item, evidence),
        (min(first[0], last[0]), min(first[1], last[1])),
        (max(first[0], last[0]), max(first[1], last[1])),
        text(item, "PresentationSizeMode").upper() or "SCALE TO FIT",
        number(item, "PresentationPixelMagnificationRatio") or 1.0,
    )


def _layer_orders(dataset: Dataset) -> dict[str, float]:
    """Graphic Layer → its order: what is higher is drawn over what is lower (PS3.3 C.10.7)."""
    return {text(item, "GraphicLayer"): number(item, "GraphicLayerOrder") or 0.0
            for item in items(dataset, "GraphicLayerSequence")}


def _shutter(dataset: Dataset, bitmap: OverlayPlane | None) -> Shutter | None:
    return Shutter.of(
        text(dataset, "ShutterShape").split("\\"),
        edges=[number(dataset, keyword) for keyword in (
            "ShutterLeftVerticalEdge", "ShutterUpperHorizontalEdge", "ShutterRightVerticalEdge",
            "ShutterLowerHorizontalEdge")],
        centre=numbers(dataset, "CenterOfCircularShutter"),
        radius=number(dataset, "RadiusOfCircularShutter"),
        vertices=numbers(dataset, "VerticesOfThePolygonalShutter"),
        presentation_value=number(dataset, "ShutterPresentationValue") or 0,
        bitmap=bitmap,
    )


def _graphics(annotation: Dataset, evidence: Evidence) -> list[Graphic]:
    refs, found = _image_refs(annotation, evidence), []
    for item in items(annotation, "GraphicObjectSequence"):
        shape, flat = text(item, "GraphicType").upper(), numbers(item, "GraphicData")
        points = tuple(zip(flat[0::2], flat[1::2], strict=False))
        if shape in set(Shape) and points:
            found.append(Graphic(
                refs, Shape(shape), points, filled=text(item, "GraphicFilled").upper() == "Y",
                in_view=text(item, "GraphicAnnotationUnits").upper() == "DISPLAY",
                tracking_uid=text(item, "TrackingUID"), tracking_id=text(item, "TrackingID")))
    for item in items(annotation, "CompoundGraphicSequence"):
        found += _compound(item, refs)
    for item in items(annotation, "TextObjectSequence"):
        anchor = numbers(item, "AnchorPoint")
        units = text(item, "AnchorPointAnnotationUnits")
        if len(anchor) != 2:
            anchor, units = numbers(item, "BoundingBoxTopLeftHandCorner"), text(item, "BoundingBoxAnnotationUnits")
        words = text(item, "UnformattedTextValue")
        if len(anchor) == 2 and words:
            found.append(Graphic(
                refs, Shape.TEXT, ((anchor[0], anchor[1]),), text=words, in_view=units.upper() == "DISPLAY"))
    return found


def _compound(item: Dataset, refs: tuple[FrameRef, ...]) -> list[Graphic]:
    """Compound graphics (PS3.3 C.10.5) as plain lines."""
    kind, flat = text(item, "CompoundGraphicType").upper(), numbers(item, "GraphicData")
    points = tuple(zip(flat[0::2], flat[1::2], strict=False))
    in_view = text(item, "CompoundGraphicUnits").upper() == "DISPLAY"
    if kind == "RECTANGLE" and len(points) >= 2:
        (left, top), (right, bottom) = points[0], points[-1]
        points = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        return [Graphic(refs, Shape.POLYLINE, points, in_view=in_view)]
    return [Graphic(refs, _LINES[kind], points, in_view=in_view)] if kind in _LINES and points else []

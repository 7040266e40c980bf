"""Is this series ready for HAI-DEF? Fourteen checks against the published rules of Path and CXR Foundation."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from desktop_app.core.errors import LightboxError, NotFound
from desktop_app.core.haidef import Finding, Result, host_trouble, series_path
from desktop_app.core.store import SignInKind, Store
from desktop_app.core.words import say, t
from desktop_app.dicomweb import urls

if TYPE_CHECKING:
    from desktop_app.dicomweb.client import DicomWebClient
    from desktop_app.dicomweb.dicom_json import DicomJsonDataset

_GENERAL, _PATH, _CXR = "HAI-DEF, DICOM stores", "Path Foundation", "CXR Foundation (legacy)"
_SLIDES = {"1.2.840.10008.5.1.4.1.1.77.1.6": t("services", "whole slide"),
           "1.2.840.10008.5.1.4.1.1.77.1.2": t("services", "microscopic"),
           "1.2.840.10008.5.1.4.1.1.77.1.3": t("services", "slide coordinates")}
_XRAYS = frozenset({"1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.5.1.4.1.1.1.1"})
_READY = frozenset({"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"})
_CXR_READS = _READY | {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99",
                       "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.51"}
_NEEDED = ("00080008", "00080016", "00080018", "00080060", "0020000D", "0020000E", "00280002", "00280010", "00280011",
           "00280100", "00280102", "00209311", "00480001", "00480002", "00480006", "00480007", "52009229", "7FE00010")
_TYPE_1 = frozenset(_NEEDED) - {"7FE00010"}
_EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
_STORED = "transfer-syntax=*"
_MOST_READ = 64 * 2**20


async def check_series(
    store: Store, client: DicomWebClient, study_uid: str, series_uid: str, sop_uids: Sequence[str]
) -> tuple[Finding, ...]:
    """C1 to C14 of one series. `sop_uids`: its instances, the first one is looked at closely. Raises the errors of
    reading the metadata."""
    series_url = urls.series_url(client.root_url, study_uid, series_uid, lenient=True)
    instance_url = urls.instance_url(client.root_url, study_uid, series_uid, sop_uids[0], lenient=True)
    try:
        metadata = await client.series_metadata(study_uid, series_uid)
    except NotFound:
        metadata = [one for uid in sop_uids[:20] for one in await client.instance_metadata(study_uid, series_uid, uid)]
    wanted = set(sop_uids)
    metadata = [one for one in metadata if one.text("00080018") in wanted] or metadata
    first = next((one for one in metadata if one.text("00080018") == sop_uids[0]), metadata[0])
    data = await client.retrieve_instance(study_uid, series_uid, sop_uids[0])
    syntax, fragments = await asyncio.to_thread(_inside, data)
    sop_class = first.text("00080016")
    slide = sop_class in _SLIDES
    findings = [
        _url_form(store.url, study_uid, series_uid), _reachable(store.url),
        await _json(client, series_url), await _both_forms(client, instance_url),
        await _syntax(client, instance_url, first, syntax),
        _sop_class(sop_class, metadata),
        *((_tags(metadata), _samples(first), await _tiles(client, series_url, metadata), _fragments(fragments),
           _levels(metadata)) if slide else (
            Finding(id, title, Result.NOT_ASKED, say("services", "This series holds no slide."), source=_PATH)
            for id, title in (
                ("C7", say("services", "Attributes")), ("C8", say("services", "Bits and samples")),
                ("C9", say("services", "Tiles")), ("C10", say("services", "Fragments")),
                ("C11", say("services", "Levels"))))),
        _syntax_seen(metadata), _bearer(store),
        await _cxr(client, instance_url, first, syntax, sop_class),
    ]
    return tuple(findings)


def _url_form(root: str, study_uid: str, series_uid: str) -> Finding:
    try:
        path = series_path(root, study_uid, series_uid)
    except ValueError as error:
        return Finding("C1", say("services", "Form of the link"), Result.FAIL, str(error), source=_PATH)
    return Finding("C1", say("services", "Form of the link"), Result.PASS,
                   path.partition("/studies/")[0] + "/studies/…/series/…",
                   "0020000D 0020000E", _PATH)


def _reachable(root: str) -> Finding:
    trouble = host_trouble(root)
    if not root.startswith("https://"):
        return Finding("C2", "https, reachable", Result.FAIL, say(
            "services", "The archive is not reached by https. ") + trouble,
                       source=_GENERAL)
    return Finding("C2", "https, reachable", Result.FAIL if trouble else Result.PASS,
                   trouble or say(
                       "services", "https; the host is not a private one. Whether the endpoint may pass is "
                       "not known here."),
                   source=_GENERAL)


async def _json(client: DicomWebClient, series_url: str) -> Finding:
    answers = [await client.probe(series_url + tail, "application/dicom+json") for tail in ("/instances", "/metadata")]
    wrong = [name for name, answer in zip(("search", "metadata"), answers, strict=True)
             if answer.status != 200 or "json" not in answer.media_type]
    return Finding("C3", say("services", "Search and metadata in JSON"), Result.FAIL if wrong else Result.PASS,
                   say(
                       "services", "No JSON for: {names}.").format(
                           names=', '.join(wrong)) if wrong else say(
                       "services", "Both come as DICOM JSON."), source=_GENERAL)


async def _both_forms(client: DicomWebClient, url: str) -> Finding:
    multipart = await client.probe(url, f'multipart/related; type="application/dicom"; {_STORED}')
    single = await client.probe(url, f"application/dicom; {_STORED}")
    has_parts, has_single = multipart.is_multipart and bool(multipart.parts), single.status == 200
    if has_parts and has_single:
        return Finding("C4", say("services", "Instances as stored"), Result.PASS, say(
            "services", "In multipart and in a single part."), source=_PATH)
    missing = (say("services", "a single part") if has_parts else "multipart" if has_single
               else say("services", "multipart and in a single part"))
    return Finding("C4", say("services", "Instances as stored"), Result.FAIL, say(
        "services", "The archive does not send them in {missing}.").format(missing=missing),
                   source=_PATH)


async def _syntax(client: DicomWebClient, url: str, first: DicomJsonDataset, syntax: str) -> Finding:
    if syntax in _READY:
        return Finding("C5", say("services", "Transfer syntax"), Result.PASS, say(
            "services", "{syntax} is read by the endpoint itself.").format(syntax=syntax), "00020010",
                       _PATH)
    answer = await client.probe(
        url + "/frames/1", f'multipart/related; type="application/octet-stream"; transfer-syntax={_EXPLICIT_LITTLE}')
    pixels = (first.int("00280010") or 0) * (first.int("00280011") or 0) * (first.int("00280002") or 1)
    wanted = pixels * (first.int("00280100") or 8) // 8
    got = len(answer.parts[0]) if answer.parts else 0
    if wanted and wanted <= got <= wanted + 1:
        return Finding("C5", say("services", "Transfer syntax"), Result.PASS,
                       say(
                           "services", "{syntax}; the archive transcodes to {EXPLICIT_LITTLE}: frame 1 came "
                           "native.").format(syntax=syntax, EXPLICIT_LITTLE=_EXPLICIT_LITTLE), "00020010",
                       _PATH)
    return Finding("C5", say("services", "Transfer syntax"), Result.FAIL,
                   say(
                       "services", "{syntax}, and frame 1 does not come native (status {status}, {got} of "
                       "{wanted} bytes).").format(syntax=syntax, status=answer.status, got=got, wanted=wanted),
                   "00020010", _PATH)


def _sop_class(sop_class: str, metadata: Sequence[DicomJsonDataset]) -> Finding:
    found = {one.text("00080016") for one in metadata}
    kinds = {"whole slide" if uid.endswith(".6") else "photograph" for uid in found if uid in _SLIDES}
    if len(kinds) > 1:
        return Finding("C6", "SOP Class", Result.FAIL, say(
            "services", "Whole slide and microscopic images are mixed in one series."),
                       "00080016", _PATH)
    if sop_class in _SLIDES:
        kind = say("services", _SLIDES[sop_class])
        return Finding("C6", "SOP Class", Result.PASS, say(
            "services", "Fit for Path Foundation ({SLIDES}).").format(SLIDES=kind), "00080016", _PATH)
    if sop_class in _XRAYS:
        return Finding("C6", "SOP Class", Result.PASS, say(
            "services", "Fit for CXR Foundation (an X-ray image)."), "00080016", _CXR)
    return Finding("C6", "SOP Class", Result.FAIL, say(
        "services", "{sop_class} is for neither Path nor CXR Foundation.").format(
            sop_class=sop_class), "00080016",
                   f"{_PATH}, {_CXR}")


def _tags(metadata: Sequence[DicomJsonDataset]) -> Finding:
    missing = sorted({tag for one in metadata for tag in _NEEDED if tag not in one})
    empty = sorted({tag for one in metadata for tag in _TYPE_1
                    if tag in one and not one.element(tag).values and not one.element(tag).bulk_data_uri})
    issues = sorted({issue for one in metadata for issue in one.issues})
    if missing or empty:
        return Finding("C7", say("services", "Attributes"), Result.FAIL, say(
            "services", "Missing or empty: ") + " ".join((*missing, *empty)),
                       " ".join((*missing, *empty)), f"{_PATH}; DICOM PS3.3 A.32.8")
    if issues:
        return Finding("C7", say("services", "Attributes"), Result.WARN, "; ".join(issues[:5]),
                       source="DICOM PS3.5, PS3.18 F")
    return Finding("C7", say("services", "Attributes"), Result.PASS, say(
        "services", "All that are needed have a value of their VR."),
                   " ".join(_NEEDED), _PATH)


def _samples(first: DicomJsonDataset) -> Finding:
    found = first.int("00280002"), first.int("00280100"), first.int("00280102")
    good = found[0] in (1, 3) and found[1:] == (8, 7)
    return Finding("C8", say("services", "Bits and samples"), Result.PASS if good else Result.FAIL,
                   say("services", "Samples {}, bits {}, high bit {}.").format(*found),
                   "00280002 00280100 00280102", _PATH)


async def _tiles(client: DicomWebClient, series_url: str, metadata: Sequence[DicomJsonDataset]) -> Finding:
    wrong = []
    if any(one.text("00209311") != "TILED_FULL" for one in metadata):
        wrong.append(say("services", "not TILED_FULL"))
    if any((one.int("00480303") or 1) > 1 for one in metadata):
        wrong.append(say("services", "several focal planes"))
    if any((one.int("00480302") or 1) > 1 or len(one.sequence("00480105")) > 1 for one in metadata):
        wrong.append(say("services", "several optical paths"))
    profiles = {await _profile(client, series_url, one) for one in metadata}
    if len(profiles) > 1:
        wrong.append(say("services", "levels differ in their ICC profile"))
    return Finding("C9", say("services", "Tiles, focal planes, optical paths, ICC"),
                   Result.FAIL if wrong else Result.PASS,
                   "; ".join(wrong).capitalize() + "." if wrong else say(
                       "services", "One plane, one path, one profile, all tiles."),
                   "00209311 00480303 00480302 00480105/00282000", _PATH)


async def _profile(client: DicomWebClient, base: str, one: DicomJsonDataset) -> str:
    for path in one.sequence("00480105"):
        element = path.element("00282000")
        data = path.binary("00282000")
        if data is None and element.bulk_data_uri:
            try:
                data = await client.retrieve_bulkdata(element.bulk_data_uri, base=base + "/metadata")
            except LightboxError:
                return say("services", "cannot be had")
        if data:
            return hashlib.sha256(data).hexdigest()
    return ""


def _inside(data: bytes) -> tuple[str, tuple[int, int]]:
    """Transfer syntax of an object, and how many fragments and frames its pixel data has (0, 0 when native)."""
    import pydicom
    from pydicom.encaps import generate_fragments

    dataset = pydicom.dcmread(BytesIO(data), force=True)
    syntax = str(getattr(dataset, "file_meta", {}).get("TransferSyntaxUID", ""))
    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    if not syntax or not pydicom.uid.UID(syntax).is_compressed or "PixelData" not in dataset:
        return syntax, (0, 0)
    if len(data) > _MOST_READ:
        return syntax, (-1, frames)
    count = sum(1 for _ in generate_fragments(dataset.PixelData)) - 1      # the first one is the offset table
    return syntax, (count, frames)


def _fragments(found: tuple[int, int]) -> Finding:
    fragments, frames = found
    if fragments < 0:
        return Finding("C10", say("services", "One fragment for each frame"), Result.WARN, say(
            "services", "The object is too large to be looked at."),
                       "7FE00010", _PATH)
    if fragments == frames:
        return Finding("C10", say("services", "One fragment for each frame"), Result.PASS,
                       f"{frames} of {frames}." if frames else say(
                           "services", "Native pixel data."), "7FE00010", _PATH)
    return Finding("C10", say("services", "One fragment for each frame"), Result.FAIL, say(
        "services", "{fragments} fragments for {frames} frames.").format(fragments=fragments, frames=frames),
                   "7FE00010", _PATH)


def _levels(metadata: Sequence[DicomJsonDataset]) -> Finding:
    wrong = []
    levels: dict[tuple[int | None, int | None], set[str]] = {}
    for one in metadata:
        level = one.int("00480006"), one.int("00480007")
        levels.setdefault(level, set()).add(one.text("00083002") or one.text("00020010"))
        total, number = one.int("00209163"), one.text("00209161")
        if number and total:
            parts = [other for other in metadata if other.text("00209161") == number]
            if len(parts) != total:
                wrong.append(say(
                    "services", "a concatenation has {count} of {total} parts").format(
                        count=len(parts), total=total))
    if any(len(syntaxes - {""}) > 1 for syntaxes in levels.values()):
        wrong.append(say("services", "a level has objects of different transfer syntaxes"))
    told = all(any(syntaxes) for syntaxes in levels.values())
    result = Result.FAIL if wrong else Result.PASS if told else Result.WARN
    text = "; ".join(dict.fromkeys(wrong)).capitalize() + "." if wrong else (
        say(
            "services", "{count} levels, each of one syntax.").format(
                count=len(levels)) if told else say(
            "services", "The metadata do not tell the transfer syntaxes."))
    return Finding("C11", say(
        "services", "Levels and concatenations"), result, text, "00209161 00209228 00083002", _PATH)


def _syntax_seen(metadata: Sequence[DicomJsonDataset]) -> Finding:
    seen = all("00020010" in one for one in metadata)
    return Finding("C12", say("services", "Transfer syntax in the metadata"), Result.PASS if seen else Result.WARN,
                   say("services", "The metadata have it.") if seen else
                   say(
                       "services", "The metadata leave it out, as the standard does; the endpoint reads it "
                       "(Google's own have it)."),
                   "00020010", _PATH)


def _bearer(store: Store) -> Finding:
    title = say("services", "Bearer token without cookies")
    if store.sign_in is SignInKind.NONE:
        return Finding("C13", title, Result.PASS, say(
            "services", "The archive needs no sign-in."), source=_GENERAL)
    if store.sign_in in (SignInKind.BASIC, SignInKind.CERTIFICATE):
        return Finding("C13", title, Result.FAIL, say(
            "services", "This archive is opened by a password or a certificate."),
                       source=_GENERAL)
    return Finding("C13", title, Result.PASS, say(
        "services", "Lightbox keeps no cookies, and its bearer token was taken."),
                   source=_GENERAL)


async def _cxr(
    client: DicomWebClient, url: str, first: DicomJsonDataset, syntax: str, sop_class: str
) -> Finding:
    title = "Chest X-ray"
    if sop_class not in _XRAYS:
        return Finding("C14", title, Result.NOT_ASKED, say(
            "services", "This series holds no X-ray image."), source=_CXR)
    wrong = []
    if (first.int("00280008") or 1) > 1:
        wrong.append(say("services", "more than one frame"))
    if first.text("00280004") not in ("MONOCHROME1", "MONOCHROME2"):
        wrong.append(say("services", "not grey"))
    answer = await client.probe(url, "*/*")
    if not (answer.is_multipart and len(answer.parts) == 1):
        wrong.append(say("services", "a request without Accept is not answered with one part in multipart"))
    elif (sent := (await asyncio.to_thread(_inside, answer.parts[0]))[0]) not in _CXR_READS:
        wrong.append(say("services", "it comes as {sent}, which the endpoint cannot decode").format(sent=sent))
    return Finding("C14", title, Result.FAIL if wrong else Result.PASS,
                   "; ".join(wrong).capitalize() + "." if wrong else say(
                       "services", "One grey frame, sent as one part ({syntax}).").format(syntax=syntax),
                   "00280004 00280008 00020010", _CXR)

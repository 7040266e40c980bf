"""Objects: exporting a series, opening a long report, the tags of an enhanced multi-frame."""

from __future__ import annotations

import asyncio
import io
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.export import DicomForm
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.measure import Concept, Measurement, Quantity
from desktop_app.core.saved_work import SavedAnnotation
from desktop_app.core.study_object import StudyObject
from tests.benchmarks.harness import Bench, Figure, benchmark, median_of, timed
from tests.support.made_objects import MOMENT, REF, sources

_ITEMS = 200
_FRAMES = 2800          # × 18 elements: about 50,000


@benchmark("export")
def export(bench: Bench) -> Iterator[Figure]:
    series = bench.ct_series()
    files = {f"1.2.3.{number}": path.read_bytes() for number, path in enumerate(series.files)}
    nbytes = sum(map(len, files.values()))
    target = bench.folder / "exported"
    rates = [nbytes / 1e6 / _exported(files, target) for _ in range(bench.repeats)]
    disk = [nbytes / 1e6 / timed(lambda: _plain(files, target)) for _ in range(bench.repeats)]
    yield Figure(f"{len(files)} CT from the cache to a folder", sorted(rates)[len(rates) // 2], "MB/s", 200,
                 "written one by one, without care", sorted(disk)[len(disk) // 2], more_is_better=True)


def _exported(files: dict[str, bytes], target: Path) -> float:
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.exporter import Exporter

    class Cached:
        async def bytes_of(self, ref: FrameRef, *, keep: bool = True) -> bytes:
            return files[ref.sop_instance_uid]

    async def go() -> float:
        decoder = Decoder(threads=1)
        exporter = Exporter(Cached(), None, decoder)      # type: ignore[arg-type]
        refs = [FrameRef("1", "1.2.3", uid) for uid in files]
        began = time.perf_counter()
        async for _ in exporter.dicom(refs, target, DicomForm.FOLDER):
            pass
        took = time.perf_counter() - began
        decoder.stop()
        return took

    shutil.rmtree(target, ignore_errors=True)
    return asyncio.run(go())


def _plain(files: dict[str, bytes], target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for uid, data in files.items():
        (target / uid).write_bytes(data)


@benchmark("report")
def long_report(bench: Bench) -> Iterator[Figure]:
    from desktop_app.objects.open_object import open_object
    from desktop_app.objects.structured_report import write_report

    kind = AnnotationKind.LENGTH
    items = [
        SavedAnnotation(Annotation(number, kind, REF, ((1.0, 1.0), (number + 2.0, 9.0))),
                        Measurement(kind, (Quantity(Concept.LENGTH, 12.5, "mm"),)), f"2.25.{number + 1}")
        for number in range(_ITEMS)]
    data = write_report(items, sources(), moment=MOMENT)
    open_object(data)
    read = median_of(lambda: timed(lambda: _walked(io.BytesIO(data))), bench.repeats)
    seconds = median_of(lambda: timed(lambda: open_object(data)), bench.repeats)
    yield Figure(f"open a report with {_ITEMS} measurements", seconds * 1000, "ms", 100,
                 "pydicom, every element once", read * 1000)
    yield from _shown(open_object(data), bench.repeats)


def _shown(report: StudyObject, repeats: int) -> Iterator[Figure]:
    """What the interface does with it: its beginning at once, and the longest step of the rest."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.study_object import Report
    from desktop_app.ui.objects.report_html import report_html
    from desktop_app.ui.objects.report_text import ReportText
    from desktop_app.ui.theme import apply_theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    assert isinstance(report, Report)
    apply_theme(application)
    text = ReportText()
    text.resize(900, 700)
    text.show()
    begun, longest = [], []
    for _ in range(repeats):
        begun.append(timed(lambda: text.show_parts(report_html(report, lambda ref: ("image:0", "image 1")))))
        steps = []
        while not text.is_whole:
            steps.append(timed(application.processEvents))
        longest.append(max(steps))
    text.close()
    yield Figure("and its beginning in the window", sorted(begun)[repeats // 2] * 1000, "ms", 8,
                 note=f"the longest step of the rest {sorted(longest)[repeats // 2] * 1000:.1f} ms")


@benchmark("tags")
def tags(bench: Bench) -> Iterator[Figure]:
    from desktop_app.objects.tag_tree import TagTree

    for undefined in (False, True):
        path = bench.folder / "enhanced.dcm"
        count = _enhanced(path, undefined=undefined)
        data = path.read_bytes()

        def usable(data: bytes = data) -> None:
            tree = TagTree(data)
            groups = next(row for row in tree.rows() if row.children)
            items = tree.rows(groups.path)
            tree.rows(items[-1].path)

        how = "undefined" if undefined else "defined"
        seconds = median_of(lambda: timed(usable), bench.repeats)
        read = median_of(lambda: timed(lambda: _walked(path)), bench.repeats)       # noqa: B023
        tree = TagTree(data)
        tree.search("position")
        searched = median_of(lambda: timed(lambda: tree.search("no such thing")), bench.repeats)        # noqa: B023
        yield Figure(f"tags of {count} elements, {how} lengths: first level, all frames, the last one", seconds * 1000,
                     "ms", 300, "pydicom, every element once", read * 1000,
                     note=f"a search through all of it {searched * 1000:.0f} ms")


def _walked(source: Path | io.BytesIO) -> int:
    return sum(1 for _ in pydicom.dcmread(source).iterall())


def _enhanced(path: Path, *, undefined: bool) -> int:
    whole = Dataset()
    whole.SOPClassUID, whole.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.4.1", "1.2.3"
    frames = []
    for number in range(_FRAMES):
        frame, place, measures, content, window = (Dataset() for _ in range(5))
        place.ImagePositionPatient = [1, 2, number]
        measures.PixelSpacing, measures.SliceThickness, measures.SpacingBetweenSlices = [1, 1], 1, 2
        content.FrameAcquisitionNumber, content.StackID, content.InStackPositionNumber = number, "1", number + 1
        content.DimensionIndexValues, content.TemporalPositionIndex = [1, number + 1], 1
        content.FrameReferenceDateTime, content.FrameComments = "20260101", "x"
        window.WindowCenter, window.WindowWidth, window.WindowCenterWidthExplanation = 1, 2, "a"
        frame.PlanePositionSequence, frame.PixelMeasuresSequence = Sequence([place]), Sequence([measures])
        frame.FrameContentSequence, frame.FrameVOILUTSequence = Sequence([content]), Sequence([window])
        frames.append(frame)
    whole.PerFrameFunctionalGroupsSequence = Sequence(frames)
    elements = list(whole.iterall())
    for element in elements:
        if element.VR == "SQ":
            element.is_undefined_length = undefined
    whole.file_meta = pydicom.dataset.FileMetaDataset()
    whole.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    whole.save_as(path, enforce_file_format=True)
    return len(elements)

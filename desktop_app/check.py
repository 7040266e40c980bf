"""`lightbox check`: whether this installation reads these files. No archive, no window, nothing is changed.

Results go to standard output, a line a file; what was found in all to standard error.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import CannotDecode, LightboxError, NoPixelData, NotDicom

if TYPE_CHECKING:
    from desktop_app.imaging.decode import DicomObject
    from desktop_app.services.codec_process import CodecProcess

SHOWN, NOT_DICOM, CANNOT_DECODE, DAMAGED = "shown", "not DICOM", "cannot decode", "damaged"
_BAD = frozenset({NOT_DICOM, CANNOT_DECODE, DAMAGED})


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one file. `state`: shown; what an object without image opens as (PDF, waveforms …); what is wrong.

    UIDs and sizes only: the answer may be sent to whoever helps.
    """

    path: str
    state: str
    transfer_syntax: str = ""
    sop_class: str = ""
    frames: int = 0
    rows: int = 0
    columns: int = 0
    reason: str = ""

    @property
    def line(self) -> str:
        size = f"{self.columns}×{self.rows}" + (f"×{self.frames}" if self.frames > 1 else "") if self.rows else ""
        return "\t".join((self.state, self.transfer_syntax, size, self.path, self.reason)).rstrip()


def run_check(paths: Sequence[str], *, as_json: bool) -> int:
    """Reads every file, decodes its first and last frame, and returns 0 when all of them are as they should be."""
    from desktop_app.services.codec_process import CodecProcess

    warnings.simplefilter("ignore")         # pydicom's words on oddities that are read all the same
    codecs = CodecProcess()
    states: Counter[str] = Counter()
    try:
        for path in _files(paths):
            checked = check_file(path, codecs)
            states[checked.state] += 1
            sys.stdout.write((json.dumps(_row(checked), ensure_ascii=False) if as_json else checked.line) + "\n")
    finally:
        codecs.close()
    sys.stderr.write(", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "There is no file.")
    sys.stderr.write("\n")
    return 0 if states and not _BAD & set(states) else 1


def check_file(path: Path, codecs: CodecProcess) -> Checked:
    """What comes of a file; an error is part of the answer."""
    from desktop_app.imaging.decode import open_instance
    from desktop_app.imaging.shown import shown_frame

    found = Checked(str(path), NOT_DICOM)
    try:
        obj = open_instance(path)
        found = _of(path, obj)
        for number in sorted({1, max(1, obj.frame_count)}):
            frame = shown_frame(obj, number, codecs.read_video)
            rows, columns = frame.pixels.shape[:2]
            found = _of(path, obj, SHOWN, rows, columns)
    except NoPixelData:
        return _without_image(path, obj)
    except NotDicom as error:
        return Checked(str(path), NOT_DICOM, reason=error.user_text)
    except LightboxError as error:
        state = CANNOT_DECODE if isinstance(error, CannotDecode) else DAMAGED
        return Checked(str(path), state, found.transfer_syntax, found.sop_class, reason=error.user_text)
    return found


def _without_image(path: Path, obj: DicomObject) -> Checked:
    from desktop_app.objects.open_object import open_object, what_it_opens_as

    try:
        return _of(path, obj, what_it_opens_as(open_object(path.read_bytes())))
    except LightboxError as error:
        return replace(_of(path, obj), reason=error.user_text)


def _of(path: Path, obj: DicomObject, state: str = DAMAGED, rows: int = 0, columns: int = 0) -> Checked:
    return Checked(
        str(path), state, obj.transfer_syntax_uid, obj.instance.sop_class_uid, obj.frame_count, rows, columns)


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for one in map(Path, paths):
        yield from (path for path in sorted(one.rglob("*")) if path.is_file()) if one.is_dir() else (one,)


def _row(checked: Checked) -> dict[str, str | int]:
    return {
        "path": checked.path, "state": checked.state, "transferSyntax": checked.transfer_syntax,
        "sopClass": checked.sop_class, "frames": checked.frames, "rows": checked.rows, "columns": checked.columns,
        "reason": checked.reason,
    }

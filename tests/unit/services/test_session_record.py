"""The record of the session: what is on the disk comes back, cut and damaged files give back what is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.core.annotation import Annotation, AnnotationKind
from desktop_app.core.frame_ref import FrameRef
from desktop_app.core.layout import Layout
from desktop_app.core.plain import from_text, to_text
from desktop_app.core.session_state import DRAWN, LAYOUT, OPEN, TOOL, VIEW, Drawn, Entry, Replay, StudyState
from desktop_app.core.view_state import ViewState
from desktop_app.core.window import VoiFunction, Window
from desktop_app.services.cache_key import KeyFiles, lasting_key
from desktop_app.services.session_record import SessionRecord

KEY = bytes(range(32))
STORE, STUDY = "https://archive.example/dicom-web", "1.2.3"
LINE = Annotation(7, AnnotationKind.LENGTH, FrameRef(STUDY, "1.2.3.4", "1.2.3.4.5", 2), ((1.0, 2.5), (3.0, 4.0)), "ä")
VIEWED = ViewState(4, Window(40.0, 400.0, VoiFunction.SIGMOID), 1.5, (0.1, -0.2), True, rotation=3)


def entry(part: str, value: object, study: str = STUDY) -> Entry:
    return Entry(STORE, study, part, to_text(value))


ALL = (
    entry(OPEN, True), entry(LAYOUT, Layout(1, 2, ("a", "b"), 1)), entry(TOOL, "pan"), entry(VIEW + "a", VIEWED),
    entry(DRAWN + "x", Drawn(LINE, "2 · Lung")),
)
WHOLE = StudyState(STORE, STUDY, True, Layout(1, 2, ("a", "b"), 1), "pan", (("a", VIEWED),),
                   drawn=(("x", Drawn(LINE, "2 · Lung")),))


def replay(path: Path, key: bytes = KEY) -> Replay:
    record = SessionRecord(path, lambda: key)
    found = record.load().result(10)
    record.close()
    return found


def written(path: Path, *bunches: tuple[Entry, ...]) -> list[int]:
    """Records bunches; where each of them ends in the file."""
    record = SessionRecord(path, lambda: KEY)
    record.load().result(10)
    ends = []
    for bunch in bunches:
        record.append(bunch)
        record._disk.submit(lambda: None).result(10)
        ends.append(path.stat().st_size)
    record.close()
    return ends


def test_everything_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "data" / "session.lbx"
    written(path, ALL[:2], ALL[2:])
    assert replay(path) == Replay((WHOLE,))
    assert replay(path) == Replay((WHOLE,)), "and the time after"


def test_the_latest_counts_and_what_is_gone_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    written(path, ALL, (entry(TOOL, "zoom"), Entry(STORE, STUDY, DRAWN + "x")))
    [study] = replay(path).studies
    assert (study.tool, study.drawn) == ("zoom", ())


def test_of_a_closed_study_only_drawings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    written(path, ALL, (entry(OPEN, False),))
    replay(path)
    [study] = replay(path).studies
    assert (study.is_open, study.layout, study.views, len(study.drawn)) == (False, None, (), 1)


def test_nobody_reads_it_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    written(path, ALL)
    data = path.read_bytes()
    for secret in (STUDY.encode(), b"archive.example", b"Lung", b"length"):
        assert secret not in data
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_with_another_key_it_is_kept_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    written(path, ALL)
    before = path.read_bytes()
    found = replay(path, bytes(32))
    assert found.studies == () and found.damaged == 1
    assert (tmp_path / found.kept_aside).read_bytes() == before


def test_cut_anywhere_it_gives_back_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    bunches = tuple((entry(DRAWN + str(number), Drawn(LINE)),) for number in range(3))
    ends = written(path, (entry(OPEN, True),), *bunches)
    data = path.read_bytes()
    for cut in (*range(ends[0], len(data), 11), *(end + near for end in ends[:-1] for near in (0, 1, 5, 9)), len(data)):
        path.write_bytes(data[:cut])
        found = replay(path)
        whole = sum(end <= cut for end in ends[1:])
        assert len(found.studies[0].drawn) == whole, f"cut at {cut}"
        assert found.broke_off == (cut not in ends), f"cut at {cut}"
        if found.kept_aside:
            (tmp_path / found.kept_aside).unlink()


@pytest.mark.parametrize("bunch", [0, 1, 2])
def test_damage_in_the_middle_costs_that_record_only(tmp_path: Path, bunch: int) -> None:
    path = tmp_path / "session.lbx"
    bunches = tuple((entry(DRAWN + str(number), Drawn(LINE)),) for number in range(3))
    ends = written(path, *bunches)
    for place in (ends[bunch] - 3, ends[bunch] - 30, ([0, *ends][bunch]) + 1):
        data = bytearray(path.read_bytes())
        kept = bytes(data)
        data[place] ^= 0xFF
        path.write_bytes(data)
        found = replay(path)
        assert [name for name, _ in found.studies[0].drawn] == [str(n) for n in range(3) if n != bunch]
        assert found.damaged == 1 and not found.broke_off
        path.write_bytes(kept)


def test_what_makes_no_sense_is_counted_and_harms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    nonsense = (
        Entry(STORE, STUDY, VIEW + "a", "[]"), Entry(STORE, STUDY, LAYOUT, '{"rows":"two"}'),
        Entry(STORE, STUDY, DRAWN + "y", '{"annotation":{"key":1,"kind":"spiral"}}'), Entry(STORE, STUDY, TOOL, "{"),
        Entry(STORE, STUDY, DRAWN + "z", to_text(Drawn(Annotation(1, AnnotationKind.ANGLE, LINE.ref, ((1.0, 1.0),))))),
    )
    written(path, (entry(OPEN, True), *nonsense))
    found = replay(path)
    assert found.damaged == len(nonsense)
    assert found.studies == (StudyState(STORE, STUDY, True),)


def test_without_a_key_that_lasts_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "session.lbx"
    record = SessionRecord(path, lambda: b"")
    assert record.load().result(10) == Replay()
    record.append(ALL)
    record.close()
    assert not path.exists() and record.trouble == "no keychain"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    record = SessionRecord(tmp_path / "file" / "session.lbx", lambda: KEY)
    assert record.load().result(10) == Replay()
    record.append(ALL)
    record.close()
    assert record.trouble


@pytest.mark.parametrize("value", [VIEWED, Layout(2, 2, ("a", "", "", "b"), 3, 1), Drawn(LINE, "x"), ViewState()])
def test_values_survive_their_text(value: object) -> None:
    assert from_text(type(value), to_text(value)) == value


@pytest.mark.parametrize("text", [
    "", "null", "[1,2]", '{"index": "one"}', '{"window": {"center": 1}}', '{"zoom": 1e999}',
])
def test_text_that_is_no_view_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_text(ViewState, text)


def test_a_value_of_another_version_is_read_as_far_as_it_is_known() -> None:
    assert from_text(ViewState, '{"index": 3, "sparkle": true}') == ViewState(3)


def test_without_a_keychain_the_key_lies_in_a_file_of_its_users_alone(tmp_path: Path) -> None:
    files = KeyFiles(tmp_path / "keys")
    key = lasting_key(files, "session record")
    assert len(key) == 32 and lasting_key(KeyFiles(tmp_path / "keys"), "session record") == key
    (file,) = (tmp_path / "keys").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("damaged", encoding="ascii")
    assert lasting_key(files, "session record") not in (key, b"")
    barrier = tmp_path / "file"
    barrier.touch()
    assert lasting_key(KeyFiles(barrier / "keys"), "session record") == b""

"""The mark of what is being decoded survives the process, and no name or number of a patient lies in it."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from desktop_app.core.errors import CannotDecode
from desktop_app.services.decode_guard import DecodeGuard

UID = "1.2.840.1234.5.6.7"


def die_while_decoding(folder: Path) -> None:
    with DecodeGuard(folder).decoding(UID):
        os.abort()


def test_what_was_being_read_when_the_process_died_can_be_left_out(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=die_while_decoding, args=(tmp_path / "d",))
    process.start()
    process.join(30)
    assert process.exitcode not in (0, None)
    assert UID.encode() not in (tmp_path / "d" / "decoding").read_bytes()

    guard = DecodeGuard(tmp_path / "d")
    assert len(guard.suspects) == 1
    with guard.decoding(UID):
        pass                                        # until somebody decides, it is read
    guard.leave_out_suspects()
    guard.close()

    later = DecodeGuard(tmp_path / "d")
    assert not later.suspects
    with pytest.raises(CannotDecode, match="left out"), later.decoding(UID):
        pass
    with later.decoding("1.2.3"):
        pass
    later.read_all_again()
    with later.decoding(UID):
        pass
    later.close()
    assert not DecodeGuard(tmp_path / "d").suspects, "a program that ended as it should leaves no mark"


def test_more_at_once_than_there_is_room_for_and_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = DecodeGuard(tmp_path / "file" / "decoding")
    with blocked.decoding(UID):
        pass
    guard = DecodeGuard(tmp_path / "d")
    from contextlib import ExitStack

    with ExitStack() as stack:
        for number in range(40):
            stack.enter_context(guard.decoding(f"1.2.{number}"))
    guard.close()

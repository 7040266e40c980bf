"""The first start: sample studies arrive while the list already stands, and while one is open already."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.viewmodels.launch import Launch
from tests.gui.program import run_program, until


def test_a_study_opened_before_all_of_it_was_stored_becomes_whole(
    qapp: QApplication, tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = asyncio.Event()
    stored = 0
    store = Archive.store

    async def in_two_parts(self: Archive, instances: Sequence[Any], **more: Any) -> Any:
        nonlocal stored
        if stored:
            await go_on.wait()
        outcomes = await store(self, instances, **more)
        stored += len(instances)
        return outcomes

    monkeypatch.setattr(Archive, "store", in_two_parts)

    async def scenario(program: Program) -> None:
        models = program.models
        Launch(program.network, models, program.window).go()
        await until(lambda: stored, "the first images")
        models.worklist.search_now()
        await until(lambda: models.worklist.table.studies, "the first study")
        viewer = models.workspace.open(models.worklist.table.studies[0], models.worklist.store)
        await until(lambda: not viewer.busy and viewer.active.frame is not None, "what is there of it")
        (card,) = viewer.rail.cards
        assert card.display_set is not None and len(card.display_set.frames) == 16
        await program.network.call(lambda _: _set(go_on))
        await until(lambda: not viewer.busy and len(viewer.rail.cards[0].display_set.frames) == 51, "all of it")
        await until(lambda: viewer.rail.cards[0].received == 51 and viewer.rail.cards[0].complete, "every image of it")
        assert viewer.active.expected == 51

    run_program(qapp, tmp_path, scenario, samples / "ct-abdomen")


async def _set(event: asyncio.Event) -> None:
    event.set()

"""A network without a thread, and the check that no view-model leaves a coroutine behind."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.unit.services.fake_clock import settle
from tests.unit.viewmodels.direct import DirectNetwork


@pytest.fixture
async def network(qapp: QApplication) -> AsyncIterator[DirectNetwork]:
    unhandled: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context["message"]))
    before = asyncio.all_tasks()
    made = DirectNetwork()
    yield made
    await made.close()
    await settle()
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await settle()
    gc.collect()
    await settle()
    assert not left, f"left running: {left}"
    assert unhandled == []

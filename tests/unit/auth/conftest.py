"""Fixtures for signing in: a provider, and a configuration that fits it."""

from __future__ import annotations

import asyncio

import pytest

from desktop_app.auth.provider import OidcConfig
from tests.support.oidc_fake import ISSUER, FakeProvider


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def config() -> OidcConfig:
    return OidcConfig(issuer=ISSUER, client_id="lightbox")


@pytest.fixture(autouse=True)
async def _no_task_left() -> object:
    """A sign-in leaves no coroutine behind, whichever way it ends."""
    before = asyncio.all_tasks()
    yield
    await asyncio.sleep(0)
    left = {task for task in asyncio.all_tasks() - before if not task.done()} - {asyncio.current_task()}
    for _ in range(20):
        if not left:
            break
        await asyncio.sleep(0)
        left = {task for task in left if not task.done()}
    assert not left, f"left running: {left}"

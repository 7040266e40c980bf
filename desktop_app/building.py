"""Builds the services: for the window on its network thread, for the command line on the only loop there is."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.settings import Settings
from desktop_app.core.store import Store
from desktop_app.services.folders import Folders
from desktop_app.services.frame_cache import FrameCache
from desktop_app.services.site_file import Site

if TYPE_CHECKING:
    import ssl

    import httpx

    from desktop_app.services.backend import Backend
    from desktop_app.services.keychain import Keychain
    from desktop_app.services.sign_ins import Ready

_GC_THRESHOLDS = (10_000, 20, 50)


async def build_backend(
    folders: Folders,
    samples: Path | None,
    frames: FrameCache,
    open_browser: Callable[[str], None],
    settings: Settings,
    keychain: Keychain | None,
    site: Site,
) -> Backend:
    """Runs where the services are to live: the slow imports happen here, while a window already stands."""
    from desktop_app.archive.archive import Archive
    from desktop_app.archive.samples import ensure_samples
    from desktop_app.dicomweb.transport import build_http_client
    from desktop_app.services.audit import Audit
    from desktop_app.services.backend import Backend
    from desktop_app.services.cache_key import CacheKey
    from desktop_app.services.decode_guard import DecodeGuard
    from desktop_app.services.decoder import Decoder
    from desktop_app.services.dialects import Dialects
    from desktop_app.services.disk_cache import DiskCache, new_key
    from desktop_app.services.keychain import SecretDrawer
    from desktop_app.services.local_state import LocalState
    from desktop_app.services.maker import Maker
    from desktop_app.services.sign_ins import SignIns
    from desktop_app.services.upload_journal import UploadJournal
    from desktop_app.services.upload_outgoing import load_key

    def make_http(store: Store, tls: ssl.SSLContext | None, ready: Ready | None) -> httpx.AsyncClient:
        return build_http_client(store, tls=tls, ready=ready, max_connections=4)

    # What was imported lives as long as the program: a full collection that looks at it would hold every thread up.
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    async with AsyncExitStack() as undo:        # a build that fails or is given up leaves no thread behind
        archive = await Archive.open(folders.archive)
        undo.push_async_callback(archive.close)
        filling = asyncio.create_task(ensure_samples(archive, samples)) if samples is not None else None
        if filling is not None:
            undo.callback(filling.cancel)
        keychain = keychain if settings.keep_secrets else None
        drawer = SecretDrawer(keychain)
        sign_ins = SignIns(
            open_browser, make_http, google=settings.google.completed_by(site.google), client=site.client,
            drawer=drawer)
        if not site.policy.may_cache:           # what a run left that did not come to its end
            await asyncio.to_thread(shutil.rmtree, folders.indexes, True)
        journal = await UploadJournal.open(folders.uploads)
        undo.push_async_callback(journal.close)
        budget = settings.disk_cache_bytes
        disk = DiskCache(folders.images, new_key(), budget) if budget > 0 else None
        dialects = await asyncio.to_thread(Dialects, folders.dialects)
        decoder = Decoder(guard=DecodeGuard(folders.decoding))
        state = LocalState(
            journal, disk, CacheKey(keychain), dialects, Audit(folders.audit), Maker(folders.made, decoder),
            folders.indexes, folders.work, lambda: load_key(folders.deidentify_key))
        backend = Backend(
            archive, decoder, frames, sign_ins, state, filling=filling, loading=settings.loading, policy=site.policy)
        undo.pop_all()
    return backend

"""A program that uploads a folder and goes on where it was when started again: what the kill tests kill.

    python -m tests.support.upload_child URL FOLDER JOURNAL
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from desktop_app.core.store import Store
from desktop_app.dicomweb.client import DicomWebClient
from desktop_app.dicomweb.transport import build_http_client
from desktop_app.services.decoder import Decoder
from desktop_app.services.upload_journal import UploadJournal
from desktop_app.services.uploader import Uploader

UPLOAD_ID = "killed"


async def main(url: str, folder: Path, file: Path) -> int:
    store, decoder = Store("archive", url), Decoder(2)
    journal = await UploadJournal.open(file)
    try:
        async with build_http_client(store) as http:
            uploader = Uploader(DicomWebClient(url, http), decoder, journal, store_key=store.key)
            known = await journal.upload(UPLOAD_ID) is not None
            events = uploader.go_on(UPLOAD_ID) if known else uploader.upload([folder], upload_id=UPLOAD_ID)
            async for event in events:
                print(event.progress.done, event.progress.found, flush=True)
            return len(await journal.unfinished())
    finally:
        decoder.stop()
        await journal.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))

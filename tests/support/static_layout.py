"""Writes what an archive answers into files, in the layout that static-wado publishes: compressed JSON, frames in
multipart, no instances."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import httpx

from desktop_app.archive.archive import Archive
from desktop_app.archive.in_process import AsgiTransport
from desktop_app.archive.server import create_app


async def write_static(archive: Archive, folder: Path) -> None:
    async with httpx.AsyncClient(transport=AsgiTransport(create_app(archive)), base_url="http://inside") as http:
        studies = (await http.get("/studies")).json()
        _write(folder / "studies" / "index.json.gz", studies)
        for study in studies:
            await _study(http, folder, study["0020000D"]["Value"][0])


async def _study(http: httpx.AsyncClient, folder: Path, uid: str) -> None:
    at = f"/studies/{uid}"
    series = (await http.get(f"{at}/series")).json()
    _write(folder / at[1:] / "series" / "index.json.gz", series)
    for one in series:
        below = f"{at}/series/{one['0020000E']['Value'][0]}"
        fields = {"includefield": "NumberOfFrames,Rows,Columns,ImagePositionPatient,ImageOrientationPatient"}
        instances = (await http.get(f"{below}/instances", params=fields)).json()
        _write(folder / below[1:] / "instances" / "index.json.gz", instances)
        _write(folder / below[1:] / "metadata.gz", (await http.get(f"{below}/metadata")).json())
        for instance in instances:
            sop = f"{below}/instances/{instance['00080018']['Value'][0]}"
            count = int(instance.get("00280008", {}).get("Value", [1])[0])
            for number in range(1, count + 1):
                accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*'
                frame = await http.get(f"{sop}/frames/{number}", headers={"accept": accept})
                if frame.status_code == 200:
                    file = folder / sop[1:] / "frames" / f"{number}.mht.gz"
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(gzip.compress(frame.content))


def _write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(json.dumps(value).encode()))

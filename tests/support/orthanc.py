"""Orthanc with its DICOMweb plug-in, the real server that the client is tested against (Debian: orthanc-dicomweb)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.support import processes
from tests.support.ports import free_port

_PROGRAMS = ("Orthanc", "/usr/sbin/Orthanc", "/usr/local/sbin/Orthanc")
_PLUGINS = ("/usr/share/orthanc/plugins", "/usr/lib/orthanc", "/usr/local/share/orthanc/plugins")


def find_program() -> Path | None:
    for name in (os.environ.get("LIGHTBOX_ORTHANC", ""), *_PROGRAMS):
        if name and (found := shutil.which(name)):
            return Path(found)
    return None


def find_plugin() -> Path | None:
    for folder in (os.environ.get("LIGHTBOX_ORTHANC_PLUGINS", ""), *_PLUGINS):
        if folder:
            for library in sorted(Path(folder).glob("libOrthancDicomWeb.so*")):
                return library
    return None


def missing() -> str:
    """What is missing on this machine, in words; empty when Orthanc can be started."""
    if find_program() is None:
        return "Orthanc is not installed (Debian package: orthanc)"
    if find_plugin() is None:
        return "Orthanc's DICOMweb plug-in is not installed (Debian package: orthanc-dicomweb)"
    return ""


@dataclass
class Orthanc:
    """One running server with a store of its own in `folder`. Use it as a context manager."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def rest_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The DICOMweb service root."""
        return f"{self.rest_url}/dicom-web"

    def __enter__(self) -> Orthanc:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        self.port = self.port or free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        store = self.folder / "store"
        settings = {
            "Name": "Lightbox tests",
            "StorageDirectory": str(store), "IndexDirectory": str(store),
            "HttpPort": self.port, "RemoteAccessAllowed": False, "AuthenticationEnabled": False,
            "DicomServerEnabled": False,
            "Plugins": [str(find_plugin())],
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/", "EnableWado": False},
            "HttpThreadsCount": 64,
            "OverwriteInstances": False,
            **self.settings,
        }
        configuration = self.folder / "orthanc.json"
        configuration.write_text(json.dumps(settings))
        log = self.folder / "orthanc.log"
        program = find_program()
        assert program is not None, missing()
        self.process = processes.start([program, configuration], log=log)
        processes.wait_until(self._answers, self.process, log)

    def stop(self) -> None:
        """Ends the server; the store stays, and `start` opens it again at the same address."""
        if self.process is not None:
            processes.stop(self.process)
            self.process = None

    def count(self) -> int:
        """How many instances it holds."""
        answer = json.loads(self._rest("GET", "/statistics"))
        return int(answer["CountInstances"])

    def clear(self) -> None:
        """Deletes everything."""
        for study in json.loads(self._rest("GET", "/studies")):
            self._rest("DELETE", f"/studies/{study}")

    def put(self, data: bytes) -> str:
        """Stores one Part 10 file by Orthanc's own interface and returns Orthanc's identifier of the instance."""
        answer = json.loads(self._rest("POST", "/instances", data))
        return str(answer["ID"])

    def put_all(self, files: list[Path] | list[bytes]) -> int:
        """Stores many, four at a time; returns how many it took."""
        def one(item: Path | bytes) -> bool:
            try:
                self.put(item if isinstance(item, bytes) else item.read_bytes())
            except urllib.error.HTTPError:
                return False
            return True
        with ThreadPoolExecutor(4) as pool:
            return sum(pool.map(one, files))

    def file(self, orthanc_id: str) -> bytes:
        """The stored bytes of an instance."""
        return self._rest("GET", f"/instances/{orthanc_id}/file")

    def _answers(self) -> bool:
        try:
            self._rest("GET", "/dicom-web/studies?limit=1")
        except (OSError, urllib.error.URLError):
            return False
        return True

    def _rest(self, method: str, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(self.rest_url + path, data=body, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            data: bytes = answer.read()
            return data

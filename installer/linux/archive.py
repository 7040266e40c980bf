"""The self-contained archive: unpacked anywhere, it runs; its install.sh puts it into the home folder, without root."""

from __future__ import annotations

import platform
import shutil
import tarfile
from pathlib import Path

from installer.common import OUT, WORK, fresh, payload, set_times, time_of_commit, version
from installer.linux.tree import HERE, add_desktop_files


def build() -> Path:
    """dist/installers/lightbox-VERSION-linux-MACHINE.tar.xz."""
    name = f"lightbox-{version()}-linux-{platform.machine()}"
    tree = fresh(WORK / "archive")
    top = tree / name
    shutil.copytree(payload(), top / "program", symlinks=True)
    add_desktop_files(top / "share")
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(HERE / script, top)
        (top / script).chmod(0o755)
    set_times(tree)
    OUT.mkdir(parents=True, exist_ok=True)
    target = OUT / f"{name}.tar.xz"
    with tarfile.open(target, "w:xz", preset=6) as archive:
        for path in sorted(top.rglob("*")):
            archive.add(path, path.relative_to(tree).as_posix(), recursive=False, filter=_owned_by_nobody)
    shutil.rmtree(tree)
    return target


def _owned_by_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = time_of_commit()
    return entry

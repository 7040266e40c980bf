"""A bare Debian: what `debootstrap` makes, without Python and without a network, entered by chroot."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.source import ROOT

_KEPT = ROOT / ".cache" / "roots"
_PREPARING_S = 600


class CannotEnter(Exception):
    """What is missing here, as a sentence."""


def check() -> None:
    """Raises CannotEnter where no bare root can be made or entered."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise CannotEnter("a root of its own is made and entered only by root")
    for program in ("debootstrap", "unshare", "chroot", "Xvfb"):
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            raise CannotEnter(f"{program} is not installed")
    if subprocess.run(["unshare", "-n", "-m", "true"], capture_output=True, check=False).returncode:
        raise CannotEnter("this system does not let a process have a network of its own")


class BareRoot:
    """One root; `run` runs a command in it with nothing but loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, timeout_s: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        inside = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **environment}
        entered = ["unshare", "-n", "-m", "sh", "-c",
                   'mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" && mount -t proc proc "$0/proc" && '
                   'ip link set lo up 2>/dev/null; exec chroot "$0" "$@"', str(self.folder)]
        return subprocess.run(
            [*entered, "env", "-i", *(f"{name}={value}" for name, value in inside.items()), *command],
            capture_output=True, encoding="utf-8", timeout=timeout_s, check=False)

    def files(self) -> set[str]:
        """Every file and folder outside the user's home and the system's own logs and caches."""
        left_out = (
            "root", "tmp", "proc", "sys", "dev", "run", "var/log", "var/lib/dpkg", "var/cache", "etc/ld.so.cache")
        found = set()
        for folder, folders, files in os.walk(self.folder):
            inside = Path(folder).relative_to(self.folder).as_posix()
            folders[:] = [name for name in folders if f"{inside}/{name}".removeprefix("./") not in left_out]
            found |= {f"{inside}/{name}" for name in files}
        return {path for path in found if not path.removeprefix("./").startswith(left_out)}


@contextmanager
def bare_root(release: str, folder: Path) -> Iterator[BareRoot]:
    """A fresh copy of the release's minimal root below `folder`. Raises CannotEnter when Debian cannot be reached."""
    check()
    base = _KEPT / f"{release}.tar"
    if not base.exists():
        base.parent.mkdir(parents=True, exist_ok=True)
        made = folder / "made"
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", release, str(made)], capture_output=True, encoding="utf-8",
            timeout=_PREPARING_S, check=False)
        if done.returncode:
            raise CannotEnter(f"debootstrap could not make {release}: {done.stdout.strip().splitlines()[-1:]}")
        partial = base.with_suffix(".part")
        subprocess.run(["tar", "-C", str(made), "-cf", str(partial), "."], check=True)
        partial.rename(base)
        shutil.rmtree(made)
    root = folder / release
    root.mkdir()
    subprocess.run(["tar", "-C", str(root), "-xf", str(base)], check=True)
    (root / "tmp" / ".X11-unix").mkdir(exist_ok=True)
    try:
        yield BareRoot(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)

"""The Debian package: the program's folder in /opt, a command, a menu entry. It depends on nothing but libc."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from desktop_app.core.intended_use import NOT_FOR_DIAGNOSIS
from installer.common import OUT, ROOT, WORK, fresh, need, payload, set_times, time_of_commit, version
from installer.linux.tree import add_desktop_files

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

_CONTROL = """\
Package: lightbox
Version: {version}
Architecture: {architecture}
Maintainer: Lightbox developers <lightbox@example.org>
Installed-Size: {kilobytes}
Depends: libc6 (>= 2.35), libstdc++6
Section: graphics
Priority: optional
Description: DICOM workstation that speaks DICOMweb
 Worklist, reading with window/level and measurements, upload with a verdict
 for every file; signs in with OAuth; has a DICOMweb archive embedded.
 .
 Everything it needs is inside: no Python and no network is needed.
 {notice}
"""

# A running program reads parts of itself when it needs them first; they would be those of another version.
_REFUSE_WHILE_RUNNING = """\
#!/bin/sh
set -e
for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/exe" 2>/dev/null)" = /opt/lightbox/lightbox ]; then
        echo "Lightbox is running (process ${process#/proc/}). Close it, then try again." >&2
        exit 1
    fi
done
exit 0
"""

# The caches of the desktop are refreshed where their tools exist; a bare system has none, and needs none.
_REFRESH = """\
#!/bin/sh
set -e
for cache in "update-desktop-database -q" "gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor"; do
    if command -v "${cache%% *}" >/dev/null 2>&1; then $cache || true; fi
done
exit 0
"""


def build() -> Path:
    """dist/installers/lightbox_VERSION_ARCH.deb. Raises CannotBuild."""
    dpkg = need("dpkg-deb", "dpkg")
    source = payload()
    tree = fresh(WORK / "deb")
    shutil.copytree(source, tree / "opt" / "lightbox", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "lightbox").symlink_to("/opt/lightbox/lightbox")
    add_desktop_files(tree / "usr" / "share")
    doc = tree / "usr" / "share" / "doc" / "lightbox"
    doc.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", doc / "copyright")
    shutil.copy(ROOT / "CHANGELOG.md", doc / "changelog.md")

    kilobytes = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    architecture = _ARCHITECTURES.get(platform.machine(), platform.machine())
    control = tree / "DEBIAN"
    control.mkdir()
    text = _CONTROL.format(version=version(), architecture=architecture, kilobytes=kilobytes,
                           notice=NOT_FOR_DIAGNOSIS)
    (control / "control").write_text(text, encoding="utf-8")
    scripts = {
        "preinst": _REFUSE_WHILE_RUNNING, "prerm": _REFUSE_WHILE_RUNNING, "postinst": _REFRESH, "postrm": _REFRESH}
    for name, script in scripts.items():
        (control / name).write_text(script, encoding="utf-8")
        (control / name).chmod(0o755)
    set_times(tree)
    OUT.mkdir(parents=True, exist_ok=True)
    target = OUT / f"lightbox_{version()}_{architecture}.deb"
    subprocess.run(
        [dpkg, "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(target)],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(time_of_commit())})
    shutil.rmtree(tree)
    return target

"""Builds the installers that this machine can build, into dist/installers, with their checksums.

    python -m installer.build              all that can be built here; says what cannot, and why
    python -m installer.build deb archive  only these; fails if one cannot be built
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from installer.common import CannotBuild, write_sums
from installer.linux import archive, deb
from installer.macos import dmg
from installer.windows import setup

_MB = 1_000_000
_INSTALLERS: Mapping[str, Callable[[], Path]] = {
    "deb": deb.build, "archive": archive.build, "windows": setup.build, "macos": dmg.build,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*_INSTALLERS, []], help="which; all that can be, if none is named")
    names = parser.parse_args().names
    missing = False
    for name in names or _INSTALLERS:
        try:
            made = _INSTALLERS[name]()
            print(f"{name:<8} {made.name}  {made.stat().st_size / _MB:.1f} MB")
        except CannotBuild as reason:
            missing = True
            print(f"{name:<8} not built here: {reason}")
    print(f"sums     {write_sums().name}")
    sys.exit(1 if names and missing else 0)


if __name__ == "__main__":
    main()

"""`make audit`: asks the advisory databases about every locked dependency, by name and version. Needs the network.

pip-audit lives in an environment of its own below .cache, as the tool that makes the locks does: it is no dependency of
the program or of its tests. Exit codes: 0 nothing is known against any of them, 1 something is, 3 not all could be
asked about, which is never taken for "nothing is known".
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / ".cache" / "audit"
FINE, FLAWED, UNREACHABLE = 0, 1, 3
_LOCKS = ("requirements.lock", "requirements-test.lock")


def main(arguments: list[str]) -> int:
    """Asks about both locks. `arguments` go to pip-audit."""
    program = TOOL / ("Scripts/pip-audit.exe" if sys.platform == "win32" else "bin/pip-audit")
    if not program.exists():
        venv.create(TOOL, with_pip=True)
        made = _run([str(program.with_name("python")), "-m", "pip", "install", "--quiet", "pip-audit"])
        if made.returncode:
            print(f"pip-audit cannot be installed from here, so nothing was asked.\n{made.stderr}", file=sys.stderr)
            return UNREACHABLE
    return max(_ask(program, lock, arguments) for lock in _LOCKS)


def _ask(program: Path, lock: str, arguments: list[str]) -> int:
    done = _run([str(program), "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json",
                 "--requirement", str(ROOT / "packaging" / lock), *arguments])
    try:
        return judge(lock, json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        print(f"{lock}: the advisory databases did not answer.\n{done.stderr[-2000:]}", file=sys.stderr)
        return UNREACHABLE


def judge(lock: str, dependencies: list[dict[str, Any]]) -> int:
    """Says what is known of each, and which could not be asked about. Returns the exit code."""
    flaws = [(one["name"], one["version"], flaw) for one in dependencies for flaw in one.get("vulns", ())]
    silent = [one["name"] for one in dependencies if "skip_reason" in one]
    for name, version, flaw in flaws:
        mended = ", ".join(flaw.get("fix_versions", ())) or "nowhere yet"
        print(f"{lock}: {name} {version}: {flaw['id']}, mended in {mended}")
    print(f"{lock}: {len(dependencies)} dependencies, {len(flaws)} known flaws, {len(silent)} could not be asked about")
    return FLAWED if flaws else UNREACHABLE if silent or not dependencies else FINE


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

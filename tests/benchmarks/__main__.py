"""`python -m tests.benchmarks [NAME …] [--repeats N]`"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

import tests.benchmarks
from tests.benchmarks import harness

_NO_BENCHMARKS = {"harness", "__main__"}


def main() -> int:
    for module in pkgutil.iter_modules(tests.benchmarks.__path__):
        if module.name not in _NO_BENCHMARKS and not module.name.startswith("test_"):
            importlib.import_module(f"tests.benchmarks.{module.name}")
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description="Measures, beside peers and limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(harness.BENCHMARKS)}; all if none")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    if unknown := set(options.names) - set(harness.BENCHMARKS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    return harness.run(options.names, options.repeats)


if __name__ == "__main__":
    sys.exit(main())

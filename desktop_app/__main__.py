"""`python -m desktop_app` and the command `lightbox`."""

from __future__ import annotations

import multiprocessing
import sys

from desktop_app.cli import COMMANDS, parse, parse_command


def main() -> int:
    """Reads the command line and starts what it asks for. Returns the exit code."""
    multiprocessing.freeze_support()        # a codec process of a packaged program begins here too
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        from desktop_app.commands import run_command

        return run_command(parse_command(sys.argv[1:]))
    options = parse(sys.argv[1:])
    if options.serve is not None:
        from desktop_app.serve import serve_local_archive

        return serve_local_archive(options)
    from desktop_app.app import run_window

    return run_window(options)


if __name__ == "__main__":
    sys.exit(main())

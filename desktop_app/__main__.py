"""`python -m desktop_app` and the command `lightbox`."""

from __future__ import annotations

import io
import multiprocessing
import sys

from desktop_app.cli import COMMANDS, parse, parse_command


def main() -> int:
    """Reads the command line and starts what it asks for. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):            # names in any script, also into a pipe under Windows
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    multiprocessing.freeze_support()        # a codec process of a packaged program begins here too
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        asked = parse_command(sys.argv[1:])
        if asked.command == "check":
            from desktop_app.check import run_check

            return run_check(asked.things, as_json=asked.json)
        from desktop_app.commands import run_command

        return run_command(asked)
    options = parse(sys.argv[1:])
    if options.serve is not None:
        from desktop_app.serve import serve_local_archive

        return serve_local_archive(options)
    from desktop_app.plain_imports import import_qt_plainly

    import_qt_plainly()
    from desktop_app.app import run_window

    return run_window(options)


if __name__ == "__main__":
    sys.exit(main())

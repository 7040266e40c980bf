"""The command line: what `lightbox` understands. Imports nothing slow, so that the window is there at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app import __version__


@dataclass(frozen=True, slots=True)
class Options:
    """One start of the program."""

    archive: str = ""
    study: str = ""
    accession: str = ""
    upload: tuple[Path, ...] = ()
    oauth_client: Path | None = None
    tour: Path | None = None
    serve: int | None = None
    profile_startup: Path | None = None
    verbose: bool = False


def parse(arguments: Sequence[str]) -> Options:
    """The options; exits with a message for what is not understood."""
    parser = argparse.ArgumentParser(prog="lightbox", description="A DICOM workstation that speaks DICOMweb.")
    parser.add_argument(
        "--archive",
        default="",
        metavar="NAME|URL",
        help="begin with this archive: a name from the list, or a DICOMweb address",
    )
    parser.add_argument(
        "--study", default="", metavar="UID", help="open the study with this Study Instance UID"
    )
    parser.add_argument(
        "--accession", default="", metavar="NUMBER", help="open the study with this accession number"
    )
    parser.add_argument(
        "--upload", nargs="+", default=[], type=Path, metavar="PATH", help="upload these files and folders"
    )
    parser.add_argument(
        "--oauth-client", type=Path, metavar="FILE",
        help="sign in to Google with the OAuth client in this file, as Google's console offers it for download",
    )
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="let the program drive itself through its main job, and save pictures and tour.json there",
    )
    parser.add_argument(
        "--serve",
        type=int,
        metavar="PORT",
        help="serve the local archive as DICOMweb on this port of this computer only, without a window",
    )
    parser.add_argument(
        "--profile-startup", type=Path, metavar="FILE", help="write how long the start took, then end"
    )
    parser.add_argument("--verbose", action="store_true", help="write more into the log")
    parser.add_argument("--version", action="version", version=f"lightbox {__version__}")
    options = vars(parser.parse_args(arguments))
    return Options(**{**options, "upload": tuple(options["upload"])})

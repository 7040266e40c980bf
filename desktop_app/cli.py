"""The command line: what `lightbox` understands. Imports nothing slow, so that the window is there at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app import __version__
from desktop_app.core.open_request import OpenRequest, parse_link


@dataclass(frozen=True, slots=True)
class Options:
    """One start of the program."""

    archive: str = ""
    study: str = ""
    accession: str = ""
    patient: str = ""
    link: str = ""
    upload: tuple[Path, ...] = ()
    oauth_client: Path | None = None
    tour: Path | None = None
    serve: int | None = None
    serve_host: str = "127.0.0.1"
    serve_token_file: Path | None = None
    serve_certificate: Path | None = None
    serve_key: Path | None = None
    serve_allow_origin: tuple[str, ...] = ()
    profile_startup: Path | None = None
    verbose: bool = False

    @property
    def request(self) -> OpenRequest:
        """What to show. Raises ValueError with a sentence."""
        if self.link:
            return parse_link(self.link)
        return OpenRequest(
            self.archive, (self.study,) if self.study else (), (self.accession,) if self.accession else (),
            self.patient, tuple(str(path.absolute()) for path in self.upload))

    @property
    def is_alone(self) -> bool:
        """Whether this start has nothing to do with a program that may be running."""
        return self.tour is not None or self.profile_startup is not None


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
    parser.add_argument("--patient", default="", metavar="ID", help="list the studies with this Patient ID")
    parser.add_argument(
        "link", nargs="?", default="", metavar="LINK",
        help="lightbox://…, with study, accession or patient, or with the parameters of IHE's Invoke Image Display",
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
    parser.add_argument("--serve-host", default="127.0.0.1", metavar="ADDRESS",
                        help="serve on an address that other computers reach; needs a token and TLS")
    parser.add_argument("--serve-token-file", type=Path, metavar="FILE", help="the bearer token that clients must send")
    parser.add_argument("--serve-certificate", type=Path, metavar="FILE", help="serve by TLS with this certificate")
    parser.add_argument("--serve-key", type=Path, metavar="FILE", help="the key of the certificate")
    parser.add_argument("--serve-allow-origin", nargs="+", default=[], metavar="ORIGIN",
                        help="web pages of these origins may read the archive (CORS)")
    parser.add_argument(
        "--profile-startup", type=Path, metavar="FILE", help="write how long the start took, then end"
    )
    parser.add_argument("--verbose", action="store_true", help="write more into the log")
    parser.add_argument("--version", action="version", version=f"lightbox {__version__}")
    options = vars(parser.parse_args(arguments))
    found = Options(**{**options, "upload": tuple(options["upload"]),
                       "serve_allow_origin": tuple(options["serve_allow_origin"])})
    if not found.link:                  # of a link that is wrong the window tells: nobody sees where it was clicked
        try:
            found.request  # noqa: B018 - raises
        except ValueError as error:
            parser.error(str(error))
    return found


COMMANDS = ("search", "retrieve", "store", "delete", "check")
_EXIT_CODES = """exit codes: 0 all of it was done · 1 some of it was not, and the output says what · 2 the command was
not understood · 3 signed out, or not allowed · 4 the archive cannot be reached · 130 interrupted

Secrets come from the keychain, or from the environment: LIGHTBOX_USER and LIGHTBOX_PASSWORD, or LIGHTBOX_TOKEN."""


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """One command without a window. `things`: UIDs (`STUDY[/SERIES[/INSTANCE]]`), or paths to store."""

    command: str
    archive: str = ""
    system: str = ""
    json: bool = False
    things: tuple[str, ...] = ()
    list: Path | None = None
    all: bool = False
    to: Path | None = None
    at_once: int = 8
    yes: bool = False
    limit: int = 0
    text: str = ""
    patient_name: str = ""
    patient_id: str = ""
    accession: str = ""
    modality: str = ""
    date: str = ""
    everywhere: bool = False
    oauth_client: Path | None = None


def parse_command(arguments: Sequence[str]) -> CommandOptions:
    """The options of a command; exits with a message for what is not understood."""
    parser = argparse.ArgumentParser(
        prog="lightbox", description="A DICOM workstation that speaks DICOMweb; here without its window.",
        epilog=_EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--archive", default="", metavar="NAME|URL|FOLDER",
                        help="a name from the list, a DICOMweb address, or a folder; else the local archive")
    common.add_argument("--system", default="", metavar="KIND",
                        help="what runs there, if that is not found out (azure, aws, myhealth@eu, static, wado-uri …)")
    common.add_argument("--json", action="store_true", help="one JSON object for each thing, on a line of its own")
    common.add_argument("--oauth-client", type=Path, metavar="FILE", help="sign in to Google with this OAuth client")
    verbs = parser.add_subparsers(dest="command", required=True)
    search = verbs.add_parser("search", parents=[common], help="list studies")
    search.add_argument("text", nargs="?", default="", help="a word of name, ID, accession number or description")
    for option, to, what in (
        ("--name", "patient_name", "patient's name, with * and ?"), ("--id", "patient_id", "Patient ID"),
        ("--accession", "accession", "accession number"), ("--modality", "modality", "CT, MR …"),
        ("--date", "date", "YYYYMMDD, or a range YYYYMMDD-YYYYMMDD, open at either end"),
    ):
        search.add_argument(option, dest=to, default="", help=what)
    search.add_argument("--limit", type=int, default=0, metavar="N", help="at most so many of an archive; else all")
    search.add_argument("--all-archives", action="store_true", dest="everywhere",
                        help="ask every archive of the list at once; each row says where it was found")
    retrieve = verbs.add_parser("retrieve", parents=[common], help="copy studies into a folder; goes on where it was")
    retrieve.add_argument("things", nargs="*", metavar="UID", help="Study Instance UIDs, or STUDY/SERIES[/INSTANCE]")
    retrieve.add_argument("--list", type=Path, metavar="FILE", help="a file with one UID a line")
    retrieve.add_argument("--all", action="store_true", help="every study that the archive lists")
    retrieve.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")
    retrieve.add_argument("--at-once", type=int, default=8, metavar="N", help="transfers at once")
    store = verbs.add_parser("store", parents=[common], help="upload files, folders and ZIPs")
    store.add_argument("things", nargs="+", metavar="PATH")
    delete = verbs.add_parser("delete", parents=[common], help="delete from an archive, for good")
    delete.add_argument("things", nargs="+", metavar="UID", help="STUDY[/SERIES[/INSTANCE]]")
    delete.add_argument("--yes", action="store_true", help="do it; without, only what would go is said")
    check = verbs.add_parser("check", help="read and decode files: does this installation show them?")
    check.add_argument("things", nargs="+", metavar="PATH", help="files and folders")
    check.add_argument("--json", action="store_true", help="one JSON object for each file, on a line of its own")
    options = vars(parser.parse_args(arguments))
    if options["command"] == "retrieve" and not (options["things"] or options["list"] or options["all"]):
        retrieve.error("say what: UIDs, --list FILE, or --all")
    return CommandOptions(**{**options, "things": tuple(options.get("things", ()))})

"""Models: everything the main window shows, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.viewmodels.archive_test import ArchiveTest
from desktop_app.viewmodels.archives import ArchivesModel
from desktop_app.viewmodels.audit_record import AuditRecordModel
from desktop_app.viewmodels.crashes import CrashesModel
from desktop_app.viewmodels.deletion import DeletionsModel
from desktop_app.viewmodels.google_chooser import GoogleChooser
from desktop_app.viewmodels.haidef import HaidefModel
from desktop_app.viewmodels.hanging import HangingModel
from desktop_app.viewmodels.help import HelpModel
from desktop_app.viewmodels.making import MakingsModel
from desktop_app.viewmodels.manifest_drop import ManifestDrop
from desktop_app.viewmodels.network_status import NetworkStatus
from desktop_app.viewmodels.notices import Notices
from desktop_app.viewmodels.oauth_client import OAuthClientModel
from desktop_app.viewmodels.session import SessionModel
from desktop_app.viewmodels.settings import SettingsModel
from desktop_app.viewmodels.updates import UpdatesModel
from desktop_app.viewmodels.uploads import UploadsModel
from desktop_app.viewmodels.worklist import WorklistModel
from desktop_app.viewmodels.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Models:
    notices: Notices
    archives: ArchivesModel
    worklist: WorklistModel
    uploads: UploadsModel
    network: NetworkStatus
    workspace: Workspace
    session: SessionModel
    settings: SettingsModel
    test: ArchiveTest
    chooser: GoogleChooser
    oauth: OAuthClientModel
    deletions: DeletionsModel
    makings: MakingsModel
    manifests: ManifestDrop
    haidef: HaidefModel
    hanging: HangingModel
    crashes: CrashesModel
    updates: UpdatesModel
    audit: AuditRecordModel
    help: HelpModel

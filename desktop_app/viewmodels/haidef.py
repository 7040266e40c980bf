"""HaidefModel: links for HAI-DEF of what is shown, and the check of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.haidef import Finding, cxr_link, page, path_request
from desktop_app.viewmodels.job import Job

if TYPE_CHECKING:
    from desktop_app.core.display_set import DisplaySet
    from desktop_app.core.frame_ref import FrameRef
    from desktop_app.core.store import Store
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network
    from desktop_app.viewmodels.notices import Notices


class HaidefModel(QObject):
    """`checked` brings the findings of a series as a page; the texts never hold a token."""

    checked = Signal(object, str)               # tuple of Finding, page

    def __init__(self, network: Network[Backend], notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._network = network
        self._job = Job(self, notices.post_error)

    def request_for_path(self, store: Store, shown: DisplaySet) -> str:
        """A Path Foundation request of the instances of a display set. Raises ValueError with a sentence."""
        sops = tuple(dict.fromkeys(ref.sop_instance_uid for ref in shown.frames))
        series = shown.series
        return path_request(store.url, series.study_instance_uid, series.series_instance_uid, sops)

    def link_for_cxr(self, store: Store, ref: FrameRef) -> str:
        """The link of one instance. Raises ValueError with a sentence."""
        return cxr_link(store.url, ref.study_instance_uid, ref.series_instance_uid, ref.sop_instance_uid)

    def check(self, store: Store, shown: DisplaySet) -> None:
        """Begins the check; `checked` says how it ended."""
        self._job.start(self._check(store, shown))

    async def _check(self, store: Store, shown: DisplaySet) -> None:
        sops = tuple(dict.fromkeys(ref.sop_instance_uid for ref in shown.frames))
        uids = shown.series.study_instance_uid, shown.series.series_instance_uid
        findings: tuple[Finding, ...] = await self._network.call(
            lambda backend: backend.check_haidef(store, *uids, sops))
        title = self.tr("HAI-DEF readiness of series %s in %s") % (shown.series.number or "", store.name)
        self.checked.emit(findings, page(title, findings))

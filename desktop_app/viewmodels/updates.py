"""UpdatesModel: whether there is a newer version, where an administrator named an address that knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app import __version__
from desktop_app.core.errors import user_text
from desktop_app.core.policy import Policy
from desktop_app.core.release import Release
from desktop_app.viewmodels.job import Job
from desktop_app.viewmodels.notices import Notice, Notices

if TYPE_CHECKING:
    from desktop_app.services.backend import Backend
    from desktop_app.services.network import Network


class UpdatesModel(QObject):
    """`text` says how it stands. Nothing is asked before `check`, and nothing at all without an address."""

    changed = Signal()

    def __init__(
        self, network: Network[Backend], policy: Policy, notices: Notices, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._network, self._policy, self._notices = network, policy, notices
        self._job = Job(self, self._failed)
        self._job.running_changed.connect(self.changed)
        self._is_asked = False
        self._said = ""

    @property
    def can_check(self) -> bool:
        """Whether there is somebody to ask."""
        return bool(self._policy.update_address)

    @property
    def busy(self) -> bool:
        return self._job.running

    @property
    def text(self) -> str:
        if not self.can_check:
            return self.tr("Lightbox looks for newer versions nowhere: your administrator named no address for that.")
        if self.busy:
            return self.tr("Looking…")
        return self._said or self.tr("This is version {version}. {address} knows of newer ones.").format(
            version=__version__, address=self._policy.update_address)

    def start(self) -> None:
        """At the start of the program: looks once where the administrator wants that, and is silent about failures."""
        if self._policy.update_at_start:
            self._check(is_asked=False)

    def check(self) -> None:
        """Looks now; what comes of it is in `text`."""
        self._check(is_asked=True)

    def _check(self, *, is_asked: bool) -> None:
        if self.can_check:
            self._is_asked = is_asked
            self._job.start(self._look())

    async def _look(self) -> None:
        from desktop_app.services.update_check import newest_release

        policy = self._policy
        release = await self._network.call(lambda _: newest_release(policy.update_address, policy.update_authorities))
        if release.is_newer_than(__version__):
            self._said = self._sentence(release)
            if not self._is_asked:
                self._notices.post(Notice(self._said, key="update"))
        else:
            self._said = self.tr("This is version {version}, the newest.").format(version=__version__)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._said = user_text(error) if self._is_asked else ""
        self.changed.emit()

    def _sentence(self, release: Release) -> str:
        if release.page:
            return self.tr("Version {version} of Lightbox is there. Your administrator installs it; more about it: "
                           "{page}").format(version=release.version, page=release.page)
        return self.tr("Version {version} of Lightbox is there. Ask your administrator for it.").format(
            version=release.version)

"""What waits for a sign-in goes on by itself afterwards; what needs no browser goes on at once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop_app.core.store import SignInKind, Store
from desktop_app.core.upload import UploadItem, UploadProgress, Verdict
from desktop_app.services.upload_journal import JournalUpload
from desktop_app.services.uploader import UploadEvent
from desktop_app.viewmodels import uploads
from desktop_app.viewmodels.uploads import UploadsModel


class Recording(UploadsModel):
    """Notes what would be gone on with."""

    def __init__(self) -> None:
        super().__init__(SimpleNamespace(submit=lambda work: None))     # type: ignore[arg-type]
        self.gone_on: list[int] = []

    def _start(self, number: int, stream: Any) -> None:
        self.gone_on.append(number)


def upload(store: Store) -> JournalUpload:
    return JournalUpload("u", store.key, store.name, "in", (Path("/in"),), confirmed=True)


@pytest.mark.parametrize(("kind", "at_once"), [
    (SignInKind.NONE, True), (SignInKind.BASIC, True), (SignInKind.CERTIFICATE, True), (SignInKind.GOOGLE, False),
    (SignInKind.OIDC, False),
])
def test_nobody_is_sent_to_the_browser_unasked(kind: SignInKind, at_once: bool) -> None:
    store, model = Store("s", "https://pacs.example.org", kind), Recording()
    model._take_up_one(upload(store), store)
    assert bool(model.gone_on) is at_once
    if not at_once:
        assert "as soon as you are signed in" in model.rows[0].error
        model.go_on_with(Store("other", "https://other.example.org", kind))
        assert model.gone_on == []
        model.go_on_with(store)
        model.go_on_with(store)
        assert model.gone_on == [model.rows[0].id], "once"
        assert not model.rows[0].finished and model.rows[0].error == ""


def test_in_a_long_upload_it_is_told_now_and_then_what_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(uploads, "time", SimpleNamespace(monotonic=lambda: now[0]))
    store, model = Store("s", "https://pacs.example.org"), Recording()
    model._take_up_one(upload(store), store)
    told: list[tuple[Store, frozenset[str]]] = []
    model.arrived.connect(lambda where, studies: told.append((where, studies)))

    def arrives(uid: str) -> None:
        item = UploadItem(Path(uid), study_instance_uid=uid).judged(Verdict.STORED)
        model._take(model.rows[0].id, (UploadEvent((item,), UploadProgress()),))

    arrives("1.1")
    now[0] += 3
    arrives("1.2")
    assert told == [], "lists are not asked for with every file"
    now[0] += 8
    arrives("1.1")
    assert told == [(store, frozenset({"1.1", "1.2"}))]
    now[0] += 3
    arrives("1.3")
    assert len(told) == 1

"""Application Default Credentials from the file to the first image: a token server and a store of Google's shapes."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from PySide6.QtWidgets import QApplication
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from desktop_app import hand
from desktop_app.app import Program
from desktop_app.archive.archive import Archive
from desktop_app.archive.server import create_app
from desktop_app.core.settings import GoogleSettings, Settings
from desktop_app.core.store import SignInKind
from desktop_app.viewmodels.archives import ArchiveState
from tests.gui.program import run_program, until
from tests.support.asgi_server import AsgiServer
from tests.support.google_like import GoogleLike, GoogleProject

ROBOT, REFRESH = "robot@clinic.example", "1//refresh-of-a-person"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


class TokenServer:
    """Google's token endpoint as it is documented for both kinds of file. It checks the signature."""

    def __init__(self, key: rsa.RSAPublicKey) -> None:
        self.key, self.url = key, ""
        self.handed_out: list[str] = []
        self.asked: list[str] = []
        self.refuses = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = {name: values[0] for name, values in parse_qs((await Request(scope, receive).body()).decode()).items()}
        self.asked.append(form["grant_type"])
        trouble = self.refuses or self._wrong_with(form)
        if trouble:
            answer = JSONResponse({"error": "invalid_grant", "error_description": trouble}, 400)
        else:
            self.handed_out.append(f"ya29.token-{len(self.handed_out)}")
            answer = JSONResponse(
                {"access_token": self.handed_out[-1], "expires_in": 3599, "token_type": "Bearer", "scope": SCOPE})
        await answer(scope, receive, send)

    def _wrong_with(self, form: dict[str, str]) -> str:
        if form["grant_type"] == "refresh_token":
            known = (form["client_id"], form["client_secret"], form["refresh_token"]) == ("c.apps", "hidden", REFRESH)
            return "" if known else "Bad Request"
        signed, _, signature = form["assertion"].rpartition(".")
        self.key.verify(decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        claims = json.loads(decoded(signed.split(".")[1]))
        wanted = {"iss": ROBOT, "scope": SCOPE, "aud": f"{self.url}/token"}
        return "" if wanted.items() <= claims.items() and claims["exp"] - claims["iat"] <= 3600 else "Invalid JWT"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def tokens(key: rsa.RSAPrivateKey) -> Iterator[TokenServer]:
    made = TokenServer(key.public_key())
    with AsgiServer(made) as server:        # type: ignore[arg-type]
        made.url = server.url
        yield made


@pytest.fixture
def world(tmp_path: Path, samples: Path, tokens: TokenServer) -> Iterator[tuple[GoogleLike, str]]:
    loop = asyncio.new_event_loop()
    archive = loop.run_until_complete(Archive.open(tmp_path / "far"))
    loop.run_until_complete(archive.store_bytes(min((samples / "ct-abdomen").glob("*.dcm")).read_bytes()))
    google = GoogleLike(
        projects=[GoogleProject("clinic", stores={"europe-west4": {"chest": ["ct"]}})],
        check_token=lambda token: "" if token in tokens.handed_out else "expired", dicom_web=create_app(archive))
    with AsgiServer(google.app()) as server:
        yield google, server.url
    loop.run_until_complete(archive.close())
    loop.close()


def credentials(kind: str, key: rsa.RSAPrivateKey, tokens: TokenServer) -> dict[str, str]:
    if kind == "authorized_user":       # as gcloud writes it: without the address of a token server
        return {"type": kind, "client_id": "c.apps", "client_secret": "hidden", "refresh_token": REFRESH,
                "quota_project_id": "billing-1", "universe_domain": "googleapis.com"}
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    return {"type": kind, "project_id": "clinic", "private_key_id": "key-1", "private_key": pem,
            "client_email": ROBOT, "client_id": "1", "token_uri": f"{tokens.url}/token"}


def settings(root: str, tokens: TokenServer) -> Settings:
    return Settings(google=GoogleSettings(resource_manager=root, healthcare=root, token=f"{tokens.url}/token"))


@pytest.mark.parametrize("kind", ["authorized_user", "service_account"])
def test_from_the_file_to_the_first_image(
    qapp: QApplication, tmp_path: Path, world: tuple[GoogleLike, str], tokens: TokenServer, key: rsa.RSAPrivateKey,
    monkeypatch: pytest.MonkeyPatch, kind: str,
) -> None:
    google, root = world
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps(credentials(kind, key, tokens)))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))

    async def scenario(program: Program) -> None:
        models = program.models
        address = f"{root}/v1/projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct/dicomWeb"
        assert models.archives.add(address, "CT", SignInKind.GOOGLE_DEFAULT) == ""
        await until(lambda: models.worklist.table.studies, "the study in the list")
        hand.click_row(program.window.worklist_page.table, 0, twice=True)
        await until(lambda: models.workspace.viewers and models.workspace.viewers[0].active.frame is not None,
                    "the image")
        await until(lambda: models.archives.selected_row.state is ArchiveState.READY, "the state of the archive")
        assert len(tokens.handed_out) == 1              # whoever asked at once waited for the same one
        tokens.handed_out[:] = ["an hour later"]        # the token has ended: another one comes without a question
        models.worklist.refresh()
        await until(lambda: len(tokens.handed_out) == 2 and not models.worklist.busy, "the list once more")
        assert models.worklist.error is None
        assert any(path.endswith(":testIamPermissions") for _, path, _ in google.asked)
        tokens.handed_out[:] = []
        tokens.refuses = "Token has been expired or revoked."
        models.worklist.refresh()
        await until(lambda: models.worklist.error is not None, "the refusal")
        words = "gcloud auth" if kind == "authorized_user" else "deleted or disabled"
        assert models.worklist.error is not None and words in models.worklist.error.user_text

    run_program(qapp, tmp_path / "home", scenario, settings=settings(root, tokens))
    settings_file = (tmp_path / "home" / "config" / "settings.json").read_text(encoding="utf-8")
    assert REFRESH not in settings_file and "PRIVATE KEY" not in settings_file


def test_without_credentials_the_list_says_how_to_get_them(
    qapp: QApplication, tmp_path: Path, world: tuple[GoogleLike, str], tokens: TokenServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))

    async def scenario(program: Program) -> None:
        models = program.models
        address = f"{world[1]}/v1/projects/clinic/locations/europe-west4/datasets/chest/dicomStores/ct/dicomWeb"
        models.archives.add(address, "CT", SignInKind.GOOGLE_DEFAULT)
        await until(lambda: models.worklist.error is not None, "the refusal")
        assert models.worklist.error is not None and "application-default login" in models.worklist.error.user_text
        assert models.archives.selected_row.state is ArchiveState.SIGN_IN

    run_program(qapp, tmp_path / "home", scenario, settings=settings(world[1], tokens))

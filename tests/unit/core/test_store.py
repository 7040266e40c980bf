from __future__ import annotations

import pytest

from desktop_app.core.store import LOCAL_URL, SignInKind, Store
from desktop_app.core.words import Language, speak


@pytest.mark.parametrize(("typed", "url"), [
    ("https://host.example/dicom-web", "https://host.example/dicom-web"),
    ("  https://host.example/dicom-web/ \n", "https://host.example/dicom-web"),
    ("host.example/dicom-web", "https://host.example/dicom-web"),
    ("host.example:8080", "https://host.example:8080"),
    ("localhost:8042/dicom-web", "http://localhost:8042/dicom-web"),
    ("127.0.0.1:8042", "http://127.0.0.1:8042"),
    ("[::1]:8042/x", "http://[::1]:8042/x"),
    ("HTTPS://Host.Example/Dicom-Web", "https://host.example/Dicom-Web"),
    ("https://host.example:443/a", "https://host.example/a"),
    ("http://host.example:80/a", "http://host.example/a"),
    ("https://host.example:80/a", "https://host.example:80/a"),
    ("https://host.example/dicom-web?limit=1#top", "https://host.example/dicom-web"),
    ("https://host.example?x=1", "https://host.example"),
    ("https://host.example/a%20b/", "https://host.example/a%20b"),
])
def test_addresses_as_people_type_them(typed: str, url: str) -> None:
    assert Store.parse(typed).url == url


@pytest.mark.parametrize("typed", ["localhost.evil.example/x", "127.evil.example", "localhosts", "127.0.0.1.example"])
def test_only_this_machine_is_spoken_to_in_the_open(typed: str) -> None:
    assert Store.parse(typed).url.startswith("https://")


@pytest.mark.parametrize("typed", [
    "", "   ", "ftp://host/x", "gopher://etc", "javascript://alert(1)", "https://", "http://[half",
    "https://host:99999/", "https://host:port/", "https://host:0/", "https://my host/x", "https:///dicom-web",
])
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^This is not a web address\..*\.$"):
        Store.parse(typed)


def test_a_password_does_not_belong_into_an_address() -> None:
    with pytest.raises(ValueError, match="Leave name and password out") as caught:
        Store.parse("https://me:secret@host.example/dicom-web")
    assert "secret" not in str(caught.value)


def test_name_is_the_host_unless_given() -> None:
    assert Store.parse("https://host.example:8080/x").name == "host.example:8080"
    assert Store.parse("https://host.example/x", name="Clinic").name == "Clinic"


@pytest.mark.parametrize(("url", "origin"), [
    ("https://Host.example/dicom-web", "https://host.example"),
    ("https://host.example:443/dicom-web", "https://host.example"),
    ("http://host.example:8080/dicom-web", "http://host.example:8080"),
    ("http://user:pw@host.example/dicom-web", "http://host.example"),
    ("http://[::1]:8042/x", "http://[::1]:8042"),
])
def test_origin(url: str, origin: str) -> None:
    assert Store("x", url).origin == origin


def test_the_local_archive_is_recognised() -> None:
    assert Store.local().is_local
    assert Store.local().url == LOCAL_URL
    assert not Store.parse("http://local.lightbox.example/dicom-web").is_local


def test_a_script_calls_the_local_archive_by_its_english_name_in_every_language() -> None:
    speak(Language("de", lambda _group, text, *_more: "Lokales Archiv" if text == "Local archive" else text, ",", "."))
    try:
        local = Store.local()
        assert local.name == "Lokales Archiv"
        assert all(local.is_called(name) for name in ("Lokales Archiv", "Local archive", "local"))
    finally:
        speak()
    assert not Store.parse("https://pacs.example/rs", "PACS").is_called("local")


def test_the_same_address_is_the_same_store() -> None:
    one, other = Store.parse("HTTPS://Host.example/d/"), Store.parse("host.example/d", name="B")
    assert one.key == other.key
    assert one.sign_in is SignInKind.NONE


@pytest.mark.parametrize("name", ["CT 2026", "100%25", "50 % done", "Größe#1?", "a;b"])
def test_a_folder_keeps_the_letters_of_its_name(name: str) -> None:
    path = f"/exports/{name}"
    store = Store.of_folder(path)
    assert (store.folder, store.name) == (path, name)
    assert Store.of_folder(store.url).folder == path

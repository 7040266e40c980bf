"""Reading the help from its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import DiskError
from desktop_app.services.help_pages import read_book


def test_pages_come_in_the_order_in_which_the_first_links_to_them(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "b.png").write_bytes(b"png")
    (tmp_path / "index.md").write_text("# I\n[b](b.md) [a](a.md#x) [gone](gone.md) [b](b.md)", encoding="utf-8")
    (tmp_path / "a.md").write_text("# A", encoding="utf-8")
    (tmp_path / "b.md").write_text("# B ![b](pictures/b.png) ![gone](pictures/gone.png)", encoding="utf-8")
    (tmp_path / "unlinked.md").write_text("# U", encoding="utf-8")
    book = read_book(tmp_path)
    assert [page.name for page in book.pages] == ["index.md", "b.md", "a.md"]
    assert [(picture.name, picture.data) for picture in book.pictures] == [("pictures/b.png", b"png")]


@pytest.mark.parametrize("link", ["../secret.md", "sub/secret.md", "/etc/secret.md"])
def test_no_link_leads_out_of_the_folder(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "help"
    (folder / "sub").mkdir(parents=True)
    for place in (tmp_path, folder / "sub"):
        (place / "secret.md").write_text("# S", encoding="utf-8")
    (folder / "index.md").write_text(f"# I\n[s]({link})", encoding="utf-8")
    assert [page.name for page in read_book(folder).pages] == ["index.md"]


def test_without_its_first_page_there_is_no_help(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="Install Lightbox again"):
        read_book(tmp_path)

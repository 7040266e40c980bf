"""Pages of an archive's own viewer."""

from __future__ import annotations

import pytest

from desktop_app.core.web_viewer import checked_template, page_of


def test_a_template_is_filled() -> None:
    template = checked_template(" https://pacs.example.org/v?StudyInstanceUIDs={study}&s={series} ")
    assert page_of(template, "1.2", "3.4") == "https://pacs.example.org/v?StudyInstanceUIDs=1.2&s=3.4"
    assert page_of(template, "1.2") == "https://pacs.example.org/v?StudyInstanceUIDs=1.2&s="
    assert page_of("https://a/{study}", "../&x=1") == "https://a/..%2F%26x%3D1"
    assert checked_template("") == "" and checked_template("http://localhost:8042/ui?s={study}")


@pytest.mark.parametrize("text", [
    "javascript:alert({study})", "file:///{study}", "http://pacs.example.org/{study}", "https://u:p@pacs/{study}",
    "https://pacs/viewer", "https://pacs/{study}/{token}", "https://{study}.example.org/", "https://pacs/{study",
    "{study}", "https://pacs/{study} x", "https://[/{study}", "https://pacs/{study}/" + "x" * 3000,
])
def test_what_is_no_viewer_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="web viewer's address"):
        checked_template(text)

"""Writes the pages that are made from the program's own tables: keys and mouse, and the conformance statement.

    python packaging/make_documents.py

A test makes them again and compares: neither can say anything else than the program does.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
HELP = ROOT / "resources" / "help"


def keys() -> str:
    """keys.md: the keys that Lightbox comes with. In the program the page has those in force."""
    from desktop_app.core.key_set import Mouse
    from desktop_app.ui.actions import ACTIONS
    from desktop_app.ui.help.keys_page import keys_page

    return keys_page(ACTIONS.values(), Mouse()).text.rstrip() + "\n"


def conformance() -> str:
    from conformance_statement import statement

    return statement()


def main() -> None:
    (HELP / "conformance.md").write_text(conformance(), encoding="utf-8")
    (HELP / "keys.md").write_text(keys(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""What the advisory databases say is told as it is: silence is not taken for a clean bill."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FINE = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SILENT = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(("found", "code", "said"), [
    ([FINE, FINE], 0, "2 dependencies, 0 known flaws, 0 could not"), ([FINE, FLAWED], 1, "b 2: PYSEC-1, mended in 2.1"),
    ([FINE, SILENT], 3, "1 could not be asked about"), ([FLAWED, SILENT], 1, "PYSEC-1"), ([], 3, "0 dependencies")])
def test_the_answer_decides(
    audit: ModuleType, capsys: pytest.CaptureFixture[str], found: list[dict[str, object]], code: int, said: str
) -> None:
    assert audit.judge("a.lock", found) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("prints", "code"), [("not json", 3), ("{}", 3), (
    '{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0)])
def test_a_tool_that_fails_is_no_clean_bill(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, prints: str, code: int
) -> None:
    monkeypatch.setattr(audit, "TOOL", ROOT / "tests")          # there is something: nothing is installed
    monkeypatch.setattr(audit.Path, "exists", lambda path: True)
    monkeypatch.setattr(audit, "_run", lambda command: audit.subprocess.CompletedProcess(command, 0, prints, ""))
    assert audit.main([]) == code

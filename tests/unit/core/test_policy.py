"""What an administrator allows, and which settings are laid down."""

from __future__ import annotations

import pytest

from desktop_app.core.policy import NOTHING_ALLOWED, Policy, checked_settings
from desktop_app.core.settings import Settings


def test_a_default_holds_until_the_user_chooses_and_a_lock_always() -> None:
    policy = Policy(defaults=checked_settings({"lock_after_min": 15}), locked=checked_settings({"keep_secrets": False}))
    first = policy.first_settings()
    assert first.lock_after_min == 15 and first.keep_secrets
    assert policy.apply(first).keep_secrets is False
    assert policy.is_locked("keep_secrets") and not policy.is_locked("lock_after_min")


def test_without_a_cache_its_budget_is_nothing_and_cannot_be_raised() -> None:
    policy = Policy(may_cache=False)
    assert policy.apply(Settings(disk_cache_bytes=10**9)).disk_cache_bytes == 0
    assert policy.is_locked("disk_cache_bytes")


def test_what_is_forbidden_is_told_in_a_sentence() -> None:
    refusals = (NOTHING_ALLOWED.upload_refusal, NOTHING_ALLOWED.export_refusal, NOTHING_ALLOWED.delete_refusal)
    assert all(sentence.endswith("switched off.") or "switched" in sentence for sentence in refusals)
    assert not (Policy().upload_refusal or Policy().export_refusal or Policy().delete_refusal)


@pytest.mark.parametrize(("values", "said"), [
    ({"colour": "green"}, "no setting “colour”"),
    ({"archives": []}, "no setting “archives”"),
    ({"lock_after_min": "ten"}, "kind int"),
    ({"lock_after_min": True}, "kind int"),
])
def test_a_setting_that_is_none_is_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        checked_settings(values)

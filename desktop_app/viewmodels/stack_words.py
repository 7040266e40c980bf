"""What is wrong with a stack, in words; apart, because the first window needs no numpy."""

from __future__ import annotations

from desktop_app.core.stack_check import StackCheck
from desktop_app.core.words import figures, say


def check_texts(check: StackCheck) -> list[str]:
    """A few words for each finding; none for a stack that is sound."""
    texts = []
    if check.missing:
        texts.append(say("stack", "{count} missing in between").format(count=check.missing))
    if check.duplicates:
        texts.append(say("stack", "{count} at the same place twice").format(count=check.duplicates))
    if check.spacing_mm is not None:
        least, most = (figures(f"{value:.3g}") for value in check.spacing_mm)
        texts.append(say("stack", "unequal distances, {least}–{most} mm").format(least=least, most=most))
    if check.frames_of_reference > 1:
        texts.append(say("stack", "{count} frames of reference in this series").format(count=check.frames_of_reference))
    return texts

"""What Lightbox must not be used for: the one place that words it, for the program, its papers and its installers."""

from __future__ import annotations

from desktop_app.core.words import t

NOT_FOR_DIAGNOSIS = t("core", "Lightbox is not certified as a medical device. It is not for diagnosis.")

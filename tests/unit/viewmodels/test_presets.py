"""Which windows are offered for which values."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.display_set import DisplaySet
from desktop_app.core.study import Series
from desktop_app.imaging.decode import decode_frame, open_instance
from desktop_app.imaging.shown import shown_frame
from desktop_app.viewmodels.presets import presets_for, window_names


def test_a_pet_opens_in_suv_and_has_the_windows_of_suv(dicom_data: Path) -> None:
    path = min(dicom_data.glob("oncoray__mirp/**/FDG_PET/image/*.dcm"))
    frame = shown_frame(open_instance(path))
    shown = DisplaySet("1", Series("1", "2", modality="PT"), ())
    assert frame.facts.unit == "SUVbw"
    offered = [(one.window.center - one.window.width / 2, one.window.center + one.window.width / 2)
               for one in presets_for(frame, shown)]
    assert offered == [(0, 3), (0, 5), (0, 7), (0, 10), (0, 15)]
    first = window_names(frame, shown)[0][1]
    assert (first.center, first.width) == (2.5, 5.0)


def test_a_pet_that_cannot_be_in_suv_is_offered_no_windows_of_suv(dicom_data: Path) -> None:
    path = next(dicom_data.rglob("CT_small.dcm"))
    frame = decode_frame(open_instance(path))
    assert presets_for(frame, DisplaySet("1", Series("1", "2", modality="PT"), ())) == ()
    assert [one.name for one in presets_for(frame, DisplaySet("1", Series("1", "2", modality="CT"), ()))]
    assert presets_for(None, None) == ()

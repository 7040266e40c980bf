"""Every storage class of the standard: those with pixels are images and are decoded, all others get a card."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pydicom._uid_dict import UID_dictionary

from desktop_app.core.display_set import has_pixels
from desktop_app.core.study import Instance, Series
from tests.unit.imaging.objects import decoded, image

# Classes whose objects hold pixels, although no image is in their name.
_PIXELS_WITHOUT_THE_WORD = {
    "Enhanced US Volume Storage", "Parametric Map Storage", "Segmentation Storage", "RT Dose Storage",
    "Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage", "Ophthalmic Thickness Map Storage",
    "Corneal Topography Map Storage", "DICOS 2D AIT Storage", "DICOS 3D AIT Storage",
    "DICOS Quadrupole Resonance (QR) Storage", "Label Map Segmentation Storage", "Height Map Segmentation Storage",
}
_COLOUR = ("VL ", "Video", "Photography", "Dermoscopic", "True Color")
_MANY = ("Enhanced", "Multi-frame", "Tomosynthesis", "Whole Slide", "Video", "Cine")


def _classes() -> Iterator[pytest.param]:
    for uid, (name, kind, *_) in UID_dictionary.items():
        if kind == "SOP Class" and "Storage" in name and uid.startswith("1.2.840.10008.5.1.4."):
            if uid.startswith("1.2.840.10008.5.1.4.1.2.") or "Storage Commitment" in name or "Management" in name:
                continue
            yield pytest.param(uid, name, id=name.replace(" ", "-"))


@pytest.mark.parametrize(("uid", "name"), list(_classes()))
def test_what_holds_pixels_is_an_image(uid: str, name: str) -> None:
    is_image = "Image" in name or name in _PIXELS_WITHOUT_THE_WORD
    series = Series("1", "1.1", modality="OT")
    assert has_pixels(series, Instance("1", "1.1", "1.1.1", sop_class_uid=uid)) == is_image
    if not is_image:
        return
    shape = ((2,) if any(word in name for word in _MANY) else ()) + (4, 5)
    shape += (3,) if any(word in name for word in _COLOUR) else ()
    pixels = np.arange(np.prod(shape)).reshape(shape).astype(np.uint8 if shape[-1] == 3 else np.uint16)
    frames = 2 if len(shape) > 2 and shape[0] == 2 else None
    for number in range(1, (frames or 1) + 1):
        frame = decoded(image(pixels, frames=frames, SOPClassUID=uid), number)
        assert np.array_equal(frame.pixels, pixels[number - 1] if frames else pixels)


@pytest.mark.parametrize("name", [
    "CT Image Storage", "MR Image Storage", "Enhanced MR Image Storage", "Ultrasound Image Storage",
    "Ultrasound Multi-frame Image Storage", "Secondary Capture Image Storage",
    "Multi-frame Grayscale Byte Secondary Capture Image Storage",
    "Multi-frame Grayscale Word Secondary Capture Image Storage",
    "Multi-frame Single Bit Secondary Capture Image Storage",
    "Multi-frame True Color Secondary Capture Image Storage",
    "Digital Mammography X-Ray Image Storage - For Presentation",
    "Digital Mammography X-Ray Image Storage - For Processing", "Positron Emission Tomography Image Storage",
    "Computed Radiography Image Storage", "Nuclear Medicine Image Storage", "X-Ray Angiographic Image Storage",
    "X-Ray Radiofluoroscopic Image Storage", "Breast Tomosynthesis Image Storage", "RT Dose Storage",
    "RT Image Storage",
])
def test_the_classes_asked_for_by_name_are_among_them(name: str) -> None:
    assert name in {found.values[1] for found in _classes()}

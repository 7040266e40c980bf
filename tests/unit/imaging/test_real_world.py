"""Real-world value mappings, made and found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from desktop_app.imaging.decode import open_instance
from desktop_app.imaging.real_world import real_world_mappings
from tests.unit.imaging.objects import image, opened

GREY = np.zeros((2, 2), np.uint16)


def mapping(**attributes: object) -> Dataset:
    unit = Dataset()
    unit.CodeValue = attributes.pop("unit", "mm2/s")
    item = Dataset()
    item.LUTLabel = "ADC"
    item.MeasurementUnitsCodeSequence = [unit]
    item.add_new("RealWorldValueFirstValueMapped", "US", 10)
    item.add_new("RealWorldValueLastValueMapped", "US", 13)
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return item


def test_a_line_reaches_from_the_first_to_the_last_value() -> None:
    item = mapping(RealWorldValueSlope=0.5, RealWorldValueIntercept=-1.0)
    (found,) = real_world_mappings(opened(image(GREY, RealWorldValueMappingSequence=[item])).scope(1), signed=False)
    assert (found.label, found.unit) == ("ADC", "mm2/s")
    assert [found.value(stored) for stored in (9, 10, 13, 14)] == [None, 4.0, 5.5, None]


def test_a_table_has_an_entry_for_each_value() -> None:
    item = mapping(RealWorldValueLUTData=[0.5, 2.5, 7.0], unit="1")
    (found,) = real_world_mappings(opened(image(GREY, RealWorldValueMappingSequence=[item])).scope(1), signed=False)
    assert found.unit == ""
    assert [found.value(stored) for stored in (10, 11, 12, 13)] == [0.5, 2.5, 7.0, None]


@pytest.mark.parametrize("item", [mapping(), Dataset()])
def test_a_mapping_that_says_nothing_is_left_out(item: Dataset) -> None:
    assert real_world_mappings(opened(image(GREY, RealWorldValueMappingSequence=[item])).scope(1), signed=False) == ()


def test_a_real_perfusion_map_says_its_unit(dicom_data: Path) -> None:
    path = next(dicom_data.rglob("eCT_Supplemental.dcm"))
    obj = open_instance(path)
    (found,) = real_world_mappings(obj.scope(1), signed=False)
    assert (found.label, found.unit, found.value(1100)) == ("RCBF", "ml/100ml/s", 76.0)

"""Waveforms (PS3.3 C.10.9): samples in their own unit, channel by channel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pydicom
from pydicom.dataset import Dataset

from desktop_app.core.study_object import WaveformChannel, WaveformGroup, Waveforms
from desktop_app.core.words import say
from desktop_app.objects.attributes import get, head_of, items, meaning, number, text

assert pydicom

_DTYPES = {"SB": "i1", "UB": "u1", "SS": "<i2", "US": "<u2", "SL": "<i4", "UL": "<u4"}
_MOST_SAMPLES = 200_000_000
_MICROVOLT = {"uV", "µV"}


def read_waveforms(dataset: Dataset) -> Waveforms:
    """All groups that can be drawn; what cannot be is said in the head's warnings."""
    groups, remarks = [], []
    for place, item in enumerate(items(dataset, "WaveformSequence"), start=1):
        group, trouble = _group(item, place)
        if group is not None:
            groups.append(group)
        if trouble:
            remarks.append(trouble)
    if not groups and not remarks:
        remarks.append(say("objects", "This object holds no waveform."))
    return Waveforms(head_of(dataset, remarks=remarks), tuple(groups))


def _group(item: Dataset, place: int) -> tuple[WaveformGroup | None, str]:
    label = text(item, "MultiplexGroupLabel") or f"Group {place}"
    frequency = number(item, "SamplingFrequency") or 0.0
    if frequency <= 0:
        return None, say(
            "objects", "{label} has a sampling frequency of zero, so it has no scale of time and is not "
            "drawn.").format(label=label)
    count = int(number(item, "NumberOfWaveformChannels") or 0)
    length = int(number(item, "NumberOfWaveformSamples") or 0)
    dtype, data = _DTYPES.get(text(item, "WaveformSampleInterpretation").upper()), get(item, "WaveformData")
    if dtype is None:
        return None, say(
            "objects", "{label} is coded in a way that Lightbox cannot read (only linear samples are read).").format(
                label=label)
    if not isinstance(data, bytes) or count <= 0 or length <= 0:
        return None, say("objects", "{label} holds no samples.").format(label=label)
    whole = len(data) // (np.dtype(dtype).itemsize * count)
    trouble = say(
        "objects", "{label} ends early: it has {whole} of {length} samples.").format(
            label=label, whole=whole, length=length) if whole < length else ""
    length = min(length, whole)
    if length == 0 or length * count > _MOST_SAMPLES:
        return None, trouble or say("objects", "{label} is too long to be drawn.").format(label=label)
    stored = np.frombuffer(data, dtype, count=length * count).reshape(length, count)
    padding = get(item, "WaveformPaddingValue")
    pad = np.frombuffer(padding, dtype, count=1)[0] if isinstance(padding, bytes) and len(padding) >= np.dtype(
        dtype).itemsize else None
    definitions = items(item, "ChannelDefinitionSequence")
    channels = tuple(
        _channel(stored[:, index], definitions[index] if index < len(definitions) else Dataset(), index, pad)
        for index in range(count))
    return WaveformGroup(label, frequency, channels), trouble


def _channel(stored: Any, definition: Dataset, index: int, pad: object) -> WaveformChannel:
    """Stored samples → values: sample · sensitivity · correction + baseline (PS3.3 C.10.9.1.4.2)."""
    sensitivity = number(definition, "ChannelSensitivity")
    values = stored.astype(np.float64)
    if sensitivity is not None:
        values = values * sensitivity * (number(definition, "ChannelSensitivityCorrectionFactor") or 1.0)
        values = values + (number(definition, "ChannelBaseline") or 0.0)
    if pad is not None:
        values[stored == pad] = np.nan
    unit = ""
    for units in items(definition, "ChannelSensitivityUnitsSequence")[:1]:
        unit = text(units, "CodeValue")
    if unit in _MICROVOLT:
        values, unit = values / 1000, "mV"
    name = meaning(definition, "ChannelSourceSequence") or text(definition, "ChannelLabel") or f"Channel {index + 1}"
    samples = values.astype(np.float32)
    samples.setflags(write=False)
    return WaveformChannel(name.removeprefix("Lead ").strip(), unit, samples)

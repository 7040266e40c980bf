"""The same codecs for whoever asks pydicom for a pixel array (highdicom does), ahead of pydicom's own plugins."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pydicom
from pydicom.pixels import decoders as pydicom_decoders
from pydicom.pixels.decoders.base import Decoder, DecodeRunner

from desktop_app.imaging.codecs import NATIVE, can_decode, decode_samples
from desktop_app.imaging.pixel_format import PixelFormat
from desktop_app.imaging.stored_values import stored_grey

LABEL = "lightbox"
DECODER_DEPENDENCIES: dict[pydicom.uid.UID, tuple[str, ...]] = {}       # pydicom asks every plugin for it


def is_available(uid: str) -> bool:
    """Whether frames of this transfer syntax can be decoded; pydicom asks."""
    return uid not in NATIVE and can_decode(uid)


def register() -> int:
    """Puts our codecs in front of pydicom's for every compressed transfer syntax it knows; returns for how many.

    Calling it again changes nothing. Not thread-safe, as pydicom's registry is not.
    """
    done = 0
    for decoder in _decoders():
        if not is_available(decoder.UID):
            continue
        done += 1
        if LABEL in decoder.available_plugins:
            continue
        others = {name: decoder._available[name] for name in decoder.available_plugins}
        decoder.add_plugin(LABEL, (__name__, "decode_for_pydicom"))
        for name, function in others.items():               # a dict keeps the order of insertion: ours first
            del decoder._available[name]
            decoder._available[name] = function
    return done


def decode_for_pydicom(source: bytes, runner: DecodeRunner) -> bytes:
    """One frame as pydicom wants it: little endian, colour by pixel."""
    fmt = PixelFormat(
        rows=runner.rows, columns=runner.columns, samples=runner.samples_per_pixel,
        bits_allocated=runner.bits_allocated, bits_stored=runner.bits_stored, high_bit=runner.bits_stored - 1,
        kind="i" if runner.pixel_representation == 1 and runner.samples_per_pixel == 1 else "u",
        photometric=str(runner.photometric_interpretation))
    samples = decode_samples(str(runner.transfer_syntax), source, fmt)
    if fmt.samples == 1:
        values = stored_grey(samples, fmt)
    else:
        values = samples.values
        runner.set_option("planar_configuration", 0)
        runner.set_option("photometric_interpretation", samples.photometric)
    runner.set_option("bits_allocated", 8 * values.dtype.itemsize)
    return np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes()


def _decoders() -> list[Decoder]:
    found: list[Any] = [value for value in vars(pydicom_decoders).values() if isinstance(value, Decoder)]
    return cast(list[Decoder], found)

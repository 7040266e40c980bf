"""Lightbox, a DICOM workstation for the desktop that speaks DICOMweb."""

__version__ = "0.1.0"

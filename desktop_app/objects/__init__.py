"""DICOM objects we make or read."""

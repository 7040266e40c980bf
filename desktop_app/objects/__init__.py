"""DICOM objects that are not pictures, or that we make: reports, presentation states, key objects, documents."""

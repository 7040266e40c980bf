"""DICOM objects that are not pictures, or that we make ourselves: reports, presentation states, key objects, documents."""

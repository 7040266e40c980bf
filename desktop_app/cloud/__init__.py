"""Finding stores in a cloud: projects, locations, datasets, DICOM stores."""

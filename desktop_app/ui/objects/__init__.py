"""Widgets for what is no image: reports, documents, waveforms, cards, tags."""

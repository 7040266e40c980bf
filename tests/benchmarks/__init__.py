"""Figures: what Lightbox does, beside a peer or a limit measured in the same run. Run by `make bench`."""

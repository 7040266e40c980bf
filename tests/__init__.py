"""The tests of Lightbox."""

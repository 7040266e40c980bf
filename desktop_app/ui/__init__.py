"""Widgets: they lay out, paint and forward. No I/O."""

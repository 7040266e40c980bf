"""Bytes to stored values to grey levels. Pure: safe in any thread; no Qt, no network."""

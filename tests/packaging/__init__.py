"""The built program, and how it is built."""

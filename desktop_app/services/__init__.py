"""The working day of the program, on the network thread; no Qt."""

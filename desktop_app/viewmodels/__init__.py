"""What the screen shows: state on the GUI thread, QtCore only."""

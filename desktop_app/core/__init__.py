"""What things are: values and pure functions. Runs in every thread; imports the standard library and numpy only."""

"""What several tests need: real servers, bad servers, long lines, series of images."""

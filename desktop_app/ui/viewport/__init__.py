"""The image area: canvas and painters."""

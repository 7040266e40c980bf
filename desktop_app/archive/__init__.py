"""The server side of DICOMweb, written once: catalogue, files, and an ASGI application."""

"""The protocol, as a small library: DICOMweb verbs over httpx, for any PS3.18 server."""

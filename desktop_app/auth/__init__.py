"""Signing in: credentials, flows, and the one httpx.Auth that attaches them."""

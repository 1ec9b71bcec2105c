"""Consent texts: written, read, compared."""

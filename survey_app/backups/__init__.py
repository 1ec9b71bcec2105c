"""Backups: made, sealed, kept in turn, and brought back."""

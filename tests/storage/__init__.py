"""Tests of the storage room, on real database files."""

"""Tests of the response database, subject by subject."""

"""Tests of the people database."""

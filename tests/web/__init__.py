"""Tests of the web room: pages as a browser gets them, and the scripts in a browser."""

"""The parts of `compare`: words, lists, scales, items, and where items stand.

Each yields the differences of one sort of thing; `compare` puts them together.
"""

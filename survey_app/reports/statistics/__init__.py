"""Statistics as pure functions: what goes in is counted, what comes out says what it rests on.

A result has numbers, or None in their place and a sentence that says why: never a NaN. SciPy is
used where it is right (distributions and the search for a minimum), so this room belongs to the
worker and is not imported by the web process.
"""

"""The people database: who stands behind a pseudonym, in a file of its own.

Nothing else in the program opens it, no transaction spans it and the responses, and everything
an analyst does works while it is absent.
"""

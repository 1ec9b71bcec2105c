"""What can keep a sheet from being written, in sentences."""


class PaperError(Exception):
    """A sheet that cannot be written; the message says why and what to do."""

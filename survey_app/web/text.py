"""What is typed is cleaned at the door, once, by one rule; nothing else is ever touched."""

import re
from collections.abc import Mapping
from typing import Any

REPLACEMENT = "\ufffd"

# NUL and the other control characters but tab and line feed, lone surrogates, and the two
# non-characters: XML 1.0 forbids them all, and one of them would end a whole export.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return text with lines ended by a line feed and forbidden characters shown as �."""
    if text.isprintable():  # as most texts are: on one line, with none of the forbidden in them
        return text
    return _FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


class CleanForm:
    """A posted form whose texts have been cleaned."""

    def __init__(self, posted: Any) -> None:
        self._posted = posted

    def getlist(self, name: str) -> list[str]:
        """Return the cleaned texts posted under `name`."""
        return [clean(text) for text in self._posted.getlist(name)]

    def get(self, name: str, default: str = "") -> str:
        """Return the first cleaned text posted under `name`."""
        text = self._posted.get(name)
        return default if text is None else clean(text)


def clean_json(value: Any) -> Any:
    """Return JSON with every text in it cleaned, names of members too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_json(entry) for entry in value]
    if isinstance(value, Mapping):
        return {clean(str(name)): clean_json(entry) for name, entry in value.items()}
    return value

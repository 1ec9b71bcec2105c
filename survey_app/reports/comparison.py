"""What responses are compared by, and how groups are kept from telling who is in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class Protection:
    """How groups are kept from telling who is in them: by a count of fewer than `least` people.

    Where fewer than `fewest` are counted there are no groups at all: 20 is where the Information
    and Privacy Commissioner of Ontario draws a line (De-Identification Guidelines for Structured
    Data, 2025: a risk of 0.05).
    """

    least: int = 5
    fewest: int = 20


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """What responses are compared by: `version`, `delivery`, `language` or the key of an item.

    `protection` is given where it might tell who answered. `text` are the item's words, `options`
    the codes of the groups in their order with the words of an item's. Languages come as they are
    met, so none are listed.
    """

    by: str
    text: Text | None = None
    options: Mapping[str, Text | None] = field(default_factory=dict)
    protection: Protection | None = None

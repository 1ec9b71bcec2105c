"""How charts are drawn, as it is chosen in a form and stands in an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from survey_app.translations import gettext as _
from survey_app.web.analyst.place import PRESET, SORT

SCREEN = "screen"
AS_ASKED, BY_TOP = "asked", "top"


@dataclass(frozen=True, kw_only=True)
class Manner:
    """For what charts are drawn, one of `preset_words`, and the order of a battery's rows."""

    preset: str = SCREEN
    sort: str = AS_ASKED

    def to_arguments(self) -> dict[str, Any]:
        """Return it as a job is told."""
        return {"preset": self.preset, "by_top": self.sort == BY_TOP}

    def to_address(self) -> str:
        """Return it as it stands behind the question mark of an address; empty if it is usual."""
        chosen = {PRESET: self.preset, SORT: self.sort}
        usual = {PRESET: SCREEN, SORT: AS_ASKED}
        return urlencode({name: each for name, each in chosen.items() if each != usual[name]})


def read_manner(given: Mapping[str, str]) -> Manner:
    """Return what was chosen; what there is not is as if nothing had been chosen."""
    preset, sort = given.get(PRESET, ""), given.get(SORT, "")
    return Manner(
        preset=preset if preset in preset_words() else SCREEN,
        sort=sort if sort in sort_words() else AS_ASKED,
    )


def recall_manner(arguments: Mapping[str, Any]) -> Manner:
    """Return the manner that a job was told."""
    sort = BY_TOP if arguments.get("by_top") else AS_ASKED
    return read_manner({PRESET: str(arguments.get("preset", SCREEN)), SORT: sort})


def preset_words() -> dict[str, str]:
    """Return the words of what charts are drawn for, by the names of survey_app/reports/presets."""
    return {
        SCREEN: _("a page"),
        "journal": _("one column of a journal, 89 mm"),
        "slide": _("a slide, 16:9"),
    }


def sort_words() -> dict[str, str]:
    """Return the words of the orders of a battery's rows."""
    return {AS_ASKED: _("as they were asked"), BY_TOP: _("the largest top 2 first")}

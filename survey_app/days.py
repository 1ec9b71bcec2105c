"""Days in an address: the first and the last of a filter, as they are read and said."""

import re
from collections.abc import Mapping
from datetime import date

from survey_app.translations import gettext as _

MOST_SHOWN = 40
"""The most characters that a sentence repeats of a value that cannot be meant."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_days(
    given: Mapping[str, list[str]], problems: list[str]
) -> tuple[date | None, date | None]:
    """Return the first and the last day of an address, by name; tell of what is none."""
    since = _read_day(given, "from", problems)
    until = _read_day(given, "to", problems)
    if since and until and since > until:
        problems.append(
            _("The last day, {until}, is before the first, {since}: both were left out.").format(
                since=since, until=until
            )
        )
        return None, None
    return since, until


def _read_day(given: Mapping[str, list[str]], name: str, problems: list[str]) -> date | None:
    values = given.get(name, [])
    found: date | None = None
    for value in values:
        try:
            read = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            read = None
        if read is None or found is not None:
            sentence = _(
                "“{name}” is not a day at “{value}” and was left out; write one day as 2026-03-01."
            )
            problems.append(sentence.format(name=name, value=cut_value(value)))
        else:
            found = read
    return found


def say_days(since: date | None, until: date | None) -> str:
    """Return between which days responses were begun; nothing where that is open."""
    if since and until:
        if since == until:
            return _("begun on {day}").format(day=say_day(since))
        first = say_day(since, year=since.year != until.year)
        return _("begun {first} to {last}").format(first=first, last=say_day(until))
    if since:
        return _("begun from {day} on").format(day=say_day(since))
    return _("begun until {day}").format(day=say_day(until)) if until else ""


def say_day(day: date, *, year: bool = True) -> str:
    """Return a day such as `3 March 2026`."""
    months = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )
    words = f"{day.day} {months[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def cut_value(value: str) -> str:
    """Return a value as a sentence repeats it."""
    return value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…"

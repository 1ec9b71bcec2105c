"""The days of a study as somebody gives them: read, and what is wrong with them."""

from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.storage.records import Erased
from survey_app.translations import gettext as _

MOST_GRACE = 365
DAY_NAMES = ("opens", "closes", "freeze_on", "retain_until")


@dataclass(frozen=True, kw_only=True)
class GivenDays:
    """The days as typed, each as 2026-03-01 or empty."""

    opens: str = ""
    closes: str = ""
    grace_days: str = "0"
    freeze_on: str = ""
    retain_until: str = ""
    afterwards: str = "answers"


@dataclass(frozen=True, kw_only=True)
class StudyDays:
    """The days of a study, as the store takes them."""

    opens: str | None
    closes: str | None
    grace_days: int
    freeze_on: str | None
    retain_until: str | None
    afterwards: Erased


def read_days(given: GivenDays) -> tuple[StudyDays | None, tuple[tuple[str, str], ...]]:
    """Return the days, or None and what is wrong by field."""
    days = {name: getattr(given, name).strip() for name in DAY_NAMES}
    errors = [
        (name, _("Write a day as 2026-03-01, or leave it empty."))
        for name, day in days.items()
        if day and not _is_day(day)
    ]
    grace = given.grace_days.strip() or "0"
    if not (grace.isascii() and grace.isdigit() and len(grace) < 4 and int(grace) <= MOST_GRACE):  # noqa: PLR2004 - digits of a number
        sentence = _("Write a number of days from 0 to {most}.")
        errors.append(("grace_days", sentence.format(most=MOST_GRACE)))
    if given.afterwards not in {"answers", "identities"}:
        errors.append(("afterwards", _("Choose what is erased.")))
    if errors:
        return None, tuple(errors)
    found = StudyDays(
        opens=days["opens"] or None,
        closes=days["closes"] or None,
        grace_days=int(grace),
        freeze_on=days["freeze_on"] or None,
        retain_until=days["retain_until"] or None,
        afterwards="identities" if given.afterwards == "identities" else "answers",
    )
    wrong = _find_disorder(found)
    return (None, wrong) if wrong else (found, ())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _find_disorder(days: StudyDays) -> tuple[tuple[str, str], ...]:
    """Return the days that come before those that they must follow."""
    wrong = []
    if days.opens and days.closes and days.closes < days.opens:
        wrong.append(("closes", _("The last day is before the first.")))
    if days.closes and days.retain_until:
        last = (date.fromisoformat(days.closes) + timedelta(days.grace_days)).isoformat()
        if days.retain_until < last:
            sentence = _("People may still be answering then; choose a day after {day}.")
            wrong.append(("retain_until", sentence.format(day=last)))
    if days.grace_days and not days.closes:
        wrong.append(("grace_days", _("Days to finish need a last day to count from.")))
    return tuple(wrong)

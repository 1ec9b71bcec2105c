"""Participants by their codes: which interview of theirs one is, and codes that look alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.storage.records import InterviewRow
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Ordinal:
    """The `number` of an interview among the `total` of its participant, by when it was held."""

    number: int = 1
    total: int = 1

    @property
    def words(self) -> str:
        """Which interview it is, such as `interview 2 of 3`; empty for somebody's only one."""
        if self.total == 1:
            return ""
        return _("interview {number} of {total}").format(number=self.number, total=self.total)


def number_interviews(rows: Iterable[InterviewRow]) -> dict[str, Ordinal]:
    """Return which interview of its participant each of a study's is, by the interview's id.

    Trial runs are counted apart, as they count in no result.
    """
    theirs: dict[tuple[str, bool], list[InterviewRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (find_time(row.held, row.started), row.started)):
        theirs[row.participant, row.is_test].append(row)
    return {
        row.id: Ordinal(number=number, total=len(held))
        for held in theirs.values()
        for number, row in enumerate(held, start=1)
    }


def find_time(held: Mapping[str, str] | None, started: str) -> str:
    """Return when an interview was held, as text that sorts: on paper by its day and hour there."""
    return f"{held['day']}T{held['from']}" if held else started[:16]


def find_alike(code: str, rows: Iterable[InterviewRow]) -> str:
    """Return the known code that differs from this one only in case or spaces, else nothing.

    A code that is known as it stands is like no other.
    """
    known = dict.fromkeys(row.participant for row in rows)
    if code in known:
        return ""
    return next((each for each in known if _plain(each) == _plain(code)), "")


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()

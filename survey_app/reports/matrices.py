"""Probes by participant: what became of each probe with each of them, in their order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.definition.text import Text
from survey_app.reports.coverage import Interview, find_topics
from survey_app.translations import gettext as _

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A probe: its state in each interview, None where the interview's version does not have it."""

    text: Text
    states: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The probes of one item, by interview; `names` are the participants' pseudonyms.

    `first` is the place of the first among the `count` that there are in all.
    """

    item: str
    text: Text
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    first: int
    count: int

    @property
    def part(self) -> str:
        """Which of all participants these are, in words; nothing if they are all."""
        if len(self.names) == self.count:
            return ""
        last = self.first + len(self.names) - 1
        return _("participants {first} to {last} of {count}").format(
            first=self.first, last=last, count=self.count
        )


def make_matrices(
    instruments: Iterable[Instrument], interviews: Iterable[Interview]
) -> tuple[Matrix, ...]:
    """Return a matrix for each item with probes; an interview without a name has its place."""
    newest_first = tuple(instruments)
    by_version = {each.version: find_topics([each]) for each in newest_first}
    held = sorted(interviews, key=_find_place)
    names = tuple(each.response.participant or str(place) for place, each in enumerate(held, 1))
    found = []
    for item, (topic, probes) in find_topics(newest_first).items():
        rows = []
        for key, probe in probes.items():
            states = tuple(
                each.find_state(item, key)
                if key in by_version[each.response.version].get(item, (None, {}))[1]
                else None
                for each in held
            )
            rows.append(MatrixRow(text=probe.text, states=states))
        found.append(
            Matrix(
                item=item,
                text=topic.read_aloud,
                names=names,
                rows=tuple(rows),
                first=1,
                count=len(names),
            )
        )
    return tuple(found)


def _find_place(interview: Interview) -> tuple[list[tuple[int, str]], str, str]:
    """Return by what interviews are put in order: P2 stands before P10."""
    response = interview.response
    pieces = _NUMBERS.split(response.participant or "")
    # What stands at odd places is a number.
    order = [(int(each) if at % 2 else 0, each) for at, each in enumerate(pieces)]
    return order, response.started, response.id

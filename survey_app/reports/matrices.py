"""Probes by participant: what became of each probe with each of them, in their order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from survey_app.definition.instrument import Instrument
from survey_app.definition.text import Text
from survey_app.reports.coverage import Interview, describe_state, find_topics
from survey_app.reports.wording import say
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


def split_matrix(matrix: Matrix, most: int) -> tuple[Matrix, ...]:
    """Return a matrix in parts of at most so many interviews, of nearly the same size."""
    count = len(matrix.names)
    parts = max(1, -(-count // most))
    size = -(-count // parts) if count else 1
    return tuple(
        replace(
            matrix,
            names=matrix.names[start : start + size],
            first=matrix.first + start,
            rows=tuple(
                replace(row, states=row.states[start : start + size]) for row in matrix.rows
            ),
        )
        for start in range(0, max(count, 1), size)
    )


def describe_matrix(matrix: Matrix, language: str) -> str:
    """Return the question, and for each probe what became of it with each participant."""
    parts = [say(matrix.text, language)]
    for row in matrix.rows:
        states = _list_states(matrix.names, row.states)
        parts.append(f"{say(row.text, language)}: {states}.")
    return " ".join(parts)


def _list_states(names: Sequence[str], states: Sequence[str | None]) -> str:
    return ", ".join(
        f"{name} {describe_state(state)}"
        for name, state in zip(names, states, strict=True)
        if state is not None
    )


def _find_place(interview: Interview) -> tuple[list[tuple[int, str]], str, str]:
    """Return by what interviews are put in order: P2 stands before P10."""
    response = interview.response
    pieces = _NUMBERS.split(response.participant or "")
    # What stands at odd places is a number.
    order = [(int(each) if at % 2 else 0, each) for at, each in enumerate(pieces)]
    return order, response.started, response.id

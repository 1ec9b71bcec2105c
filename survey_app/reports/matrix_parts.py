"""Matrices in parts and in words."""

from collections.abc import Sequence
from dataclasses import replace

from survey_app.reports.coverage import describe_state
from survey_app.reports.matrices import Matrix
from survey_app.reports.wording import say


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

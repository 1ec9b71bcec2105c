"""A source without the questions that might tell who answered.

They are taken out before anything is read of it, so that whatever is made of the source, in
whatever form, is without them.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TypeVar

from survey_app.disclosure.withheld import Withheld, strip
from survey_app.reports.comparison import Grouping
from survey_app.reports.dataset import Layout
from survey_app.reports.grouping import find_membership
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.responses import (
    InterviewRow,
    ItemMarkRow,
    MarkRow,
    NoteRow,
    ResponseRow,
    Source,
)

Placed = TypeVar("Placed", MarkRow, ItemMarkRow, NoteRow)


def withhold(
    source: Source, withheld: tuple[Withheld, ...], grouping: Grouping | None = None
) -> Source:
    """Return a source without some questions; what is marked and noted on them is gone as well.

    Each response still knows its group where the `grouping` is by one of them. A source of which
    nothing is withheld is returned as it is.
    """
    if not withheld:
        return source
    whole = harmonise(source)
    keys = frozenset(each.key for each in withheld)
    by_withheld = grouping if grouping is not None and grouping.by in keys else None
    layout = lay_out(whole)
    names = keys.union(*(layout.lineage.list_names(key).values() for key in keys))
    return replace(
        whole,
        instruments=tuple(strip(each, keys) for each in whole.instruments),
        responses=lambda: (
            _strip_response(_place(each, by_withheld, layout), keys) for each in whole.responses()
        ),
        marks=lambda: _leave_out(whole.marks(), keys),
        item_marks=lambda: _leave_out(whole.item_marks(), keys),
        notes=lambda: _leave_out(whole.notes(), keys),
        interviews=lambda: (_strip_interview(each, names) for each in whole.interviews()),
        withheld=withheld,
    )


def _place(response: ResponseRow, grouping: Grouping | None, layout: Layout) -> ResponseRow:
    if grouping is None:
        return response
    found = find_membership(grouping, layout, response)
    return replace(response, group=found.code, no_group=found.reason)


def _strip_response(response: ResponseRow, keys: Collection[str]) -> ResponseRow:
    return replace(
        response,
        answers={key: each for key, each in response.answers.items() if key not in keys},
        item_states={key: each for key, each in response.item_states.items() if key not in keys},
    )


def _leave_out(rows: Iterator[Placed], keys: Collection[str]) -> Iterator[Placed]:
    return (each for each in rows if each.item not in keys)


def _strip_interview(interview: InterviewRow, keys: Collection[str]) -> InterviewRow:
    return replace(
        interview, visits=tuple(each for each in interview.visits if each.item not in keys)
    )

"""How often each point of each scale was chosen in each group: all that comparisons need.

Counted in one pass by version, delivery and group, so it stays small however many respond.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from survey_app.reports.comparison import Grouping
from survey_app.reports.dataset import Layout
from survey_app.reports.grouping import find_membership
from survey_app.reports.responses import WITHDRAWN, ResponseRow

Line = tuple[str, str]
"""An item on a scale: its key and the key of its row, '' where it has none."""


@dataclass(kw_only=True)
class GroupCount:
    """The people of one group: how many, and how often each value was answered, by line."""

    people: int = 0
    values: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, response: ResponseRow, items: Iterable[str]) -> None:
        """Count a response's answers to items on scales."""
        self.people += 1
        given = response.answers
        self.values.update(
            [
                (key, row, answer.value)
                for key in items
                if key in given
                for row, answer in given[key].items()
                if isinstance(answer.value, str)
            ]
        )

    def count(self, line: Line, code: str) -> int:
        """Return how many chose a point of a line's scale."""
        return self.values[(*line, code)]


class GroupPoints:
    """Counts the responses that pass by, by version, delivery and group; withdrawn ones not.

    `outside` are those in no group, by version, delivery and reason.
    """

    def __init__(self, layout: Layout, grouping: Grouping) -> None:
        self.layout = layout
        self.grouping = grouping
        self.groups: dict[tuple[str, str, str], GroupCount] = {}
        self.outside: Counter[tuple[str, str, str]] = Counter()
        self._items = {
            instrument.version: tuple(
                item.key for item in instrument.items if item.scale_used() is not None
            )
            for instrument in layout.instruments
        }

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, so that one reading serves those who take them as well."""
        for response in responses:
            if response.state != WITHDRAWN:
                self._count(response)
            yield response

    def _count(self, response: ResponseRow) -> None:
        membership = find_membership(self.grouping, self.layout, response)
        place = response.version, response.delivery
        if membership.reason:
            self.outside[(*place, membership.reason)] += 1
            return
        group = self.groups.setdefault((*place, membership.code), GroupCount())
        group.add(response, self._items.get(response.version, ()))

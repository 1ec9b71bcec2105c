"""One item compared over groups: the test, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.reports.group_answers import GroupAnswers
from survey_app.reports.group_points import Line
from survey_app.reports.group_scopes import Scope
from survey_app.reports.grouping import VERSION
from survey_app.reports.line_words import LineWords, is_same_question
from survey_app.reports.statistics.comparisons import Comparison, compare_groups, compare_two
from survey_app.reports.statistics.ranks import Group
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.translations import gettext as _

PAIR = 2


@dataclass(frozen=True, kw_only=True)
class ItemComparison:
    """One item in all groups that were asked it. Without a test `why_none` says why.

    `too_small` are the groups with too few answers to be in the test.
    """

    line: Line
    words: LineWords
    groups: tuple[GroupAnswers, ...]
    test: Comparison | None
    too_small: tuple[str, ...]
    why_none: str


def compare_item(
    scope: Scope,
    line: Line,
    words: LineWords,
    groups: tuple[GroupAnswers, ...],
    asked: Mapping[str, LineWords],
) -> ItemComparison:
    """Return an item in all groups, tested over those that are large enough.

    `asked` are its words in each version; versions that asked otherwise are not tested.
    """
    large = tuple(group for group in groups if group.tally.n >= LEAST_IN_GROUP)
    why_none = ""
    if scope.counts.grouping.by == VERSION:
        why_none = _explain_change({group.code: asked[group.code] for group in large})
    test = None if why_none else test_groups(large if len(large) >= PAIR else groups)
    return ItemComparison(
        line=line,
        words=words,
        groups=groups,
        test=test,
        too_small=tuple(group.name for group in groups if group not in large),
        why_none=test.basis.why_none if test else why_none,
    )


def test_groups(groups: Sequence[GroupAnswers]) -> Comparison:
    """Return the test of two groups, or of several."""
    ranked = [Group(name=group.name, tally=group.tally) for group in groups]
    return compare_two(*ranked) if len(ranked) == PAIR else compare_groups(ranked)


def _explain_change(asked: Mapping[str, LineWords]) -> str:
    """Say that an item was not the same in all versions; nothing where it was."""
    first = next(iter(asked.values()), None)
    if first is None or all(is_same_question(first, words) for words in asked.values()):
        return ""
    sentence = _(
        "The wording or the points of the scale are not the same in {versions}, so the answers are "
        "not tested against each other."
    )
    return sentence.format(versions=", ".join(asked))

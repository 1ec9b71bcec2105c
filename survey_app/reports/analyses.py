"""What the sheets Scales and Groups rest on, kept in the pass that counts the responses."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from survey_app.reports.dataset import Layout
from survey_app.reports.group_counts import GroupCounts
from survey_app.reports.group_points import GroupPoints
from survey_app.reports.grouping import VERSION, make_grouping
from survey_app.reports.responses import Context, ResponseRow
from survey_app.reports.scale_values import ScaleValues
from survey_app.reports.sheets.notice import (
    explain_no_groups,
    explain_no_scales,
    explain_too_few,
    make_notice_sheet,
)
from survey_app.spreadsheets.sheet import Sheet


class Analyses:
    """Scales, and groups if any are compared: by what the context says, else versions."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self._language = context.language
        self._values = ScaleValues(layout)
        self._chosen = context.grouping is not None
        grouping = context.grouping or make_grouping(VERSION, layout.instruments)
        several = len(layout.instruments) > 1
        self._protected: GroupCounts | None = None
        self._counts: GroupPoints | None = None
        if grouping.protection:
            self._protected = GroupCounts(grouping=grouping, layout=layout)
        elif context.grouping or several:
            self._counts = GroupPoints(layout, grouping)

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, so that one reading serves those who take them as well."""
        kept = self._values.watch(responses)
        counting = self._counts or self._protected
        return kept if counting is None else counting.watch(kept)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets Scales and Groups, to be asked for once all responses have passed by."""
        return self._make_scales_sheet(), self._make_groups_sheet()

    def _make_scales_sheet(self) -> Sheet:
        pools = self._values.take_pools()
        if not pools:
            return make_notice_sheet("Scales", explain_no_scales())
        # SciPy takes a second and 40 MiB: it is loaded where there is something to compute.
        from survey_app.reports.scales import report_scales
        from survey_app.reports.sheets.scales import make_scales_sheet

        return make_scales_sheet(report_scales(pools), self._language)

    def _make_groups_sheet(self) -> Sheet:
        if self._protected is not None:
            return _make_protected_sheet(self._protected, self._language)
        counts = self._counts
        versions = {version for version, _delivery, _code in counts.groups} if counts else set()
        if counts is None or (not self._chosen and len(versions) <= 1):
            return make_notice_sheet("Groups", explain_no_groups())
        from survey_app.reports.groups import compare_pools
        from survey_app.reports.sheets.groups import make_groups_sheet

        pools = compare_pools(counts, self._language)
        return make_groups_sheet(counts.grouping, pools, self._language)


def _make_protected_sheet(counts: GroupCounts, language: str) -> Sheet:
    from survey_app.reports.protected_groups import list_protected
    from survey_app.reports.sheets.groups import make_groups_sheet

    pools = list_protected(counts.panels(language))
    if not pools:
        return make_notice_sheet("Groups", explain_too_few(counts.grouping))
    return make_groups_sheet(counts.grouping, pools, language)

"""The sheet Groups: items on scales group by group, and for each item whether the groups differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey_app.definition.reasons import Reason, describe
from survey_app.reports.comparison import Grouping
from survey_app.reports.group_answers import GroupAnswers
from survey_app.reports.grouping import explain_hidden, name_grouping
from survey_app.reports.groups import ComparedPool
from survey_app.reports.item_comparisons import ItemComparison
from survey_app.reports.panels import explain_hidden_row, say_hidden
from survey_app.reports.sheets.notice import make_notice_sheet
from survey_app.reports.statistics.comparisons import Comparison
from survey_app.reports.statistics.proportions import estimate_top_boxes
from survey_app.reports.statistics.quantiles import find_quartiles
from survey_app.reports.statistics.results import LEAST_IN_GROUP, join_sentences
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

HEADERS = (
    Header(name="item", width=24),
    Header(name="row", width=18),
    Header(name="label", width=76, wrap=True),
    Header(name="group", width=22, wrap=True),
    Header(name="n", width=7),
    Header(name="left_out", width=11),
    Header(name="median", width=10),
    Header(name="lower_quartile", width=17),
    Header(name="upper_quartile", width=17),
    Header(name="top_2", width=9),
    Header(name="top_2_percent", width=16),
    Header(name="top_2_from", width=14),
    Header(name="top_2_to", width=12),
    Header(name="effect", width=19, indent=True),
    Header(name="effect_from", width=14),
    Header(name="effect_to", width=12),
    Header(name="effect_size", width=14),
    Header(name="statistic", width=12),
    Header(name="p", width=12),
    Header(name="p_holm", width=12),
    Header(name="method", width=86, wrap=True, indent=True),
    Header(name="remark", width=54, wrap=True),
    Header(name="compared_by", width=30, wrap=True),
    Header(name="versions", width=14, wrap=True),
    Header(name="delivery", width=13),
)
"""Places on a scale begin with 1; the interval of an effect stands before its size and its p."""

PADDING: tuple[Value, ...] = (None,)
TOP = 2
PLACES = 3
P_DIGITS = 6
"""A p is rounded to so many digits after its zeros, so that none becomes 0."""


def make_groups_sheet(grouping: Grouping, pools: Sequence[ComparedPool], language: str) -> Sheet:
    """Return for each item a row with its test, and one for each group.

    Each pool begins with a row that says who is compared.
    """
    if not any(pool.items for pool in pools):
        return make_notice_sheet("Groups", _explain_no_items(pools))

    def read_rows() -> Iterator[Row]:
        for pool in pools:
            frame = _Frame(name_grouping(grouping, language), pool, language)
            everyone = sum(people for _name, people in pool.people)
            yield frame.make_row(label=_describe_pool(pool, language), n=everyone)
            for item in pool.items:
                yield _make_item_row(frame, item)
                for group in item.groups:
                    yield _make_group_row(frame, item, group)

    return Sheet(name="Groups", headers=HEADERS, rows=read_rows, freeze="C2")


@dataclass(frozen=True)
class _Frame:
    """What all rows of a pool have in common."""

    compared_by: str
    pool: ComparedPool
    language: str

    def make_row(
        self,
        *,
        item: ItemComparison | None = None,
        label: Value = None,
        group: Value = None,
        n: Value = 0,
        left_out: Value = None,
        spread: Sequence[Value] = PADDING * 7,
        test: Sequence[Value] = PADDING * 8,
        remark: str = "",
    ) -> Row:
        key, row = item.line if item else (None, None)
        return [
            key,
            row or None,
            label if item is None else _label(item, self.language),
            group,
            n,
            left_out,
            *spread,
            *test,
            remark or None,
            self.compared_by,
            ", ".join(self.pool.versions),
            self.pool.delivery or None,
        ]


def _label(item: ItemComparison, language: str) -> str:
    return say(item.words.text, language) or say(item.words.question, language)


def _describe_pool(pool: ComparedPool, language: str) -> Muted:
    groups = ", ".join(f"{name} {people}" for name, people in pool.people)
    words = [_("People in each group: {groups}.").format(groups=groups or _("nobody"))]
    if pool.rest:
        words.append(
            ngettext(
                "{count} person is in another group or in none.",
                "{count} people are in other groups or in none, which are not shown.",
                pool.rest,
            ).format(count=pool.rest)
        )
    if pool.outside:
        reasons = ", ".join(
            f"{describe(Reason(reason), language)} {number}"
            for reason, number in pool.outside.items()
        )
        count = sum(pool.outside.values())
        sentence = ngettext("{count} is in no group", "{count} are in no group", count)
        words.append(f"{sentence}: {reasons}.")
    return Muted(" ".join(words))


def _make_item_row(frame: _Frame, item: ItemComparison) -> Row:
    test = item.test
    told = [] if test is None else [test.basis.caveat]
    if item.too_small and not item.why_none:
        sentence = _("Left out of the test, with fewer than {least} answers: {groups}.")
        told.append(sentence.format(least=LEAST_IN_GROUP, groups=", ".join(item.too_small)))
    hidden = [group.name for group in item.groups if group.hidden]
    if hidden and test is not None:
        told.append(
            _("Left out of the test, as they are hidden: {groups}.").format(
                groups=", ".join(hidden)
            )
        )
    return frame.make_row(
        item=item,
        group=Muted(_("the groups shown") if frame.pool.protected else _("all groups")),
        n=sum(group.tally.n for group in item.groups),
        left_out=sum(group.tally.left_out for group in item.groups),
        test=PADDING * 8 if test is None or item.why_none else _show_test(test),
        remark=join_sentences(item.why_none, *told),
    )


def _show_test(test: Comparison) -> list[Value]:
    """Return what the effect is, its interval and size, the statistic, both p and the method."""
    size = test.size
    first = test.groups[0].name
    method = f"{test.basis.method}; {size.method}"
    if test.effect == "rank_biserial":
        above = _("the effect is positive where “{group}” is higher").format(group=first)
        method = f"{method}; {above}"
    names = {"rank_biserial": _("rank-biserial"), "epsilon_squared": _("epsilon squared")}
    effect = (size.lower, size.upper, size.value)
    return [
        names[test.effect],
        *(_round(number, PLACES) for number in effect),
        _round(test.statistic, PLACES),
        _shorten(test.p),
        _shorten(test.adjusted),
        method,
    ]


def _make_group_row(frame: _Frame, item: ItemComparison, group: GroupAnswers) -> Row:
    tally = group.tally
    if group.hidden:
        return frame.make_row(
            item=item,
            group=group.name,
            n=Muted(say_hidden(frame.pool.protected)),
            left_out=Muted(say_hidden(frame.pool.protected)),
            spread=[Muted(say_hidden(frame.pool.protected))] * 7,
            remark=explain_hidden_row(frame.pool.protected),
        )
    hidden = explain_hidden(tally.n)
    return frame.make_row(
        item=item,
        group=group.name,
        n=tally.n,
        left_out=tally.left_out,
        spread=PADDING * 7 if hidden else _show_spread(group),
        remark=hidden,
    )


def _show_spread(group: GroupAnswers) -> list[Value]:
    quartiles = find_quartiles(group.tally)
    spread: list[Value] = [quartiles.median, quartiles.lower, quartiles.upper]
    if group.points <= TOP:
        return [*spread, *PADDING * 4]
    top = estimate_top_boxes(group.tally, range(1, group.points + 1), TOP)
    shares = (top.share.value, top.share.lower, top.share.upper)
    percents = [None if share is None else round(100 * share, 1) for share in shares]
    return [*spread, top.count, *percents]


def _explain_no_items(pools: Sequence[ComparedPool]) -> str:
    if not any(pool.people for pool in pools):
        return _("Nobody is in a group, so there is nothing to compare.")
    return _("Nothing here is answered on a scale, so there is nothing to compare.")


def _round(number: float | None, places: int) -> float | None:
    return None if number is None else round(number, places)


def _shorten(p: float | None) -> float | None:
    return None if p is None else float(f"{p:.{P_DIGITS}g}")

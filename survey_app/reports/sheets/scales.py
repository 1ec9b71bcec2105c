"""The sheet Scales: a row for each scale, with its reliability and scores, and for its items."""

from collections.abc import Iterator, Sequence

from survey_app.definition.shapes import Column
from survey_app.reports.scales import ScaleReport
from survey_app.reports.sheets.notice import explain_no_scales, make_notice_sheet
from survey_app.reports.statistics.missing import describe_treatment
from survey_app.reports.statistics.reliability import ItemReliability
from survey_app.reports.statistics.results import LEAST_IN_GROUP, Figure, join_sentences
from survey_app.reports.statistics.scales import describe_rule
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

HEADERS = (
    Header(name="scale", width=18),
    Header(name="item", width=26),
    Header(name="label", width=46, wrap=True),
    Header(name="reversed", width=16, wrap=True),
    Header(name="versions", width=14, wrap=True),
    Header(name="delivery", width=13),
    Header(name="items", width=8),
    Header(name="n", width=7),
    Header(name="left_out", width=11),
    Header(name="alpha_from", width=13),
    Header(name="alpha_to", width=11),
    Header(name="alpha", width=9),
    Header(name="alpha_standardised", width=21),
    Header(name="mean_correlation", width=19),
    Header(name="omega", width=9),
    Header(name="item_rest", width=12),
    Header(name="alpha_if_dropped", width=19),
    Header(name="score_n", width=11),
    Header(name="score_mean", width=14),
    Header(name="score_sd", width=11),
    Header(name="score_lower_quartile", width=23),
    Header(name="score_median", width=15),
    Header(name="score_upper_quartile", width=23),
    Header(name="score_rule", width=44, wrap=True, indent=True),
    Header(name="method", width=110, wrap=True),
    Header(name="remark", width=60, wrap=True),
)
"""The interval of alpha stands before its point; `n` are those on whom the reliability rests."""

PLACES = 3
SCORE_PLACES = 2


def make_scales_sheet(reports: Sequence[ScaleReport], language: str) -> Sheet:
    """Return the scales, each followed by its items; in one sentence that there are none."""
    if not reports:
        return make_notice_sheet("Scales", explain_no_scales())

    def read_rows() -> Iterator[Row]:
        for report in reports:
            yield _make_scale_row(report)
            for member in report.reliability.items:
                yield _make_item_row(report, member, report.columns[member.item], language)

    return Sheet(name="Scales", headers=HEADERS, rows=read_rows, freeze="C2")


def _make_scale_row(report: ScaleReport) -> Row:
    scale, basis = report.scale, report.reliability.basis
    count = len(scale.items)
    return [
        scale.name,
        None,
        ngettext("{count} item", "{count} items", count),
        ", ".join(scale.reverse) or None,
        ", ".join(report.versions),
        report.delivery,
        count,
        basis.n,
        basis.left_out,
        *_show_reliability(report),
        None,
        None,
        *_show_scores(report),
        describe_rule(scale.missing),
        _describe_method(report),
        _remark(report) or None,
    ]


def _show_reliability(report: ScaleReport) -> list[Value]:
    """Return alpha's interval, alpha, standardised alpha, mean correlation and omega."""
    found = report.reliability
    alpha = (found.alpha.lower, found.alpha.upper, found.alpha.value, found.standardised.value)
    mean = _round(found.mean_correlation.value)
    if report.why_none:
        # Of two items the correlation can be told; of few respondents nothing can.
        shown = mean if found.basis.n >= LEAST_IN_GROUP else None
        return [None, None, None, None, shown, None]
    return [*map(_round, alpha), mean, _round(found.omega.value)]


def _show_scores(report: ScaleReport) -> list[Value]:
    mean, quartiles = report.mean, report.quartiles
    numbers = (mean.mean, mean.deviation, quartiles.lower, quartiles.median, quartiles.upper)
    return [mean.basis.n, *(_round(number, SCORE_PLACES) for number in numbers)]


def _describe_method(report: ScaleReport) -> str:
    basis = report.reliability.basis
    score = {"mean": _("score: the items’ mean"), "sum": _("score: the items’ sum")}
    parts = [
        basis.method,
        report.reliability.alpha.method,
        describe_treatment(basis.treatment),
        score[report.scale.score],
        report.mean.basis.method,
        report.quartiles.basis.method,
    ]
    return "; ".join(parts)


def _remark(report: ScaleReport) -> str:
    reliability = report.reliability
    if report.why_none:
        told = [report.why_none]
    else:
        figures = (reliability.standardised, reliability.mean_correlation, reliability.omega)
        told = [reliability.basis.caveat, *(figure.why_none for figure in figures)]
    told += [report.mean.basis.why_none or report.mean.basis.caveat]
    return join_sentences(*dict.fromkeys(told))


def _make_item_row(
    report: ScaleReport, member: ItemReliability, column: Column, language: str
) -> Row:
    figures = (member.item_rest, member.alpha_if_dropped)
    if report.why_none:
        figures = (Figure(value=None), Figure(value=None))
    padding: list[Value] = [None]
    return [
        report.scale.name,
        member.item,
        say(column.label or column.text, language),
        _("reversed") if member.item in report.scale.reverse else None,
        ", ".join(report.versions),
        report.delivery,
        None,
        member.answers,
        *padding * 7,
        *(_round(figure.value) for figure in figures),
        *padding * 8,
        join_sentences(*dict.fromkeys(figure.why_none for figure in figures)) or None,
    ]


def _round(number: float | None, places: int = PLACES) -> float | None:
    return None if number is None else round(number, places)

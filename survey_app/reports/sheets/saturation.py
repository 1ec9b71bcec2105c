"""The sheet Saturation: what each interview brought anew, and in words when little was new."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from survey_app.reports.saturation import Found
from survey_app.reports.saturation_words import describe_results, list_curves
from survey_app.reports.sheets.notice import make_notice_sheet, say_no_interviews
from survey_app.reports.statistics.saturation import find_saturation
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _

CURVES = ("free_topics", "unprompted", "raised")
HEADERS = (
    Header(name="participant", width=15),
    Header(name="held", width=18),
    Header(name="version", width=11),
    Header(name="state", width=13),
    Header(name="response", width=35),
    Header(name="new_topics", width=84, wrap=True),
    *(
        header
        for curve in CURVES
        for header in (
            Header(name=f"{curve}_new", width=len(curve) + 9),
            Header(name=curve, width=max(len(curve), 10) + 4),
            Header(name=f"{curve}_run_percent", width=len(curve) + 17),
        )
    ),
)
"""Of each curve: what is new, how much there is by now, and what the last run brought anew."""

NOTHING: tuple[Value, ...] = (None,)


def make_saturation_sheet(found: Sequence[Found], language: str) -> Sheet:
    """Return one row an interview in the order in which they were held, under the results."""
    if not found:
        return make_notice_sheet("Saturation", say_no_interviews())
    curves = list_curves(found)
    columns = [column for new in curves for column in _make_columns(new)]

    def read_rows() -> Iterator[Row]:
        for sentence in describe_results(curves):
            before = (Muted(_("result", language)), *NOTHING * 4)
            yield [*before, Muted(sentence), *NOTHING * (len(HEADERS) - 6)]
        for each, numbers in zip(found, zip(*columns, strict=True), strict=True):
            response = each.interview.response
            yield [
                response.participant,
                each.held,
                response.version,
                response.state,
                response.id,
                "\n".join(each.topics) or None,
                *numbers,
            ]

    return Sheet(name="Saturation", headers=HEADERS, rows=read_rows, freeze="C2", filter=False)


def _make_columns(new: Sequence[int]) -> tuple[list[Value], ...]:
    """Return what is new in each interview, what there is by then, and what its run brought."""
    shares = find_saturation(new).shares
    before: list[Value] = [None] * (len(new) - len(shares))
    return [*new], [*accumulate(new)], [*before, *(round(100 * share, 1) for share in shares)]

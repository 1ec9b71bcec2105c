"""The sheet Saturation: what each interview brought anew, and in words when little was new."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from survey_app.reports.saturation import Found
from survey_app.reports.sheets.notice import make_notice_sheet, say_no_interviews
from survey_app.reports.statistics.saturation import BASE, RUN, THRESHOLD, find_saturation
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

CURVES = ("free_topics", "unprompted", "raised")
HEADERS = (
    Header(name="participant", width=15),
    Header(name="held", width=18),
    Header(name="version", width=11),
    Header(name="state", width=13),
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
    Header(name="response", width=35),
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
            before = (Muted(_("result", language)), *NOTHING * 3)
            yield [*before, Muted(sentence), *NOTHING * (len(HEADERS) - 5)]
        for each, numbers in zip(found, zip(*columns, strict=True), strict=True):
            response = each.interview.response
            yield [
                response.participant,
                each.held,
                response.version,
                response.state,
                "\n".join(each.topics) or None,
                *numbers,
                response.id,
            ]

    return Sheet(name="Saturation", headers=HEADERS, rows=read_rows, freeze="C2", filter=False)


def list_curves(found: Sequence[Found]) -> tuple[tuple[int, ...], ...]:
    """Return how much each interview brought anew: free topics, unprompted probes, raised ones."""
    return (
        tuple(len(each.topics) for each in found),
        tuple(each.unprompted for each in found),
        tuple(each.raised for each in found),
    )


def describe_results(curves: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield of each curve when little and when nothing was new, and what that rests on."""
    names = (
        _("Free topics, which tell of saturation"),
        _("Listed probes raised unprompted"),
        _("Listed probes raised unprompted or after the probe"),
    )
    for name, new in zip(names, curves, strict=True):
        yield f"{name}: {_describe_result(new)}"
    yield _(
        "By Guest, Namey & Chen (2020): what a run of {run} interviews brought anew, in per cent "
        "of what the first {base} brought; 6+2 is reached after 6 interviews and shown by 2 more. "
        "Free topics are the same where their texts are, whatever the case, the width of the "
        "characters and the spaces; what means the same in other words counts twice."
    ).format(run=RUN, base=BASE)
    yield _(
        "This is how soon topics were covered. Those who do reflexive thematic analysis do not "
        "take it for saturation (Braun & Clarke 2021), and nothing says that nobody else would "
        "bring something new."
    )


def _describe_result(new: Sequence[int]) -> str:
    interviews = ngettext("{count} interview", "{count} interviews", len(new))
    told = [_("{total} in {interviews}.").format(total=sum(new), interviews=interviews)]
    first = find_saturation(new)
    if not first.shares:
        return f"{told[0]} {first.why_none}"
    for threshold in (THRESHOLD, 0.0):
        result = find_saturation(new, threshold=threshold)
        sentence = (
            _("At most {percent} % new: not reached. {reason}")
            if result.reached is None
            else _("At most {percent} % new: {reached}+{run}.")
        )
        told.append(
            sentence.format(
                percent=f"{100 * threshold:g}",
                reached=result.reached,
                run=result.run,
                reason=result.why_none,
            )
        )
        if result.reached is None:
            break
    return " ".join(told)


def _make_columns(new: Sequence[int]) -> tuple[list[Value], ...]:
    """Return what is new in each interview, what there is by then, and what its run brought."""
    shares = find_saturation(new).shares
    before: list[Value] = [None] * (len(new) - len(shares))
    return [*new], [*accumulate(new)], [*before, *(round(100 * share, 1) for share in shares)]

"""Charts in words: the same numbers for who cannot see them."""

from collections.abc import Mapping
from typing import assert_never

from survey_app.definition.reasons import NOT_ASKED
from survey_app.definition.shapes import Counts, Grid, GridRow, Numbers, Summary, Texts
from survey_app.reports.coverage import TopicCoverage, describe_state
from survey_app.reports.likert import TOP, count_top
from survey_app.reports.wording import say
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def show_number(number: float | None) -> str:
    """Return a number with at most two decimals."""
    if number is None:
        return "–"
    return f"{number:.0f}" if float(number).is_integer() else f"{number:.2f}"


def show_percent(count: int, n: int) -> str:
    """Return a share in whole per cent, a half rounded up; nothing has no share."""
    return f"{(200 * count + n) // (2 * n)}%" if n else "–"


def alt_text(summary: Summary, language: str) -> str:
    """Return the question and every number of its summary in words."""
    question = say(summary.text, language)
    match summary:
        case Grid():
            parts = [_describe_row(summary, row, language) for row in summary.rows]
        case Counts():
            parts = [_describe_counts(summary, language)]
        case Numbers():
            parts = [_describe_numbers(summary)]
        case Texts():
            parts = [_("{n} wrote something.").format(n=summary.n)]
        case _:
            assert_never(summary)
    return " ".join([question, *parts])


def probe_alt_text(topic: TopicCoverage, language: str) -> str:
    """Return the question and for each probe the number of interviews in each state."""
    parts = [say(topic.text, language)]
    for probe in topic.probes:
        states = ", ".join(
            f"{describe_state(state)} {count}" for state, count in probe.counts.items() if count
        )
        words = states or _("no interviews")
        parts.append(f"{say(probe.text, language)}: {words}.")
    return " ".join(parts)


def count_silent(missing: Mapping[str, int]) -> int:
    """Return how many were asked and gave no answer."""
    return sum(count for reason, count in missing.items() if reason not in NOT_ASKED)


def count_not_asked(missing: Mapping[str, int]) -> int:
    """Return how many were not asked: not relevant, not reached, not in their version."""
    return sum(count for reason, count in missing.items() if reason in NOT_ASKED)


def describe_blanks(missing: Mapping[str, int]) -> str:
    """Return in words how many gave no answer, and how many were not asked if any were not."""
    silent = _("{number} gave no answer").format(number=count_silent(missing))
    not_asked = count_not_asked(missing)
    if not not_asked:
        return silent
    words = ngettext("{count} was not asked", "{count} were not asked", not_asked)
    return f"{silent}, {words}"


def list_shares(grid: Grid, row: GridRow, language: str) -> str:
    """Return how many chose each point, and one of the highest, of a row of a battery."""
    shares = ", ".join(
        f"{say(text, language)} {_show_share(count, row.n)}"
        for (_code, text), count in zip(grid.levels, row.counts, strict=True)
    )
    top = count_top(grid, row)
    if top is None or not row.n:
        return shares
    words = _("top {points}: {share}").format(points=TOP, share=_show_share(top, row.n))
    return f"{shares}; {words}"


def list_options(counts: Counts, language: str) -> str:
    """Return how many chose each option of a list."""
    return ", ".join(
        f"{say(level.text, language)} {_show_share(level.count, counts.n)}"
        for level in counts.levels
    )


def describe_base(n: int, missing: Mapping[str, int]) -> str:
    """Return in a sentence how many answered, and what the others did."""
    return _("n = {n}, {blanks}.").format(n=n, blanks=describe_blanks(missing))


def _describe_row(grid: Grid, row: GridRow, language: str) -> str:
    words = f"{list_shares(grid, row, language)}; {describe_base(row.n, row.missing)}"
    return words if row.text == grid.text else f"{say(row.text, language)}: {words}"


def _describe_counts(counts: Counts, language: str) -> str:
    return f"{list_options(counts, language)}; {describe_base(counts.n, counts.missing)}"


def _describe_numbers(numbers: Numbers) -> str:
    words = _(
        "Lowest {minimum}, lower quartile {lower}, median {median}, upper quartile {upper}, "
        "highest {maximum}, mean {mean};"
    ).format(
        minimum=show_number(numbers.minimum),
        lower=show_number(numbers.lower_quartile),
        median=show_number(numbers.median),
        upper=show_number(numbers.upper_quartile),
        maximum=show_number(numbers.maximum),
        mean=show_number(numbers.mean),
    )
    return f"{words} {describe_base(numbers.n, numbers.missing)}"


def _show_share(count: int, n: int) -> str:
    return f"{count} ({show_percent(count, n)})" if n else str(count)

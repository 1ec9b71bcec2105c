"""The sheet Probe shares: one row for each probe, with what became of it over the interviews."""

from collections.abc import Iterable, Iterator, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.reports.coverage import STATES, Interview, ProbeCoverage, TopicCoverage, cover
from survey_app.reports.sheets.shares import show_percent, show_share
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet

UNPROMPTED, AFTER_PROBE = "raised_unprompted", "raised_after_probe"
COVERED = (UNPROMPTED, AFTER_PROBE, "asked_and_denied", "dont_know", "refused")
"""The states in which a probe has come up, by itself or because it was asked."""

HEADERS = (
    Header(name="item", width=24),
    Header(name="probe", width=20),
    Header(name="question", width=44, wrap=True),
    Header(name="label", width=44, wrap=True),
    Header(name="interviews", width=12),
    *(Header(name=state, width=max(11, len(state) + 4)) for state in STATES),
    Header(name="covered", width=11),
    Header(name="raised", width=10),
    Header(name="raised_percent", width=18),
    Header(name="raised_from", width=15),
    Header(name="raised_to", width=13),
    Header(name="unprompted_percent", width=22),
)


def make_probe_shares_sheet(
    instruments: Sequence[Instrument], interviews: Iterable[Interview], language: str
) -> Sheet:
    """Return for each probe how many interviews left it in each state, and its shares.

    `interviews` are those whose version has the probe, and add up from the states. The shares of
    `raised` are of `covered`, and `unprompted_percent` is of `raised`.
    """
    topics = cover(instruments, interviews)

    def read_rows() -> Iterator[Row]:
        for topic in topics:
            for probe in topic.probes:
                yield _make_row(topic, probe, language)

    return Sheet(name="Probe shares", headers=HEADERS, rows=read_rows, freeze="C2")


def _make_row(topic: TopicCoverage, probe: ProbeCoverage, language: str) -> Row:
    covered = sum(probe.counts[state] for state in COVERED)
    raised = probe.counts[UNPROMPTED] + probe.counts[AFTER_PROBE]
    return [
        topic.item,
        probe.probe,
        say(topic.text, language),
        say(probe.text, language),
        probe.base,
        *(probe.counts[state] for state in STATES),
        covered,
        raised,
        *show_share(raised, covered),
        show_percent(probe.counts[UNPROMPTED], raised),
    ]

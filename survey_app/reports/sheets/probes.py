"""The sheet Probes: one row an interview, one column a probe, its state in words."""

from collections.abc import Iterator, Mapping, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.definition.reasons import Reason, describe
from survey_app.reports.coverage import FREE_PROBE, Interview, describe_state, find_topics
from survey_app.reports.moments import read_moment
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value

LEADING = (
    Header(name="response", width=35),
    Header(name="participant", width=15),
    Header(name="interview", width=35),
    Header(name="interview_started", width=21),
    Header(name="version", width=11),
    Header(name="state", width=12),
)
STATE_WIDTH = 24
FREE_WIDTH = 44

Listed = Mapping[str, Sequence[str]]
"""The keys of the probes of each item."""


def make_probes_sheet(
    instruments: Sequence[Instrument], interviews: Sequence[Interview], language: str
) -> Sheet:
    """Return the interviews with a column `item__probe` for each probe.

    `item__other_topics` holds what was raised beside the listed probes.
    """
    listed = _list_probes(instruments)
    known = {each.version: _list_probes([each]) for each in instruments}

    def read_rows() -> Iterator[Row]:
        for interview in interviews:
            asked = known[interview.response.version]
            row = _make_leading_values(interview)
            for item, probes in listed.items():
                row += [_show_state(interview, item, each, asked, language) for each in probes]
                row.append(list_free_topics(interview, item, language) or None)
            yield row

    added = [header for item, probes in listed.items() for header in _make_headers(item, probes)]
    return Sheet(name="Probes", headers=(*LEADING, *added), rows=read_rows, freeze="C2")


def list_free_topics(interview: Interview, item: str, language: str) -> str:
    """Return the topics that an interviewer added to an item's probes, with their states."""
    return "\n".join(
        f"{mark.text} ({describe_state(mark.state, language)})"
        for (of, probe), mark in interview.marks.items()
        if of == item and probe.startswith(FREE_PROBE)
    )


def _make_headers(item: str, probes: Sequence[str]) -> Iterator[Header]:
    for probe in probes:
        name = f"{item}__{probe}"
        yield Header(name=name, width=max(STATE_WIDTH, len(name) + 4))
    yield Header(name=f"{item}__other_topics", width=FREE_WIDTH, wrap=True)


def _list_probes(instruments: Sequence[Instrument]) -> Listed:
    return {item: tuple(probes) for item, (_topic, probes) in find_topics(instruments).items()}


def _make_leading_values(interview: Interview) -> list[Value]:
    response = interview.response
    return [
        response.id,
        response.participant,
        response.interview,
        read_moment(response.started),
        response.version,
        response.state,
    ]


def _show_state(interview: Interview, item: str, probe: str, asked: Listed, language: str) -> Value:
    if probe not in asked.get(item, ()):
        return Muted(describe(Reason.NOT_IN_THIS_VERSION, language))
    words = describe_state(interview.find_state(item, probe), language)
    return words if (item, probe) in interview.marks else Muted(words)

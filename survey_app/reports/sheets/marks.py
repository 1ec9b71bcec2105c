"""The sheet Marks: one row for each mark of a probe and for what holds for a whole question."""

from collections.abc import Iterator, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.reports.coverage import NOT_REACHED, Interview, describe_state
from survey_app.reports.moments import read_moment, show_time
from survey_app.reports.responses import ItemMarkRow, MarkRow
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

HEADERS = (
    Header(name="response", width=35),
    Header(name="participant", width=15),
    Header(name="interview", width=35),
    Header(name="interview_started", width=21),
    Header(name="version", width=11),
    Header(name="item", width=24),
    Header(name="probe", width=20),
    Header(name="label", width=36, wrap=True),
    Header(name="state", width=20),
    Header(name="state_label", width=24),
    Header(name="phase", width=10),
    Header(name="phase_turns", width=24, wrap=True),
    Header(name="at", width=9),
    Header(name="at_ms", width=11),
    Header(name="changed", width=11),
    Header(name="changed_ms", width=13),
    Header(name="in_recording", width=15),
    Header(name="example", width=11),
    Header(name="flags", width=26),
    Header(name="text", width=60, wrap=True),
    Header(name="reason", width=32, wrap=True),
)


def make_marks_sheet(
    instruments: Sequence[Instrument], interviews: Sequence[Interview], language: str
) -> Sheet:
    """Return the marks of each interview in the order of its version: question, then probes.

    `probe` is empty where a row is on the whole question; such a row has a state only where
    something holds for all of it.
    """
    labels = {each.version: _label_probes(each, language) for each in instruments}

    def read_rows() -> Iterator[Row]:
        for interview in interviews:
            of_version = labels[interview.response.version]
            for mark in sort_marks(interview, list(of_version)):
                probe = mark.probe if isinstance(mark, MarkRow) else ""
                yield _make_row(mark, of_version.get((mark.item, probe)), language)

    return Sheet(name="Marks", headers=HEADERS, rows=read_rows, freeze="C2")


def sort_marks(
    interview: Interview, order: Sequence[tuple[str, str]]
) -> list[MarkRow | ItemMarkRow]:
    """Return an interview's marks in an order of items and probes; free topics follow theirs."""
    items = {item: place for place, (item, _probe) in reversed(list(enumerate(order)))}
    places = {key: place for place, key in enumerate(order)}
    marks: dict[tuple[str, str], MarkRow | ItemMarkRow] = {
        (item, ""): mark for item, mark in interview.items.items()
    }
    marks |= interview.marks

    def find_place(key: tuple[str, str]) -> tuple[int, int, str]:
        item, probe = key
        return (items.get(item, len(order)), places.get(key, len(order) if probe else -1), probe)

    return [marks[key] for key in sorted(marks, key=find_place)]


def _label_probes(instrument: Instrument, language: str) -> dict[tuple[str, str], str]:
    """Return the words of each question, under no probe, and of its probes, in their order."""
    labels: dict[tuple[str, str], str] = {}
    for item in instrument.items:
        topic = item.topic()
        if topic is not None:
            labels[item.key, ""] = say(topic.read_aloud, language)
            labels |= {(item.key, each.key): say(each.text, language) for each in topic.probes}
    return labels


def _make_row(mark: MarkRow | ItemMarkRow, label: str | None, language: str) -> Row:
    return [
        mark.response,
        mark.participant,
        mark.interview,
        read_moment(mark.interview_started),
        mark.version,
        mark.item,
        mark.probe if isinstance(mark, MarkRow) else None,
        label,
        *_show_state(mark, language),
        mark.phase,
        _list_turns(mark) if isinstance(mark, ItemMarkRow) else None,
        *_show_times(mark),
        mark.example if isinstance(mark, MarkRow) else None,
        ", ".join(mark.flags) or None,
        (mark.text or None) if isinstance(mark, MarkRow) else None,
        mark.reason or None,
    ]


def _show_state(mark: MarkRow | ItemMarkRow, language: str) -> list[Value]:
    if isinstance(mark, ItemMarkRow) and mark.state == NOT_REACHED:
        return [None, None]
    return [mark.state, describe_state(mark.state, language)]


def _show_times(mark: MarkRow | ItemMarkRow) -> list[Value]:
    known = mark.at_ms is not None and mark.recorded_ms is not None
    return [
        show_time(mark.at_ms),
        mark.at_ms,
        show_time(mark.changed_ms),
        mark.changed_ms,
        show_time((mark.at_ms or 0) - (mark.recorded_ms or 0)) if known else None,
    ]


def _list_turns(mark: ItemMarkRow) -> str | None:
    """Return when the question's phase changed, such as `probing 1:01; free 1:03`."""
    turns = (f"{turn.phase} {show_time(turn.at) or ''}".strip() for turn in mark.turns)
    return "; ".join(turns) or None

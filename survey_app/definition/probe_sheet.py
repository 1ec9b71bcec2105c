"""An instrument as an interviewer's topics: what is read aloud, and what is listened for."""

from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Topic
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class SheetSection:
    """A part of the interview with its topics in order, and how many minutes are planned for it."""

    key: str
    title: Text
    introduction: Text | None
    topics: tuple[Topic, ...]
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProbeSheet:
    """Everything an interviewer asks of one instrument's version."""

    instrument: str
    version: str
    title: Text
    introduction: Text | None
    sections: tuple[SheetSection, ...]


def make_probe_sheet(instrument: Instrument) -> ProbeSheet:
    """Return the topics of an instrument; conditions stay with the interviewer's judgement."""
    return ProbeSheet(
        instrument=instrument.name,
        version=instrument.version,
        title=instrument.title,
        introduction=instrument.introduction,
        sections=tuple(
            SheetSection(
                key=section.key,
                title=section.title,
                introduction=section.introduction,
                topics=tuple(topic for item in section.items if (topic := item.topic())),
                minutes=section.minutes,
            )
            for section in instrument.sections
        ),
    )

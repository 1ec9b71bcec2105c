"""The questions that an interviewer asks, over all versions."""

from collections.abc import Iterable, Mapping

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Topic

Topics = Mapping[str, Topic]
"""Questions by key."""


def join_questions(newest_first: Iterable[Instrument]) -> Topics:
    """Return all questions in the words of the newest version, retired ones last.

    A text that is only read out is no question.
    """
    topics: dict[str, Topic] = {}
    for instrument in newest_first:
        for item in instrument.items:
            topic = item.topic()
            if topic is not None and item.columns():
                topics.setdefault(item.key, topic)
    return topics

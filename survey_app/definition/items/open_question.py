"""`open_question`: a question of an interview guide, with its own probes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from survey_app.definition import reading
from survey_app.definition.items.text import TextItem
from survey_app.definition.reading import author
from survey_app.definition.shapes import Probe, Topic
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class OpenQuestionItem(TextItem):
    """A question to talk about; on a web form it is answered in writing and shows no probes."""

    type_name: ClassVar[str] = "open_question"
    example: ClassVar[str] = """
        key: skills
        type: open_question
        text: Are there any other skills or competencies that you have attained?
        probes:
          communicator: communicator
          scholar: scholar
        """

    probes: Mapping[str, Text] = author(
        reading.LabelsReader(least=0),
        "the topics to listen for, as 'key: words'",
        default=dict,
        change=None,
    )

    def topic(self) -> Topic:
        """The question with its own probes."""
        return self.make_topic(
            probes=tuple(Probe(key=key, text=text) for key, text in self.probes.items())
        )

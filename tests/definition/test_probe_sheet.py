"""An instrument as an interviewer's topics."""

from survey_app.definition.library import load_library
from survey_app.definition.loader import load
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.definition.text import Text
from tests.definition.definitions import HEAD


def test_every_item_becomes_a_topic_in_its_section() -> None:
    text = (
        HEAD
        + """\
      - {key: welcome, type: note, text: Welcome., instruction: Smile.}
      - {key: good, type: select_one, text: Was it good?, options: {yes: Yes, no: No}}
      - key: why
        type: text
        text: Why?
        relevant: ${good} = 'yes'
        follow_up: If answered yes
  - key: second
    title: The second part
    minutes: 15
    introduction: Now for *something* else.
    items:
      - key: topics
        type: select_multiple
        text: Which?
        if_needed: Any that *you* remember.
        options: {ethics: E}
"""
    )
    sheet = make_probe_sheet(load(text.encode(), "file.yaml"))

    first, second = sheet.sections
    assert (sheet.instrument, sheet.version, sheet.title) == (
        "wellbeing",
        "1.0.0",
        Text.plain("Wellbeing"),
    )
    assert [topic.item for topic in first.topics] == ["welcome", "good", "why"]
    assert first.topics[0].instruction == Text.plain("Smile.")
    assert first.topics[2].follow_up == Text.plain("If answered yes")
    assert (second.title, second.introduction) == (
        Text.plain("The second part"),
        Text.plain("Now for *something* else."),
    )
    assert [probe.key for probe in second.topics[0].probes] == ["ethics"]
    assert second.topics[0].if_needed == Text.plain("Any that *you* remember.")
    assert (first.topics[1].if_needed, first.minutes, second.minutes) == (None, None, 15)


def test_the_closing_question_of_the_guide_probes_the_canmeds_roles() -> None:
    guide = load_library().instruments["ami-interview", "1.1.0"]

    closing = make_probe_sheet(guide).sections[-1].topics[-1]

    assert [probe.text.in_language("en") for probe in closing.probes] == [
        "Professional",
        "Communicator",
        "Collaborator",
        "Leader",
        "Health Advocate",
        "Scholar",
    ]

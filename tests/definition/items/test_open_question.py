"""`open_question`: a question of an interview guide, with its own probes."""

import pytest

from survey_app.definition.shapes import Answer, Probe
from survey_app.definition.text import Text
from tests.definition.definitions import ask, find_item_problems, load_item

SKILLS = """
    key: skills
    type: open_question
    text: Are there any other skills that you have attained?
    probes:
      communicator: Communicator
      scholar: Scholar
    """


def test_an_interviewer_is_given_the_probes_in_the_authors_order() -> None:
    topic = load_item(SKILLS).topic()

    assert topic is not None
    assert (
        topic.read_aloud.in_language("en") == "Are there any other skills that you have attained?"
    )
    assert topic.probes == (
        Probe(key="communicator", text=Text.plain("Communicator")),
        Probe(key="scholar", text=Text.plain("Scholar")),
    )
    assert topic.recording == "nothing"


def test_probes_may_be_left_out() -> None:
    topic = load_item("{key: skills, type: open_question, text: Which skills?}").topic()

    assert topic is not None
    assert topic.probes == ()


def test_on_a_web_form_it_is_answered_in_writing_and_shows_no_probe() -> None:
    filled = ask(load_item(SKILLS), {"item_skills": "Listening"})

    assert filled.answers == {"skills": {"": Answer(value="Listening")}}
    assert "Communicator" not in str(vars(filled.fields["skills"]))


@pytest.mark.parametrize(
    ("probes", "problem"),
    [
        ("[scholar, leader]", ("4: skills: 'probes' should be lines of 'name: value'; "
         "indent them under it")),
        ("{Scholar: Scholar}", ("4: skills: 'probes' has the code 'Scholar'; write at most 32 "
         "small letters, digits and _")),
        ("{scholar: }", ("4: skills: 'probes' 'scholar' is empty; write the words or remove the "
         "line")),
    ],
)  # fmt: skip
def test_a_problem_with_the_probes_is_said(probes: str, problem: str) -> None:
    fields = f"key: skills\ntype: open_question\ntext: Which skills?\nprobes: {probes}"

    assert find_item_problems(fields) == [problem]

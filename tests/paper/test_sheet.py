"""What stands on a sheet, whatever file it becomes."""

from dataclasses import replace

from survey_app.cli.vocabulary import make_vocabulary
from survey_app.definition.library import load_library
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.definition.text import Text
from survey_app.paper.content import Span
from survey_app.paper.moments import find_spans, say_offset
from survey_app.paper.questions import BLANK_ROWS, Asked, make_question
from survey_app.paper.recorded import Given, RecordedRun
from survey_app.paper.spans import make_paragraphs, make_words, plain
from survey_app.web.interviewer.words import state_words
from tests.paper.sheets import make_blank, make_noted, read_everything


def test_everything_is_printed_whatever_the_skips() -> None:
    library = load_library()
    instruments = [library.instruments["ami-survey", "1.0.1"]]
    (run,) = make_blank(*instruments).runs
    items = [question.item for part in run.parts for question in part.questions]
    assert items == [item.key for item in instruments[0].items]
    asked_if = {q.item: q.condition for part in run.parts for q in part.questions if q.condition}
    assert asked_if == {"rewarding_what": "If answered yes"}


def test_questions_are_numbered_through_the_whole_protocol() -> None:
    questions = [q for run in make_blank().runs for part in run.parts for q in part.questions]
    assert [question.number for question in questions] == list(range(1, 18))


def test_every_list_has_three_rows_for_topics_that_it_did_not_foresee() -> None:
    questions = [q for run in make_blank().runs for part in run.parts for q in part.questions]
    others = {
        question.item: [row.key for row in question.rows if row.key.startswith("other:")]
        for question in questions
    }
    assert BLANK_ROWS == 3
    assert others.pop("rewarding") == []
    assert set(map(tuple, others.values())) == {("other:1", "other:2", "other:3")}


def test_a_row_has_a_box_for_each_state_by_the_letters_of_the_screen() -> None:
    row = make_blank().runs[0].parts[0].questions[0].rows[0]
    letters = [each.letter for each in state_words() if each.letter]
    assert [box.letter for box in row.states] == letters == [*"UPDKRNA"]
    assert [box.letter for box in (*row.examples, *row.flags)] == [*"agqcm"]
    assert not any(box.ticked for box in (*row.states, *row.examples, *row.flags))


def test_the_three_voices_the_plan_and_the_phase_are_on_the_sheet() -> None:
    part = make_blank(read_everything()).runs[0].parts[0]
    talk, mentees = part.questions
    assert plain(talk.if_needed) == "Take your time."
    assert plain(talk.instruction) == "Never mention the dog."
    assert talk.phase is not None
    assert talk.phase.text is None
    assert mentees.phase is None
    assert [(entry.label, entry.text) for entry in part.times] == [
        ("planned", "7 min"),
        ("begun", None),
        ("ended", None),
    ]


def test_refused_and_dont_know_stand_once_for_a_closed_question() -> None:
    instrument = load_library().instruments["ami-survey", "1.0.1"]
    given = RecordedRun(answers={("rewarding", ""): Given(value=None, reason="refused")})
    for recorded, ticked in ((None, []), (given, ["R"])):
        asked = Asked(language="en", vocabulary=make_vocabulary(), run=recorded)
        topics = [topic for each in make_probe_sheet(instrument).sections for topic in each.topics]
        (topic,) = [each for each in topics if each.item == "rewarding"]
        question = make_question(topic, 4, asked)
        assert question.closed is not None
        assert question.closed.reasons == ()
        letters = [box.letter for box in question.outcomes]
        assert {"K", "R"} <= set(letters)
        assert [box.letter for box in question.outcomes if box.ticked] == ticked


def test_a_sheet_speaks_the_language_it_is_asked_for() -> None:
    run = make_blank(read_everything(), language="fr").runs[0]
    assert run.parts[0].title == "Ouverture"
    assert plain(run.parts[0].questions[0].aloud) == "Que faites-vous ?"


def test_emphasis_lists_and_addresses_survive_on_paper() -> None:
    words = make_words(Text.plain("name *no* **child** or `key`, see [us](https://a.org)"), "en")
    assert [span for span in words if span.style != "plain"] == [
        Span(text="no", style="emphasis"),
        Span(text="child", style="strong"),
        Span(text="key", style="code"),
    ]
    assert plain(words) == "name no child or key, see us (https://a.org)"
    block = Text.plain("First\nline\n\n1. one\n2. two\n\n- loose\n\n- list <b>&")
    assert [plain(each).strip() for each in make_paragraphs(block, "en")] == [
        "First line",
        "1. one",
        "2. two",
        "• loose",
        "• list <b>&",
    ]


def test_a_section_is_timed_from_visit_to_visit_however_often_it_is_visited() -> None:
    visits = [("a1", 0), ("a2", 5_000), ("b1", 60_000), ("", 70_000), ("a1", 90_000), ("b1", None)]
    spans = find_spans(visits, lambda item: item[:1], 100_000)
    assert spans["a"] == [(0, 60_000), (90_000, 100_000)]
    assert spans["b"] == [(60_000, 70_000)]
    assert find_spans([], lambda item: item, 5) == {}
    assert (say_offset(3_661_999), say_offset(None)) == ("61:01", "")


def test_a_note_stands_as_it_was_written() -> None:
    paper = make_noted("  two\n\nlines *and* #more")
    (remark,) = paper.runs[0].parts[0].questions[0].remarks
    assert remark.text == "  two\n\nlines *and* #more"
    assert replace(remark, text="").label == "Note"

"""One wording for one thing: on the sheet, on paper and in the workbook."""

from survey_app.definition.reasons import Reason, describe
from survey_app.reports.coverage import STATES, describe_state
from survey_app.web.interviewer.words import reason_words, state_words


def test_the_sheet_says_each_state_as_the_workbook_does() -> None:
    assert {words.code: words.full for words in state_words()} == {
        state: describe_state(state) for state in STATES
    }


def test_why_an_answer_is_missing_is_said_as_the_workbook_does() -> None:
    for code, words in reason_words().items():
        assert words == describe(Reason(code))

"""Check-all lists as sets in the syntax of SPSS."""

from survey_app.definition.loader import load
from survey_app.reports.dataset import make_layout
from survey_app.reports.formats.gathering import gather
from survey_app.reports.formats.multiple_response import make_syntax, quote
from survey_app.reports.formats.variables import make_variables
from survey_app.reports.responses import Source
from tests.reports.formats.sample import OLDER

EXPECTED = """
GET FILE='data.sav'.

MRSETS
  /MDGROUP NAME=$topics
    LABEL='What did you discuss, it’s all fine?'
    CATEGORYLABELS=VARLABELS
    VARIABLES=
    topics__ethics
    topics__money
    topics__other
    VALUE=1
  /DISPLAY NAME=[$topics].
"""
TEXT = "        options: {ethics: Ethics, money: Money}\n        other: Other\n"


def write(definition: str) -> str:
    layout = make_layout([load(definition.encode(), "lists.yaml")])
    source = Source(instruments=layout.instruments, responses=lambda: iter(()))
    columns = gather(layout, source, "en")
    return make_syntax(make_variables(layout, columns, {}, "en"), "en")


def test_a_list_is_a_set_of_its_options_and_not_of_its_text() -> None:
    assert write(OLDER).endswith(EXPECTED)


def test_a_list_of_one_option_is_no_set() -> None:
    assert TEXT in OLDER
    syntax = write(OLDER.replace(TEXT, "        options: {ethics: Ethics}\n"))
    assert "MRSETS" not in syntax
    assert syntax.rstrip().endswith("GET FILE='data.sav'.")


def test_long_texts_go_over_lines_and_apostrophes_are_doubled() -> None:
    assert quote("it's") == "'it''s'"
    assert quote("a" * 61) == f"'{'a' * 60}' +\n      'a'"
    assert quote("") == "''"

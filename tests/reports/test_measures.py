"""One rule says how a column is measured, and .sav files follow it."""

from survey_app.reports.measures import find_measure
from tests.reports.sheets.tables import lay_out, make_instrument

ITEMS = """
      - {key: why, type: text, text: Why?}
      - {key: met, type: date, text: When?}
      - {key: good, type: select_one, text: Good?, options: {y: Yes}, other: Else}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A}}
      - {key: effect, type: likert, text: The effect?, scale: extent}
      - {key: mood, type: likert_grid, text: Mood, scale: mood, rows: {today: Today}}
      - {key: years, type: integer, text: How long?}
      - {key: hours, type: decimal, text: How often?}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10}
      - {key: order, type: rank, text: In order?, options: {x: X, y: Y}}
"""


def test_every_kind_of_column_has_its_measure() -> None:
    layout = lay_out(make_instrument("1.0.0", ITEMS))
    assert {each.name: find_measure(layout, each) for each in layout.columns} == {
        "why": "text",
        "met": "date",
        "good": "nominal",
        "good__other_text": "text",
        "topics__a": "nominal",
        "effect": "ordinal",
        "mood__today": "ordinal",
        "years": "scale",
        "hours": "scale",
        "sure": "scale",
        "order__x": "ordinal",
        "order__y": "ordinal",
    }


def test_a_retired_column_has_that_of_the_last_version_which_had_it() -> None:
    older = make_instrument("1.0.0", ITEMS)
    newer = make_instrument("1.1.0", ITEMS, ("{key: effect,", "{key: effects,"))
    layout = lay_out(older, newer)
    (effect,) = (each for each in layout.columns if each.name == "effect")
    assert find_measure(layout, effect) == "ordinal"

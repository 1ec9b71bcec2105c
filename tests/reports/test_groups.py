"""The sheet Groups: published tests, small groups, versions that changed, and nothing to compare."""

from collections.abc import Sequence
from typing import Any

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.reports.responses import ResponseRow
from tests.reports.statistics.data import PIGLET, POOH, TIGGER
from tests.reports.tabled import define, make_sheets, read, respond

WHO = "{key: who, type: select_one, text: Who speaks?, options: {pooh: Pooh, piglet: Piglet, tigger: Tigger}}"
LIKED = "{key: liked, type: likert, text: I liked it., scale: extent}"
AGAIN = "{key: again, type: likert, text: I would come again., scale: extent}"
SPEAKERS = define([WHO, LIKED, AGAIN])
EFFECT = ("effect", "effect_from", "effect_to", "effect_size", "statistic", "p", "p_holm", "method")


def say_all(*, again: dict[str, list[int]] | None = None, **liked: list[int]) -> list[ResponseRow]:
    """What each speaker's listeners answered."""
    return [
        respond(
            number,
            {
                "who": who,
                "liked": str(answer),
                "again": str((again or liked)[who][number]),
            },
        )
        for who, answers in liked.items()
        for number, answer in enumerate(answers)
    ]


def read_groups(
    responses: Sequence[ResponseRow], by: str = "who", versions: Sequence[Instrument] = (SPEAKERS,)
) -> list[dict[str, Any]]:
    return read(make_sheets(versions, responses, by)["Groups"])


def find(rows: list[dict[str, Any]], item: str, group: str = "all groups") -> dict[str, Any]:
    (row,) = [row for row in rows if (row["item"], row["group"]) == (item, group)]
    return row


def test_two_groups_have_the_published_test_of_mann_and_whitney() -> None:
    row = find(read_groups(say_all(pooh=POOH, piglet=PIGLET)), "liked")
    assert (row["statistic"], row["p"], row["effect_size"]) == (95, 0.000238152, 0.9)
    assert row["effect"] == "rank-biserial"
    assert row["effect_from"] < 0.9 < row["effect_to"]
    assert "exact p over all arrangements of the answers, ties included" in row["method"]
    assert "positive where “Pooh” is higher" in row["method"]
    assert "Exploratory" in row["remark"]
    names = list(row)
    assert names.index("effect_to") < names.index("effect_size") < names.index("p")


def test_three_groups_have_the_published_test_of_kruskal_and_wallis() -> None:
    rows = read_groups(say_all(pooh=POOH, piglet=PIGLET, tigger=TIGGER))
    row = find(rows, "liked")
    assert (row["effect"], row["effect_size"]) == ("epsilon squared", 0.581)
    assert row["statistic"] == 16.842
    assert row["p"] < 0.001
    assert (row["n"], row["left_out"]) == (30, 0)


def test_each_group_has_its_own_answers_with_wilsons_interval() -> None:
    rows = read_groups(say_all(pooh=POOH, piglet=PIGLET))
    names = ("n", "median", "lower_quartile", "upper_quartile", "top_2", "top_2_percent")
    pooh, piglet = (find(rows, "liked", name) for name in ("Pooh", "Piglet"))
    assert [pooh[name] for name in names] == [10, 4, 4, 5, 9, 90]
    assert [piglet[name] for name in names] == [10, 2, 2, 3, 1, 10]
    assert (piglet["top_2_from"], piglet["top_2_to"]) == (1.8, 40.4)


def test_p_is_adjusted_over_the_items_of_the_same_people() -> None:
    rows = read_groups(say_all(pooh=POOH, tigger=TIGGER, again={"pooh": POOH, "tigger": PIGLET}))
    first, second = find(rows, "liked"), find(rows, "again")
    assert first["p_holm"] == first["p"] > 0.5
    assert second["p_holm"] == pytest.approx(2 * 0.000238152, rel=1e-5)


def test_a_group_of_four_is_neither_shown_nor_tested() -> None:
    rows = read_groups(say_all(pooh=POOH, piglet=PIGLET[:4]))
    whole, four = find(rows, "liked"), find(rows, "liked", "Piglet")
    assert [whole[name] for name in EFFECT] == [None] * 8
    assert "fewer than 5 answers in a group: Piglet" in whole["remark"]
    assert (four["n"], four["median"], four["top_2"], four["top_2_percent"]) == (4, *[None] * 3)
    assert four["remark"] == "Fewer than 5 answered here, so nothing is shown of them."


def test_the_others_are_tested_without_a_group_that_is_too_small() -> None:
    rows = read_groups(say_all(pooh=POOH, piglet=PIGLET, tigger=TIGGER[:4]))
    row = find(rows, "liked")
    assert (row["effect"], row["p"]) == ("rank-biserial", 0.000238152)
    assert "Left out of the test, with fewer than 5 answers: Tigger." in row["remark"]


def test_those_in_no_group_are_counted_with_their_reasons_and_the_withdrawn_are_not() -> None:
    others = [respond(90 + number, {"who": None, "liked": "3"}) for number in range(2)]
    others += [respond(95, {"liked": "3"}), respond(96, {}, state="withdrawn")]
    head = read_groups([*say_all(pooh=POOH, piglet=PIGLET), *others])[0]
    assert head["label"] == (
        "People in each group: Pooh 10, Piglet 10. "
        "3 are in no group: not answered 2, not reached 1."
    )
    assert (head["n"], head["compared_by"]) == (20, "Who speaks?")


@pytest.mark.parametrize(
    ("responses", "sentence"),
    [
        ([], "Nobody is in a group, so there is nothing to compare."),
        ([respond(0, {}, state="withdrawn")], "Nobody is in a group"),
    ],
)
def test_without_people_one_row_says_so(responses: list[ResponseRow], sentence: str) -> None:
    (row,) = read_groups(responses)
    assert sentence in row["about"]


def test_one_response_is_hidden_and_compared_with_nothing() -> None:
    rows = read_groups([respond(0, {"who": "pooh", "liked": "3"})])
    assert find(rows, "liked")["remark"] == "A comparison needs at least two groups."
    assert find(rows, "liked", "Pooh")["median"] is None


def test_where_all_answered_alike_there_is_nothing_to_test() -> None:
    rows = read_groups(say_all(pooh=[3] * 9, piglet=[3] * 9))
    assert find(rows, "liked")["p"] is None
    assert "Everyone in every group answered alike" in find(rows, "liked")["remark"]
    assert find(rows, "liked", "Pooh")["median"] == 3


def test_two_groups_of_the_same_words_stay_two() -> None:
    alike = "{key: who, type: select_one, text: Who?, options: {pooh: A bear, piglet: A bear}}"
    rows = read_groups(say_all(pooh=POOH, piglet=PIGLET), versions=[define([alike, LIKED])])
    assert rows[0]["label"] == "People in each group: A bear 10, A bear 10."
    assert [row["n"] for row in rows if row["group"] == "A bear"] == [10, 10]


def test_an_instrument_without_scales_has_nothing_to_compare() -> None:
    responses = [respond(number, {"who": "pooh"}) for number in range(9)]
    (row,) = read_groups(responses, versions=[define([WHO])])
    assert row["about"] == "Nothing here is answered on a scale, so there is nothing to compare."


REWORDED = "{key: again, type: likert, text: I would return., scale: extent}"
RETIRED = "{key: old, type: likert, text: An old one., scale: extent}"
OLDER = define([WHO, LIKED, AGAIN, RETIRED], version="1.0.0")
NEWER = define([WHO, LIKED, REWORDED], version="1.1.0")
BOTH = [
    respond(number, {"liked": str(answer), "again": str(answer), "old": "1"}, version=version)
    for version, answers in (("1.0.0", PIGLET), ("1.1.0", POOH))
    for number, answer in enumerate(answers)
]


def test_versions_are_compared_without_being_asked_where_the_question_stayed_the_same() -> None:
    rows = read_groups(BOTH, "", (OLDER, NEWER))
    same = find(rows, "liked")
    assert (same["compared_by"], same["p"], same["effect_size"]) == ("version", 0.000238152, 0.9)
    assert same["p_holm"] == same["p"]


def test_a_question_that_changed_is_listed_side_by_side_and_not_tested() -> None:
    rows = read_groups(BOTH, "version", (OLDER, NEWER))
    changed = find(rows, "again")
    assert [changed[name] for name in EFFECT] == [None] * 8
    assert "are not the same in 1.1.0, 1.0.0" in changed["remark"]
    assert [find(rows, "again", version)["median"] for version in ("1.1.0", "1.0.0")] == [4, 2]


def test_a_retired_item_is_shown_for_the_versions_that_had_it() -> None:
    rows = [row for row in read_groups(BOTH, "version", (OLDER, NEWER)) if row["item"] == "old"]
    assert [row["group"] for row in rows] == ["all groups", "1.0.0"]
    assert rows[0]["remark"] == "A comparison needs at least two groups."


def test_major_versions_and_deliveries_stand_apart_unless_they_are_compared() -> None:
    major = define([LIKED], version="2.0.0")
    first = define([LIKED], version="1.0.0")
    responses = [
        respond(number, {"liked": str(answer)}, version=version, delivery=delivery)
        for version, delivery, answers in (
            ("1.0.0", "self", POOH),
            ("2.0.0", "self", PIGLET),
            ("1.0.0", "interviewer", TIGGER),
        )
        for number, answer in enumerate(answers)
    ]

    def heads(by: str) -> list[tuple[str | None, str, str]]:
        rows = read_groups(responses, by, (first, major))
        return [(row["delivery"], row["versions"], row["label"]) for row in rows if not row["item"]]

    assert heads("version") == [
        ("self", "2.0.0, 1.0.0", "People in each group: 2.0.0 10, 1.0.0 10."),
        ("interviewer", "1.0.0", "People in each group: 1.0.0 10."),
    ]
    assert heads("delivery") == [
        (None, "2.0.0", "People in each group: by themselves 10."),
        (None, "1.0.0", "People in each group: by themselves 10, in interviews 10."),
    ]
    assert [each[:2] for each in heads("language")] == [
        ("self", "2.0.0"),
        ("self", "1.0.0"),
        ("interviewer", "1.0.0"),
    ]


def test_of_one_version_the_sheet_says_how_to_choose_groups() -> None:
    (row,) = read_groups(say_all(pooh=POOH), "")
    assert "choose “Compare by”" in row["about"]
    only_newer = [each for each in BOTH if each.version == "1.1.0"]
    (row,) = read_groups(only_newer, "", (OLDER, NEWER))
    assert "all responses are of one version" in row["about"]


def test_batteries_are_compared_row_by_row() -> None:
    grid = "{key: effects, type: likert_grid, text: Effects, scale: extent, rows: {a: One, b: Two}}"
    responses = [
        respond(number, {"who": who, "effects": {"a": str(answer), "b": None}})
        for who, answers in (("pooh", POOH), ("piglet", PIGLET))
        for number, answer in enumerate(answers)
    ]
    rows = read_groups(responses, versions=[define([WHO, grid])])
    whole = [row for row in rows if row["group"] == "all groups"]
    assert [(row["row"], row["label"], row["p"]) for row in whole] == [
        ("a", "One", 0.000238152),
        ("b", "Two", None),
    ]
    assert (whole[1]["n"], whole[1]["left_out"]) == (0, 20)

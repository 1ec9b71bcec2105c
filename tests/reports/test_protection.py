"""Groups that might tell who answered: from all that is printed of them nobody is told apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest

from survey_app.definition.shapes import Counts, Grid
from survey_app.reports.charts import draw_charts
from survey_app.reports.comparison import Protection
from survey_app.reports.panels import Panels, describe_panels
from survey_app.reports.responses import ResponseRow, Source
from tests.disclosure.solving import Block, find_intervals
from tests.reports.protected import (
    INSTRUMENT,
    ITEMS,
    ROLES,
    count,
    keep_back,
    make_context,
    make_sheets,
    make_source,
)
from tests.reports.tabled import define, read, respond

LEAST = Protection.least
POINTS = "abcde"
SHOWN = re.compile(r"(\w+) (\d+) \(\d+%\)")


def invent(seed: int, people: int = 70, roles: Sequence[str] = ROLES) -> list[ResponseRow]:
    """Responses of which some answers are rare and some missing.

    Of every other seed some groups are small, and some people in none.
    """
    random = Random(seed)
    uneven = seed % 2
    weights = [random.choice((1, 4, 12, 20)) if uneven else 10 for _role in roles]

    def answer(number: int) -> dict[str, Any]:
        role = random.choices([*roles, None], [*weights, 2 * uneven])[0]
        return {
            "role": role,
            "since": 2001 if role == "lead" else None,
            "calm": random.choices(["1", "2", "3", "4", None], [1, 1, 9, 9, 1])[0],
            "life": {"work": random.choice("24"), "home": random.choice("135")},
            "met": random.choice((["door"], ["phone"], ["door", "phone"])),
            "glad": random.choices(["y", "n"], [9, 1])[0],
        }

    return [respond(number, answer(number)) for number in range(people)]


def answer_as_counted(counts: Mapping[str, Sequence[int]]) -> Source:
    """Responses of each role, so many for each point of `calm`."""
    codes = [
        (role, str(point))
        for role, row in counts.items()
        for point, number in enumerate(row, 1)
        for _one in range(number)
    ]
    return make_source(
        [respond(n, {"role": role, "calm": code}) for n, (role, code) in enumerate(codes)]
    )


ONE_SMALL = [
    answer_as_counted({"lead": (9, 0, 12, 8), "mentor": (7, few, 9, 11), "student": (6, 8, 7, 9)})
    for few in range(1, 5)
]
"""Tables in which one group alone has a small count."""


def tabulate(responses: Sequence[ResponseRow], item: str, row: str) -> dict[tuple[str, str], int]:
    """How many of each role answered what, '-' for those without a role or an answer."""
    table: dict[tuple[str, str], int] = {}
    for each in responses:
        role = str(each.answers["role"][""].value or "-")
        value = str(each.answers[item][row].value or "-")
        table[role, value] = table.get((role, value), 0) + 1
    return table


@dataclass(frozen=True)
class Printed:
    """What of one item an attacker reads: people and answers by group, and answers of all."""

    people: Mapping[str, int]
    shown: Mapping[str, Mapping[str, int]]
    overall: Mapping[str, int]

    @property
    def hidden(self) -> list[str]:
        """The groups whose answers are not told, and last everybody who is in none."""
        return [name for name in self.people if name not in self.shown]

    def block(self) -> Block:
        """What is known of those whose answers are not told: sums less what is told."""
        left = {
            point: total - sum(each.get(point, 0) for each in self.shown.values())
            for point, total in self.overall.items()
        }
        people = [self.people[name] for name in self.hidden]
        return Block(tuple(people), tuple(left.values()))


def read_printed(source: Source, least: int = LEAST) -> Printed | None:
    """Read of the item `calm` what stands in Groups, in Likert and in the words of its chart."""
    context = make_context(source, protection=Protection(least=least))
    counted = count(source, context)
    found = [each for each in counted.panels if each.whole.item == "calm"]
    if not found:
        return None
    (panels,) = found
    sheet = read(make_sheets(source, context)["Groups"])
    sizes = dict(re.findall(r"(\w+) (\d+)", sheet[0]["label"].partition(":")[2].partition(".")[0]))
    people = {name: int(size) for name, size in sizes.items()}
    (whole,) = [each for pool in counted.pools for each in pool.summaries if each.item == "calm"]
    assert isinstance(whole, Grid)
    texts = zip(POINTS, whole.rows[0].counts, strict=True)
    overall = {**dict(texts), "-": sum(whole.rows[0].missing.values())}
    shown = _read_words(describe_panels(panels, "en"), people)
    for row in sheet:
        if row["item"] == "calm" and row["group"] in people:
            assert (row["n"] == "hidden") == (row["group"] not in shown)
            assert (row["median"] == "hidden") == (row["group"] not in shown)
    rest = sum(overall.values()) - sum(people.values())
    return Printed(people | {"": rest}, shown, overall)


def _read_words(words: str, people: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Read what a chart's words say of each group."""
    found: dict[str, dict[str, int]] = {}
    for name, size in people.items():
        part = words.partition(f"{name}: ")[2]
        if part.startswith("Hidden"):
            continue
        told = part.partition("n = ")
        answers = {point: int(number) for point, number in SHOWN.findall(told[0])}
        answers = {point: answers.get(point, 0) for point in POINTS}
        found[name] = {**answers, "-": size - sum(answers.values())}
    return found


def test_a_solver_recovers_no_hidden_number_from_all_that_is_printed() -> None:
    cells = recovered = narrow = 0
    for seed in range(25):
        responses = invent(seed)
        printed = read_printed(make_source(responses))
        if printed is None or not printed.hidden:
            continue
        block = printed.block()
        everything = Block(tuple(printed.people.values()), tuple(printed.overall.values()))
        possible = find_intervals(everything)
        names = list(printed.people)
        table = tabulate(responses, "calm", "")
        for (row, column), (low, high) in find_intervals(block).items():
            name, point = printed.hidden[row], list(printed.overall)[column]
            code = "12345-"[column]
            if name:
                assert low <= table.get((name.lower(), code), 0) <= high
            before = possible[names.index(name), column]
            if point in printed.overall and before[1] > before[0] and printed.people[name]:
                cells += 1
                recovered += low == high
                narrow += high - low < min(LEAST - 1, before[1] - before[0])
    assert cells > 100
    assert (recovered, narrow) == (0, 0)


def test_with_small_rows_hidden_alone_the_same_solver_recovers_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: without the rows that are hidden to keep the others, and whole small groups."""
    from survey_app.reports import protection
    from tests.disclosure.test_cells import hide_small

    monkeypatch.setattr(protection, "hide_rows", lambda tables, least: hide_small(tables[0], least))
    recovered = 0
    for printed in map(read_printed, ONE_SMALL):
        assert printed is not None
        assert printed.hidden == ["Mentor", ""]
        recovered += sum(low == high for low, high in find_intervals(printed.block()).values())
    assert recovered == 6 * 2 * len(ONE_SMALL), "every cell, those of nobody among them"


def test_a_row_is_hidden_beside_the_only_one_that_has_to_be() -> None:
    for source in ONE_SMALL:
        printed = read_printed(source)
        assert printed is not None
        assert len(printed.hidden) >= 3, "another group, and last those in none"
        last = len(printed.hidden) - 1
        for (row, column), (low, high) in find_intervals(printed.block()).items():
            assert high > low or row == last or column in {4, 5}, "what nobody answered at all"


@pytest.mark.parametrize("people", [11, 19])
def test_of_fewer_than_twenty_people_there_are_no_groups_at_all(people: int) -> None:
    source = make_source(invent(1, people, ("lead", "mentor")))
    context = make_context(source)
    assert count(source, context).panels == ()
    (row,) = read(make_sheets(source, context)["Groups"])
    assert "No groups by role are shown" in row["about"]
    assert "20 people" in row["about"]
    assert [each["n"] for each in read(make_sheets(source, context)["Likert"])] != []


def test_small_groups_are_neither_shown_nor_named() -> None:
    roles = ["lead"] * 20 + ["mentor"] * 14 + ["student"] * 6 + ["guest"] * 2
    responses = [
        respond(n, {"role": role, "calm": "34"[n % 2], "glad": "y"}) for n, role in enumerate(roles)
    ]
    source = make_source(responses)
    (panels,) = [
        each for each in count(source, make_context(source)).panels if each.whole.item == "calm"
    ]
    assert [name for name, _each in panels.groups] == ["Lead", "Mentor"]
    assert panels.people == (20, 14)
    assert panels.remarks == ("8 people are in other groups or in none, which are not shown",)
    told = str(read(make_sheets(source, make_context(source))["Groups"]))
    assert "Guest" not in told
    assert "Student" not in told
    assert "8 people are in other groups or in none" in told


def test_what_is_hidden_is_nowhere_in_what_is_drawn_from(tmp_path: Any) -> None:
    responses = invent(3)
    source = make_source(responses)
    hidden = 0
    for panels in count(source, make_context(source)).panels:
        for _name, summary in panels.groups:
            for row in summary.rows if isinstance(summary, Grid) else ():
                hidden += not row.n
                assert row.n or not any(row.counts)
            if isinstance(summary, Counts) and not summary.n:
                hidden += 1
                assert not any(level.count for level in summary.levels)
    assert hidden > 1
    kept = keep_back(source, make_context(source))
    drawn = draw_charts(kept, make_context(source), tmp_path, "svg")
    groups = [each for each in drawn if each.key.startswith("groups-")]
    assert groups
    assert any("Hidden: in it a count is under 5" in each.alt for each in groups)
    for each in groups:
        words = each.path.read_text(encoding="utf-8")
        assert (">hidden<" in words) == ("Hidden: " in each.alt)
        assert ("Hidden: in it a count is under 5" in words) == ("Hidden: " in each.alt)


def test_the_sheet_groups_and_the_charts_hide_the_same() -> None:
    source = make_source(invent(8))
    context = make_context(source)
    sheet = {
        (row["item"], row["row"], row["group"]): row["n"]
        for row in read(make_sheets(source, context)["Groups"])
    }
    seen = set()
    for panels in count(source, context).panels:
        for name, grid in panels.groups:
            for row in grid.rows if isinstance(grid, Grid) else ():
                seen.add(bool(row.n))
                key = None if row.row == grid.item else row.row
                assert sheet[grid.item, key, name] == (row.n or "hidden")
    assert seen == {True, False}


def test_only_groups_that_are_shown_are_tested() -> None:
    for row in read(make_sheets(make_source(invent(8)), make_context(make_source([])))["Groups"]):
        if row["group"] == "the groups shown" and row["p"] is not None:
            assert "hidden" not in str(row["n"])
            assert "Left out of the test, with fewer" not in str(row["remark"])


def test_a_question_of_which_versions_are_counted_otherwise_is_not_compared() -> None:
    older = define(ITEMS, version="1.0.0")
    newer = define(
        [*ITEMS, "{key: calm2, type: likert, text: Calm too, scale: extent}"],
        "analysis: {quasi_identifiers: [role]}",
        "1.1.0",
    )
    responses = [
        respond(
            n,
            {"role": ROLES[n % 2], "calm": "34"[n // 2 % 2], "calm2": "34"[n // 2 % 2]},
            version="1.1.0" if n % 5 else "1.0.0",
        )
        for n in range(80)
    ]
    source = make_source(responses, (older, newer))
    by_item = {each.whole.item: each for each in count(source, make_context(source)).panels}
    assert _count_missing(by_item["calm2"]) == 16, "who was not asked is counted as such"
    assert _count_missing(by_item["calm"]) == 0


def _count_missing(panels: Panels) -> int:
    return sum(
        sum(each.rows[0].missing.values())
        for _name, each in panels.groups
        if isinstance(each, Grid)
    )


def test_without_protection_groups_are_told_as_ever() -> None:
    responses = invent(5)
    source = make_source(responses)
    context = make_context(source, protection=None)
    counted = count(source, replace(context, tables_alone=False))
    (panels,) = [each for each in counted.panels if each.whole.item == "calm"]
    assert not panels.protected
    table = tabulate(responses, "calm", "")
    for name, grid in panels.groups:
        assert isinstance(grid, Grid)
        found = [table.get((name.lower(), code), 0) for code in "12345"]
        assert list(grid.rows[0].counts) == found


def test_the_instrument_of_these_tests_withholds_the_role_and_what_hangs_on_it() -> None:
    assert set(INSTRUMENT.items_by_key) - {"role", "since"} == {"calm", "life", "met", "glad"}

"""The page's conditions.js decides exactly as the server does, in a real Chromium."""

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from survey_app.definition.conditions import parse

HERE = Path(__file__).parent
VECTORS = json.loads((HERE.parent / "definition/condition_vectors.json").read_text("utf-8"))
SCRIPT = (HERE.parents[1] / "survey_app/web/static/conditions.js").read_text("utf-8")
RUN = """async cases => {
    const {evaluate} = await import('/conditions.js');
    return JSON.parse(cases).map(([tree, answers]) => evaluate(tree, answers));
}"""
Decide = Callable[[list[Any]], list[bool]]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser_page(chromium: Browser) -> Iterator[Page]:
    """An empty page of a Chromium that is given conditions.js and nothing else."""
    page = chromium.new_page()
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route(
        "**/conditions.js",
        lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"),
    )
    page.goto("http://127.0.0.1/")
    yield page
    page.close()


@pytest.fixture
def decide(browser_page: Page) -> Decide:
    """The page's decisions on [tree, answers] pairs; the pairs cross as JSON text."""
    return lambda cases: browser_page.evaluate(RUN, json.dumps(cases))


def test_the_page_decides_every_row_of_the_table(decide: Decide) -> None:
    decided = decide([[parse(row["condition"]).tree, row["answers"]] for row in VECTORS])

    wrong = [row for row, outcome in zip(VECTORS, decided, strict=True)
             if outcome is not row["expected"]]  # fmt: skip
    assert wrong == []


VALUES: list[Any] = [
    None, True, False, "", " ", "a", "A", "a b", "é", "0", "-0", "1", "01", "1.0", "1e1", "9", "10",
    "-3.5", "2026-11-22", "2027-01-01", "2027", "9" * 400, 0, 1, 1.0, -3.5, 1e-7, 1e21, 10**400,
    [], [""], ["a"], ["a", "b"], ["b", "a"], ["1"], [1], [None, ["a"]], {}, {"r": "1"},
    {"r": ["a", "b"]}, {"r": {"r": "1"}},
]  # fmt: skip
CONDITIONS = [
    *(f"${{a}} {comparison} ${{b}}" for comparison in ("=", "!=", "<", "<=", ">", ">=")),
    "${a/r} = ${b/r}", "${a/r} >= ${b}", "count-selected(${a}) > count-selected(${b/r})",
    "selected(${a}, 'a') or selected(${b/r}, '1')", "selected(${a}, '1') and not(${b} = 'a')",
]  # fmt: skip


def test_the_page_agrees_with_the_server_on_every_pair_of_values(decide: Decide) -> None:
    conditions = [parse(text) for text in CONDITIONS]
    cases = [
        (condition, {"a": one, "b": other})
        for condition, one, other in product(conditions, VALUES, VALUES)
    ]

    decided = decide([[condition.tree, answers] for condition, answers in cases])

    wrong = [
        (condition.text, answers)
        for (condition, answers), outcome in zip(cases, decided, strict=True)
        if outcome is not condition.evaluate(answers)
    ]
    assert wrong == []

"""Ten thousand posts of nonsense: no failure of ours, and nothing half-stored."""

import random
import sqlite3
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.settings import Settings
from tests.plain_browser import PlainBrowser

SEEDS = (20261122, 20261123, 20261124, 20261125)
POSTS = 2_500
"""For each seed, so that several processes share them."""
SECTIONS = ("involvement", "role", "teaching", "development")
TEXTS = (
    "",
    "yes",
    "other",
    ":refused",
    ":",
    "4",
    "-1",
    "=1+1",
    "\x00\x0b\ufffe",
    "é" * 300,
    "'; drop table answer; --",
    "{{ 7*7 }}",
    "<script>",
    "👩🏽‍⚕️",
    "9" * 400,
    "\r\n" * 5,
    "2014_2015",
    "nan",
)
NAMES = (
    "csrf",
    "client",
    "revision",
    "action",
    "agree",
    "item_",
    "item_years",
    "item_topics",
    "item_topics-other",
    "item_role",
    "item_rewarding",
    "item_rewarding-reason",
    "item_rewarding_what",
    "item_teaching-interest",
    "item_teaching",
    "item_development-values",
    "__class__",
    "item_years[]",
)
ACTIONS = ("continue", "back", "later", "keep", "", "unknown", "x" * 500)


def make_form(chance: random.Random, true_fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return a form that is partly what the page had and partly nonsense."""
    form = {name: [chance.choice(TEXTS)] for name in chance.sample(NAMES, chance.randint(0, 8))}
    if chance.random() < 0.8:
        form |= {name: true_fields.get(name, [""]) for name in ("csrf", "client")}
    if chance.random() < 0.5:
        form["revision"] = [chance.choice([*true_fields.get("revision", ["0"]), "-1", "9" * 40])]
    if chance.random() < 0.9:
        form["action"] = [chance.choice(ACTIONS)]
    for name in chance.sample(sorted(form), len(form) // 3):
        if name != "csrf":
            form[name] = [chance.choice(TEXTS) for _ in range(chance.randint(0, 4))]
    return form


def choose_address(chance: random.Random) -> str:
    """Return an address to post to; most are a section's."""
    if chance.random() < 0.75:
        return f"/s/ami/section/{chance.choice([*SECTIONS, 'nowhere'])}?{chance.choice(TEXTS[:8])}"
    return chance.choice(
        ["/s/ami", "/s/ami/check", "/s/ami/next", "/s/nowhere", "/r/x", "/sign-in/x", "/sign-out"]
    )


def begin(client: FlaskClient) -> dict[str, list[str]]:
    """Begin a response and return what its first page's form holds."""
    client.delete_cookie("survey")
    browser = PlainBrowser(client)
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    return browser.form.values


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_thousand_nonsense_posts_end_in_a_page_and_store_nothing_by_half(
    app: Flask, settings: Settings, seed: int
) -> None:
    chance = random.Random(seed)
    client = app.test_client()
    fields = begin(client)
    seen: dict[int, int] = {}
    for number in range(POSTS):
        if number % 200 == 199:
            fields = begin(client)
        address = choose_address(chance)
        status = client.post(address, data=make_form(chance, fields)).status_code
        seen[status] = seen.get(status, 0) + 1
        assert status < 500, (number, address)
    assert seen[303] > POSTS / 20, "too few posts were good enough to be saved"
    assert seen[422] > POSTS / 50, "too few posts reached validation"
    assert faults(settings) == []


def faults(settings: Settings) -> list[Any]:
    """Return what does not fit together in the database."""
    path = settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        found = database.execute("pragma foreign_key_check").fetchall()
        found += [row for row in database.execute("pragma integrity_check") if row != ("ok",)]
        found += database.execute(
            "select item, value, reason from answer where (value is null) = (reason is null)"
        ).fetchall()
        found += database.execute(
            "select response.id from response left join draft on draft.response_id = response.id "
            "where (response.state = 'submitted') = (draft.response_id is not null)"
        ).fetchall()
    database.close()
    return found

"""Nonsense in addresses, cookies and headers: no failure of ours, whoever is signed in (P23)."""

import random
import re
from collections import Counter
from urllib.parse import quote

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.reliability.test_fuzzed_posts import faults
from tests.web.rights import read_rights
from tests.web.signed_in import sign_in

REQUESTS = 600
"""For each person; seeds that are tried by hand may make more of them."""
PEOPLE: tuple[Role | None, ...] = (None, "interviewer", "analyst", "study_lead")
TEXTS = (
    "",
    "x",
    "ami",
    "ami-survey",
    "1.0.1",
    "..",
    "../../etc/passwd",
    "%",
    "%00",
    "\x00",
    "é" * 90,
    "👩🏽‍⚕️",
    "a" * 4_000,
    "'; drop table response; --",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "0" * 32,
    "f" * 64,
    "-1",
    "9" * 30,
    "\u202e",
    "kinds",
)
NUMBERS = (0, 1, 7, 2**31, 10**30)
QUERIES = (
    "state",
    "version",
    "from",
    "to",
    "by",
    "page",
    "test",
    "lang",
    "study",
    "sort",
    "rewarding",
)
HEADERS = {
    "Accept": ("application/json", "text/html", "*/*;q=x", "é"),
    "Accept-Language": ("fr", "en-GB,fr;q=0.1", "*", "x" * 500, "q=;;,"),
    "Content-Type": ("application/json", "text/plain", "multipart/form-data", "x/y; charset=nope"),
    "If-None-Match": ('"x"', "*", "x" * 300),
    "Range": ("bytes=0-1", "bytes=-", "x"),
    "X-Account": ("", "x", "0" * 32),
    "X-CSRF-Token": ("", "x" * 40, "é"),
    "Origin": ("null", "http://localhost", "https://elsewhere.example"),
    "Sec-Fetch-Site": ("same-origin", "cross-site", "?"),
}


def make_address(rule: str, chance: random.Random) -> str:
    """Return an address of a rule with nonsense in its holes."""

    def fill(hole: re.Match[str]) -> str:
        whole = hole[0].startswith("<int:")
        return quote(str(chance.choice(NUMBERS) if whole else chance.choice(TEXTS)))

    path = re.sub(r"<[^>]+>", fill, rule)
    asked = chance.sample(QUERIES, chance.randint(0, 3))
    return f"{path}?" + "&".join(f"{name}={quote(chance.choice(TEXTS))}" for name in asked)


def make_headers(chance: random.Random) -> dict[str, str]:
    names = chance.sample(sorted(HEADERS), chance.randint(0, 4))
    return {name: chance.choice(HEADERS[name]) for name in names}


def make_cookies(chance: random.Random) -> str:
    """Return cookies with true names and nonsense in them, also twice or broken."""
    names = chance.sample(("survey", "staff", "__Host-survey", "lang", "", "é"), 2)
    values = (*TEXTS, "0" * 32, f"{'0' * 32}.{'a' * 26}", '"', "=", ";")
    return ("; ", ";;", ",")[chance.randint(0, 2)].join(
        f"{name}={chance.choice(values)}" for name in names
    )


@pytest.mark.parametrize("role", PEOPLE)
def test_nonsense_in_addresses_and_headers_ends_in_a_page(
    app: Flask, settings: Settings, store: Store, role: Role | None
) -> None:
    """Whoever is signed in; some of it is found, most is refused, and none fails."""
    chance = random.Random(20261126)
    client = app.test_client() if role is None else sign_in(app, settings, store, role=role).client
    rules = [(right.method, right.rule) for right in read_rights()]
    seen: Counter[int] = Counter()
    for number in range(REQUESTS):
        method, rule = chance.choice(rules)
        address = make_address(rule, chance)
        status = client.open(address, method=method, headers=make_headers(chance)).status_code
        seen[status] += 1
        assert status < 500, (number, method, address)
    assert seen[200] > REQUESTS / 50, "too few addresses were good enough to be answered"
    assert seen[404] > REQUESTS / 20
    assert faults(settings) == []


def test_nonsense_in_cookies_ends_in_a_page(app: Flask, settings: Settings) -> None:
    chance = random.Random(20261126)
    rules = [(right.method, right.rule) for right in read_rights()]
    for number in range(REQUESTS):
        method, rule = chance.choice(rules)
        cookies = make_cookies(chance)
        given = {"HTTP_COOKIE": cookies.encode().decode("latin-1")}
        address = rule.replace("<study>", "ami").replace("<section>", "role")
        client = app.test_client(use_cookies=False)
        answer = client.open(
            re.sub(r"<[^>]+>", "1", address), method=method, environ_overrides=given
        )
        assert answer.status_code < 500, (number, method, address, cookies)
    assert faults(settings) == []

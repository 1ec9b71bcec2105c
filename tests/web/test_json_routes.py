"""The JSON routes answer as they are described, whatever is sent to them (P23)."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import Case, GenerationMode

from survey_app.storage.store import Store
from tests.web.interviewing import Shelf, Studied
from tests.web.json_routes import describe

ROUTES = (
    "changes POST",
    "presence POST",
    "journal-key POST",
    "journal-key/forget POST",
    "state GET",
)
TRIES = 25
MODES = {"as described": GenerationMode.POSITIVE, "otherwise": GenerationMode.NEGATIVE}


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def address(begun: Studied) -> str:
    return begun.address


@pytest.fixture
def client(app: Flask, studied: Studied, address: str) -> FlaskClient:
    """Ivy's browser, which has the token that her sheet sends."""
    signed_in = studied.sign_in(app, "ivy")
    refusal = signed_in.post(f"{address}/presence", json={}).get_json()
    signed_in.environ_base["HTTP_X_CSRF_TOKEN"] = refusal["csrf"]
    return signed_in


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("route", ROUTES)
def test_whatever_is_sent_is_answered_as_it_is_described(
    client: FlaskClient, store: Store, address: str, route: str, mode: str
) -> None:
    """Every status is one that is described, and every answer fits its schema."""
    name, method = route.split()
    document = describe(address.rpartition("/")[2], Shelf.of(store, address).response("talk"))
    path = f"/interviews/{{interview_id}}/{name}"
    operation = schemathesis.openapi.from_dict(document)[path][method]
    described = document["paths"][path][method.lower()]["responses"]
    seen: set[int] = set()

    @settings(
        max_examples=TRIES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy(generation_mode=MODES[mode]))
    def send(case: Case[Any]) -> None:
        given_answer = client.open(case.formatted_path, method=case.method, **_spell(case))
        seen.add(given_answer.status_code)
        faults = _compare(described, given_answer.status_code, given_answer.get_data())
        assert faults == [], (case.formatted_path, case.body)

    send()
    assert max(seen) < 500
    if mode == "as described":
        assert seen & {200, 409}, "nothing that was sent came through"


def _spell(case: Case[Any]) -> dict[str, Any]:
    """Return the body as a browser would send it: bytes as they are, all else as JSON."""
    body = case.body
    if not isinstance(body, (dict, list, str, int, float, bool, bytes, type(None))):
        return {}
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {"data": sent, "content_type": case.media_type or "application/json"}


def _compare(described: dict[str, Any], status: int, sent: bytes) -> list[str]:
    """Return in what an answer differs from its description."""
    if str(status) not in described:
        return [f"{status} is not described: {sent[:200]!r}"]
    content = described[str(status)].get("content")
    if content is None:
        return []
    validator = Draft202012Validator(content["application/json"]["schema"])
    return [each.message for each in validator.iter_errors(json.loads(sent))]


@given(garbage=st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_the_comparison_finds_an_answer_that_is_not_described(garbage: bytes) -> None:
    described = {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}
    assert _compare(described, 500, garbage) != []
    assert _compare(described, 200, json.dumps(garbage.hex()).encode()) != []
    assert _compare(described, 200, b"{}") == []

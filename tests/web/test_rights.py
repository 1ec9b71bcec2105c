"""Promise P30: each person reaches what the reviewed table rights.txt gives them, and no more."""

from dataclasses import dataclass

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from survey_app.purging import make_certificate
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.access import require_rights
from survey_app.web.security import csrf_of
from tests.storage.scenes import change
from tests.web.rights import PEOPLE, Right, read_rights
from tests.web.signed_in import sign_in

RIGHTS = read_rights()
GUIDE = ("ami-interview", "1.1.0")
REFUSED = {401, 403}


@dataclass(frozen=True)
class Scene:
    """The interview and its response in a study, and an erasure of names that has ended."""

    study: str
    interview: str
    response: str
    erasure: str

    def fill(self, rule: str) -> str:
        """Return the address of a rule in this study."""
        values = {
            "<study>": self.study,
            "<instrument>": GUIDE[0],
            "<interview_id>": self.interview,
            "<response_id>": self.response,
            "<erasure>": self.erasure,
            "<form>": "svg",
            "<name>": GUIDE[0],
            "<version>": GUIDE[1],
            "<table>": "growth",
            "<job>": "0" * 32,
            "<int:number>": "1",
            "<person>": "0" * 32,
            "<roster>": "0" * 32,
            "<mailing>": "0" * 32,
            "<kind>": "reminder",
        }
        for name, value in values.items():
            rule = rule.replace(name, value)
        return rule if rule.startswith("/instruments") else f"{rule}?study={self.study}"


@pytest.fixture
def scenes(store: Store, settings: Settings) -> dict[str, Scene]:
    """One's own study and another, in each of which somebody else has held an interview."""
    store.studies.create(slug="other", title="Another study")
    store.studies.add_instrument("other", *GUIDE, "interviewer")
    holder = store.accounts.add("the holder")
    return {
        place: _hold(store, settings, study, holder.id)
        for place, study in (("own", "ami"), ("other", "other"))
    }


def test_the_table_names_every_address_and_no_other(app: Flask) -> None:
    there = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(right.method, right.rule) for right in RIGHTS} == there


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_reaches_what_the_table_gives_them(
    app: Flask, settings: Settings, store: Store, scenes: dict[str, Scene], person: str
) -> None:
    client = app.test_client()
    if person != "nobody":
        signed_in = sign_in(
            app, settings, store, role=PEOPLE[person], administrator=person == "administrator"
        )
        client = signed_in.client
        scenes["mine"] = _hold(store, settings, "ami", _find_newest(store), "P02")
    else:
        scenes["mine"] = scenes["own"]
    wrong = [
        f"{right.method} {right.rule} in {place}: {status}"
        for right in RIGHTS
        if not right.is_open
        for place in right.places
        for status in [_ask(app, client, right, scenes[place])]
        if _is_let_in(status, place) != right.lets_in(person, place)
    ]
    assert wrong == []


def test_anybody_reaches_the_open_addresses(app: Flask, scenes: dict[str, Scene]) -> None:
    statuses = {
        right.rule: app.test_client().open(scenes["own"].fill(right.rule)).status_code
        for right in RIGHTS
        if right.is_open and right.method == "GET"
    }
    assert set(statuses.values()).isdisjoint(REFUSED)


def test_an_address_that_says_nothing_of_who_may_come_in_is_refused_at_the_start(
    app: Flask,
) -> None:
    careless = Blueprint("careless", __name__)
    app._got_first_request = False
    careless.add_url_rule("/answers", "answers", lambda: "everything")
    app.register_blueprint(careless)
    with pytest.raises(RuntimeError, match=r"Nobody is let in at careless\.answers"):
        require_rights(app)


def _find_newest(store: Store) -> str:
    """Return the account that was added last."""
    return max(store.accounts.list(), key=lambda each: each.created).id


def _hold(
    store: Store, settings: Settings, study: str, holder: str, participant: str = "P01"
) -> Scene:
    interview = store.interviews.begin(
        study=study,
        participant_code=participant,
        interviewer_account_id=holder,
        runs=[GUIDE],
        consent=None,
        change=change(0, kind="begin", actor="the holder", source="console"),
    )
    found = store.interviews.find(interview)
    assert found is not None
    begun = store.erasures.begin(study, "identities", people=0, by="the holder")
    certificate = make_certificate(store, settings, begun, "the holder")
    store.erasures.finish(begun.id, certificate)
    return Scene(study, interview, found.responses[0].response, begun.id)


def _ask(app: Flask, client: FlaskClient, right: Right, scene: Scene) -> int:
    cookie = client.get_cookie("staff")
    with app.test_request_context():
        token = csrf_of(cookie.value if cookie else "")
    answer = client.open(
        scene.fill(right.rule),
        method=right.method,
        data={"study": scene.study} if right.method == "POST" else None,
        headers={"X-CSRF-Token": token},
    )
    return answer.status_code


def _is_let_in(status: int, place: str) -> bool:
    """Whether somebody came in; what is not found in another study is kept from them as well."""
    return status not in ({*REFUSED, 404} if place == "other" else REFUSED)

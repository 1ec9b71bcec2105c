"""What participants agree to: its boxes, a newer text in the middle, and the record years later."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.settings import Settings
from survey_app.storage.records import ConsentDelivery, GivenConsent
from survey_app.storage.store import Store
from survey_app.web import catalogue
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

CHANGED = "What you agree to has changed"
BODY = {
    "delivery": "self",
    "title": "A newer text",
    "text": "Answers are **kept** for ten years.",
    "statements": [
        {"key": "kept", "text": "I know how long they are kept", "required": "true"},
        {"key": "quoted", "text": "My words may be quoted"},
    ],
    "changes": "How long answers are kept is said.",
}


@pytest.fixture(autouse=True)
def no_door_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a door says is never older than what was decided."""
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", -1)


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


def put_in_force(store: Store, delivery: ConsentDelivery = "self", **changed: object) -> str:
    body = {**BODY, "delivery": delivery, **changed}
    newest = store.consents.texts("ami")[0].text.version
    return store.consents.put_in_force(
        "ami", body=body, fingerprint=str(body), delivery=delivery, by="lea", after=newest
    ).version


def begin(browser: PlainBrowser, *ticks: str) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").choose("tick", *ticks).press()
    assert browser.path == "/s/ami/section/involvement"


def consents(store: Store) -> list[GivenConsent]:
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    return store.consents.of_response(response.id)


@pytest.mark.parametrize("ticks", [(), ("quoted",)])
def test_no_box_is_ticked_beforehand_and_what_was_not_ticked_is_kept_too(
    browser: PlainBrowser, store: Store, ticks: tuple[str, ...]
) -> None:
    browser.open("/s/ami")
    assert "agree" not in browser.form.values
    assert "tick" not in browser.form.values
    begin(browser, *ticks)
    (given,) = consents(store)
    assert given.ticks == {"agree": True, "quoted": bool(ticks)}
    assert (given.text.version, given.method, given.noted_by) == ("1", "web", "")


def test_without_a_box_that_is_needed_nobody_begins(browser: PlainBrowser, store: Store) -> None:
    put_in_force(store)
    browser.open("/s/ami")
    browser.choose("agree", "yes").choose("tick", "quoted")
    assert browser.press().status_code == 422
    assert 'href="#tick-kept"' in browser.text
    assert browser.form.values["tick"] == ["quoted"]
    assert browser.form.values["agree"] == ["yes"]
    assert store.studies.overview() == []
    browser.choose("tick", "quoted", "kept").press()
    assert browser.path == "/s/ami/section/involvement"


def test_the_web_does_not_ask_whether_an_interview_may_be_recorded(
    browser: PlainBrowser, store: Store
) -> None:
    statements = [{"key": "recording", "text": "It may be recorded", "required": "true"}]
    put_in_force(store, "both", statements=statements)
    browser.open("/s/ami")
    assert "It may be recorded" not in browser.text
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/involvement"
    assert "recording" not in consents(store)[0].ticks


def test_a_newer_text_is_asked_for_once_and_what_was_typed_is_saved(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    put_in_force(store)
    browser.choose("item_years", "2014_2015").press("continue")
    assert browser.path == "/s/ami/consent"
    assert CHANGED in browser.text
    assert "What is new:</strong> How long answers are kept is said." in browser.text
    assert "agree" not in browser.form.values
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    assert ["2014_2015"] in [row.value for row in response.answers]
    assert browser.press().status_code == 422
    assert browser.choose("tick", "kept").press().status_code == 422
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/role"
    browser.press("continue")
    assert browser.path == "/s/ami/section/teaching"
    assert [(each.text.version, each.ticks) for each in consents(store)] == [
        ("3", {"agree": True, "kept": True, "quoted": False}),
        ("1", {"agree": True, "quoted": False}),
    ]
    assert browser.open("/s/ami/consent").request.path == "/s/ami/section/teaching"


@pytest.mark.parametrize("page", ["/s/ami/section/role", "/s/ami/check", "/s/ami/section/teaching"])
def test_whatever_page_is_opened_next_the_newer_text_comes_first(
    browser: PlainBrowser, store: Store, page: str
) -> None:
    begin(browser)
    put_in_force(store)
    browser.open(page)
    assert browser.path == "/s/ami/consent"


def test_nothing_is_sent_under_a_text_that_is_not_in_force(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    for _ in range(4):
        browser.press("continue")
    assert browser.path == "/s/ami/check"
    put_in_force(store)
    browser.press()
    assert browser.path == "/s/ami/consent"
    browser.choose("agree", "yes").choose("tick", "kept").press()
    assert browser.path == "/s/ami/check"
    browser.press()
    assert browser.path == "/s/ami/thanks"
    assert len(consents(store)) == 2


def test_who_does_not_agree_keeps_their_answers_and_may_withdraw(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    put_in_force(store)
    browser.press("continue")
    assert "Your answers so far are kept under what you agreed to before" in browser.text
    assert 'href="/s/ami/withdraw"' in browser.text
    assert browser.open("/s/ami/later").status_code == 200
    assert browser.open("/s/ami/withdraw").status_code == 200
    assert len(consents(store)) == 1


def test_who_withdraws_is_told_that_the_consent_is_kept(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    given = consents(store)
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    browser.open("/s/ami/withdraw")
    browser.press(sure="yes")
    assert "and when, and any consent given to it." in browser.text
    assert [each.id for each in store.consents.of_response(response.id)] == [given[0].id]


def test_a_text_for_interviews_asks_nobody_on_the_web(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    put_in_force(store, "interviewer")
    browser.press("continue")
    assert browser.path == "/s/ami/section/role"


def test_a_resumed_response_is_asked_on_another_device(
    app: Flask, browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    link = _private_link(browser)
    put_in_force(store)
    other = PlainBrowser(app.test_client())
    other.open(link)
    other.press("resume")
    assert other.path == "/s/ami/consent"


def test_a_forged_consent_stores_nothing(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    put_in_force(store)
    browser.press("continue")
    forged = {"csrf": "0", "agree": "yes", "tick": "kept"}
    assert browser.client.post("/s/ami/consent", data=forged).status_code == 400
    assert len(consents(store)) == 1


def test_who_is_not_asked_is_led_on(browser: PlainBrowser, app: Flask) -> None:
    assert browser.open("/s/ami/consent").request.path == "/s/ami"
    assert browser.open("/s/ami/agreed").request.path == "/s/ami"
    begin(browser)
    assert browser.open("/s/ami/consent").request.path == "/s/ami/section/involvement"
    stranger = app.test_client()
    assert stranger.get("/r/nothing/agreed").status_code == 404


@pytest.fixture
def two_questionnaires(store: Store) -> None:
    """The study goes on with a second questionnaire after the survey."""
    store.studies.add_instrument("ami", "ami-interview", "1.1.0", "self", position=9)


@pytest.mark.usefixtures("two_questionnaires")
@pytest.mark.parametrize("changes", [False, True])
def test_the_next_questionnaire_is_under_the_same_consent_or_the_newer_one(
    browser: PlainBrowser, store: Store, changes: bool
) -> None:
    begin(browser, "quoted")
    for _ in range(4):
        browser.press("continue")
    browser.press()
    if changes:
        put_in_force(store)
    browser.press()
    if changes:
        assert browser.path == "/s/ami/consent"
        browser.choose("agree", "yes").choose("tick", "kept").press()
    with store.snapshot() as snapshot:
        (second,) = snapshot.responses("ami", "ami-interview")
        (first,) = snapshot.responses("ami", "ami-survey")
    expected = (
        ("3", {"agree": True, "kept": True, "quoted": False})
        if changes
        else (
            "1",
            {"agree": True, "quoted": True},
        )
    )
    (given,) = store.consents.of_response(second.id)
    assert (given.text.version, given.ticks) == expected
    assert [each.text.version for each in store.consents.of_response(first.id)] == ["1"]


def test_the_record_shows_the_text_and_every_box_from_thanks_and_from_the_private_link(
    browser: PlainBrowser, app: Flask, store: Store
) -> None:
    begin(browser)
    link = _private_link(browser)
    put_in_force(store)
    own = browser.open("/s/ami/agreed").text
    by_link = PlainBrowser(app.test_client()).open(f"{link}/agreed").text
    text = store.consents.texts("ami")[-1].text
    for page in (own, by_link):
        assert "It is your choice." in page
        assert "Answers are <strong>kept</strong>" not in page
        assert text.fingerprint in page
        assert re.search("Ticked:[^☐]*I have read this", page, re.DOTALL)
        assert re.search("Not ticked:.{0,60}What I write may be quoted", page, re.DOTALL)
        assert "ticked on the web" in page


def test_markup_in_a_text_stays_text(browser: PlainBrowser, store: Store) -> None:
    evil = "<img src=x onerror=alert(1)>"
    put_in_force(store, title=evil, text=evil, statements=[{"key": "quoted", "text": evil}])
    browser.open("/s/ami")
    assert "<img" not in browser.text
    assert "&lt;img" in browser.text


def test_staff_print_a_consent_where_the_study_is_not_anonymous(
    browser: PlainBrowser, app: Flask, settings: Settings, store: Store
) -> None:
    begin(browser, "quoted")
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    coordinator = sign_in(app, settings, store, role="coordinator")
    listed = coordinator.open("/studies/ami/consent/given").text
    assert f"/studies/ami/consent/given/{response.id}" in listed
    assert "<td>yes</td>" in listed
    assert (
        "It is your choice." in coordinator.open(f"/studies/ami/consent/given/{response.id}").text
    )
    assert coordinator.open("/studies/ami/consent/given/nobody").status_code == 404


def test_of_an_anonymous_study_no_consent_is_shown_to_staff(
    app: Flask, settings: Settings, store: Store
) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.studies.add_instrument("secret", "ami-survey", "1.0.1", "self")
    store.studies.add_consent_text("secret", version="1", body=BODY, fingerprint="f")
    participant = PlainBrowser(app.test_client())
    participant.open("/s/secret")
    participant.choose("agree", "yes").choose("tick", "kept").press()
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("secret")
    lead = sign_in(app, settings, store, role="study_lead", study="secret")
    assert "only participants themselves" in lead.open("/studies/secret/consent/given").text
    assert lead.open(f"/studies/secret/consent/given/{response.id}").status_code == 404
    own = participant.open("/s/secret/agreed").text
    assert re.search(r"\d{4}-\d\d-\d\d, ticked on the web", own)
    assert "UTC" not in own


def _private_link(browser: PlainBrowser) -> str:
    here = browser.page
    found = re.search(r"/r/[0-9a-z]{26}", browser.client.get("/s/ami/later").text)
    browser.page = here
    assert found is not None
    return found[0]

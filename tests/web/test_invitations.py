"""Somebody invited takes part by a link or by typing a code; whoever is not, does not."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.invitation_codes import LETTERS, hash_code, make_code, read_code, show_code
from survey_app.settings import Settings
from survey_app.storage.records import NewInvitation, ResponseRecord
from survey_app.storage.store import Store
from survey_app.storage.store.invitations import MOST_WRONG
from survey_app.web import catalogue
from tests.drafts import publish_first
from tests.plain_browser import PlainBrowser

WRONG = "This code does not open this study"


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


@pytest.fixture
def other_device(app: Flask) -> PlainBrowser:
    return PlainBrowser(app.test_client())


@pytest.fixture(autouse=True)
def _by_invitation(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    store.invitations.set_admission("ami", "invitation")


def invite(
    store: Store, *, study: str = "ami", participant: str | None = None, limit: int | None = 1
) -> str:
    """A new invitation's code, as it is printed."""
    code = make_code()
    new = NewInvitation(code_hash=hash_code(code), participant=participant, most_uses=limit)
    store.invitations.make(study, [new], by="Léa")
    return show_code(code)


def agree(browser: PlainBrowser, code: str | None = None) -> int:
    """Tick, type the code if one is to be typed, and press; return the status of what comes."""
    browser.choose("agree", "yes")
    if code is not None:
        browser.fill(code=code)
    return browser.press().status_code


def stored(store: Store, study: str = "ami") -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses(study, "ami-survey"))


def uses(store: Store, study: str = "ami") -> list[int]:
    return [each.uses for each in store.invitations.list(study)]


def test_an_open_study_asks_for_no_code(browser: PlainBrowser, store: Store) -> None:
    store.invitations.set_admission("ami", "open")
    assert "The code on your invitation" not in browser.open("/s/ami").text
    assert agree(browser) == 200
    assert browser.path == "/s/ami/section/involvement"


def test_a_typed_code_begins_a_response(browser: PlainBrowser, store: Store) -> None:
    code = invite(store)
    assert "The code on your invitation" in browser.open("/s/ami").text
    agree(browser, f" {code.lower().replace('-', ' ')} ")
    assert browser.path == "/s/ami/section/involvement"
    assert (len(stored(store)), uses(store)) == (1, [1])


@pytest.mark.parametrize("typed", ["7Q4M-0000-0000-0000", "nonsense", "' OR 1=1 --", "é" * 500])
def test_a_wrong_code_is_said_kindly_and_what_was_typed_stays(
    browser: PlainBrowser, store: Store, typed: str
) -> None:
    invite(store)
    browser.open("/s/ami")
    assert agree(browser, typed) == 422
    assert 'href="#code"' in browser.text
    assert WRONG in browser.text
    assert "<title>Error:" in browser.text
    assert browser.form.values["code"] == [typed[:200]]
    assert browser.form.values["agree"] == ["yes"]
    assert (stored(store), uses(store)) == ([], [0])


def test_a_code_of_another_study_is_no_more_than_a_wrong_one(
    browser: PlainBrowser, store: Store
) -> None:
    store.studies.create(slug="other", title="The other study")
    elsewhere = invite(store, study="other")
    browser.open("/s/ami")
    agree(browser, elsewhere)
    own = browser.text.replace(elsewhere, "")
    browser.open("/s/ami")
    agree(browser, show_code(make_code()))
    assert WRONG in own
    assert WRONG in browser.text
    assert "other study" not in own


def test_code_and_consent_are_asked_for_together(browser: PlainBrowser, store: Store) -> None:
    browser.open("/s/ami")
    assert browser.press().status_code == 422
    assert "Type the code that stands on your invitation" in browser.text
    assert "Tick the box if you agree" in browser.text
    assert browser.text.index('href="#code"') < browser.text.index('href="#agree"')
    assert stored(store) == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("used_up", "This invitation has been used"), ("revoked", "is no longer good")],
)
def test_who_types_a_code_that_is_over_is_told_so(
    browser: PlainBrowser, other_device: PlainBrowser, store: Store, state: str, sentence: str
) -> None:
    code = invite(store)
    if state == "revoked":
        store.invitations.revoke("ami", 1)
    else:
        other_device.open("/s/ami")
        agree(other_device, code)
    browser.open("/s/ami")
    assert agree(browser, code) == 422
    assert sentence in browser.text
    assert browser.form.values["code"] == [code]
    assert len(stored(store)) == (state == "used_up")


def test_the_link_shows_the_door_and_uses_nothing_until_the_consent(
    browser: PlainBrowser, store: Store
) -> None:
    link = f"/i/{invite(store, participant='P07')}"
    assert browser.open(link).status_code == 200
    assert "code" not in browser.form.controls
    assert browser.press().status_code == 422
    assert (stored(store), uses(store)) == ([], [0])
    agree(browser)
    assert browser.path == "/s/ami/section/involvement"
    assert ([each.participant for each in stored(store)], uses(store)) == (["P07"], [1])


def test_the_same_link_leads_back_in_the_same_browser_alone(
    browser: PlainBrowser, other_device: PlainBrowser, store: Store
) -> None:
    link = f"/i/{invite(store, participant='P07')}"
    browser.open(link)
    agree(browser)
    browser.press("continue")
    browser.open(link)
    assert browser.path == "/s/ami/section/role"
    assert other_device.open(link).status_code == 410
    assert "This invitation has been used" in other_device.text
    assert "private link" in other_device.text
    for _ in range(3):
        browser.press("continue")
    browser.press()
    browser.open(link)
    assert browser.path == "/s/ami/thanks"
    assert len(stored(store)) == 1


def test_a_link_for_many_offers_the_next_person_to_start_anew(
    browser: PlainBrowser, store: Store
) -> None:
    link = f"/i/{invite(store, limit=2)}"
    browser.open(link)
    agree(browser)
    assert "Continue or start anew?" in browser.open(link).text
    browser.open(f"{link}?anew=1")
    agree(browser)
    assert browser.path == "/s/ami/section/involvement"
    assert (len(stored(store)), uses(store)) == (2, [2])


def test_the_page_sent_twice_uses_one(browser: PlainBrowser, store: Store) -> None:
    browser.open(f"/i/{invite(store)}")
    browser.choose("agree", "yes")
    assert browser.post().status_code == 303
    assert browser.post().status_code in {303, 400}
    assert (len(stored(store)), uses(store)) == (1, [1])


@pytest.mark.parametrize("state", ["wrong", "revoked"])
def test_a_link_that_opens_nothing_says_so(browser: PlainBrowser, store: Store, state: str) -> None:
    code = invite(store)
    if state == "revoked":
        store.invitations.revoke("ami", 1)
        assert browser.open(f"/i/{code}").status_code == 410
        assert "is no longer good" in browser.text
    else:
        assert browser.open(f"/i/{show_code(make_code())}").status_code == 404
        assert "This invitation opens nothing" in browser.text
        assert "ami" not in browser.text.lower().replace("family", "")


def test_an_invitation_that_ends_while_its_door_is_open_begins_nothing(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open(f"/i/{invite(store)}")
    store.invitations.revoke("ami", 1)
    assert agree(browser) == 422
    assert "is no longer good" in browser.text
    assert stored(store) == []


def test_guessing_is_held_back_and_whoever_is_invited_is_not(
    browser: PlainBrowser, other_device: PlainBrowser, store: Store
) -> None:
    code = invite(store)
    guessed = _guesses_like(code)
    for guess in guessed[:MOST_WRONG]:
        assert browser.open(f"/i/{guess}").status_code == 404
    assert browser.open(f"/i/{guessed[-1]}").status_code == 429
    browser.open("/s/ami")
    assert agree(browser, guessed[-1]) == 429
    assert "typed too often" in browser.text
    other = invite(store)
    other_device.open("/s/ami")
    agree(other_device, other)
    assert other_device.path == "/s/ami/section/involvement"


def test_while_the_database_is_busy_nothing_that_was_typed_is_lost(
    browser: PlainBrowser, store: Store, settings: Settings
) -> None:
    browser.open("/s/ami")
    store.close()
    assert agree(browser, show_code(make_code())) == 503
    assert "Please wait a few seconds" in browser.text
    assert len(browser.form.values["code"][0]) == 19
    assert browser.form.values["agree"] == ["yes"]


def test_a_door_that_was_remembered_as_open_asks_for_the_code_after_all(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.invitations.set_admission("ami", "open")
    browser.open("/s/ami")
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 60)
    store.invitations.set_admission("ami", "invitation")
    assert agree(browser) == 422
    assert "code" in browser.form.controls
    assert "Type the code that stands on your invitation" in browser.text
    assert stored(store) == []


def test_the_door_tells_nobody_which_codes_there_are(browser: PlainBrowser, store: Store) -> None:
    """Slips of the finger are told apart from codes that are none by nothing at all."""
    invite(store)
    pages = set()
    for typed in ("0000-0000-0000-0001", show_code(make_code())):
        browser.open("/s/ami")
        agree(browser, typed)
        start = browser.text.index("There is a problem")
        pages.add(browser.text[start : browser.text.index("</ul>", start)])
    assert len(pages) == 1


def test_in_an_anonymous_study_nothing_ties_a_response_to_its_invitation(
    browser: PlainBrowser, store: Store, settings: Settings
) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.studies.add_instrument("secret", "ami-survey", "1.0.1", "self")
    store.invitations.set_admission("secret", "invitation")
    code = invite(store, study="secret")
    browser.open(f"/i/{code}")
    agree(browser)
    assert browser.path == "/s/secret/section/involvement"
    assert ([each.participant for each in stored(store, "secret")], uses(store, "secret")) == (
        [None],
        [1],
    )
    assert browser.open(f"/i/{code}").status_code == 200
    assert browser.path == "/s/secret/section/involvement"


def test_the_code_is_written_nowhere(
    browser: PlainBrowser, store: Store, settings: Settings, tmp_path: Path
) -> None:
    code = invite(store, limit=2)
    browser.open(f"/i/{code}")
    agree(browser)
    browser.open("/s/ami?anew=1")
    agree(browser, code)
    store.close()
    for spelled in (code, code.replace("-", ""), code.replace("-", "").lower()):
        holding = [
            file
            for file in tmp_path.rglob("*")
            if file.is_file() and spelled.encode() in file.read_bytes()
        ]
        assert holding == []


def test_who_was_invited_goes_on_to_the_next_questionnaire(
    browser: PlainBrowser, store: Store, settings: Settings
) -> None:
    publish_first(settings, store)
    store.studies.add_instrument("ami", "mentors", "1.0.0", "self", position=9)
    browser.open(f"/i/{invite(store, participant='P07')}")
    agree(browser)
    for _ in range(4):
        browser.press("continue")
    browser.press()
    assert browser.path == "/s/ami/thanks"
    browser.press()
    assert browser.path == "/s/ami/section/first"
    with store.snapshot() as snapshot:
        (second,) = snapshot.responses("ami", "mentors")
    assert (second.participant, uses(store)) == ("P07", [1])


def _guesses_like(code: str) -> list[str]:
    """Codes that pass the check and begin as another does."""
    return [_with_check(f"{code[:4]}{number:011d}") for number in range(MOST_WRONG + 1)]


def _with_check(letters: str) -> str:
    return next(letters + last for last in LETTERS if read_code(letters + last))

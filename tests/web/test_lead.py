"""A study lead tries a draft, publishes it and retires it, in the browser without scripts."""

import re

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.records import InstrumentVersionRecord, Role
from survey_app.storage.store import Store
from tests.drafts import (
    ADDED,
    CONFIRMED,
    NAME,
    RETIRED,
    REWORDED,
    publish_first,
    write_version,
)
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

PAGE = f"/instruments/{NAME}/1.1.0"


@pytest.fixture
def browser(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    """A study lead, with a draft that adds an option to what is published."""
    publish_first(settings, store)
    write_version(settings, "1.1.0", ADDED)
    return sign_in(app, settings, store, role="study_lead")


def post(browser: PlainBrowser, what: str, **typed: str | list[str]) -> int:
    """Send one of the forms of the page that was opened last; return the answer's status."""
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    data = {"csrf": token[1], **typed}
    browser.page = browser.client.post(f"{PAGE}/{what}", data=data, follow_redirects=True)
    return browser.page.status_code


def find(store: Store, version: str = "1.1.0") -> InstrumentVersionRecord | None:
    return store.instruments.find(NAME, version)


def fingerprint(browser: PlainBrowser) -> str:
    found = re.search(r'name="fingerprint" value="(\w+)"', browser.text)
    assert found is not None
    return found[1]


def test_versions_are_listed_with_their_state_and_where_they_are_asked(
    browser: PlainBrowser,
) -> None:
    page = browser.open("/instruments").text
    mentors = page[page.index('id="versions-mentors"') :]
    assert mentors.index(">1.1.0<") < mentors.index(">1.0.0<")
    first = mentors[mentors.index(">1.0.0<") :]
    assert re.search(r"published</span>.*?<td>eva</td>\s*<td>ami</td>", first, re.DOTALL)


def test_a_broken_file_is_told_on_the_page(browser: PlainBrowser, settings: Settings) -> None:
    write_version(settings, "1.2.0", ("type: text", "type: novel"))
    page = browser.open("/instruments").text
    assert "Some files have problems" in page
    assert "1.2.0.yaml:" in page


def test_a_draft_shows_what_it_changes_old_beside_new(browser: PlainBrowser) -> None:
    page = browser.open(PAGE).text
    assert "What changed since 1.0.0" in page
    assert "&#39;ethics&#39; of &#39;topics&#39; is new" in page
    assert re.search(r'<textarea [^>]*id="note"[^>]*>\s*What 1\.1\.0 changes\.</textarea>', page)


def test_any_two_versions_are_compared(browser: PlainBrowser, settings: Settings) -> None:
    write_version(settings, "2.0.0", RETIRED, ADDED)
    page = browser.open(f"/instruments/{NAME}/compare?older=2.0.0&newer=1.1.0").text
    assert "from 1.1.0 to 2.0.0" in page
    assert "&#39;equality&#39; of &#39;topics&#39; was retired" in page
    assert "The smallest honest step is a minor step" in page
    page = browser.open(f"/instruments/{NAME}/compare?older=1.0.0&newer=2.0.0").text
    assert "Between the two there is: 1.1.0." in page
    assert browser.open(f"/instruments/{NAME}/compare?older=1.0.0&newer=9.9.9").status_code == 404


def test_publishing_freezes_what_was_looked_at_and_studies_follow(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open(PAGE)
    assert (
        post(
            browser,
            "publish",
            fingerprint=fingerprint(browser),
            note="Ethics came up.",
            studies="ami",
        )
        == 200
    )
    assert "1.1.0 is published" in browser.text
    record = find(store)
    assert record is not None
    assert (record.state, record.note) == ("published", "Ethics came up.")
    assert record.published_by == "the study_lead of ami"
    entries = [each for each in store.studies.protocol("ami") if each.instrument == NAME]
    assert {(each.version, each.delivery, each.open) for each in entries} == {
        ("1.0.0", "self", False),
        ("1.0.0", "interviewer", False),
        ("1.1.0", "self", True),
        ("1.1.0", "interviewer", True),
    }


def test_a_study_that_is_not_ticked_goes_on_as_it_was(browser: PlainBrowser, store: Store) -> None:
    browser.open(PAGE)
    post(browser, "publish", fingerprint=fingerprint(browser), note="x")
    assert "No study asks it yet" in browser.text
    versions = {each.version for each in store.studies.protocol("ami") if each.instrument == NAME}
    assert versions == {"1.0.0"}


def test_nobody_makes_a_study_follow_that_somebody_else_leads(
    browser: PlainBrowser, store: Store
) -> None:
    store.studies.create(slug="other", title="Other")
    store.studies.add_instrument("other", NAME, "1.0.0", "self")
    before = store.studies.protocol("other")
    browser.open(PAGE)
    assert "Other" not in browser.text
    post(browser, "publish", fingerprint=fingerprint(browser), note="x", studies=["ami", "other"])
    assert store.studies.protocol("other") == before


@pytest.mark.parametrize("edits", [(REWORDED,), (RETIRED, ADDED, REWORDED)])
def test_what_cannot_be_known_is_asked_before_publishing(
    browser: PlainBrowser, settings: Settings, store: Store, edits: tuple[tuple[str, str], ...]
) -> None:
    write_version(settings, "1.1.0", *edits)
    browser.open(PAGE)
    assert "It cannot be published yet" in browser.text
    assert "meaning: unchanged" in browser.text
    assert 'name="fingerprint"' not in browser.text
    assert post(browser, "publish", fingerprint="forged", note="x") == 409
    assert find(store) is None


def test_an_answer_that_is_written_into_the_file_lets_it_pass(
    browser: PlainBrowser, settings: Settings, store: Store
) -> None:
    write_version(settings, "1.1.0", CONFIRMED)
    browser.open(PAGE)
    post(browser, "publish", fingerprint=fingerprint(browser), note="Clearer words.")
    record = find(store)
    assert record is not None
    assert "unchanged" in str(record.definition)


def test_a_file_that_changes_meanwhile_is_not_published_unseen_and_the_note_stays(
    browser: PlainBrowser, settings: Settings, store: Store
) -> None:
    browser.open(PAGE)
    seen = fingerprint(browser)
    write_version(settings, "1.1.0", ("pay: Pay", "pay: Pay, money: Money"))
    assert post(browser, "publish", fingerprint=seen, note="My <long> note") == 409
    assert "Meanwhile the file was changed" in browser.text
    assert "My &lt;long&gt; note" in browser.text
    assert find(store) is None


def test_without_a_note_it_is_not_published(browser: PlainBrowser, store: Store) -> None:
    browser.open(PAGE)
    assert post(browser, "publish", fingerprint=fingerprint(browser), note=" ") == 422
    assert "Say in a sentence what changed since 1.0.0" in browser.text
    assert find(store) is None


def test_two_who_publish_the_same_are_both_told_that_it_is_published(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open(PAGE)
    seen = fingerprint(browser)
    other = browser.text
    post(browser, "publish", fingerprint=seen, note="mine", studies="ami")
    token = re.search(r'name="csrf" value="(\w+)"', other)
    assert token is not None
    late = browser.client.post(
        f"{PAGE}/publish",
        data={"csrf": token[1], "fingerprint": seen, "note": "theirs"},
        follow_redirects=True,
    )
    assert "1.1.0 was published already" in late.text
    record = find(store)
    assert record is not None
    assert record.note == "mine"


def test_retiring_asks_for_a_reason_and_closes_the_version(
    browser: PlainBrowser, store: Store
) -> None:
    first = f"/instruments/{NAME}/1.0.0"
    browser.open(first)
    browser.fill(reason="")
    token = {"csrf": browser.form.values["csrf"][0]}
    assert browser.client.post(f"{first}/retire", data=token).status_code == 422
    done = browser.client.post(
        f"{first}/retire", data=token | {"reason": "Out of use."}, follow_redirects=True
    )
    assert "1.0.0 is retired" in done.text
    assert "Out of use." in done.text
    assert not any(each.open for each in store.studies.protocol("ami") if each.instrument == NAME)


def test_nobody_retires_what_a_study_asks_that_somebody_else_leads(
    browser: PlainBrowser, store: Store
) -> None:
    store.studies.create(slug="other", title="Other people’s study")
    store.studies.add_instrument("other", NAME, "1.0.0", "self")
    first = f"/instruments/{NAME}/1.0.0"
    browser.open(first)
    typed = {"csrf": browser.form.values["csrf"][0], "reason": "My own reason."}
    refused = browser.client.post(f"{first}/retire", data=typed)
    assert refused.status_code == 409
    assert "Other studies ask this version as well: Other people’s study." in refused.text
    assert "My own reason." in refused.text
    record = find(store, "1.0.0")
    assert record is not None
    assert record.state == "published"


def test_a_note_outlives_the_session(browser: PlainBrowser, store: Store) -> None:
    browser.open(PAGE)
    seen = fingerprint(browser)
    browser.client.delete_cookie("staff")
    late = browser.client.post(f"{PAGE}/publish", data={"fingerprint": seen, "note": "A long note"})
    assert late.status_code in {400, 401}
    assert "A long note" in late.text
    assert find(store) is None


@pytest.mark.parametrize(
    ("role", "administrator", "status"),
    [
        ("study_lead", False, 200),
        (None, True, 200),
        ("analyst", False, 403),
        ("interviewer", False, 403),
        ("coordinator", False, 403),
        ("observer", False, 403),
    ],
)
def test_study_leads_and_administrators_alone_come_in(
    app: Flask,
    settings: Settings,
    store: Store,
    role: Role | None,
    *,
    administrator: bool,
    status: int,
) -> None:
    publish_first(settings, store)
    browser = sign_in(app, settings, store, role=role, administrator=administrator)
    for path in ("/instruments", f"/instruments/{NAME}/1.0.0", f"/instruments/{NAME}/compare"):
        assert browser.open(path).status_code == status
    browser.open("/")
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    for what in ("trial", "trial/end", "publish", "retire"):
        answer = browser.client.post(
            f"/instruments/{NAME}/1.0.0/{what}", data={"csrf": token[1]}
        ).status_code
        assert (answer == 403) == (status == 403)

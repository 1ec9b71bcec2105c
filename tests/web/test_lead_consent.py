"""A study lead writes a consent text, looks at it, compares it and puts it into force."""

import pytest
from flask import Flask

from survey_app.definition.consent import read_stored
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

PAGE = "/studies/ami/consent"
NEW = f"{PAGE}/new"


@pytest.fixture
def lead(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    """A study lead with the page before them on which a text for the web is written."""
    browser = sign_in(app, settings, store, role="study_lead")
    browser.open(f"{NEW}?delivery=self")
    return browser


def write(browser: PlainBrowser, action: str = "look", **typed: str) -> int:
    """Change what stands in the form, and send it; `__` in a name is a dot."""
    values = {name: texts for name, texts in browser.form.values.items() if name != "csrf"}
    for name, text in typed.items():
        values[name.replace("__", ".")] = [text]
    token = browser.form.values["csrf"]
    browser.page = browser.client.post(
        NEW, data={**values, "csrf": token, "action": action}, follow_redirects=True
    )
    browser.__dict__.pop("form", None)
    return browser.page.status_code


def test_the_list_says_which_texts_are_in_force_and_how_many_agreed(
    lead: PlainBrowser, app: Flask
) -> None:
    participant = PlainBrowser(app.test_client())
    participant.open("/s/ami")
    participant.choose("agree", "yes").press()
    assert f'href="{PAGE}"' in lead.open("/instruments").text
    page = lead.open(PAGE).text
    assert page.count("in force</span>") == 2
    assert page.index("Version 2") < page.index("Version 1")
    assert "<td>0</td>" in page.replace(' class="number"', "")
    assert "Whoever" not in page


def test_a_new_text_begins_as_a_copy_of_the_one_in_force(lead: PlainBrowser) -> None:
    assert "It is your choice." in lead.form.values["text.en"][0]
    assert lead.form.values["key.0"] == ["quoted"]
    assert lead.form.values["delivery"] == ["self"]
    assert "It begins as a copy of version 1." in lead.text


def test_it_is_looked_at_before_it_is_in_force(lead: PlainBrowser, store: Store) -> None:
    text = lead.form.values["text.en"][0] + "\nAnswers are kept for ten years."
    assert write(lead, text__en=text, changes__en="How long is said.", key__1="kept") == 422
    assert 'href="#statement.1.en"' in lead.text
    assert write(lead, statement__1__en="I know that", required__1="yes") == 200
    assert "As it will be shown" in lead.text
    assert "What changed since version 1" in lead.text
    assert len(store.consents.texts("ami")) == 2
    assert write(lead, "force") == 200
    assert "Version 3 is in force" in lead.text
    newest = store.consents.texts("ami")[0].text
    form = read_stored(newest.body)
    assert (newest.version, newest.delivery) == ("3", "self")
    assert newest.added_by == "the study_lead of ami"
    assert newest.fingerprint == form.fingerprint
    assert [(each.key, each.required) for each in form.statements] == [
        ("quoted", False),
        ("kept", True),
    ]
    assert "How long is said." in lead.open(f"{PAGE}/text/3").text
    assert lead.open(f"{PAGE}/text/9").status_code == 404


def test_what_is_not_what_was_looked_at_is_shown_again(lead: PlainBrowser, store: Store) -> None:
    text = lead.form.values["text.en"][0]
    assert write(lead, text__en=f"{text}\nOne.", changes__en="One.") == 200
    assert write(lead, "force", text__en=f"{text}\nTwo.") == 409
    assert "You changed the text after you looked at it." in lead.text
    assert len(store.consents.texts("ami")) == 2
    assert write(lead, "force") == 200
    assert len(store.consents.texts("ami")) == 3


def test_of_two_who_write_at_once_the_later_compares_again(
    lead: PlainBrowser, store: Store
) -> None:
    text = lead.form.values["text.en"][0]
    write(lead, text__en=f"{text}\nMine.", changes__en="Mine.")
    store.consents.put_in_force(
        "ami", body={"text": "Theirs."}, fingerprint="t", delivery="self", by="x", after="2"
    )
    assert write(lead, "force") == 409
    assert "Meanwhile somebody else put a text into force." in lead.text
    assert "What changed since version 3" in lead.text
    assert write(lead, "force") == 200
    assert store.consents.texts("ami")[0].text.version == "4"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"text__en": " "}, "text.en", "Write the text"),
        ({"changes__en": ""}, "changes.en", "Say in a sentence what is new"),
        ({"key__0": ""}, "key.0", "Write a key"),
        ({"key__0": "Nice key"}, "key.0", "at most 32 small letters"),
        ({"key__0": "agree"}, "key.0", "used by the page itself"),
        ({"key__1": "quoted", "statement__1__en": "x"}, "key.1", "used twice"),
        ({"text__en": "<b>bold</b>"}, "text.en", "&lt;b&gt;"),
        ({"statement__0__en": "<i>x</i>"}, "statement.0.en", "&lt;i&gt;"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    lead: PlainBrowser, store: Store, typed: dict[str, str], field: str, said: str
) -> None:
    everything = {"text__en": "Another text.", "changes__en": "All of it.", **typed}
    assert write(lead, **everything) == 422
    assert f'href="#{field}"' in lead.text
    assert said in lead.text
    assert lead.form.values["changes.en"] == [everything["changes__en"]]
    assert len(store.consents.texts("ami")) == 2


def test_the_same_text_again_is_not_put_into_force(lead: PlainBrowser, store: Store) -> None:
    assert write(lead, changes__en="Nothing.") == 422
    assert "Nothing has changed" in lead.text
    assert 'value="force"' not in lead.text


def test_a_study_without_a_text_gets_its_first(
    app: Flask, settings: Settings, store: Store
) -> None:
    store.studies.create(slug="bare", title="Bare")
    lead = sign_in(app, settings, store, role="study_lead", study="bare")
    assert "no consent text yet" in lead.open("/studies/bare/consent").text
    page = lead.open("/studies/bare/consent/new").text
    assert "What is new" not in page
    typed = {"text.en": "You may stop.", "delivery": "both", "csrf": lead.form.values["csrf"]}
    lead.page = lead.client.post("/studies/bare/consent/new", data={**typed, "action": "look"})
    lead.__dict__.pop("form", None)
    typed["seen"] = lead.form.values["seen"][0]
    answer = lead.client.post("/studies/bare/consent/new", data={**typed, "action": "force"})
    assert answer.status_code == 303
    text = store.studies.consent_text("bare", "interviewer")
    assert text is not None
    assert text.version == "1"


def test_what_was_typed_outlives_the_session(
    app: Flask, settings: Settings, store: Store, lead: PlainBrowser
) -> None:
    lead.client.delete_cookie("staff")
    typed = {"text.en": "Long words.", "action": "look"}
    answer = lead.client.post(NEW, data=typed, headers={"X-CSRF-Token": "x"})
    assert answer.status_code in {400, 401}
    assert "Long words." in answer.text

"""A coordinator keeps a study's people, in the browser without scripts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from survey_app.jobs import Progress, write_json, write_progress
from survey_app.people_access import open_people
from survey_app.settings import Settings
from survey_app.storage.people.keys import new_key, write_keys
from survey_app.storage.people.records import Person
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from survey_app.web.people.blueprint import ERRANDS
from tests.mail.postman import Postman, serve_mail
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import by_hand, change
from tests.web.coordinating import PEOPLE, post, upload, wait, write_roster
from tests.web.signed_in import sign_in

if TYPE_CHECKING:
    from survey_app.jobs import Jobs

ADA = {"name": "Ada Lovelace", "email": "ada@example.org"}


@pytest.fixture
def postman() -> Iterator[Postman]:
    with serve_mail(Postman()) as serving:
        yield serving


@pytest.fixture
def installation(installation_with_people: Path) -> Path:
    return installation_with_people


@pytest.fixture
def settings(settings: Settings, postman: Postman) -> Settings:
    """An installation with a people database and a mail server."""
    return settings.with_changes(
        smtp=postman.url(), mail_from="study@example.org", mail_per_minute="60000"
    )


@pytest.fixture
def coordinator(app: Flask, settings: Settings, store: Store) -> Iterator[PlainBrowser]:
    yield sign_in(app, settings, store, role="coordinator")
    errands: Jobs = app.extensions[ERRANDS]
    for place in errands.folder.iterdir() if errands.folder.is_dir() else ():
        errands.cancel(place.name)


def add(coordinator: PlainBrowser, **typed: str) -> int:
    coordinator.open(f"{PEOPLE}/add")
    coordinator.fill(**typed)
    return coordinator.press().status_code


def kept(settings: Settings) -> list[Person]:
    with open_people(settings) as people:
        return people.list("ami")


def rows(page: str, table: str = "people") -> list[list[str]]:
    """The cells of a table's rows, in words alone."""
    found = re.search(
        rf'<table class="table" id="{table}">.*?<tbody>(.*?)</tbody>', page, re.DOTALL
    )
    body = found[1] if found else ""
    return [
        [
            " ".join(re.sub("<[^>]+>", " ", cell).split())
            for cell in re.findall(CELL, row, re.DOTALL)
        ]
        for row in re.findall("<tr>(.*?)</tr>", body, re.DOTALL)
    ]


CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"


def test_the_coordinator_is_led_to_the_list(coordinator: PlainBrowser) -> None:
    coordinator.open("/people")
    assert coordinator.path == PEOPLE
    assert "Nobody has been added yet" in coordinator.text
    assert f'href="{PEOPLE}"' in coordinator.open("/home").text


def test_a_person_is_added_changed_and_forgotten(
    coordinator: PlainBrowser, settings: Settings, store: Store
) -> None:
    assert add(coordinator, **ADA, note="dean") == 200
    (participant,) = store.participants.list("ami")
    assert "The person has been added" in coordinator.text
    assert rows(coordinator.text) == [
        ["Ada Lovelace", participant.pseudonym, "ada@example.org", "none", "–", "nothing yet"]
    ]
    address = f"{PEOPLE}/person/{participant.id}"
    coordinator.open(address)
    coordinator.fill(name="Ada King")
    coordinator.press(silent="yes")
    assert [(each.name, each.silent, each.note) for each in kept(settings)] == [
        ("Ada King", True, "dean")
    ]
    assert "do not write" in coordinator.text
    coordinator.open(f"{address}/forget")
    assert f"the pseudonym {participant.pseudonym} and any answers" in coordinator.text
    coordinator.press()
    assert kept(settings) == []
    assert store.participants.list("ami") == [participant]
    assert coordinator.open(address).status_code == 404


def test_who_is_forgotten_is_named_in_no_file(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    """Neither in the database, nor by a roster's file, nor by a letter tried on their address."""
    upload(coordinator, write_roster("ada@example.org;Ada Lovelace;"), name="Ada Lovelace.csv")
    post(coordinator, coordinator.path, decision="add")
    upload(coordinator, write_roster("x@example.org;A. Lovelace-Byron;"), name="others.csv")
    coordinator.open(f"{PEOPLE}/letters/invitation")
    post(coordinator, f"{PEOPLE}/letters/invitation/test", address=ADA["email"], language="en")
    wait(coordinator, coordinator.path)
    (ada,) = kept(settings)
    naming = [b"ada lovelace", b"ada@example.org"]

    def hunt() -> list[str]:
        files = [each for each in settings.data.rglob("*") if each.is_file()]
        found = [each for each in files if any(n in each.read_bytes().lower() for n in naming)]
        return [each.name for each in found]

    assert ada.email.encode() in naming, "the database has her"
    assert hunt() == [], "no file has her in clear, not even before"
    write_json(half_done(settings), {"name": "test_letter", "arguments": {"address": ADA["email"]}})
    assert hunt() == ["job.json"], "as a worker that was killed has left it"
    coordinator.open(f"{PEOPLE}/person/{ada.id}/forget")
    assert post(coordinator, f"{PEOPLE}/person/{ada.id}/forget") == 200
    assert hunt() == []


def half_done(settings: Settings) -> Path:
    """The file that says what a job was told, of one that a killed worker left."""
    place = settings.errands / ("a" * 32)
    place.mkdir()
    write_progress(place, Progress(state="running"))
    return place / "job.json"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "is not at"),
        (lambda key: write_keys(key, (new_key(),)), "holds another one"),
        (lambda key: key.write_text("a key"), "is no key, so the names cannot be read"),
    ],
    ids=["missing", "wrong", "damaged"],
)
def test_without_the_right_key_it_is_said_what_to_do_and_nobody_else_notices(
    coordinator: PlainBrowser,
    app: Flask,
    settings: Settings,
    store: Store,
    spoil: Callable[[Path], object],
    said: str,
) -> None:
    add(coordinator, **ADA)
    (participant,) = store.participants.list("ami")
    spoil(settings.people_key_file)
    for path in ("", f"/person/{participant.id}", "/letters/invitation", "/send/reminder"):
        assert coordinator.open(f"{PEOPLE}{path}").status_code == 503
        assert "The names cannot be read" in coordinator.text
        assert said in coordinator.text
        assert str(settings.people_key_file) in coordinator.text
        assert "Lovelace" not in coordinator.text
    Path(settings.people.removeprefix("sqlite:///")).unlink()
    settings.people_key_file.unlink(missing_ok=True)
    analyst = sign_in(app, settings, store, role="analyst")
    tables = [f"/analysis/ami/ami-survey{each}" for each in ("", "/charts", "/responses")]
    for path in ("/home", "/analysis", *tables):
        assert analyst.open(path).status_code == 200, path
    lead = sign_in(app, settings, store, role="study_lead")
    assert lead.open("/studies/ami").status_code == 200
    participant_page = PlainBrowser(app.test_client()).open("/s/ami")
    assert participant_page.status_code == 200
    assert not Path(settings.people.removeprefix("sqlite:///")).exists()


def test_what_was_exchanged_in_the_file_is_not_shown(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    add(coordinator, **ADA)
    add(coordinator, name="Ben")
    by_hand(
        settings.data / "people.sqlite3",
        "UPDATE person SET sealed = (SELECT min(sealed) FROM person)",
    )
    assert coordinator.open(PEOPLE).status_code == 503
    assert "was damaged or changed from outside, so nothing of it is shown" in coordinator.text


def test_the_same_page_sent_twice_adds_one(coordinator: PlainBrowser, settings: Settings) -> None:
    page = coordinator.open(f"{PEOPLE}/add")
    for _ in range(2):
        coordinator.go_back(page)
        coordinator.fill(**ADA)
        coordinator.press()
    assert len(kept(settings)) == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": ""}, "name", "The name is missing"),
        ({"name": "Ada", "email": "ada"}, "email", "“ada” is no address of e-mail"),
        ({"name": "Eve", "email": "ADA@example.org"}, "email", "in the study already"),
        ({"name": "x" * 201}, "name", "room for 200"),
        ({"name": "Eve", "note": "n" * 2001}, "note", "room for 2000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    coordinator: PlainBrowser, settings: Settings, typed: dict[str, str], field: str, sentence: str
) -> None:
    add(coordinator, **ADA)
    assert add(coordinator, **typed) == 422
    assert f'href="#{field}"' in coordinator.text
    assert sentence in coordinator.text
    assert all(text in coordinator.text for text in typed.values())
    assert len(kept(settings)) == 1


def test_a_person_may_keep_their_own_address(coordinator: PlainBrowser, store: Store) -> None:
    add(coordinator, **ADA)
    (participant,) = store.participants.list("ami")
    coordinator.open(f"{PEOPLE}/person/{participant.id}")
    assert coordinator.press().status_code == 200
    assert "The change has been saved" in coordinator.text


def test_a_roster_is_looked_at_and_then_added_as_a_whole(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    upload(coordinator, write_roster("ada@example.org;Ada;<b>", ";Ben;"))
    assert "Add 2 people?" in coordinator.text
    assert rows(coordinator.text, "roster") == [
        ["Ada", "ada@example.org", "–", "–", "&lt;b&gt;"],
        ["Ben", "–", "–", "–", "–"],
    ]
    assert kept(settings) == []
    path = coordinator.path.partition("?")[0]
    page = coordinator.page
    for _ in range(2):
        coordinator.go_back(page)
        assert post(coordinator, path, decision="add") == 200
    assert "The roster has been added" in coordinator.text
    assert [each.name for each in kept(settings)] == ["Ada", "Ben"]
    assert list((settings.errands / "uploads").iterdir()) == []


def test_all_problems_of_a_roster_are_listed_and_nobody_is_added(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    upload(coordinator, write_roster("ada;Ada;", "c@example.org;Cy;", "C@example.org;Di;"))
    problems = re.findall(r"<li>(row .*?)</li>", coordinator.text)
    assert [each.partition(":")[0] for each in problems] == [
        "row 2, column Courriel",
        "row 4, column Courriel",
    ]
    assert "There are 2 problems, and nobody was added" in coordinator.text
    path = coordinator.path.partition("?")[0]
    post(coordinator, path, decision="add")
    assert kept(settings) == []
    post(coordinator, path, decision="drop")
    assert "The roster has been thrown away" in coordinator.text
    assert coordinator.open(path).status_code == 404


def test_a_file_that_is_no_table_is_said_and_not_kept(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    upload(coordinator, b"\xff\xfe\x00", "roster.xls")
    assert "The roster could not be read" in coordinator.text
    assert "neither a workbook nor a csv file" in coordinator.text
    assert list((settings.errands / "uploads").iterdir()) == []


def test_no_file_is_asked_for_again(coordinator: PlainBrowser) -> None:
    coordinator.open(f"{PEOPLE}/roster")
    assert post(coordinator, f"{PEOPLE}/roster") == 422
    assert "Choose a file first." in coordinator.text


def test_somebody_added_meanwhile_keeps_a_roster_out(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    upload(coordinator, write_roster("ada@example.org;Ada;"))
    path = coordinator.path.partition("?")[0]
    add(coordinator, **ADA)
    coordinator.open(path)
    post(coordinator, path, decision="add")
    assert "Somebody of this roster was added meanwhile" in coordinator.text
    assert len(kept(settings)) == 1


def test_a_letter_is_written_checked_and_looked_at(coordinator: PlainBrowser) -> None:
    path = f"{PEOPLE}/letters/invitation"
    coordinator.open(path)
    assert "This is a proposal" in coordinator.text
    coordinator.fill(subject="Come", body="Dear {first}")
    assert coordinator.press().status_code == 422
    assert "There is no placeholder {first}" in coordinator.text
    assert "Dear {first}" in coordinator.text
    coordinator.fill(body="Hello {name}: {link} <i>")
    assert coordinator.press().status_code == 200
    assert "The letter has been saved" in coordinator.text
    assert "Hello Name of the person: http://localhost/i/0000-0000-0000-0000 &lt;i&gt;" in (
        coordinator.text
    )
    assert coordinator.open(f"{PEOPLE}/letters/threat").status_code == 404


def test_a_letter_is_tried_on_oneself(coordinator: PlainBrowser, postman: Postman) -> None:
    path = f"{PEOPLE}/letters/reminder/test"
    coordinator.open(f"{PEOPLE}/letters/reminder")
    assert post(coordinator, path, address="me") == 422
    assert "Write your own address" in coordinator.text
    post(coordinator, path, address="cleo@example.org")
    wait(coordinator, coordinator.path)
    assert "The letter is on its way to you" in coordinator.text
    assert postman.recipients == ["cleo@example.org"]


def invite(coordinator: PlainBrowser, kind: str = "invitation") -> None:
    """Send a letter to all to whom it would go."""
    path = f"{PEOPLE}/send/{kind}"
    coordinator.open(path)
    ticked = re.findall(r'name="person" value="(\w+)"', coordinator.text)
    batch = re.findall(r'name="batch" value="(\w+)"', coordinator.text)[0]
    post(coordinator, path, batch=batch, person=ticked)
    wait(coordinator, coordinator.path)


@pytest.mark.parametrize(
    ("change_by_hand", "said"),
    [
        ("study SET opens = '2999-01-01'", "Nobody can begin before 1 January 2999."),
        ("study SET closes = '2000-01-01'", "The study has ended"),
        (
            "study SET closes = '2000-01-01', grace_days = 999999",
            "Who has begun may finish until",
        ),
        ("study_instrument SET open = 0", "Ask the study lead first."),
        ("study SET closes = '2999-01-01'", None),
    ],
)
def test_before_letters_go_it_is_said_where_their_links_let_nobody_begin(
    coordinator: PlainBrowser, settings: Settings, change_by_hand: str, said: str | None
) -> None:
    add(coordinator, **ADA)
    by_hand(settings.data / "responses.sqlite3", f"UPDATE {change_by_hand}")
    page = coordinator.open(f"{PEOPLE}/send/invitation").text
    warnings = ("Nobody can begin", "The study has ended", "nothing to fill in yet")
    assert any(each in page for each in warnings) == (said is not None)
    assert (said or "Ada") in page
    assert 'href="/studies/ami/consent/given"' in coordinator.open(PEOPLE).text


def test_those_who_are_ticked_are_invited_by_letter(
    coordinator: PlainBrowser, postman: Postman, store: Store
) -> None:
    for name in ("ada", "ben", "cy"):
        add(coordinator, name=name, email=f"{name}@example.org" if name != "cy" else "")
    coordinator.open(f"{PEOPLE}/send/invitation")
    assert "It goes to 2 people" in coordinator.text
    assert rows(coordinator.text, "others") == [["cy", "has no address of e-mail"]]
    assert "You have not written this letter yet" in coordinator.text
    batch = re.findall(r'name="batch" value="(\w+)"', coordinator.text)[0]
    assert post(coordinator, f"{PEOPLE}/send/invitation", batch=batch) == 422
    assert "Tick at least one person" in coordinator.text
    invite(coordinator)
    assert "The letters have been sent" in coordinator.text
    assert [row[:3] for row in rows(coordinator.text, "messages")] == [
        ["ada", "ada@example.org", "sent"],
        ["ben", "ben@example.org", "sent"],
    ]
    assert postman.recipients == ["ada@example.org", "ben@example.org"]
    coordinator.open(PEOPLE)
    assert [row[3] for row in rows(coordinator.text)] == ["mailed", "mailed", "none"]
    coordinator.open(f"{PEOPLE}/send/invitation")
    assert "There is nobody to whom it would go" in coordinator.text
    assert len(store.invitations.list("ami")) == 2


def test_the_same_order_sent_twice_sends_once(
    coordinator: PlainBrowser, postman: Postman, settings: Settings
) -> None:
    add(coordinator, **ADA)
    path = f"{PEOPLE}/send/invitation"
    page = coordinator.open(path)
    (person,) = (each.id for each in kept(settings))
    batch = re.findall(r'name="batch" value="(\w+)"', coordinator.text)[0]
    for _ in range(2):
        coordinator.go_back(page)
        post(coordinator, path, batch=batch, person=person)
    wait(coordinator, coordinator.path)
    assert postman.recipients == ["ada@example.org"]


def test_sending_that_stopped_goes_on_and_one_that_failed_is_sent_again(
    coordinator: PlainBrowser, postman: Postman
) -> None:
    add(coordinator, **ADA)
    postman.mail_answer = "421 too many today"
    invite(coordinator)
    path = coordinator.path
    assert "Sending has stopped" in coordinator.text
    assert "421 too many today" in coordinator.text
    assert "1 letter waits, and has surely not been sent." in coordinator.text
    postman.mail_answer, postman.refused = "250 fine", {"ada@example.org"}
    post(coordinator, path, wish="go_on")
    wait(coordinator, path)
    assert "550 There is no such mailbox" in coordinator.text
    postman.refused = set()
    (message,) = re.findall(r'name="again" value="(\w+)"', coordinator.text)
    post(coordinator, path, again=message)
    wait(coordinator, path)
    assert "The letters have been sent" in coordinator.text
    assert len(postman.messages) == 1
    assert post(coordinator, path, again="0" * 32) == 404


def test_what_waits_can_be_stopped(coordinator: PlainBrowser, postman: Postman) -> None:
    add(coordinator, **ADA)
    postman.mail_answer = "421 too many today"
    invite(coordinator)
    post(coordinator, coordinator.path, wish="stop")
    assert "was stopped by the coordinator of ami" in coordinator.text
    assert postman.messages == []


def test_who_withdrew_is_said_without_more_and_not_written_to(
    coordinator: PlainBrowser, postman: Postman, app: Flask, store: Store
) -> None:
    add(coordinator, **ADA)
    invite(coordinator)
    (code,) = re.findall(r"/i/([\w-]+)", postman.texts()[0])
    participant = PlainBrowser(app.test_client())
    participant.open(f"/i/{code}")
    participant.choose("agree", "yes").press()
    assert rows(coordinator.open(PEOPLE).get_data(as_text=True))[0][-1] == "has begun"
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    store.responses.withdraw(response.id, change(9, kind="withdraw"), scope="response")
    assert rows(coordinator.open(PEOPLE).get_data(as_text=True))[0][-1] == "withdrew"
    coordinator.open(f"{PEOPLE}/send/reminder")
    assert rows(coordinator.text, "others") == [["Ada Lovelace", "withdrew"]]


def test_an_anonymous_study_says_of_nobody_what_came_of_it(
    coordinator: PlainBrowser, store: Store
) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.accounts.set_role("the coordinator of ami", "coordinator", "secret")
    coordinator.open("/people")
    assert "Secret" in coordinator.text
    coordinator.open("/people/secret/add")
    coordinator.fill(**ADA)
    coordinator.press()
    assert "What came of it" not in coordinator.text
    assert "nobody can know who has taken part" in coordinator.text


def test_without_a_mail_server_the_page_says_what_works(settings: Settings, store: Store) -> None:
    app = create_app(settings.with_changes(smtp=""), store)
    coordinator = sign_in(app, settings, store, role="coordinator")
    add(coordinator, **ADA)
    for path in (PEOPLE, f"{PEOPLE}/send/invitation", f"{PEOPLE}/letters/invitation"):
        assert "No mail server is set" in coordinator.open(path).get_data(as_text=True)
        assert "as a slip" in coordinator.text
    assert "Send the letters" not in coordinator.text


def test_a_link_is_made_to_hand_over_and_replaces_the_earlier(
    coordinator: PlainBrowser, app: Flask, store: Store
) -> None:
    add(coordinator, **ADA)
    (participant,) = store.participants.list("ami")
    address = f"{PEOPLE}/person/{participant.id}"
    links = []
    for _ in range(2):
        coordinator.open(address)
        assert post(coordinator, f"{address}/slip") == 200
        links += re.findall(r"http://localhost(/i/[\w-]+)", coordinator.text)
    statuses = [app.test_client().get(link).status_code for link in links]
    assert statuses == [404, 200]
    assert rows(coordinator.open(PEOPLE).get_data(as_text=True))[0][3] == "made"
    visitor = PlainBrowser(app.test_client())
    visitor.open(links[1])
    visitor.choose("agree", "yes").press()
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    store.responses.withdraw(response.id, change(9, kind="withdraw"), scope="response")
    assert post(coordinator, f"{address}/slip") == 200
    assert "Ada Lovelace withdrew, and is not invited again." in coordinator.text


def test_without_the_file_of_names_the_page_says_which_and_what_to_do(
    coordinator: PlainBrowser, settings: Settings
) -> None:
    file = settings.data / "people.sqlite3"
    file.unlink()
    assert coordinator.open(PEOPLE).status_code == 503
    assert str(file) in coordinator.text
    assert "restore its backup" in coordinator.text
    assert not file.exists()


def test_another_studys_people_are_not_found(coordinator: PlainBrowser, store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    store.participants.add("other", ["0" * 32])
    assert coordinator.open("/people/other").status_code == 404
    assert coordinator.open(f"{PEOPLE}/person/{'0' * 32}").status_code == 404


def test_what_was_typed_outlives_the_session(coordinator: PlainBrowser, settings: Settings) -> None:
    coordinator.open(f"{PEOPLE}/add")
    coordinator.fill(**ADA)
    coordinator.client.delete_cookie("staff")
    assert coordinator.press().status_code in {400, 401}
    assert "Ada Lovelace" in coordinator.text
    assert kept(settings) == []

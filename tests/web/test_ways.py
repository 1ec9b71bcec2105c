"""The ways between the pages: the first page, the bar, and home lead only where one may go."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from survey_app import first_start
from survey_app.settings import Settings
from survey_app.storage.moments import today
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import by_hand
from tests.web.signed_in import sign_in


def in_days(days: int) -> str:
    return (date.fromisoformat(today()) + timedelta(days)).isoformat()


@pytest.mark.parametrize(
    ("opens", "closes", "grace", "said"),
    [
        (None, None, 0, r"</a></li>"),
        (3, None, 0, r"</a> \(opens on .+\)</li>"),
        (-9, -2, 5, r"</a> \(has ended; who began may finish until .+\)</li>"),
        (-9, -2, 0, None),
    ],
    ids=["open", "not yet open", "may be finished", "over"],
)
def test_the_first_page_says_when_a_study_is_open_and_leaves_out_what_is_over(
    app: Flask,
    settings: Settings,
    opens: int | None,
    closes: int | None,
    grace: int,
    said: str | None,
) -> None:
    days = [f"'{in_days(each)}'" if each is not None else "NULL" for each in (opens, closes)]
    by_hand(
        settings.data / "responses.sqlite3",
        f"UPDATE study SET opens = {days[0]}, closes = {days[1]}, grace_days = {grace}",
    )
    page = PlainBrowser(app.test_client()).open("/").text
    if said is None:
        assert "No study is open at the moment." in page
        assert "/s/ami" not in page
    else:
        assert re.search(r'<li><a href="/s/ami">[^<]+' + said, page)


def test_a_study_that_asks_nothing_of_participants_is_not_on_the_first_page(
    app: Flask, settings: Settings, store: Store
) -> None:
    lead = sign_in(app, settings, store, role="study_lead")
    by_hand(settings.data / "responses.sqlite3", "UPDATE study_instrument SET open = 0")
    assert "/s/ami" not in lead.open("/").text
    assert 'href="/studies"' in lead.text


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("study_lead", '<a href="/studies">Studies</a>'),
        ("coordinator", '<a href="/people">People</a>'),
    ],
)
def test_the_bar_over_consents_leads_where_its_reader_may_go(
    app: Flask, settings: Settings, store: Store, role: Role, area: str
) -> None:
    browser = sign_in(app, settings, store, role=role)
    page = browser.open("/studies/ami/consent/given").text
    bar = page[page.index("<nav") : page.index("</nav>")]
    assert area in bar
    assert "/instruments" not in bar


@pytest.mark.parametrize("role", ["study_lead", "coordinator", "administrator"])
def test_home_and_the_first_page_lead_nowhere_that_is_refused(
    app: Flask, settings: Settings, store: Store, role: str
) -> None:
    first_start.prepare_people(settings)
    if role == "administrator":
        browser = sign_in(app, settings, store, administrator=True)
    else:
        browser = sign_in(app, settings, store, role=role)  # type: ignore[arg-type]  # two of them
    wanted = {
        "study_lead": {
            "/studies",
            "/studies/ami",
            "/studies/ami/consent",
            "/studies/ami/recruitment",
        },
        "coordinator": {"/people/ami", "/studies/ami/consent/given"},
        "administrator": {"/studies", "/admin"},
    }[role]
    home = set(re.findall(r'href="(/[^"#]+)', browser.open("/home").text))
    assert wanted <= home
    first = set(re.findall(r'href="(/[^"#]+)', browser.open("/").text))
    for address in sorted(each for each in home | first if not each.startswith("/static")):
        assert browser.open(address).status_code == 200, address


@pytest.mark.parametrize("role", ["study_lead", "administrator"])
def test_home_reminds_of_a_study_that_is_kept_too_long(
    app: Flask, settings: Settings, store: Store, role: str
) -> None:
    if role == "administrator":
        browser = sign_in(app, settings, store, administrator=True)
    else:
        browser = sign_in(app, settings, store, role="study_lead")
    assert "the time of keeping" not in browser.open("/home").text
    by_hand(settings.data / "responses.sqlite3", f"UPDATE study SET retain_until = '{in_days(-2)}'")
    assert "the time of keeping is over" in browser.open("/home").text
    assert ("/studies/ami/erase" in browser.text) == (role == "study_lead")

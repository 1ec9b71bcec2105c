"""Headers on every answer, posts only from our own pages, and nothing sent to anyone."""

import re
import socket
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.access_words import say_access_event
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from survey_app.web.security import HEADERS, POLICY
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

WEB = Path(__file__).parents[2] / "survey_app" / "web"


def every_address(app: Flask) -> list[str]:
    """Return an address for every rule, with words that may or may not exist."""
    words = {"study": "ami", "key": "role", "name": "ami-survey", "version": "1.0.1"}
    return sorted(
        {
            re.sub(r"<(?:\w+:)?(\w+)>", lambda match: words.get(match[1], "1"), rule.rule)
            for rule in app.url_map.iter_rules()
        }
        | {"/nowhere"}
    )


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_every_answer_has_every_header_errors_included(
    app: Flask, client: FlaskClient, method: str
) -> None:
    for address in every_address(app):
        response = getattr(client, method)(address)
        assert response.status_code < 500, address
        for name, value in HEADERS.items():
            assert response.headers[name] == value, (address, name)
        policy = response.headers["Content-Security-Policy"]
        assert policy == POLICY or "sandbox" in policy, address
        if not address.startswith("/static"):
            assert "no-store" in response.headers["Cache-Control"], address


def test_over_https_the_cookie_is_tied_to_the_host_and_the_browser_told_to_stay(
    settings: Settings, store: Store
) -> None:
    secure = create_app(settings.with_changes(url="https://survey.example"), store)
    response = secure.test_client().get("/s/ami", base_url="https://survey.example")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-survey=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("[::1]", 200),
        ("evil.example", 400),
        ("evil.example:8000", 400),
        ("localhost.evil.example", 400),
        ("", 400),
    ],
)
def test_only_our_own_host_names_are_answered(client: FlaskClient, host: str, status: int) -> None:
    assert client.get("/", headers={"Host": host}).status_code == status


def test_a_post_without_the_token_is_refused_everywhere(app: Flask, client: FlaskClient) -> None:
    for address in every_address(app):
        status = client.post(address, data={"a": "b"}).status_code
        # What signs in asks for secrets of its own, and here has none of them.
        refused = {422} if address == "/sign-in" else {400, 401, 403, 404, 405, 410, 303}
        assert status in refused, (address, status)


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/token"])
def test_no_other_site_signs_anybody_in(client: FlaskClient, address: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(address, data={"name": "eve"}, headers=headers).status_code == 400


class Inline(HTMLParser):
    """Collects what a strict content policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(f"{tag} with style")
        if tag == "script" and "src" not in given:
            self.found.append("script without src")
        self.found += [f"{tag} with {name}" for name in given if name.startswith("on")]


def test_no_template_has_inline_script_or_style_or_raw_html() -> None:
    templates = list((WEB / "templates").rglob("*.html"))
    assert len(templates) > 20
    for path in templates:
        text = path.read_text("utf-8")
        inline = Inline()
        inline.feed(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL))
        assert inline.found == [], path
        assert not re.search(r"\|\s*safe\b", text), path


def test_a_hostile_text_is_shown_as_text_on_every_page(client: FlaskClient) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    browser = PlainBrowser(client)
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    browser.choose("item_topics", "other").fill(item_topics__other=hostile).press("continue")
    for path in ("/s/ami/section/involvement", "/s/ami/check"):
        browser.open(path)
        assert "<img src=x" not in browser.text
        assert "<script>alert" not in browser.text
        assert "&lt;img src=x" in browser.text


def test_the_program_phones_no_one(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    browser = PlainBrowser(client)
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    for _ in range(4):
        browser.press("continue")
    browser.press()
    assert browser.path == "/s/ami/thanks"


def test_private_addresses_are_masked_in_what_is_logged(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.logger.error("Exception on /r/%s [GET]", "secret0123456789")
    app.logger.error("Exception on /sign-in/secret0123456789")
    app.logger.error("Exception on /i/secret0123456789 [POST]")
    assert "secret" not in caplog.text


def test_a_mangled_cookie_is_a_new_visitor_and_never_a_failure(client: FlaskClient) -> None:
    for value in ("", ".", "a.b.c", "é", "x" * 4000, "\x01"):
        client.set_cookie("survey", value)
        client.set_cookie("staff", value)
        for path in ("/", "/s/ami", "/s/ami/section/role", "/interviews", "/analysis", "/admin"):
            assert client.get(path).status_code < 500, (path, value)


def test_under_another_name_the_address_to_open_is_told(settings: Settings, store: Store) -> None:
    lan = settings.with_changes(url="http://192.0.2.7:8000", insecure_lan=True)
    refused = create_app(lan, store).test_client().get("/", headers={"Host": "127.0.0.1:8000"})
    assert refused.status_code == 400
    assert refused.text.endswith("Open it at http://192.0.2.7:8000 instead.")


def test_no_page_lets_a_script_of_another_site_read_it(app: Flask, client: FlaskClient) -> None:
    headers = {"Origin": "https://evil.example"}
    for address in every_address(app):
        for method in ("GET", "OPTIONS"):
            answer = client.open(address, method=method, headers=headers)
            allowed = [name for name, _value in answer.headers if name.startswith("Access-Control")]
            assert allowed == [], (method, address)


def test_whatever_is_text_says_in_which_encoding(app: Flask, client: FlaskClient) -> None:
    met = set()
    for address in every_address(app):
        answer = client.get(address)
        if answer.data:
            assert answer.content_type, address
            kind = (answer.mimetype or "").partition("/")[0]
            assert kind != "text" or "charset=utf-8" in answer.content_type, address
            met.add(kind)
    assert "text" in met


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE"])
def test_no_address_takes_a_method_that_no_page_uses(
    app: Flask, client: FlaskClient, method: str
) -> None:
    for address in every_address(app):
        assert client.open(address, method=method).status_code in {404, 405}, address


@pytest.mark.parametrize(
    "address",
    [
        "/static",
        "/static/",
        "/static/console/",
        "/.git/config",
        "/docs",
        "/openapi.json",
        "/metrics",
    ],
)
def test_no_folder_is_listed_and_nothing_is_served_that_is_no_page(
    client: FlaskClient, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_no_address_leads_to_another_site(app: Flask, client: FlaskClient) -> None:
    elsewhere = dict.fromkeys(("next", "url", "to", "address", "return"), "https://evil.example/")
    for address in every_address(app):
        for method in ("GET", "POST"):
            answer = client.open(address, method=method, query_string=elsewhere)
            assert answer.headers.get("Location", "/").startswith("/"), (method, address)
            assert not answer.headers.get("Location", "/").startswith("//"), (method, address)


def test_every_input_for_a_secret_hides_it_and_lets_password_managers_fill_it_in() -> None:
    templates = [path.read_text("utf-8") for path in (WEB / "templates").rglob("*.html")]
    inputs = [
        found
        for text in templates
        for found in re.findall(r"text_input\(\s*\"(?:password|current|again)\".*", text)
    ]
    assert len(inputs) == 5
    for each in inputs:
        assert re.search(r'type="password", autocomplete="(new|current)-password"', each), each


def test_scripts_write_texts_and_never_html() -> None:
    scripts = list((WEB / "static").rglob("*.js"))
    assert len(scripts) > 20
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
        r"__proto__|window\.(addEventListener\(.message|onmessage)"
    )
    assert [path.name for path in scripts if unsafe.search(path.read_text("utf-8"))] == []


def test_what_is_asked_for_in_vain_is_noted(app: Flask, settings: Settings, store: Store) -> None:
    sign_in(app, settings, store, role="interviewer").open("/analysis")
    noted = store.access_log.list(1)[0]
    assert (noted.kind, noted.account) == ("not_open", "the interviewer of ami")
    assert say_access_event(noted) == ("asked for a page that is not open to them (analyst.index)")

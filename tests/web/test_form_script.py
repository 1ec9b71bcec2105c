"""form.js shows, hides and unticks as a person answers, and takes nothing away. In Chromium."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from survey_app.definition.form import SectionForm
from survey_app.definition.loader import load
from survey_app.web.pages import FilledPage
from tests.web.drawn_controls import HEAD
from tests.web.test_forms_markup import render

STATIC = Path(__file__).parents[2] / "survey_app/web/static"
PAGE = """{% from "_forms.html" import question, error_summary %}<!doctype html><title>t</title>
<div id="known" hidden data-known="{{ known }}"></div>{{ error_summary(mistakes) }}
{% for item in items %}{{ question(fields[item.key], page, item) }}{% endfor %}
<script type="module" src="/form.js"></script>"""
ITEMS = """\
      - {key: rewarding, type: select_one, text: Rewarding?, options: {yes: Yes, no: No}}
      - {key: what, type: text, text: What was it?, relevant: "${rewarding} = 'yes'"}
      - {key: more, type: text, text: More about it?, relevant: "${what} != ''"}
      - key: topics
        type: select_multiple
        text: Topics?
        options: {ethics: ethics, equality: equality, none: none of these}
        exclusive: [none]
        allow: [refused]
      - {key: many, type: text, text: So many?, relevant: "count-selected(${topics}) = 2"}
      - {key: years, type: decimal, text: Years?}
      - {key: so_long, type: text, text: So long?, relevant: "${years} > 2"}
      - key: teaching
        type: likert_grid
        text: Effect?
        scale: extent
        rows: {interest: Interest?, relations: Relations?}
      - {key: why, type: text, text: Why so high?, relevant: "${teaching/relations} = 2"}
      - {key: roles, type: rank, text: Order?, options: {a: Adviser, b: Buddy}}
      - {key: first, type: text, text: Buddy first?, relevant: "${roles} = 'b a'"}
"""
Open = Callable[..., Page]

pytestmark = pytest.mark.browser


def make_page(known: dict[str, str], mistakes: list[dict[str, str]]) -> str:
    instrument = load((HEAD + ITEMS).encode(), "script.yaml")
    fields = SectionForm(instrument.sections[0], "en").blank_fields
    page = FilledPage(raw={}, token_text="", client_text="", revision_number=0)
    return render(
        PAGE,
        items=instrument.items,
        fields=fields,
        page=page,
        known=json.dumps(known),
        mistakes=mistakes,
    )


def answer(route: Route, html: str) -> None:
    name = route.request.url.rsplit("/", 1)[1]
    if name.endswith(".js"):
        route.fulfill(body=(STATIC / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.fixture
def open_form(chromium: Browser) -> Iterator[Open]:
    """Opens the form in a tab of its own."""
    tab = chromium.new_page()
    tab.set_default_timeout(10_000)

    def open_page(known: dict[str, str] | None = None, mistakes: Any = ()) -> Page:
        html = make_page(known or {}, list(mistakes))
        tab.route("**/*", lambda route: answer(route, html))
        tab.goto("http://form.test/page", wait_until="load")
        return tab

    yield open_page
    tab.close()


def shown(tab: Page) -> set[str]:
    """The items now in sight that hang on another answer."""
    keys = ("what", "more", "many", "so_long", "why", "first")
    return {key for key in keys if tab.locator(f"#q-{key}").is_visible()}


def test_a_question_shows_when_its_condition_holds_and_keeps_its_text_when_hidden(
    open_form: Open,
) -> None:
    tab = open_form()
    assert shown(tab) == set()
    tab.get_by_label("Yes").check()
    tab.get_by_label("What was it?").fill("patience")
    assert shown(tab) == {"what", "more"}
    tab.get_by_label("No", exact=True).check()
    assert shown(tab) == set()
    tab.get_by_label("Yes").check()
    assert tab.get_by_label("What was it?").input_value() == "patience"
    assert shown(tab) == {"what", "more"}


def test_every_control_is_read_as_the_server_reads_it(open_form: Open) -> None:
    tab = open_form()
    tab.get_by_label("ethics").check()
    tab.get_by_label("equality").check()
    assert shown(tab) == {"many"}
    tab.get_by_label("Years?").fill("2,5")
    assert shown(tab) == {"many", "so_long"}
    tab.get_by_role("group", name="Relations?").get_by_label("to a high extent").check()
    assert shown(tab) == {"many", "so_long", "why"}
    tab.get_by_label("Adviser").select_option("2")
    assert shown(tab) == {"many", "so_long", "why"}
    tab.get_by_label("Buddy", exact=True).select_option("1")
    assert shown(tab) == {"many", "so_long", "why", "first"}


def test_what_stands_alone_unticks_the_others_and_they_untick_it(open_form: Open) -> None:
    tab = open_form()
    names = ("ethics", "equality", "none of these", "I would rather not say")

    def ticked() -> list[str]:
        return [name for name in names if tab.get_by_label(name).is_checked()]

    tab.get_by_label("ethics").check()
    tab.get_by_label("none of these").check()
    assert ticked() == ["none of these"]
    tab.get_by_label("I would rather not say").check()
    assert ticked() == ["I would rather not say"]
    tab.get_by_label("equality").check()
    tab.get_by_label("ethics").check()
    assert ticked() == ["ethics", "equality"]


def test_headings_for_pages_without_scripts_go_and_the_error_summary_is_read_first(
    open_form: Open,
) -> None:
    tab = open_form(mistakes=[{"name": "item_what", "message": "Please answer."}])
    assert tab.locator(".follow-up").count() == 0
    assert tab.evaluate("document.activeElement.className") == "error-summary"

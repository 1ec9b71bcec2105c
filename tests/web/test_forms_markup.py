"""Each control becomes exactly this HTML: its names, ids and the words that belong to it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import Environment, PackageLoader

from survey_app.definition.fields import Mistake, QuestionField
from survey_app.definition.form import SectionForm
from survey_app.definition.items.base import Item
from survey_app.definition.loader import load
from survey_app.definition.text import Text
from survey_app.translations import gettext
from survey_app.web.pages import FilledPage
from survey_app.web.wording import add_wording
from tests.web.drawn_controls import CASES, HEAD, Case


@cache
def make_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("survey_app.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = gettext
    add_wording(environment)
    return environment


def render(source: str, **given: Any) -> str:
    return make_environment().from_string(source).render(**given)


def read_last(case: Case) -> tuple[Item, QuestionField]:
    """The last item of a case and its field."""
    instrument = load((HEAD + case.items).encode(), "markup.yaml")
    item = instrument.items[-1]
    return item, SectionForm(instrument.sections[0], "en").blank_fields[item.key]


def fill(raw: Mapping[str, list[str]], mistakes: tuple[Mistake, ...]) -> FilledPage:
    return FilledPage(raw=raw, token_text="", client_text="", revision_number=0, mistakes=mistakes)


def draw(case: Case) -> str:
    """The last item of a case as the macros draw it."""
    item, question = read_last(case)
    page = fill(case.raw, case.mistakes)
    source = '{% from "_forms.html" import question %}{{ question(field, page, item) }}'
    return render(source, field=question, page=page, item=item)


def tidy(html: str) -> str:
    """HTML without the white space between tags, so that it compares as it reads."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()


class Attributes(HTMLParser):
    """Every tag of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[str]:
        """The values of these attributes, split where they list several ids."""
        values = [attributes.get(name) or "" for _, attributes in self.tags for name in names]
        return [part for value in values for part in value.split()]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_control_is_drawn_exactly_so(case: Case) -> None:
    assert tidy(draw(case)) == tidy(case.html)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_ids_are_unique_and_whatever_points_to_one_finds_it(case: Case) -> None:
    found = Attributes(draw(case))
    ids = found.all("id")
    targets = found.all("for", "aria-describedby", "aria-labelledby")
    links = [mistake.name for mistake in case.mistakes]
    assert len(ids) == len(set(ids))
    assert set(targets + links) <= set(ids)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_browser_posts_under_the_names_that_the_field_reads(case: Case) -> None:
    item, question = read_last(case)
    assert set(Attributes(draw(case)).all("name")) <= set(question.input_names())
    assert question.input_names()[0].startswith(f"item_{item.key}")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_nothing_runs_or_is_styled_from_within_the_html(case: Case) -> None:
    for tag, attributes in Attributes(draw(case)).tags:
        assert tag not in {"script", "style"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_an_answer_that_begins_with_an_empty_line_keeps_it() -> None:
    # A parser drops the first line end of a textarea; the second is the participant's.
    assert ">\n\nTwo\nlines</textarea>" in draw(CASES["a paragraph"])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_only_an_interviewer_says_or_sees_is_never_drawn(case: Case) -> None:
    item, question = read_last(case)
    held = replace(item, if_needed=Text.plain("Put gently."), instruction=Text.plain("Wait."))
    source = '{% from "_forms.html" import question %}{{ question(field, page, item) }}'
    page = fill(case.raw, case.mistakes)
    assert render(source, field=question, page=page, item=held) == draw(case)


def test_a_condition_on_an_earlier_page_needs_no_heading() -> None:
    item, question = read_last(CASES["a paragraph"])
    source = '{% from "_forms.html" import question %}{{ question(field, page, item, 2, false) }}'
    html = render(source, field=question, page=fill({}, ()), item=item)
    assert "If answered yes" not in html
    assert "data-relevant" in html


def test_the_error_summary_links_each_sentence_to_its_input() -> None:
    source = '{% from "_forms.html" import error_summary %}{{ error_summary(mistakes) }}'
    html = render(source, mistakes=[Mistake("item_years", "Digits, please: <1>.")])
    assert '<li><a href="#item_years">Digits, please: &lt;1&gt;.</a></li>' in html
    assert render(source, mistakes=[]) == ""


def test_an_answer_to_check_is_shown_with_a_link_that_says_what_it_changes() -> None:
    source = '{% from "_forms.html" import summary_list %}{{ summary_list(rows) }}'
    row = {"words": "Rewarding?", "answers": [], "href": "/role"}
    assert tidy(render(source, rows=[row])) == tidy("""
        <dl class="summary"><div class="summary-row"><dt>Rewarding?</dt>
        <dd class="summary-answer"><p class="blank">Not answered</p></dd>
        <dd class="summary-change">
        <a href="/role">Change<span class="visually-hidden">: Rewarding?</span></a></dd>
        </div></dl>
        """)

"""How templates say a definition's texts: in a language, with the little Markdown they hold."""

from collections.abc import Mapping
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from survey_app.days import say_day
from survey_app.definition import markdown
from survey_app.definition.fields import QuestionField
from survey_app.definition.items.base import Item
from survey_app.definition.text import Text
from survey_app.translations import gettext

MINUTES = len("2026-11-22T20:14")


def inline(text: Text | str, language: str = "en") -> Markup:
    """Return a text as words for a label or heading."""
    words = text.in_language(language) if isinstance(text, Text) else text
    return markdown.render_inline(words)


def block(text: Text | str, language: str = "en") -> Markup:
    """Return a text as paragraphs and lists."""
    words = text.in_language(language) if isinstance(text, Text) else text
    return markdown.render_block(words)


def plain(text: Text | str, language: str = "en") -> str:
    """Return a text's words alone, as titles need them."""
    words = text.in_language(language) if isinstance(text, Text) else text
    return markdown.strip_markup(words)


def reads_here(item: Item, here: frozenset[str]) -> bool:
    """Whether an item's condition reads an answer of the same page."""
    return item.relevant is not None and any(read.item in here for read in item.relevant.reads)


def answered_words(item: Item, fields: Mapping[str, QuestionField]) -> str:
    """Return the heading of an item that hangs on one answer of its page: "If you answered ‘Yes’".

    It is empty where the condition is another one.
    """
    match item.relevant.tree if item.relevant is not None else ():
        case ("=" | "selected", ("ref", str() as asked, ""), ("text", str() as code)):
            options = getattr(fields.get(asked), "options", ())
            labels = [option.label.striptags() for option in options if option.code == code]
            return gettext("If you answered ‘{answer}’").format(answer=labels[0]) if labels else ""
    return ""


def day_words(day: str) -> str:
    """Return a day such as 2026-03-03, or a moment, as `3 March 2026`."""
    return say_day(date.fromisoformat(day[:10]))


def say_moment(moment: str) -> str:
    """Return a stored time such as `2026-11-22 20:14 UTC`; a day alone where no more was kept."""
    if "T" not in moment:
        return moment
    return gettext("{time} UTC").format(time=moment[:MINUTES].replace("T", " "))


def add_wording(environment: Environment) -> None:
    """Give templates the filters `inline`, `block` and `plain`, and the functions above."""
    environment.filters.update(inline=inline, block=block, plain=plain)
    environment.globals.update(
        reads_here=reads_here, answered_words=answered_words, day_words=day_words
    )

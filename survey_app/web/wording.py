"""How templates say a definition's texts: in a language, with the little Markdown they hold."""

from jinja2 import Environment
from markupsafe import Markup

from survey_app.definition import markdown
from survey_app.definition.items.base import Item
from survey_app.definition.text import Text


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


def add_wording(environment: Environment) -> None:
    """Give templates the filters `inline`, `block` and `plain`, and `reads_here`."""
    environment.filters.update(inline=inline, block=block, plain=plain)
    environment.globals["reads_here"] = reads_here

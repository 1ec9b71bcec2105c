"""The little Markdown that texts may hold: emphasis, lists and links; raw HTML stays text."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_parser = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    ["emphasis", "list", "link", "escape", "backticks", "newline", "entity"]
)


REMEMBERED = 4_096
"""Definitions say the same texts again and again; parsing one costs a fifth of a millisecond."""


@lru_cache(REMEMBERED)
def render_block(text: str) -> Markup:
    """Return `text` as paragraphs and lists. Unsafe addresses (such as `javascript:`) stay text."""
    return Markup(_parser.render(text))  # noqa: S704 - markdown-it escapes all HTML here


@lru_cache(REMEMBERED)
def render_inline(text: str) -> Markup:
    """Return `text` as one run of words for labels and headings."""
    return Markup(_parser.renderInline(text))  # noqa: S704 - as above


@lru_cache(REMEMBERED)
def strip_markup(text: str) -> str:
    """Return the words alone, as spreadsheets and charts show them."""
    tokens = _parser.parseInline(text)[0].children or []
    return "".join("\n" if token.type.endswith("break") else token.content for token in tokens)

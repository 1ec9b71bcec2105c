"""A definition's texts as runs of words: emphasis is kept, and an address is printed out."""

from collections.abc import Sequence
from html.parser import HTMLParser

from survey_app.definition import markdown
from survey_app.definition.text import Text
from survey_app.paper.content import Paragraphs, Span, Style, Words

_STYLES: dict[str, Style] = {"em": "emphasis", "strong": "strong", "code": "code"}


def make_words(text: Text | None, language: str) -> Words:
    """Return a text as one run of words; nothing where there is no text."""
    if text is None:
        return ()
    reader = _Reader()
    reader.feed(markdown.render_inline(text.in_language(language)))
    reader.close()
    return tuple(span for paragraph in reader.paragraphs for span in paragraph)


def make_paragraphs(text: Text | None, language: str) -> Paragraphs:
    """Return a text as paragraphs; the entries of a list are paragraphs with a mark."""
    if text is None:
        return ()
    reader = _Reader()
    reader.feed(markdown.render_block(text.in_language(language)))
    reader.close()
    return tuple(tuple(spans) for spans in reader.paragraphs if plain(spans).strip())


def plain(words: Sequence[Span]) -> str:
    """Return the words without their styles."""
    return "".join(span.text for span in words)


class _Reader(HTMLParser):
    """Reads what the Markdown parser made: a handful of tags, everything else escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[Span]] = [[]]
        self._styles: list[Style] = []
        self._addresses: list[str] = []
        self._counts: list[int | None] = []
        self._marked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _STYLES:
            self._styles.append(_STYLES[tag])
        elif tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")
        elif tag == "br":
            self._add("\n")
        elif tag in {"ul", "ol"}:
            self._counts.append(0 if tag == "ol" else None)
        elif tag in {"p", "li"}:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES:
            self._styles.pop()
        elif tag == "a":
            self._add(f" ({self._addresses.pop()})")
        elif tag in {"ul", "ol"}:
            self._counts.pop()

    def handle_data(self, data: str) -> None:
        self._add(data.replace("\n", " "))

    def _add(self, text: str) -> None:
        if self._marked and not text.strip():
            return
        self._marked = False
        style = self._styles[-1] if self._styles else "plain"
        self.paragraphs[-1].append(Span(text=text, style=style))

    def _begin(self, tag: str) -> None:
        # A loose list has a paragraph in its entry: that one stands behind the entry's own mark.
        if not (tag == "p" and self._marked):
            self.paragraphs.append([])
        if tag == "li":
            self._add(self._next_mark())
            self._marked = True

    def _next_mark(self) -> str:
        count = self._counts[-1] if self._counts else None
        if count is None:
            return "• "
        self._counts[-1] = count + 1
        return f"{count + 1}. "

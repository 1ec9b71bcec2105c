"""Pages rendered once for each version, section and language, with holes for what differs.

Rendering a section through the form macros costs milliseconds and filling the holes costs
microseconds. The macros ask a page object for every value; `HolePage` answers with marks, at which
the text is cut, and `FilledPage` answers with the values. A page with mistakes goes through the
macros with a `FilledPage`; a test holds both ways to the same bytes.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from survey_app.definition.fields import Mistake
from survey_app.definition.shapes import Json
from survey_app.translations import gettext

_MARK = "\x00"  # cannot stand in any text, since the door takes it away
_PART = "\x01"
_HOLE = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")


class HolePage:
    """Answers every question of the macros with a mark."""

    def value(self, name: str) -> Markup:
        """Mark the text typed under a name."""
        return _mark("value", name)

    def checked(self, name: str, code: str) -> Markup:
        """Mark whether a button or box is ticked."""
        return _mark("checked", name, code)

    def selected(self, name: str, code: str) -> Markup:
        """Mark whether an entry of a list is chosen."""
        return _mark("selected", name, code)

    def errors(self, name: str) -> list[str]:  # noqa: ARG002 - as FilledPage
        """Return nothing: a page with mistakes is not made from holes."""
        return []

    def token(self) -> Markup:
        """Mark the token against forged posts."""
        return _mark("token")

    def client(self) -> Markup:
        """Mark the name of this open page."""
        return _mark("client")

    def revision(self) -> Markup:
        """Mark the revision from which the page is made."""
        return _mark("revision")

    def known(self) -> Markup:
        """Mark what was answered on other pages."""
        return _mark("known")

    def answer(self, item: str) -> Markup:
        """Mark an item's answer in words."""
        return _mark("answer", item)

    def wrong(self, item: str) -> Sequence[Mistake]:  # noqa: ARG002 - as FilledPage
        """Return nothing: a page with mistakes is not made from holes."""
        return ()

    def text(self, name: str) -> Markup:
        """Mark a text that belongs to one visit."""
        return _mark("text", name)

    def open(self, item: str) -> Markup:
        """Mark where an item begins."""
        return _mark("open", item)

    def shows(self, item: str) -> bool:  # noqa: ARG002 - as FilledPage
        """Return True: what is hidden is cut out when the page is filled."""
        return True

    def close(self, item: str) -> Markup:
        """Mark where an item ends."""
        return _mark("close", item)


@dataclass(frozen=True)
class Line:
    """One line of an answer in words; `about` is the row or option that it answers."""

    said: str
    about: str = ""
    blank: bool = False

    def __str__(self) -> str:
        return f"{self.about} – {self.said}" if self.about else self.said

    def __html__(self) -> str:
        said = escape(self.said)
        if not self.about:
            return f"<p>{said}</p>"
        kind = ' class="blank"' if self.blank else ""
        return f"<li><span>{escape(self.about)}</span> <strong{kind}>{said}</strong></li>"


@dataclass(frozen=True, kw_only=True)
class FilledPage:
    """Answers the macros with what was typed, what is wrong and what is hidden."""

    raw: Mapping[str, Sequence[str]]
    token_text: str
    client_text: str
    revision_number: int
    hidden: frozenset[str] = frozenset()
    known_values: Mapping[str, Json] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    answer_lines: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    answer_mistakes: Mapping[str, Sequence[Mistake]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Return the text typed under a name."""
        texts = self.raw.get(name)
        return texts[0] if texts else ""

    def checked(self, name: str, code: str) -> Markup:
        """Return the attribute of a ticked button or box."""
        return Markup(" checked") if code in self.raw.get(name, ()) else Markup("")

    def selected(self, name: str, code: str) -> Markup:
        """Return the attribute of a chosen entry of a list."""
        return Markup(" selected") if code in self.raw.get(name, ()) else Markup("")

    def errors(self, name: str) -> list[str]:
        """Return what is wrong with what was posted under a name."""
        return [mistake.message for mistake in self.mistakes if mistake.name == name]

    def token(self) -> str:
        """Return the token against forged posts."""
        return self.token_text

    def client(self) -> str:
        """Return the name of this open page."""
        return self.client_text

    def revision(self) -> str:
        """Return the revision from which the page is made."""
        return str(self.revision_number)

    def known(self) -> str:
        """Return what was answered on other pages and is read by conditions here, as JSON."""
        if not self.known_values:
            return "{}"
        return json.dumps(self.known_values, ensure_ascii=False, separators=(",", ":"))

    def answer(self, item: str) -> Markup:
        """Return an item's answer in words: a paragraph a line, rows as a list."""
        lines = self.answer_lines.get(item, ())
        if not lines:
            return Markup('<p class="blank">{}</p>').format(gettext("Not answered"))
        apart = "".join([line.__html__() for line in lines if not line.about])
        rows = "".join([line.__html__() for line in lines if line.about])
        # Each line has escaped what was typed.
        shown = f'{apart}<ul class="answer-rows">{rows}</ul>' if rows else apart
        return Markup(shown)  # noqa: S704

    def wrong(self, item: str) -> Sequence[Mistake]:
        """Return what is wrong with an item's answer."""
        return self.answer_mistakes.get(item, ())

    def text(self, name: str) -> str:
        """Return a text that belongs to one visit."""
        return self.texts[name]

    def open(self, item: str) -> str:  # noqa: ARG002 - as HolePage
        """Return nothing: no mark is needed."""
        return ""

    def shows(self, item: str) -> bool:
        """Whether an item is to be asked."""
        return item not in self.hidden

    def close(self, item: str) -> str:  # noqa: ARG002 - as HolePage
        """Return nothing: no mark is needed."""
        return ""


Page = HolePage | FilledPage


class PreparedPage:
    """A page cut at its holes, in bytes; what is filled in is found by name.

    A page has dozens of ticks, most of them blank: they are blank to begin with, and what was
    typed says which of them are not.
    """

    def __init__(self, render: Callable[[Page], str]) -> None:
        # Texts stand at even places, holes at odd ones.
        pieces = _HOLE.split(render(HolePage()))
        self._pieces = [b"" if place % 2 else text.encode() for place, text in enumerate(pieces)]
        self._ticks: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._values: dict[str, int] = {}
        self._others: list[tuple[int, str, list[str]]] = []
        self._items: dict[str, slice] = {}
        for place in range(1, len(pieces), 2):
            self._sort(place, *pieces[place].split(_PART))

    def _sort(self, place: int, kind: str, *details: str) -> None:
        if kind in {"checked", "selected"}:
            name, code = details
            self._ticks[name, code] = (place, f" {kind}".encode())
        elif kind == "value":
            self._values[details[0]] = place
        elif kind == "open":
            self._items[details[0]] = slice(place, place)
        elif kind == "close":
            self._items[details[0]] = slice(self._items[details[0]].start, place)
        else:
            self._others.append((place, kind, [*details]))

    def fill(self, page: FilledPage) -> bytes:
        """Return the page with its holes filled, the same as the macros would make it."""
        pieces = self._pieces.copy()
        for name, texts in page.raw.items():
            if name in self._values and texts:
                pieces[self._values[name]] = escape(texts[0]).encode()
            for code in texts:
                if (name, code) in self._ticks:
                    place, word = self._ticks[name, code]
                    pieces[place] = word
        for place, kind, details in self._others:
            pieces[place] = escape(getattr(page, kind)(*details)).encode()
        for item in page.hidden:
            if item in self._items:
                hidden = self._items[item]
                pieces[hidden] = [b""] * (hidden.stop - hidden.start)
        return b"".join(pieces)


def _mark(*parts: str) -> Markup:
    return Markup(_MARK + _PART.join(parts) + _MARK)  # noqa: S704 - keys and codes are safe words

"""What in a free text may name somebody: e-mail addresses, telephone numbers, people's names.

The patterns are sober: a number is a telephone number only in a way of writing one, so that years,
dates, codes and rows of answers are none. Names are those of a given list, as whole words, whatever
their case and accents; a part of a name counts only where it is written with a capital.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["email", "phone", "name"]
KINDS: Final[tuple[Kind, ...]] = ("email", "phone", "name")
SHORTEST = 3
"""The letters of a part of a name that counts by itself: Li and Ng are words as well."""
PARTICLES = frozenset(
    (
        *("al", "ben", "bin", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "dos"),
        *("du", "el", "la", "las", "le", "les", "los", "mac", "saint", "san", "santa", "ste"),
        *("sainte", "ten", "ter", "van", "vande", "vander", "von", "zum", "zur"),
        *("and", "und", "the", "dr", "prof", "mrs", "miss", "madame", "monsieur", "mme"),
    )
)
"""Parts of names that name nobody by themselves, folded."""

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*\w@(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@])")
_BEFORE = r"(?<![\w@/+.,:-])(?<!\d )"
_AFTER = r"(?![\w@/])(?![.,:-]?\d)(?! \d)"
_GAP = r"[ .\u00a0\u2011-]?"
_PHONES = tuple(
    re.compile(_BEFORE + pattern + _AFTER)
    for pattern in (
        # +1 613 555 0142, +33 (0)1 23 45 67 89, 0044 20 7946 0958
        rf"(?:\+|00)[1-9]\d{{0,2}}(?:{_GAP}\(?\d{{1,4}}\)?){{2,6}}",
        # (613) 555-0142, 613-555-0142, 1 613 555 0142, 6135550142
        rf"(?:1{_GAP})?(?:\([2-9]\d\d\) ?|[2-9]\d\d{_GAP})[2-9]\d\d{_GAP}\d{{4}}",
        # 01 23 45 67 89
        rf"0[1-9](?:{_GAP}\d\d){{4}}",
        # 020 7946 0958, 0761 / 203-0
        r"0[1-9]\d{1,4}(?: ?[ /-] ?\d{2,8}){1,3}",
    )
)
_NAMED_PHONE = re.compile(
    r"(?<!\w)(?:tel|t[ée]l|phone|t[ée]l[ée]phone|mobile|cell|call|fax|ext)\.?\s?:?\s?"
    r"(\d{3}[ .-]\d{4}|\d{7,10})(?![\w@/])(?![.,-]?\d)",
    re.IGNORECASE,
)
LEAST_DIGITS = 7
MOST_DIGITS = 15
"""Of a telephone number, by ITU-T E.164; a local one has seven."""
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_JOINTS = ("", " ", "-", "’", "'", ". ")
"""What may stand between two parts of one name."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A piece of a text that may name somebody: where it begins and ends, and what it is."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names to look for, each as its folded words; empty where nobody's are to be looked for.

    `parts` are those words of them that name somebody by themselves.
    """

    whole: frozenset[tuple[str, ...]] = field(default=frozenset())
    parts: frozenset[str] = field(default=frozenset())

    @property
    def longest(self) -> int:
        """The most words of a name."""
        return max(map(len, self.whole), default=0)


def read_names(names: Iterable[str]) -> Names:
    """Return the names of people as they are looked for, also with the last word first."""
    words = {tuple(fold(found[0]) for found in _WORD.finditer(name)) for name in names}
    several = {each for each in words if len(each) > 1}
    turned = {(*each[1:], each[0]) for each in several} | {
        (each[-1], *each[:-1]) for each in several
    }
    parts = {
        part for each in words for part in each if len(part) >= SHORTEST and part not in PARTICLES
    }
    return Names(whole=frozenset(several | turned), parts=frozenset(parts))


def fold(text: str) -> str:
    """Return a text without case and accents: Zoë, ZOË and Zoe are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each)).replace("ı", "i")


def find_traces(text: str, names: Names) -> list[Trace]:
    """Return what may name somebody in a text, in its order, no two lying over one another."""
    found: list[Trace] = []
    for trace in (*_find_emails(text), *_find_phones(text), *_find_names(text, names)):
        if all(trace.end <= other.start or trace.start >= other.end for other in found):
            found.append(trace)
    return _join(text, sorted(found, key=lambda trace: trace.start))


def _join(text: str, found: list[Trace]) -> list[Trace]:
    """Return the same with the parts of one name as one: Jean and François of Jean-François."""
    joined: list[Trace] = []
    for trace in found:
        last = joined[-1] if joined else None
        between = text[last.end : trace.start] if last else None
        if last and last.kind == trace.kind == "name" and between in _JOINTS:
            joined[-1] = Trace(kind="name", start=last.start, end=trace.end)
        else:
            joined.append(trace)
    return joined


def _find_emails(text: str) -> Iterator[Trace]:
    for match in _EMAIL.finditer(text):
        yield Trace(kind="email", start=match.start(), end=match.end())


def _find_phones(text: str) -> Iterator[Trace]:
    for pattern in (*_PHONES, _NAMED_PHONE):
        group = 1 if pattern.groups else 0
        for match in pattern.finditer(text):
            digits = sum(each.isdigit() for each in match[group])
            least = LEAST_DIGITS if group or not match[group].startswith("0") else LEAST_DIGITS + 1
            if least <= digits <= MOST_DIGITS:
                yield Trace(kind="phone", start=match.start(group), end=match.end(group))


def _find_names(text: str, names: Names) -> Iterator[Trace]:
    if not names.parts and not names.whole:
        return
    words = list(_WORD.finditer(text))
    folded = [fold(word[0]) for word in words]
    place = 0
    while place < len(words):
        count = _count_words(words, folded, place, names)
        if count:
            start, end = words[place].start(), words[place + count - 1].end()
            yield Trace(kind="name", start=start, end=end)
        place += count or 1


def _count_words(words: list[re.Match[str]], folded: list[str], place: int, names: Names) -> int:
    """Return how many words from a place on are a name: a whole one, else a part of one."""
    for count in range(min(names.longest, len(words) - place), 1, -1):
        if tuple(folded[place : place + count]) in names.whole:
            return count
    return int(words[place][0][0].isupper() and folded[place] in names.parts)

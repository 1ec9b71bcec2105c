"""What changed in a list of codes with their words: options, rows, points or probes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from survey_app.definition import problems
from survey_app.definition.comparing.wording import Relation, are_same, relate
from survey_app.definition.differences import Difference, Part, say_both, say_value
from survey_app.definition.items.base import UNCHANGED, Item
from survey_app.definition.text import Text

Words = Mapping[str, Text | None]
"""A list: its codes in order, each with its words if it has any of its own."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One question in two versions; `old` is under the key of `new`, `older_key` its own."""

    old: Item
    new: Item
    older_key: str

    @property
    def key(self) -> str:
        """Its key in the newer version."""
        return self.new.key

    @property
    def is_confirmed(self) -> bool:
        """Whether the author says that what reads differently means the same."""
        return self.new.meaning == UNCHANGED

    def place(self, difference: Difference, part_is: Part = "") -> Difference:
        """Return a difference as one of this question, or of a part of it."""
        older = self.older_key if self.older_key != self.key else ""
        sort = part_is if difference.part else ""
        return replace(difference, item=self.key, older_item=older, part_is=sort)


def compare_lists(pair: Pair, before: Words, after: Words) -> Iterator[Difference]:
    """Yield what was retired, added, recoded, reworded and put in another order."""
    recoded = find_recoded(before, after)
    for code in before:
        if code not in after and code not in recoded.values():
            what = problems.was_retired(code, pair.key)
            words = say_value(before[code])
            yield Difference(size="minor", kind="retired", what=what, part=code, before=words)
    for code in after:
        if code not in before and code not in recoded:
            what = problems.is_new(code, pair.key)
            words = say_value(after[code])
            yield Difference(size="minor", kind="added", what=what, part=code, after=words)
    yield from compare_kept(pair, before, after, recoded)
    if order_differs(before, after):
        yield Difference(
            size="minor",
            kind="reordered",
            what=problems.parts_reordered(pair.key),
            before=", ".join(code for code in before if code in after),
            after=", ".join(code for code in after if code in before),
        )


def compare_kept(
    pair: Pair, before: Words, after: Words, recoded: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield which words stand under another code, and which codes read differently."""
    for code, older in recoded.items():
        yield Difference(
            size="major",
            kind="recoded",
            what=problems.was_recoded(older, code, pair.key),
            part=code,
            older_part=older,
            before=say_value(before[older]),
            after=say_value(after[code]),
        )
    for code in before:
        if code in after and code not in recoded:
            yield from compare_words(pair, code, before[code], after[code], part=code)


def compare_words(
    pair: Pair, name: str, before: Text | None, after: Text | None, *, part: str = ""
) -> Iterator[Difference]:
    """Yield how one text changed; another wording is asked about unless its meaning is confirmed.

    `name` is the field or the code that the text stands under.
    """
    relation = relate(before, after)
    if relation == "equal":
        return
    old, new = say_both(before, after)
    is_other = relation == "other"
    sentence = problems.ask_meaning(name, pair.key, is_part=bool(part))
    yield Difference(
        size="patch",
        kind="cosmetic" if relation == "cosmetic" else "wording",
        what=_say_relation(relation, name, pair.key),
        part=part,
        before=old,
        after=new,
        question=sentence if is_other and not pair.is_confirmed else "",
        answer=_say_answer(pair) if is_other and pair.is_confirmed else "",
    )


def find_recoded(before: Words, after: Words) -> dict[str, str]:
    """Return the older code of each code whose words stood under another one.

    So it is with a code that is new or says something else than it did, and an older one that is
    gone or says something else now; each stands for one.
    """
    found: dict[str, str] = {}
    for code, words in after.items():
        if code in before and (words is None or are_same(before[code], words)):
            continue
        for older, said in before.items():
            stays = older in after and (said is None or are_same(said, after[older]))
            if not stays and older not in found.values() and are_same(said, words):
                found[code] = older
                break
    return found


def order_differs(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether what both have stands in another order."""
    return [code for code in before if code in after] != [code for code in after if code in before]


def _say_answer(pair: Pair) -> str:
    """A line that the version before has too may have come with a copy of that file."""
    return problems.meaning_is_unchanged(is_copied=pair.old.meaning == UNCHANGED)


def _say_relation(relation: Relation, name: str, item: str) -> str:
    match relation:
        case "cosmetic":
            return problems.is_written_differently(name, item)
        case "translated":
            return problems.is_translated(name, item)
        case _:
            return problems.reads_differently(name, item)

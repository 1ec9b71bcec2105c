"""What responses may be chosen and compared by: versions, and questions with one answer."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.lineage import NO_LINEAGE, Lineage, rename_items
from survey_app.definition.shapes import Counts
from survey_app.definition.text import Text

OWN_NAMES = ("version", "delivery", "state", "from", "to", "by", "test")
COMPARISONS = ("version", "delivery", "language")
"""By what responses may be compared beside the questions of which one option is chosen."""
ITEM = "item."
"""Stands before the key of a question that is called like one of our own names."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A question by whose answer responses may be chosen: its words, and those of each code.

    `keys` are all under which a version has asked it, its newest one first.
    """

    key: str
    text: Text
    options: Mapping[str, Text]
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called in an address."""
        return f"{ITEM}{self.key}" if self.key in OWN_NAMES else self.key


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What of an instrument may be chosen: its versions, newest first, and groups by name.

    Responses are compared, and never chosen, by what is `withheld`: a choice of few people would
    tell of each of them what all tables say.
    """

    versions: tuple[str, ...]
    groups: Mapping[str, Group]
    withheld: Mapping[str, Group] = field(default_factory=dict)

    @property
    def comparisons(self) -> tuple[str, ...]:
        """By what responses may be compared: a question is called by its key."""
        return (*COMPARISONS, *(group.key for group in self.questions))

    @property
    def questions(self) -> tuple[Group, ...]:
        """The questions by which responses may be compared."""
        return (*self.groups.values(), *self.withheld.values())

    @property
    def newest(self) -> dict[str, str]:
        """The newest key of each question that is still asked for by an older one."""
        return {
            key: group.key
            for group in self.questions
            for key in group.keys[1:]
            if key not in self.comparisons and key not in OWN_NAMES
        }


def find_choices(
    instruments: Sequence[Instrument],
    lineage: Lineage = NO_LINEAGE,
    withheld: Container[str] = (),
) -> Choices:
    """Return what may be chosen of versions of one instrument, given newest first.

    A question's words are those of the newest version that asks it, its codes those of all. By
    `lineage` one that was renamed is one, under its newest key. `withheld` are the keys of those
    that might tell who answered.
    """
    groups: dict[str, Group] = {}
    for instrument in instruments:
        for item in rename_items(instrument, lineage).items:
            if not can_group(item):
                continue
            codes = item.columns()[0].codes
            known = groups.get(item.key)
            text = known.text if known else item.text
            options = {**codes, **known.options} if known else dict(codes)
            keys = tuple(dict.fromkeys((item.key, *lineage.list_names(item.key).values())))
            groups[item.key] = Group(key=item.key, text=text, options=options, keys=keys)
    versions = tuple(instrument.version for instrument in instruments)
    named = {group.name: group for group in groups.values()}
    kept = {name: group for name, group in named.items() if group.key in withheld}
    open_to_all = {name: group for name, group in named.items() if name not in kept}
    return Choices(versions=versions, groups=open_to_all, withheld=kept)


def can_group(item: Item) -> bool:
    """Whether responses fall into groups by the item: one of a list is chosen."""
    summary = item.summarise([])
    return isinstance(summary, Counts) and not summary.multiple

"""Whose answers a change of an instrument touches, counted and said in a sentence.

It stands between the database, which counts, and the definitions, which say what was changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey_app.definition.comparing.renames import trace_keys
from survey_app.definition.differences import Difference, Kind
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import say
from survey_app.definition.quoting import shorten
from survey_app.storage.records import TouchedCount
from survey_app.storage.store import Store
from survey_app.translations import current_language, ngettext
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Touched:
    """How many responses to earlier versions, of all studies, a change touches.

    `answers` answered the item, answered the row, or chose the option or point; in `marks` that
    probe, or any of the item's, was marked other than not reached; `notes` have a note on it. Test
    responses are left out, and withdrawn ones have nothing to count.
    """

    answers: int = 0
    marks: int = 0
    notes: int = 0

    def __add__(self, other: "TouchedCount") -> "Touched":
        return Touched(
            answers=self.answers + other.answers,
            marks=self.marks + other.marks,
            notes=self.notes + other.notes,
        )


def count_touched(
    store: Store, difference: Difference, newer: Instrument, others: Sequence[Instrument]
) -> Touched:
    """Return whom a change of `newer` touches of the responses to the `others` before it.

    An item is followed through versions that call it otherwise. What is new touches nobody, and
    neither does what is about no item.
    """
    touched = Touched()
    if not difference.item or difference.kind == "added":
        return touched
    for version, key in _find_keys(difference, newer, others):
        touched += _count(store, newer.name, version, key, difference)
    return touched


def _count(
    store: Store, instrument: str, version: str, item: str, difference: Difference
) -> TouchedCount:
    part = difference.part_before or None
    match difference.part_is:
        case "row":
            return store.desk.touched(instrument, version, item, row=part, probe=part)
        case "option":
            return store.desk.touched(instrument, version, item, code=part, probe=part)
        case "point":
            # What is marked and noted is no point of the scale.
            found = store.desk.touched(instrument, version, item, code=part)
            return TouchedCount(answers=found.answers, marks=0, notes=0)
        case "probe":
            # Nobody answers a probe by itself.
            found = store.desk.touched(instrument, version, item, probe=part)
            return TouchedCount(answers=0, marks=found.marks, notes=found.notes)
        case _:
            return store.desk.touched(instrument, version, item)


def _find_keys(
    difference: Difference, newer: Instrument, others: Sequence[Instrument]
) -> Iterator[tuple[str, str]]:
    """Yield each earlier version that asks the changed item, and by which key."""
    before = sorted(
        (each for each in others if version_order(each.version) < version_order(newer.version)),
        key=lambda each: version_order(each.version),
    )
    traced = trace_keys((*before, newer))
    wanted = traced[-1].get(difference.item) or next(
        each[difference.item] for each in reversed(traced) if difference.item in each
    )
    for instrument, first in zip(before, traced, strict=False):
        for key, root in first.items():
            if root == wanted:
                yield instrument.version, key


def say_touched(difference: Difference, touched: Touched, newer: Instrument) -> str:
    """Return it in a sentence; empty where nobody can be touched: see `count_touched`.

    Such as: 7 responses said “equality”, which 2.0.0 retires; 2 interviews mark it
    """
    if not difference.item or difference.kind == "added":
        return ""
    leads = _lead(difference, touched, _say_thing(difference, newer))
    rests = _follow(difference, touched)
    numbers = (touched.answers, touched.marks, touched.notes)
    counted = [place for place, number in enumerate(numbers) if number]
    if not counted:
        return _("No response is touched")
    first, *others = counted
    change = _say_change(difference.kind).format(version=newer.version)
    return "; ".join((f"{leads[first]}, {change}", *(rests[place] for place in others)))


def _say_thing(difference: Difference, newer: Instrument) -> str:
    """Return the words of the part, else those of the item."""
    item = newer.items_by_key.get(difference.item)
    words = difference.before if difference.part or item is None else ""
    if not words and item is not None and not difference.part:
        words = say(item.text, current_language())
    return shorten(words or difference.part_before)


def _lead(difference: Difference, touched: Touched, what: str) -> tuple[str, str, str]:
    """Return what is said first of answers, marks and notes."""
    if difference.part_is in {"option", "point"}:
        answers = ngettext(
            "{count} response said “{{what}}”", "{count} responses said “{{what}}”", touched.answers
        )
    else:
        answers = ngettext(
            "{count} response answered “{{what}}”",
            "{count} responses answered “{{what}}”",
            touched.answers,
        )
    if difference.part:
        marks = ngettext(
            "{count} interview marks “{{what}}”",
            "{count} interviews mark “{{what}}”",
            touched.marks,
        )
    else:
        marks = ngettext(
            "{count} interview marks a probe of “{{what}}”",
            "{count} interviews mark probes of “{{what}}”",
            touched.marks,
        )
    notes = ngettext(
        "{count} response has a note on “{{what}}”",
        "{count} responses have notes on “{{what}}”",
        touched.notes,
    )
    return answers.format(what=what), marks.format(what=what), notes.format(what=what)


def _follow(difference: Difference, touched: Touched) -> tuple[str, str, str]:
    """Return what is said after that of marks and notes; answers are never second."""
    if difference.part:
        marks = ngettext("{count} interview marks it", "{count} interviews mark it", touched.marks)
    else:
        marks = ngettext(
            "{count} interview marks a probe of it",
            "{count} interviews mark probes of it",
            touched.marks,
        )
    notes = ngettext(
        "{count} response has a note on it", "{count} responses have notes on it", touched.notes
    )
    return "", marks, notes


def _say_change(kind: Kind) -> str:
    """Return what the newer version does to the thing, as the end of a sentence."""
    words: dict[Kind, str] = {
        "cosmetic": _("which {version} writes differently, in the same words"),
        "wording": _("which {version} words differently"),
        "retired": _("which {version} retires"),
        "recoded": _("which {version} gives another code"),
        "reordered": _("of which {version} changes the order"),
        "type": _("which {version} asks for another kind of answer"),
        "moved": _("which {version} moves to another section"),
        "renamed": _("which {version} gives another key"),
        "relevance": _("which {version} asks under another condition"),
        "required": _("of which {version} changes whether it must be answered"),
        "scale": _("which {version} asks on other points"),
        "direction": _("of which {version} turns the scale round"),
    }
    return words.get(kind, _("which {version} asks in another way"))

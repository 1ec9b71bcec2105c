"""The analyst's filter: which responses, as it stands in an address and as it is said in words.

A page, an export and a chart that are given the same address are made of the same responses. What
an address says that cannot be meant is left out and told in a sentence, never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlencode

from survey_app.choices import COMPARISONS, OWN_NAMES, Choices, Group
from survey_app.days import cut_value, read_days, say_days
from survey_app.definition.items.base import say
from survey_app.storage.records import Conditions
from survey_app.translations import gettext as _

DELIVERIES = ("self", "interviewer")
STATES = ("submitted", "in_progress", "withdrawn")
TESTS = {"0": False, "1": True}
MOST_TOLD = 10
MOST_PAIRS = 200

Pairs = Iterable[tuple[str, str]]
"""Names and values, as they stand behind the question mark of an address."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which responses. Whatever is empty chooses all; tests are left out unless they are wanted.

    `since` and `until` are the first and the last day on which a response was begun, in UTC. `by`
    chooses none: it is what the chosen ones are compared by, one of `Choices.comparisons`.
    """

    versions: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: str = ""
    include_test: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it chooses some of the real responses and not others."""
        return self != Filter(by=self.by, include_test=self.include_test)

    def to_pairs(self) -> list[tuple[str, str]]:
        """Return what `read_filter` reads as the same filter, in one order."""
        pairs = [("version", version) for version in self.versions]
        pairs += [("delivery", delivery) for delivery in self.deliveries]
        pairs += [("state", state) for state in self.states]
        pairs += [("from", self.since.isoformat())] if self.since else []
        pairs += [("to", self.until.isoformat())] if self.until else []
        pairs += [(name, code) for name, codes in self.groups.items() for code in codes]
        pairs += [("by", self.by)] if self.by else []
        return pairs + ([("test", "1")] if self.include_test else [])

    def to_address(self) -> str:
        """Return it as it stands behind the question mark of an address; may be empty."""
        return urlencode(self.to_pairs())

    def to_conditions(self, choices: Choices) -> Conditions:
        """Return it as the database takes it; versions and tests are told apart from it."""
        return Conditions(
            deliveries=self.deliveries,
            states=self.states,
            since=self.since.isoformat() if self.since else None,
            until=self.until.isoformat() if self.until else None,
            groups=tuple((choices.groups[name].keys, codes) for name, codes in self.groups.items()),
        )


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A filter as it was read, and a sentence for each thing that was left out."""

    filter: Filter
    problems: tuple[str, ...] = ()


def read_address(address: str, choices: Choices) -> Reading:
    """Read what stands behind the question mark of an address."""
    return read_filter(parse_qsl(address, max_num_fields=MOST_PAIRS * 5), choices)


def read_filter(pairs: Pairs, choices: Choices) -> Reading:
    """Read a filter; an empty value says nothing, and what cannot be meant is told."""
    given: dict[str, list[str]] = {}
    newest = choices.newest
    for asked, value in list(pairs)[:MOST_PAIRS]:
        name = newest.get(asked, asked)
        said = newest.get(value, value) if name == "by" else value
        if said and said not in given.setdefault(name, []):
            given[name].append(said)
    problems: list[str] = []
    several = {
        "version": _pick(given, "version", choices.versions, problems),
        "delivery": _pick(given, "delivery", DELIVERIES, problems),
        "state": _pick(given, "state", STATES, problems),
    }
    since, until = read_days(given, problems)
    groups = {
        name: codes
        for name, group in choices.groups.items()
        if (codes := _pick(given, name, tuple(group.options), problems))
    }
    by = _read_comparison(given, choices, problems)
    tests = _pick(given, "test", tuple(TESTS), problems)
    problems += [_withheld(name) for name in given if name in choices.withheld]
    known = {*OWN_NAMES, *choices.groups, *choices.withheld}
    problems += [_unknown(name) for name in given if name not in known]
    chosen = Filter(
        versions=several["version"],
        deliveries=several["delivery"],
        states=several["state"],
        since=since,
        until=until,
        groups=groups,
        by=by,
        include_test=bool(tests) and TESTS[tests[0]],
    )
    return Reading(filter=chosen, problems=_cut(problems))


def describe(chosen: Filter, choices: Choices, language: str = "en") -> str:
    """Return a filter in words, such as `submitted, by themselves, version 1.0.1`."""
    parts = [
        _either([state_words()[state] for state in chosen.states]),
        _either([delivery_words()[delivery] for delivery in chosen.deliveries]),
        _say_versions(chosen.versions),
        say_days(chosen.since, chosen.until),
        *(
            _say_group(choices.groups[name], codes, language)
            for name, codes in chosen.groups.items()
        ),
        _say_comparison(chosen.by, choices, language),
        _("test responses included") if chosen.include_test else _("test responses left out"),
    ]
    return ", ".join(part for part in parts if part)


def state_words() -> dict[str, str]:
    """Return the words of a response's states."""
    return dict(zip(STATES, (_("submitted"), _("in progress"), _("withdrawn")), strict=True))


def delivery_words() -> dict[str, str]:
    """Return the words of who drove."""
    return dict(zip(DELIVERIES, (_("by themselves"), _("in interviews")), strict=True))


def comparison_words(choices: Choices, language: str) -> dict[str, str]:
    """Return the words of what responses may be compared by, a question's in quotation marks."""
    own = dict(zip(COMPARISONS, (_("version"), _("delivery"), _("language")), strict=True))
    quoted = _("“{question}”")
    groups = choices.questions
    return own | {group.key: quoted.format(question=say(group.text, language)) for group in groups}


def _pick(
    given: Mapping[str, list[str]], name: str, there: Sequence[str], problems: list[str]
) -> tuple[str, ...]:
    """Return the values that there are, in their own order; tell of each of the others."""
    values = given.get(name, [])
    listed = ", ".join(there)
    problems += [
        _("“{name}” cannot be “{value}” and was left out; it can be {there}.").format(
            name=name, value=cut_value(value), there=listed
        )
        for value in values
        if value not in there
    ]
    return tuple(each for each in there if each in values)


def _read_comparison(given: Mapping[str, list[str]], choices: Choices, problems: list[str]) -> str:
    _pick(given, "by", choices.comparisons, problems)
    known = [value for value in given.get("by", []) if value in choices.comparisons]
    problems += [
        _("Responses are compared by one thing at a time, so “{value}” was left out.").format(
            value=value
        )
        for value in known[1:]
    ]
    return known[0] if known else ""


def _unknown(name: str) -> str:
    return _("Nothing here is called “{name}”, so it was left out.").format(name=cut_value(name))


def _withheld(name: str) -> str:
    return _(
        "Responses cannot be chosen by “{name}”, as its answers might tell who answered, so it was "
        "left out."
    ).format(name=name)


def _cut(problems: list[str]) -> tuple[str, ...]:
    if len(problems) <= MOST_TOLD:
        return tuple(problems)
    rest = _("{count} more things were left out.").format(count=len(problems) - MOST_TOLD)
    return (*problems[:MOST_TOLD], rest)


def _either(words: Sequence[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004 - one or none
        return "".join(words)
    return _("{some} or {last}").format(some=", ".join(words[:-1]), last=words[-1])


def _say_versions(versions: Sequence[str]) -> str:
    if not versions:
        return _("all versions")
    if len(versions) == 1:
        return _("version {version} only").format(version=versions[0])
    return _("versions {versions}").format(versions=", ".join(versions))


def _say_group(group: Group, codes: Sequence[str], language: str) -> str:
    words = _either([say(group.options[code], language) for code in codes])
    return _("“{question}”: {words}").format(question=say(group.text, language), words=words)


def _say_comparison(by: str, choices: Choices, language: str) -> str:
    if not by:
        return ""
    return _("compared by {what}").format(what=comparison_words(choices, language)[by])

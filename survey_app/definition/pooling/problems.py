"""What is wrong with a pooling rule; every sentence that who decides can meet stands here."""

from collections.abc import Iterable
from difflib import get_close_matches

from survey_app.definition.quoting import list_words, quote, shorten
from survey_app.translations import gettext as _


def few_versions() -> str:
    """Say that one version is none too many."""
    return _("Name at least two versions.")


def unknown_version(version: str, there: Iterable[str]) -> str:
    """Say that there is no such version, and which there are."""
    return _("There is no version {version} here; there is {there}.").format(
        version=quote(version), there=", ".join(there)
    )


def unknown_item(item: str, known: Iterable[str]) -> str:
    """Say that no version asks a question of that key, and which may be meant."""
    close = get_close_matches(item, sorted(known), n=1)
    if close:
        sentence = _("No version has a question {item}; did you mean '{close}'?")
        return sentence.format(item=quote(item), close=close[0])
    return _("No version has a question {item}; write its key as the codebook has it.").format(
        item=quote(item)
    )


def not_asked(item: str, version: str) -> str:
    """Say that a version lacks the question of which something is decided."""
    return _("'{item}' is not in {version}; name only versions that ask it.").format(
        item=item, version=version
    )


def no_reason() -> str:
    """Say that a decision needs a reason."""
    return _("Say why in a sentence: whoever reads the numbers will want to know.")


def lone_codes() -> str:
    """Say that codes belong to one question of which versions are counted together."""
    return _("Codes are stated for one question that is counted together; name it, or leave them.")


def unknown_code(code: str, there: Iterable[str]) -> str:
    """Say that there is no such code, and which there are."""
    return _("There is no code {code} there; use {there}.").format(
        code=quote(code), there=list_words(there)
    )


def no_codes(item: str) -> str:
    """Say that a question has no codes of which some could count as others."""
    return _("'{item}' has no options or points of which some could count as others.").format(
        item=item
    )


def other_type(item: str, older: tuple[str, str], newer: tuple[str, str]) -> str:
    """Say that a question is of two types; each is the version and its type."""
    return _(
        "'{item}' is of the type {old_type} in {old} and {new_type} in {new}, which cannot be "
        "added up; keep that question apart first."
    ).format(item=item, old_type=older[1], old=older[0], new_type=newer[1], new=newer[0])


def other_points(item: str, older: str, newer: str) -> str:
    """Say that a question is answered on two scales, and that nobody said how they compare."""
    return _(
        "'{item}' has another scale in {old} than in {new}; say as which of {new}’s codes those of "
        "{old} count, or keep that question apart first."
    ).format(item=item, old=older, new=newer)


def other_direction(item: str, older: str, newer: str) -> str:
    """Say that a scale runs another way, and that nobody said how its points compare."""
    return _(
        "The scale of '{item}' runs another way in {old} than in {new}; say as which of {new}’s "
        "codes those of {old} count, or keep that question apart first."
    ).format(item=item, old=older, new=newer)


def other_choice(item: str, older: str, newer: str) -> str:
    """Say that one version takes one option and the other several, or others were put in order."""
    return _(
        "'{item}' is answered otherwise in {old} than in {new}, so that the answers cannot be "
        "added up; keep that question apart first."
    ).format(item=item, old=older, new=newer)


def no_such_code(item: str, older: str, code: str, newer: str) -> str:
    """Say that a code of an older version counts as none of the newer."""
    return _(
        "'{item}': the code {code} of {old} counts as none of {new}; say as which it counts."
    ).format(item=item, code=quote(code), old=older, new=newer)


def merged_codes(item: str) -> str:
    """Say that two options of a check-all list cannot count as one."""
    return _(
        "'{item}' lets people choose several options, so two of them cannot count as one: whoever "
        "chose both would count twice."
    ).format(item=item)


def further(count: int) -> str:
    """Say that there is more of the same."""
    return _("… and {count} more.").format(count=count)


def not_rules() -> str:
    """Say that a file holds no rules."""
    return _("This is no file of pooling rules; it begins with instrument: and rules:.")


def other_instrument(found: str, wanted: str) -> str:
    """Say that the rules are of another instrument."""
    return _("These rules are of {found}, and not of {wanted}.").format(
        found=quote(found), wanted=wanted
    )


def numbered(number: int, sentence: str) -> str:
    """Say which rule of a file a sentence is about, counted from 1."""
    return _("Rule {number}: {sentence}").format(number=number, sentence=sentence)


def want_field(name: str, wanted: str) -> str:
    """Say what stands in a field of a rule."""
    return _("'{name}' should be {wanted}.").format(name=shorten(name), wanted=wanted)


def unknown_field(name: str) -> str:
    """Say that rules have no such field."""
    return _("There is no {name} in a rule; remove it or correct its name.").format(
        name=quote(name)
    )

"""A certificate of erasure in words: the same on a page, on paper and from a command."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.storage.records import Json
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

MINUTES = len("2026-11-22T20:14")


@dataclass(frozen=True, kw_only=True)
class CountLine:
    """What there was before and after, by its words."""

    words: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate in words, from its facts (see purging.make_certificate)."""

    title: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[CountLine, ...]
    stays: tuple[str, ...]
    not_reached: tuple[str, ...]
    heads: tuple[str, ...]


def write_certificate(facts: dict[str, Json]) -> Certificate:
    """Return a certificate in words."""
    return Certificate(
        title=_("Certificate of erasure"),
        facts=tuple(_list_facts(facts)),
        counts=tuple(_list_counts(facts)),
        stays=tuple(_list_stays(facts)),
        not_reached=tuple(_list_not_reached(facts)),
        heads=tuple(facts["after"]["heads"]["heads"]),
    )


def spell_certificate(facts: dict[str, Json]) -> str:
    """Return a certificate as plain text."""
    told = write_certificate(facts)
    width = max(len(name) for name, _words in told.facts) + 2
    lines = [told.title, "=" * len(told.title), ""]
    lines += [f"{name + ':':<{width}}{words}" for name, words in told.facts]
    lines += ["", _("What there was, before and after:")]
    lines += [f"  {each.words}: {each.before} -> {each.after}" for each in told.counts]
    for head, listed in (
        (_("What stays:"), told.stays),
        (_("What was not reached:"), told.not_reached),
        (_("Ends of the chains:"), told.heads),
    ):
        lines += ["", head, *(f"  - {line}" for line in listed)] if listed else []
    return "\n".join(lines) + "\n"


def _list_facts(facts: dict[str, Json]) -> Iterator[tuple[str, str]]:
    everything = _("all answers, and names and addresses")
    yield _("Study"), f"{facts['title']} ({facts['study']})"
    yield _("Erased"), everything if facts["scope"] == "answers" else _("names and addresses alone")
    yield _("Begun"), _say_when(facts["begun_at"], facts["begun_by"])
    yield _("Ended"), _say_when(facts["ended_at"], facts["by"])
    yield _("Program"), facts["program"]
    for name, heads in (
        (_("Chains before"), facts["before"]["heads"]),
        (_("Chains after"), facts["after"]["heads"]),
    ):
        chains = ngettext("{count} chain of events", "{count} chains of events", heads["count"])
        ends = _("{chains}, whose ends have the SHA-256 {digest}")
        yield name, ends.format(chains=chains, digest=heads["sha256"])
    yield (
        _("Fingerprint"),
        _("SHA-256 {digest} of all that is said here").format(digest=facts["sha256"]),
    )


def _say_when(at: str, who: str) -> str:
    moment = at[:MINUTES].replace("T", " ")
    return _("{moment} UTC, by {who}").format(moment=moment, who=who)


def _list_counts(facts: dict[str, Json]) -> Iterator[CountLine]:
    before, after = facts["before"], facts["after"]
    words = {
        "answers": _("answers"),
        "drafts": _("drafts of what was typed"),
        "probe_marks": _("marks of probes"),
        "item_marks": _("marks of questions"),
        "notes": _("notes"),
        "payloads": _("contents of events"),
        "people": _("people with a name or an address"),
        "personal_invitations": _("personal invitations by which somebody can begin"),
    }
    standing = _("responses with their content")
    yield CountLine(words=standing, before=_count(before), after=_count(after))
    gone = _("tombstones: that a response was there, and when it went")
    yield CountLine(words=gone, before=_count(before, gone=True), after=_count(after, gone=True))
    whole = _("both together, which must stay the same")
    yield CountLine(words=whole, before=_count_all(before), after=_count_all(after))
    for name, said in words.items():
        # Earlier certificates do not count everything that newer ones do.
        if name in before and name in after:
            yield CountLine(words=said, before=before[name], after=after[name])


def _count(counts: dict[str, Json], *, gone: bool = False) -> int:
    """Return how many responses stand, or how many are tombstones."""
    return sum(
        each["count"] for each in counts["responses"] if (each["state"] == "withdrawn") == gone
    )


def _count_all(counts: dict[str, Json]) -> int:
    return _count(counts) + _count(counts, gone=True)


def _list_stays(facts: dict[str, Json]) -> Iterator[str]:
    after = facts["after"]
    if facts["scope"] != "answers":
        yield _("All answers stay, under their codes.")
        return
    yield _("That each response was there, of which instrument, and on which day it was erased.")
    yield _(
        "Each response’s chain of events without its content, so that it still shows a missing one."
    )
    if after["consents"]:
        yield ngettext(
            "{count} agreement with its text, time and ticks, without a name.",
            "{count} agreements with their text, time and ticks, without a name.",
            after["consents"],
        )
    if after["codes"]:
        yield ngettext(
            "{count} participant’s code, such as P01, and which invitation was made for it.",
            "{count} participants’ codes, such as P01, and which invitations were made for them.",
            after["codes"],
        )
    if after["interviews"]:
        yield ngettext(
            "That {count} interview was held, when and by whom.",
            "That {count} interviews were held, when and by whom.",
            after["interviews"],
        )


def _list_not_reached(facts: dict[str, Json]) -> Iterator[str]:
    for each in facts["exports"]:
        yield _(
            "{format} of {instrument}, made on {day} by {who}, {rows} rows, SHA-256 {digest}: "
            "whoever has a copy must delete it."
        ).format(
            format=each["format"],
            instrument=each["instrument"],
            day=each["at"][:10],
            who=each["who"],
            rows=each["rows"],
            digest=each["sha256"],
        )
    for each in facts["backups"]:
        yield _say_backup(each)
    # Certificates from before names were encrypted say nothing of a key.
    if facts["backups"] and facts.get("people_key"):
        yield _(
            "Names in backups are encrypted since the program does so, the newest with the key "
            "{key}. To make the names of all studies in them unreadable at once, change it with "
            "“survey-app people rekey --destroy-earlier”, and destroy its copies."
        ).format(key=facts["people_key"])
    yield _(
        "Backups made by a command, copies of the disk, and files or prints that people made for "
        "themselves are not known to the program."
    )


def _say_backup(told: dict[str, Json]) -> str:
    files = ", ".join(told["files"])
    said = _("The backup {files} in {folder}, {age}").format(
        files=files,
        folder=told["folder"],
        age=ngettext("{count} day old", "{count} days old", told["days"]),
    )
    if told["gone_on"] is None:
        return _("{backup}: delete it by hand, as no rotation does.").format(backup=said)
    return _("{backup}: the rotation deletes it on {day}, or delete it now.").format(
        backup=said, day=told["gone_on"]
    )

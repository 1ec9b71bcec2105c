"""One chain after another: what was written about a response or an interview, event by event.

The events of an interview share one sequence, of which each of its responses has a chain, and the
interview one for what concerns no single response. Each event holds the hash of the one before it
in its chain, and the response or interview the hash of its last.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey_app.storage.store.log import envelope_hash, salted_digest
from survey_app.storage.verification.breaks import Break, Counts


@dataclass(kw_only=True, slots=True)
class Chain:
    """What a response, or an interview as a whole, says of its events, and how far they are read.

    ``ends`` are the hashes that the next event may hold: the one that is stored and the one that is
    right. They differ only where a break was named already.
    """

    name: str
    head: str
    erasable: bool
    ends: set[str] = field(default_factory=lambda: {""})
    last: int = 0
    torn: bool = False

    def where(self, sequence: int) -> str:
        """Return the place of an event in words."""
        return f"{self.name}, event {sequence}"


Chains = Mapping[str | None, Chain]
"""The chains of one sequence of events by response, None for the interview's own."""


def check_sequence(
    subject: str, chains: Chains, rows: Iterable[Mapping[Any, Any]], counts: Counts
) -> Iterator[Break]:
    """Yield what does not hold in the events of a subject, which come in their order."""
    expected = 1
    for row in rows:
        sequence = int(row["sequence"])
        if sequence != expected:
            yield _miss(subject, expected, sequence)
            for chain in chains.values():
                chain.torn = True
        expected = sequence + 1
        counts.events += 1
        found = chains.get(row["response_id"])
        if found is None:
            yield Break(
                where=f"event {sequence} of {subject}",
                wrong=f"it names the response {row['response_id']}, which is not one of these",
            )
            continue
        yield from _check_event(found, row, counts)
    yield from _check_heads(chains)


def _miss(subject: str, first: int, after: int) -> Break:
    gone = f"event {first} is" if after - first == 1 else f"events {first} to {after - 1} are"
    return Break(where=f"events of {subject}", wrong=f"{gone} missing")


def _check_event(chain: Chain, row: Mapping[Any, Any], counts: Counts) -> Iterator[Break]:
    where = chain.where(int(row["sequence"]))
    # What follows a gap has nothing to be compared with, and the gap was named.
    if row["previous"] not in chain.ends and not chain.torn:
        yield Break(
            where=where,
            wrong="it does not follow the event before it, so that one of them was replaced",
        )
    right = envelope_hash(row)
    if right != row["hash"]:
        yield Break(
            where=where,
            wrong="its hash is not that of what it says of who, when and how, so that was changed",
        )
    wrong = _find_wrong_content(chain, row, counts)
    if wrong:
        yield Break(where=where, wrong=wrong)
    chain.ends = {right, row["hash"]}
    chain.last, chain.torn = int(row["sequence"]), False


def _find_wrong_content(chain: Chain, row: Mapping[Any, Any], counts: Counts) -> str:
    """Return what is wrong with the content of an event, nothing where it holds."""
    if row["salt"] is None:
        counts.erased += 1
        return "" if chain.erasable else "its content is missing, though nothing was withdrawn"
    counts.contents += 1
    try:
        body = json.loads(row["body"])
        holds = salted_digest(row["salt"], body) == row["payload_digest"]
    except ValueError:
        return "its content cannot be read, so it was changed"
    return "" if holds else "its content is not the one that was stored, so it was changed"


def _check_heads(chains: Chains) -> Iterator[Break]:
    for chain in chains.values():
        if chain.head in chain.ends:
            continue
        wrong = (
            f"its events end with event {chain.last}, but it names a later one as its last, so "
            "that events are missing at the end or its own row was changed"
            if chain.last
            else "it has no events, though each begins with one"
        )
        yield Break(where=chain.name, wrong=wrong)

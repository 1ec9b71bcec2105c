"""Whether a version may follow those that there are, and all that stands in its way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.definition import problems
from survey_app.definition.compare import bump_size, compare, find_least, is_too_small
from survey_app.definition.comparing.known import Known, make_known
from survey_app.definition.differences import SIZES, Difference
from survey_app.definition.history import compare_known, find_conflicts
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.problems import Problem
from survey_app.definition.reading import Size


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A version beside the newest of those that come before it, and what it breaks of all of them.

    `older` is None for the first version, from which nothing differs. `least` is the smallest
    honest step, `bump` the one that the number takes (major for the first version). `refusals` are
    sentences: what no answer makes good.
    """

    older: Instrument | None
    newer: Instrument
    differences: tuple[Difference, ...]
    least: Size
    bump: Size
    refusals: tuple[str, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """What the versions cannot tell, and where the author writes the answer."""
        return tuple(dict.fromkeys(each.question for each in self.differences if each.question))

    @property
    def is_small(self) -> bool:
        """Whether the number says less than what changed."""
        return is_too_small(self.least, self.bump)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Everything that stands in the way of publishing, in sentences."""
        small = _say_small(self)
        return (*self.refusals, *((small,) if small else ()), *self.questions)

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


def judge(newer: Instrument, others: Iterable[Instrument]) -> Verdict:
    """Return what a version changes and breaks of the `others` of its instrument.

    It is compared with the newest of those before it, and held against all of them. It is refused
    as well where a later one, which stood well so far, would break it.
    """
    ordered = sorted(
        (each for each in others if each.name == newer.name),
        key=lambda each: version_order(each.version),
    )
    place = version_order(newer.version)
    earlier = [each for each in ordered if version_order(each.version) < place]
    later = [each for each in ordered if version_order(each.version) > place]
    known = make_known((*earlier, newer, *later))
    before, (now, *after) = known[: len(earlier)], known[len(earlier) :]
    refusals = [each.message for each in find_conflicts(now, before)]
    refusals += _find_broken_later(before, now, after)
    return _weigh(newer, earlier[-1] if earlier else None, refusals)


def find_version_problems(
    instruments: Iterable[Instrument], files: Mapping[tuple[str, str], str] | None = None
) -> list[Problem]:
    """Return a problem for each version that says too little or breaks one before it.

    `files` names the file of each version, by name and version. What the author is to answer is no
    problem of a file: it is asked before publishing.
    """
    by_name: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        by_name.setdefault(instrument.name, []).append(instrument)
    found = []
    for versions in by_name.values():
        ordered = sorted(versions, key=lambda each: version_order(each.version))
        known = make_known(ordered)
        for place, now in enumerate(known):
            key = (now.instrument.name, now.version)
            file = (files or {}).get(key, "{}/{}.yaml".format(*key))
            found += _list_problems(now, known[:place], file)
    return found


def _weigh(newer: Instrument, older: Instrument | None, refusals: Iterable[str]) -> Verdict:
    differences = compare(older, newer) if older else ()
    return Verdict(
        older=older,
        newer=newer,
        differences=differences,
        least=find_least(differences),
        bump=bump_size(older.version, newer.version) if older else "major",
        refusals=tuple(dict.fromkeys(refusals)),
    )


def _list_problems(now: Known, before: list[Known], file: str) -> list[Problem]:
    conflicts = find_conflicts(now, before)
    found = [Problem(file, 1, each.item, each.message) for each in conflicts]
    verdict = _weigh(now.instrument, before[-1].instrument if before else None, [])
    small = _say_small(verdict)
    if small:
        found.append(Problem(file, 1, _find_largest(verdict).item, small))
    return found


def _say_small(verdict: Verdict) -> str:
    if verdict.older is None or not verdict.is_small:
        return ""
    largest = _find_largest(verdict)
    return problems.small_bump(
        verdict.older.version, verdict.newer.version, largest.size, largest.what
    )


def _find_largest(verdict: Verdict) -> Difference:
    return max(verdict.differences, key=lambda difference: SIZES.index(difference.size))


def _find_broken_later(before: list[Known], now: Known, after: list[Known]) -> list[str]:
    """Say which later versions would break this one and break nothing that is before it."""
    found = []
    for then in after:
        broken = {(each.item, each.about) for old in before for each in compare_known(old, then)}
        found += [
            problems.breaks_later(then.version, each.message)
            for each in compare_known(now, then)
            if (each.item, each.about) not in broken
        ]
    return found

"""Any sequence of edits: what is judged clear keeps every promise to the versions before it.

The promises are held against what was written, by rules of the test's own: words are compared by
their letters alone, and questions are followed by the keys that the edits gave them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from survey_app.definition.compare import compare, find_least
from survey_app.definition.differences import SIZES, Difference
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load_definition
from survey_app.definition.problems import DefinitionError
from survey_app.definition.verdict import Verdict, judge

TYPES: Mapping[str, tuple[str, ...]] = {
    "text": (),
    "integer": (),
    "select_one": ("options",),
    "select_multiple": ("options",),
    "open_question": ("probes",),
    "likert_grid": ("rows", "points"),
}
# Few of each, so that what was retired comes back. The last key is also the name of a column.
KEYS = st.sampled_from(["a", "b", "c", "d", "a__p"])
CODES = st.sampled_from(["p", "q", "r", "s"])
WORDS = st.sampled_from(["Red", "red!", "Blue", "Green", "Green.", "No colour", "Any colour"])
SECTIONS = st.sampled_from([0, 1])
KINDS = st.sampled_from(sorted(TYPES))
PLACES = st.integers(0, 3)
SIZE = st.sampled_from(["least", "least", *SIZES])
ANSWERS = st.sampled_from(["yes", "no", "none"])
GATE = {"key": "gate", "type": "select_one", "text": "Now?", "options": {"yes": "Yes", "no": "No"}}


Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass
class Question:
    """A question as the test has it; `name` is its own whatever its key is."""

    name: int
    key: str
    type: str
    text: str
    section: int
    lists: dict[str, dict[str, str]]
    required: bool = False
    is_gated: bool = False
    statements: dict[str, str] = field(default_factory=dict)


@dataclass
class Accepted:
    """A version that was clear: as it was read, and the questions of which it was made."""

    instrument: Instrument
    questions: tuple[Question, ...]


def write(questions: Sequence[Question], version: str) -> Instrument:
    scales = {
        f"scale{question.name}": {"direction": "unipolar", "points": question.lists["points"]}
        for question in questions
        if question.type == "likert_grid"
    }
    gates = ([GATE], [GATE | {"key": "gate2"}])
    sections = [
        {
            "key": f"part{number}",
            "title": "A part",
            "items": [*gate, *(write_item(each) for each in questions if each.section == number)],
        }
        for number, gate in enumerate(gates)
    ]
    head: dict[str, Any] = {
        "format": "1",
        "name": "colours",
        "version": version,
        "title": "Colours",
    }
    more = dict.fromkeys(("source", "licence", "changes"), "ours")
    return load_definition(head | more | {"scales": scales, "sections": sections})


def write_item(question: Question) -> dict[str, Any]:
    lists = {name: parts for name, parts in question.lists.items() if name != "points"}
    scale = {"scale": f"scale{question.name}"} if question.type == "likert_grid" else {}
    gated = {"relevant": "${gate} = 'yes'"} if question.is_gated else {}
    required = {"required": "true"} if question.required else {}
    named = {"key": question.key, "type": question.type, "text": question.text}
    return named | lists | scale | gated | required | question.statements


def copy_plain(questions: Sequence[Question]) -> list[Question]:
    """The questions without what they say of the version before."""
    return [replace(deepcopy(each), statements={}) for each in questions]


def reduce(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()


class Draft:
    """The next version, as it is being edited; each edit draws what it needs."""

    def __init__(self) -> None:
        self.names = count()
        self.questions: list[Question] = []

    def make(self, key: str, kind: str, text: str, section: int) -> Question:
        lists = {name: {"p": "Red", "q": "Blue", "r": "Green"} for name in TYPES[kind]}
        return Question(next(self.names), key, kind, text, section, lists)

    def pick(self, draw: Draw) -> Question:
        question: Question = draw(st.sampled_from(self.questions))
        return question

    def pick_list(self, draw: Draw) -> dict[str, str]:
        parts: dict[str, str] = draw(st.sampled_from([*self.list_lists()]))
        return parts

    def list_lists(self) -> Iterator[dict[str, str]]:
        for question in self.questions:
            yield from question.lists.values()

    def add_question(self, draw: Draw) -> None:
        made = self.make(draw(KEYS), draw(KINDS), draw(WORDS), draw(SECTIONS))
        if made.key not in {each.key for each in self.questions}:
            self.questions.insert(draw(PLACES), made)

    def retire_question(self, draw: Draw) -> None:
        self.questions.remove(self.pick(draw))

    def rename_question(self, draw: Draw) -> None:
        question, key = self.pick(draw), draw(KEYS)
        if key not in {each.key for each in self.questions}:
            if draw(st.booleans()):
                question.statements.setdefault("renamed_from", question.key)
            question.key = key

    def move_question(self, draw: Draw) -> None:
        question = self.pick(draw)
        self.questions.remove(question)
        self.questions.insert(draw(PLACES), question)
        question.section = draw(SECTIONS)

    def reword_question(self, draw: Draw) -> None:
        self.pick(draw).text = draw(WORDS)

    def require_question(self, draw: Draw) -> None:
        question = self.pick(draw)
        question.required = not question.required

    def gate_question(self, draw: Draw) -> None:
        question = self.pick(draw)
        question.is_gated = not question.is_gated

    def change_type(self, draw: Draw) -> None:
        question = self.pick(draw)
        made = self.make(question.key, draw(KINDS), question.text, question.section)
        question.type, question.lists = made.type, made.lists

    def write_part(self, draw: Draw) -> None:
        """Add a part, or reword it where there is one of that code."""
        self.pick_list(draw)[draw(CODES)] = draw(WORDS)

    def retire_part(self, draw: Draw) -> None:
        parts = self.pick_list(draw)
        if len(parts) > 2:
            parts.pop(draw(CODES), None)

    def recode_part(self, draw: Draw) -> None:
        """Give words another code; where that has some, the two are swapped."""
        parts, old, new = self.pick_list(draw), draw(CODES), draw(CODES)
        if old in parts and new in parts:
            parts[old], parts[new] = parts[new], parts[old]
        elif old in parts:
            parts[new] = parts.pop(old)

    def reverse_parts(self, draw: Draw) -> None:
        parts = self.pick_list(draw)
        codes = list(parts)[::-1] if draw(st.booleans()) else list(parts)
        turned = dict(zip(codes, list(parts.values())[::-1], strict=True))
        parts.clear()
        parts.update(turned)


Edit = Callable[[Draft, Draw], None]
OF_QUESTIONS: tuple[Edit, ...] = (
    *(Draft.retire_question, Draft.rename_question, Draft.move_question, Draft.reword_question),
    *(Draft.require_question, Draft.gate_question, Draft.change_type),
)
OF_PARTS: tuple[Edit, ...] = (
    *(Draft.write_part, Draft.retire_part, Draft.write_part, Draft.retire_part),
    *(Draft.recode_part, Draft.reverse_parts),
)


class Versions(RuleBasedStateMachine):
    """A draft that is edited, and the versions that were accepted so far."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()
        self.accepted: list[Accepted] = []

    @initialize(kinds=st.lists(KINDS, min_size=2, max_size=3))
    def begin(self, kinds: list[str]) -> None:
        for number, (key, kind) in enumerate(zip("abc", kinds, strict=False)):
            self.draft.questions.append(self.draft.make(key, kind, "Red", number % 2))
        self.accept(write(self.draft.questions, "1.0.0"))

    @rule(data=st.data(), number=st.integers(1, 3), size=SIZE, answers=ANSWERS)
    def make_version(self, data: st.DataObject, number: int, size: str, answers: str) -> None:
        """A few edits at once."""
        for _ in range(number):
            edits = [
                Draft.add_question,
                *(OF_QUESTIONS if self.draft.questions else ()),
                *(OF_PARTS if any(self.draft.list_lists()) else ()),
            ]
            data.draw(st.sampled_from(edits))(self.draft, data.draw)
        self.settle(size, answers)

    @precondition(lambda self: self.draft.questions)
    @rule(data=st.data())
    def rename_honestly(self, data: st.DataObject) -> None:
        """A question under a key that was never used, and it is said: nothing else differs."""
        question = self.draft.pick(data.draw)
        old, question.key = question.key, f"fresh{len(self.accepted)}"
        question.statements = {"renamed_from": old}
        verdict = self.judge("minor")
        assert [(each.kind, each.item_before) for each in verdict.differences] == [("renamed", old)]
        assert verdict.is_clear, verdict.obstacles
        self.accept(verdict.newer)

    @precondition(lambda self: any(len(parts) > 2 for parts in self.draft.list_lists()))
    @rule(data=st.data(), words=WORDS, answers=ANSWERS)
    def bring_back(self, data: st.DataObject, words: str, answers: str) -> None:
        """A part is retired, and returns in the next version, maybe with other words."""
        long = [
            (number, name, code)
            for number, question in enumerate(self.draft.questions)
            for name, parts in question.lists.items()
            for code in parts
            if len(parts) > 2
        ]
        number, name, code = data.draw(st.sampled_from(long))
        del self.draft.questions[number].lists[name][code]
        self.settle("least", answers)
        self.draft.questions[number].lists[name][code] = words
        self.settle("least", answers)

    def settle(self, size: str, answers: str) -> None:
        """Accept the draft if it is clear, else give it up for the last that was."""
        verdict = self.judge_draft(size, answers)
        if verdict is not None and verdict.is_clear:
            self.check_differences(verdict)
            self.accept(verdict.newer)
        else:
            self.draft.questions = copy_plain(self.accepted[-1].questions)

    def judge_draft(self, size: str, answers: str) -> Verdict | None:
        """Return the verdict, after its questions were answered if they are to be."""
        try:
            verdict = self.judge(size)
            if verdict.questions and answers != "none":
                self.answer(verdict, is_same=answers == "yes")
                verdict = self.judge(size)
        except DefinitionError:
            return None
        return verdict

    def judge(self, size: str) -> Verdict:
        newest = self.accepted[-1].instrument
        draft = write(self.draft.questions, bump(newest.version, "major"))
        least = find_least(compare(newest, draft))
        version = bump(newest.version, least if size == "least" else size)
        return judge(write(self.draft.questions, version), self.instruments)

    def answer(self, verdict: Verdict, *, is_same: bool) -> None:
        asked = {each.item: each for each in verdict.differences if each.question}
        for question in self.draft.questions:
            difference = asked.get(question.key)
            if difference is None:
                continue
            if difference.kind == "wording":
                question.statements["meaning"] = "unchanged"
            elif is_same:
                old, *_ = re.findall("'(.+?)'", difference.question)
                question.statements["renamed_from"] = old
            else:
                question.statements["meaning"] = "new"

    def accept(self, instrument: Instrument) -> None:
        self.accepted.append(Accepted(instrument, tuple(deepcopy(self.draft.questions))))
        self.draft.questions = copy_plain(self.draft.questions)

    @property
    def instruments(self) -> list[Instrument]:
        return [each.instrument for each in self.accepted]

    def check_differences(self, verdict: Verdict) -> None:
        """The size is honest, and every column is told of that came, went or was renamed."""
        assert verdict.older is not None
        older = self.accepted[-1].questions
        assert SIZES.index(verdict.least) >= find_least_size(older, self.draft.questions), (
            verdict.differences
        )
        before, after = verdict.older.columns_by_name, verdict.newer.columns_by_name
        for name in before.keys() - after.keys():
            column = before[name]
            part = column.row or column.option
            assert any(tells_end(each, column.item, part) for each in verdict.differences), name
        for name in after.keys() - before.keys():
            column = after[name]
            part = column.row or column.option
            assert any(tells_begin(each, column.item, part) for each in verdict.differences), name

    @invariant()
    def types_stay(self) -> None:
        types: dict[str, str] = {}
        for each in self.accepted:
            for question in each.questions:
                assert types.setdefault(question.key, question.type) == question.type

    @invariant()
    def a_code_keeps_its_meaning_unless_its_words_were_confirmed(self) -> None:
        for question, past in self.list_pasts():
            for name, parts in question.lists.items():
                for code, words in parts.items():
                    said = [each.lists[name][code] for each in past if code in each.lists[name]]
                    if said and reduce(said[-1]) != reduce(words):
                        assert question.statements.get("meaning") == "unchanged"
                        others = past[-1].lists[name]
                        gone = {
                            reduce(each)
                            for other, each in others.items()
                            if other != code and reduce(parts.get(other, "")) != reduce(each)
                        }
                        assert reduce(words) not in gone, "a code has another one's words"

    @invariant()
    def a_column_holds_one_question(self) -> None:
        pasts = {question.key: past for question, past in self.list_pasts()}
        for name, column in self.accepted[-1].instrument.columns_by_name.items():
            for each in self.accepted[:-1]:
                old = each.instrument.columns_by_name.get(name)
                if old is None or old.item in {"gate", "gate2"}:
                    continue
                owner = next(other for other in each.questions if other.key == old.item)
                assert owner in pasts[column.item], name

    @invariant()
    def a_question_that_reads_differently_was_confirmed(self) -> None:
        for question, past in self.list_pasts():
            if past and reduce(past[-1].text) != reduce(question.text):
                assert question.statements.get("meaning") == "unchanged"

    @invariant()
    def no_scale_is_turned_round(self) -> None:
        for question, past in self.list_pasts():
            now = [*map(reduce, question.lists.get("points", {}).values())]
            for each in past:
                then = [*map(reduce, each.lists.get("points", {}).values())]
                assert then == now or then[::-1] != now

    def teardown(self) -> None:
        """At the end the same again differs in nothing, and each is judged beside all others."""
        if self.accepted:
            newest = self.accepted[-1]
            again = write(copy_plain(newest.questions), "99.0.0")
            assert compare(newest.instrument, again) == ()
            assert judge(again, self.instruments).is_clear
        for each in self.instruments:
            assert judge(each, self.instruments).is_clear, each.version

    def list_pasts(self) -> Iterator[tuple[Question, list[Question]]]:
        """Each question of the newest version, and what it was in those before, oldest first."""
        *before, newest = self.accepted
        for question in newest.questions:
            past: list[Question] = []
            keys = {question.key, question.statements.get("renamed_from", question.key)}
            for each in reversed(before):
                found = [other for other in each.questions if other.key in keys]
                past += found[:1]
                keys |= {other.statements.get("renamed_from", other.key) for other in found}
            yield question, past[::-1]


def bump(version: str, size: str) -> str:
    major, minor, patch = map(int, version.split("."))
    raised = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0)}
    return ".".join(map(str, raised.get(size, (major, minor, patch + 1))))


def find_least_size(before: Sequence[Question], after: Sequence[Question]) -> int:
    """The place among SIZES of what must be said at the least, by what was written."""
    old = {each.key: each for each in before}
    kept = [(old[key], each) for each in after if (key := find_old_key(each, old)) in old]
    if len(kept) != len(before) or len(kept) != len(after):
        least = 1
    else:
        least = int(any(was.key != now.key for was, now in kept))
    for was, now in kept:
        if (
            was.type != now.type
            or was.lists.get("points", {}).keys() != now.lists.get("points", {}).keys()
        ):
            return 2
        pairs = [(was.lists[name], now.lists[name]) for name in was.lists]
        if any(list(one) != list(other) for one, other in pairs):
            least = 1
        if (was.section, was.required, was.is_gated) != (now.section, now.required, now.is_gated):
            least = 1
    return least


def find_old_key(question: Question, old: Mapping[str, Question]) -> str:
    is_kept = question.key in old
    return question.key if is_kept else question.statements.get("renamed_from", question.key)


def tells_end(difference: Difference, item: str, part: str) -> bool:
    if difference.item_before != item:
        return False
    if difference.kind in {"retired", "renamed"} and not difference.part:
        return True
    return difference.kind in {"retired", "recoded"} and difference.part_before == part


def tells_begin(difference: Difference, item: str, part: str) -> bool:
    if difference.item != item:
        return False
    if difference.kind in {"added", "renamed"} and not difference.part:
        return True
    return difference.kind in {"added", "recoded"} and difference.part == part


Versions.TestCase.settings = settings(
    max_examples=30, stateful_step_count=12, deadline=None, derandomize=True
)
TestVersionsInSequence = Versions.TestCase

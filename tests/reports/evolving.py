"""Generated versions of an instrument, each made from the one before, and answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load_definition
from survey_app.definition.shapes import Answer, Answers
from survey_app.reports.responses import ResponseRow

TYPES = ("text", "integer", "select_one", "select_multiple", "likert_grid")
SECTIONS = ("first", "second")
CODES = ("a", "b", "c", "d")
REASONS = ("unanswered", "refused", "not_relevant", "not_reached")
MOST_QUESTIONS = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as one version asks it; `identity` is its own for ever, whatever its key."""

    identity: int
    key: str
    kind: str
    words: str
    section: str
    options: Mapping[str, str] = field(default_factory=dict)
    renamed_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version: its number and its questions, with the instrument that they make."""

    number: str
    questions: tuple[Question, ...]

    @property
    def instrument(self) -> Instrument:
        sections: list[dict[str, Any]] = [
            {
                "key": key,
                "title": key,
                "items": [_write(each) for each in self.questions if each.section == key],
            }
            for key in SECTIONS
        ]
        return load_definition(
            {
                "format": "1",
                "name": "evolving",
                "version": self.number,
                "title": "Evolving",
                "source": "ours",
                "licence": "ours",
                "changes": self.number,
                "scales": {"s": {"direction": "unipolar", "points": {"1": "no", "2": "yes"}}},
                "sections": [section for section in sections if section["items"]],
            }
        )


def _write(question: Question) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": question.key,
        "type": question.kind,
        "text": question.words,
    }
    if question.renamed_from:
        written["renamed_from"] = question.renamed_from
    if question.kind == "likert_grid":
        written |= {"scale": "s", "rows": dict(question.options)}
    elif question.kind.startswith("select"):
        written["options"] = dict(question.options)
    return written


@st.composite
def versions(draw: st.DrawFn, *, reuse: bool = False) -> tuple[Version, ...]:
    """Two to four versions; with `reuse` a key that has gone may come back as another question."""
    numbers = draw(
        st.sampled_from(
            [
                ("1.0.0", "1.0.1"),
                ("1.0.0", "1.1.0", "2.0.0"),
                ("1.9.0", "1.10.0", "2.0.0", "10.0.0"),
                ("1.0.0", "2.0.0", "3.0.0"),
            ]
        )
    )
    author = _Author(draw, reuse=reuse)
    made = [Version(number=numbers[0], questions=author.begin())]
    for number in numbers[1:]:
        made.append(Version(number=number, questions=author.change(made[-1].questions)))
    return tuple(made)


class _Author:
    """Writes versions; a key or a code is taken once, unless it is to be taken again."""

    def __init__(self, draw: st.DrawFn, *, reuse: bool) -> None:
        self.draw = draw
        self.reuse = reuse
        self.count = 0
        self.gone: list[str] = []

    def begin(self) -> tuple[Question, ...]:
        return tuple(self.add() for _place in range(self.draw(st.integers(1, MOST_QUESTIONS))))

    def add(self, taken: frozenset[str] = frozenset()) -> Question:
        self.count += 1
        free = [key for key in self.gone if key not in taken]
        back = self.reuse and free and self.draw(st.booleans())
        kind = self.draw(st.sampled_from(TYPES))
        return Question(
            identity=self.count,
            key=self.draw(st.sampled_from(free)) if back else f"q{self.count}",
            kind=kind,
            words=f"words {self.count}",
            section=self.draw(st.sampled_from(SECTIONS)),
            options={code: f"{code} of {self.count}" for code in CODES[:2]},
        )

    def change(self, before: tuple[Question, ...]) -> tuple[Question, ...]:
        kept = []
        for question in before:
            edit = self.draw(
                st.sampled_from(["same", "retire", "rename", "move", "reword", "options"])
            )
            changed = self._edit(replace(question, renamed_from=""), edit)
            kept += [changed] if changed is not None else []
        taken = frozenset(each.key for each in (*before, *kept))
        if self.draw(st.booleans()) or not kept:
            kept.append(self.add(taken))
        return tuple(self.draw(st.permutations(kept)))

    def _edit(self, question: Question, edit: str) -> Question | None:
        self.count += 1
        match edit:
            case "retire":
                self.gone.append(question.key)
                return None
            case "rename":
                self.gone.append(question.key)
                return replace(question, key=f"q{self.count}", renamed_from=question.key)
            case "move":
                other = SECTIONS[1 - SECTIONS.index(question.section)]
                return replace(question, section=other)
            case "reword":
                return replace(question, words=f"words {self.count}")
            case "options":
                return replace(question, options=self._edit_options(question.options))
        return question

    def _edit_options(self, options: Mapping[str, str]) -> dict[str, str]:
        kept = {code: words for code, words in options.items() if self.draw(st.booleans())}
        reworded = {
            code: f"{words}!" if self.draw(st.booleans()) else words for code, words in kept.items()
        }
        new = next((code for code in CODES if code not in options), "e")
        return {**reworded, new: f"{new} of {self.count}"}


@st.composite
def answered(draw: st.DrawFn, made: tuple[Version, ...]) -> tuple[ResponseRow, ...]:
    """A few responses to each version, in any order."""
    rows: list[ResponseRow] = []
    for version in made:
        for _number in range(draw(st.integers(0, 3))):
            rows.append(draw(_respond(version, len(rows))))
    return tuple(draw(st.permutations(rows)))


@st.composite
def _respond(draw: st.DrawFn, version: Version, number: int) -> ResponseRow:
    state = draw(st.sampled_from(["submitted", "in_progress", "withdrawn"]))
    answers: dict[str, Answers] = {}
    for question in version.questions:
        if state != "withdrawn" and draw(st.booleans()):
            answers[question.key] = draw(_answer(question))
    return ResponseRow(
        id=f"r{number}",
        study="s",
        instrument="evolving",
        version=version.number,
        delivery="self",
        source="web",
        language="en",
        state=state,
        started="2026-11-22",
        answers=answers,
    )


@st.composite
def _answer(draw: st.DrawFn, question: Question) -> Answers:
    if question.kind == "likert_grid":
        return {row: draw(_cell(st.sampled_from(["1", "2"]))) for row in question.options}
    codes = list(question.options)
    values: dict[str, st.SearchStrategy[Any]] = {
        "text": st.sampled_from(["=1+1", "yes", "[x]"]),
        "integer": st.integers(0, 9),
        "select_one": st.sampled_from(codes),
        "select_multiple": st.lists(st.sampled_from(codes), unique=True, min_size=1),
    }
    return {"": draw(_cell(values[question.kind]))}


def _cell(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Answer]:
    return st.one_of(
        values.map(lambda value: Answer(value=value)),
        st.sampled_from(REASONS).map(lambda reason: Answer(reason=reason)),
    )

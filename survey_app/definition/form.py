"""A section as a form, and a filled form as answers.

Form classes and fields' words are made once for each version and language; a request only fills
them. What is relevant is decided here: a field whose condition is false is taken out of the form
before it is validated, whatever the browser showed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from wtforms import Form
from wtforms.meta import DefaultMeta

from survey_app.definition.fields import Mistake, PostedRaw, QuestionField
from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.items.base import Item
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Json

PREFIX = "item_"
"""Begins every field's name, so that no key can shadow an attribute of the form."""

Raw = Mapping[str, list[str]]
"""What was posted, by input name, as text."""


@dataclass(frozen=True, kw_only=True)
class FilledSection:
    """What a filled section says.

    `answers` holds every item that was readable, irrelevant ones as such; `values` is what
    conditions see of them; `fields` are those left in the form, with their mistakes. All of it
    follows from `raw`, what was posted, and `read`, what its conditions read of earlier sections.
    """

    answers: Mapping[str, Answers]
    values: Mapping[str, Json]
    mistakes: tuple[Mistake, ...]
    fields: Mapping[str, QuestionField]
    raw: Raw
    read: Mapping[str, Json]


class FilledForm(Form):
    """A form whose fields are copies of blank ones: making each anew costs five times as much."""

    blank: ClassVar[Form]

    class Meta(DefaultMeta):
        """How WTForms gives a form its fields."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:  # noqa: ARG002
            """Return a copy of the blank form's field."""
            return form.blank[options["name"]].copy_into(form)

    def process(self, formdata: Any = None, *_: Any, **__: Any) -> None:
        """Let each field read what was posted; nothing else fills our forms."""
        for field in self:
            field.process(formdata)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ARG002 - WTForms' own signature
        """Let each field say what is wrong; ours need no validators beside themselves."""
        faulty = [field for field in self if not field.validate(self)]
        return not faulty


class SectionForm:
    """One section in one language."""

    def __init__(self, section: Section, language: str) -> None:
        self.section = section
        self.language = language
        fields = {item.key: item.form_field(language) for item in section.items}
        members = {PREFIX + key: field for key, field in fields.items() if field is not None}
        self.asked = tuple(item for item in section.items if PREFIX + item.key in members)
        self._names = {item.key: PREFIX + item.key for item in self.asked}
        blank: Form = type("BlankForm", (Form,), members)()
        self.blank_fields: Mapping[str, QuestionField] = self._fields(blank)
        """Every field by item key, with nothing filled in."""
        self.form_class: type[Form] = type("Filled", (FilledForm,), {**members, "blank": blank})

    @cached_property
    def input_names(self) -> tuple[str, ...]:
        """Every name under which a browser may post to this section."""
        return tuple(name for field in self.blank_fields.values() for name in field.input_names())

    @cached_property
    def reads_elsewhere(self) -> frozenset[str]:
        """Items of earlier sections that this section's conditions read."""
        here = {item.key for item in self.section.items}
        read = {
            reference.item
            for item in self.section.items
            if item.relevant is not None
            for reference in item.relevant.reads
        }
        return frozenset(read - here)

    def take_raw(self, posted: Any) -> dict[str, list[str]]:
        """Return those of the posted texts that belong to this section; blanks are left out."""
        raw = {}
        for name in self.input_names:
            texts = [text for text in posted.getlist(name) if text]
            if texts:
                raw[name] = texts
        return raw

    def fill(self, raw: Raw, values: Mapping[str, Json]) -> FilledSection:
        """Read and validate what was posted; `values` are those of the items asked before."""
        form = self.form_class(PostedRaw(raw))
        known: dict[str, Json] = dict(values)
        answers: dict[str, Answers] = {}
        for item in self.asked:
            name = PREFIX + item.key
            if item.relevant is not None and not item.relevant.evaluate(known):
                del form[name]
                answers[item.key] = not_relevant(item)
                known[item.key] = None
                continue
            field = self._field(form, name)
            if not field.mistakes:
                answers[item.key] = item.read_answers(field)
            known[item.key] = item.condition_value(answers.get(item.key, {}))
        form.validate()
        return self._collect(form, answers, known, raw)

    def holds(self, filled: FilledSection, raw: Raw, values: Mapping[str, Json]) -> bool:
        """Whether filling in anew would say what a section that was filled in before says."""
        return filled.raw == raw and all(
            values.get(item) == known for item, known in filled.read.items()
        )

    def hidden_items(self, values: Mapping[str, Json]) -> frozenset[str]:
        """Return the items that earlier sections' answers alone already rule out."""
        hidden: set[str] = set()
        here = {item.key for item in self.section.items}
        for item in self.section.items:
            if item.relevant is None:
                continue
            if any(read.item in here - hidden for read in item.relevant.reads):
                continue
            known = {key: value for key, value in values.items() if key not in here}
            if not item.relevant.evaluate(known):
                hidden.add(item.key)
        return frozenset(hidden)

    def _collect(
        self, form: Form, answers: dict[str, Answers], known: dict[str, Json], raw: Raw
    ) -> FilledSection:
        fields = self._fields(form)
        mistakes = tuple(mistake for field in fields.values() for mistake in field.mistakes)
        values = {item.key: known.get(item.key) for item in self.asked}
        return FilledSection(
            answers=answers,
            values=values,
            mistakes=mistakes,
            fields=fields,
            raw=raw,
            read={item: known.get(item) for item in self.reads_elsewhere},
        )

    def _fields(self, form: Form) -> dict[str, QuestionField]:
        return {key: self._field(form, name) for key, name in self._names.items() if name in form}

    @staticmethod
    def _field(form: Form, name: str) -> QuestionField:
        field = form[name]
        if not isinstance(field, QuestionField):
            raise TypeError(f"{name} is not a question field")
        return field


@dataclass(frozen=True, kw_only=True)
class FilledResponse:
    """A whole response as its drafts say: answers of all items and mistakes by section."""

    answers: Mapping[str, Answers]
    values: Mapping[str, Json]
    sections: Mapping[str, FilledSection]

    @property
    def faulty_sections(self) -> tuple[str, ...]:
        """The sections in which something is still wrong or missing."""
        return tuple(key for key, filled in self.sections.items() if filled.mistakes)


class ResponseForm:
    """All of an instrument's sections in one language."""

    def __init__(self, instrument: Instrument, language: str) -> None:
        self.instrument = instrument
        self.language = language
        self.sections = {
            section.key: SectionForm(section, language) for section in instrument.sections
        }
        self.order = tuple(self.sections)
        # Asked once: a list of many options makes many columns.
        self.columns = {item.key: item.columns() for item in instrument.items}

    def fill_section(
        self, key: str, raw: Raw, drafts: Mapping[str, Raw], values: Mapping[str, Json]
    ) -> tuple[FilledSection, dict[str, Answers], dict[str, Json]]:
        """Fill one section and whatever already filled in depends on it.

        Returns the section, the answers to store (its own and those of later sections whose
        relevance it may have changed) and the values that conditions see of them.
        """
        filled = self.sections[key].fill(raw, values)
        answers = dict(filled.answers)
        known = {**values, **filled.values}
        changed = set(filled.values)
        for later in self.order[self.order.index(key) + 1 :]:
            form = self.sections[later]
            if later in drafts and form.reads_elsewhere & changed:
                again = form.fill(drafts[later], known)
                answers.update(again.answers)
                known.update(again.values)
                changed.update(again.values)
        return filled, answers, {item: known.get(item) for item in changed}

    def fill_all(
        self, drafts: Mapping[str, Raw], before: Mapping[str, FilledSection] | None = None
    ) -> FilledResponse:
        """Fill every section from what was typed, in order, as sending does.

        `before` are sections that were filled in earlier; one that holds still is taken as it is.
        """
        before = before or {}
        answers: dict[str, Answers] = {}
        values: dict[str, Json] = {}
        sections: dict[str, FilledSection] = {}
        for key, form in self.sections.items():
            raw, earlier = drafts.get(key, {}), before.get(key)
            if earlier is not None and form.holds(earlier, raw, values):
                sections[key] = earlier
            else:
                sections[key] = form.fill(raw, values)
            answers.update(sections[key].answers)
            values.update(sections[key].values)
        return FilledResponse(answers=answers, values=values, sections=sections)


def not_relevant(item: Item) -> Answers:
    """Return what is stored for an item that was not to be asked."""
    return {row: Answer(reason=Reason.NOT_RELEVANT) for row in item.row_keys()}


def list_rows(answers: Mapping[str, Answers]) -> Iterator[tuple[str, str, Answer]]:
    """Yield answers as (item, row, answer), as they are stored."""
    for item, rows in answers.items():
        for row, answer in rows.items():
            yield item, row, answer

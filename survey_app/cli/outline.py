"""An instrument as people read it: sections, questions, options and probes in plain text."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from textwrap import wrap

from survey_app.definition.fields import QuestionField, RanksField, RowsField
from survey_app.definition.fields.chosen import OTHER, SelectionField
from survey_app.definition.form import ResponseForm
from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.items.base import Item, say
from survey_app.definition.reading import author_fields
from survey_app.definition.text import Text

WIDTH = 95
STEP = "    "

SHOWN = {"key", "text", "hint", "instruction", "if_needed", "relevant", "follow_up", "other"}
"""The fields of every item that have a place of their own; lists and scales are shown as lists."""

ListField = SelectionField | RowsField | RanksField


def write_outline(instrument: Instrument) -> str:
    """Return the whole instrument, in each of its languages one after the other."""
    lines: list[str] = []
    for language in instrument.languages:
        if len(instrument.languages) > 1:
            lines += [*(["", ""] if lines else []), f"[{language}]", ""]
        lines += _outline_language(instrument, language)
    return "\n".join(lines)


def _outline_language(instrument: Instrument, language: str) -> Iterator[str]:
    forms = ResponseForm(instrument, language).sections
    yield from (say(instrument.title, language), instrument.reference)
    yield from _put("", instrument.introduction, language)
    yield ""
    for name, words in (
        ("Source", instrument.source),
        ("Licence", instrument.licence),
        ("Changes", instrument.changes),
    ):
        yield from _fold(f"{name}: {words}")
    for section in instrument.sections:
        yield from ("", "")
        yield from _outline_section(section, forms[section.key].blank_fields, language)


def _outline_section(
    section: Section, fields: Mapping[str, QuestionField], language: str
) -> Iterator[str]:
    title = say(section.title, language)
    yield from (title, "=" * len(title))
    if section.minutes is not None:
        yield f"Planned: {section.minutes} min"
    yield from _put("", section.introduction, language)
    for item in section.items:
        yield ""
        yield from _outline_item(item, fields.get(item.key), language)


def _outline_item(item: Item, field: QuestionField | None, language: str) -> Iterator[str]:
    yield from _fold(f"{say(item.text, language)}  [{item.key}]")
    yield from _put("Hint: ", item.hint, language, STEP)
    yield from _put("For the interviewer: ", item.instruction, language, STEP)
    yield from _put("Read aloud if needed: ", item.if_needed, language, STEP)
    if item.relevant is not None:
        yield from _fold(f"Asked if {item.relevant.text}", STEP)
    yield from _put("Headed where that is not checked: ", item.follow_up, language, STEP)
    yield from _outline_rules(item, language)
    if isinstance(field, ListField):
        yield from _outline_list(field)
    else:
        yield from _outline_probes(item, language)


def _outline_rules(item: Item, language: str) -> Iterator[str]:
    """Every other field that the author wrote, whatever the type: limits, refusals and the like."""
    for name, field in author_fields(type(item)).items():
        value = getattr(item, name)
        if name in SHOWN or value in (None, (), field.default):
            continue
        if isinstance(value, Text):
            yield from _put(f"{_title(name)}: ", value, language, STEP)
        elif value is True:
            yield f"{STEP}{_title(name)}"
        elif isinstance(value, tuple):
            yield from _fold(f"{_title(name)}: {', '.join(value)}", STEP)
        elif isinstance(value, bool | int | str | Decimal | date):
            yield from _fold(f"{_title(name)}: {_say_value(value)}", STEP)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _say_value(value: bool | int | str | Decimal | date) -> str:  # noqa: FBT001 - it is said
    return "no" if value is False else str(value)


def _outline_list(field: ListField) -> Iterator[str]:
    if isinstance(field, RowsField):
        for row, words in field.rows:
            yield from _entry(words.striptags(), row)
        yield f"{STEP}Each on this scale:"
    for option in field.options:
        yield from _entry(option.label.striptags(), option.code)
    if isinstance(field, SelectionField) and field.other is not None:
        yield from _entry(field.other.striptags(), OTHER)


def _outline_probes(item: Item, language: str) -> Iterator[str]:
    topic = item.topic()
    if topic is None or not topic.probes:
        return
    yield f"{STEP}Probes, for the interviewer:"
    for probe in topic.probes:
        yield from _entry(say(probe.text, language), probe.key)


def _entry(words: str, key: str) -> list[str]:
    return _fold(f"- {words}  [{key}]", STEP, STEP + "  ")


def _put(before: str, text: Text | None, language: str, margin: str = "") -> list[str]:
    return [] if text is None else _fold(before + say(text, language), margin)


def _fold(words: str, margin: str = "", later: str | None = None) -> list[str]:
    """Return words as lines of at most WIDTH characters; only spaces are turned into breaks."""
    following = margin if later is None else later
    lines = [
        wrap(
            line,
            WIDTH,
            initial_indent=margin,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in words.splitlines()
    ]
    return [line for group in lines for line in group]

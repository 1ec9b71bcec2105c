"""What all question fields share: their words, what was posted, refusals and mistakes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, Self

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm

from survey_app.definition.reasons import Reason
from survey_app.translations import gettext

Control = Literal["line", "paragraph", "number", "date", "choices", "checks", "rows", "ranks"]

ABOUT_LIMIT = 72
"""The most characters of a question's words in a summary of mistakes: a line or two."""
REASON_MARK = ":"
"""Begins a posted value that is a reason, not a code; no code can begin so."""


class PostedForm(Protocol):
    """What a browser posted: every value under a name."""

    def getlist(self, key: str) -> list[str]:
        """Return the values posted under `key`, in order."""


class PostedRaw(dict[str, list[str]]):
    """Posted or stored texts in the manner that WTForms reads them."""

    def getlist(self, key: str) -> list[str]:
        """Return the texts posted under `key`."""
        return self.get(key, [])

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Option:
    """One thing to choose: its code, its words, and whether it excludes the others."""

    code: str
    label: Markup
    exclusive: bool = False


@dataclass(frozen=True)
class Mistake:
    """What is wrong with what was posted under `name` (an input's id too), in one sentence.

    `about` names the question or row in its own words, where a summary needs them.
    """

    name: str
    message: str
    about: str = field(default="", compare=False)


class QuestionField(Field, ABC):
    """One question. `data` is what was answered (None for nothing), `reason` a refusal instead.

    `language` is that of its sentences; `allow` lists the reasons offered beside the answer.
    """

    control: ClassVar[Control]

    def __init__(
        self,
        *,
        words: Markup,
        language: str,
        hint: Markup | None = None,
        required: bool = False,
        allow: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label=str(words), **kwargs)
        self.words = words
        self.hint = hint
        self.language = language
        self.required = required
        self.allow = tuple(allow)
        self.reason: str | None = None
        self.mistakes: list[Mistake] = []

    def copy_into(self, form: BaseForm) -> Self:
        """Return a field of another form with the same words; this one must be blank."""
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__, _form=form, meta=form.meta)
        return copied

    def process(
        self,
        formdata: Any,
        data: Any = None,  # noqa: ARG002 - WTForms' own signature
        extra_filters: Any = None,  # noqa: ARG002
    ) -> None:
        """Read what was posted. Nothing is refused here; `validate` says what is wrong."""
        self.data = None
        self.reason = None
        self.mistakes = []
        if formdata is not None:
            self.read(formdata)

    @abstractmethod
    def read(self, posted: PostedForm) -> None:
        """Set `data` and `reason` from what was posted, noting mistakes."""

    def validate(
        self,
        form: Any,  # noqa: ARG002 - WTForms' own signature
        extra_validators: Any = (),  # noqa: ARG002
    ) -> bool:
        """Say what is missing; return whether all is well."""
        if self.required and not self.mistakes and self.reason is None:
            self.check_complete()
        self.errors = [mistake.message for mistake in self.mistakes]
        return not self.mistakes

    def check_complete(self) -> None:
        """Note what a required question still lacks."""
        if self.data is None:
            self.complain(self.say_required())

    def say_required(self) -> str:
        """Return the sentence for a required question left blank."""
        return self.say("Please answer this question.")

    def input_names(self) -> tuple[str, ...]:
        """The names under which this field's values are posted."""
        return (self.name, f"{self.name}-reason")

    def row_name(self, row: str) -> str:  # noqa: ARG002 - fields with rows tell them apart
        """The name under which the answer of a row is posted; of the one row '' by default."""
        return self.name

    def complain(self, message: str, name: str | None = None, about: Markup | None = None) -> None:
        """Note a mistake at this field or at one of its inputs; `about` are the words of a row."""
        words = shorten((about or self.words).striptags())
        self.mistakes.append(Mistake(name or self.name, message, words))

    def typed(self, raw: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Return what was posted in words, valid or not, as (row or '', text)."""
        names = self.input_names()
        texts = [text for name in names for text in raw.get(name, ())]
        return [("", text) for text in texts if not text.startswith(REASON_MARK)]

    def say(self, message: str) -> str:
        """Return a sentence in the field's language."""
        return gettext(message, self.language)

    def take_reason(self, values: Sequence[str]) -> bool:
        """Keep a refusal that is among `values`; return whether there is one."""
        given = [value[1:] for value in values if value.startswith(REASON_MARK)]
        for value in given:
            if value in self.allow:
                self.reason = str(Reason(value))
            else:
                self.complain(self.say_unknown())
        return bool(given)

    def say_unknown(self) -> str:
        """Return the sentence for a posted value that was never offered."""
        return self.say("Please choose one of the answers shown here.")


def shorten(words: str, limit: int = ABOUT_LIMIT) -> str:
    """Return words cut at a space, with a sign of it, where they have over `limit` characters."""
    if len(words) <= limit:
        return words
    cut = words[: limit + 1].rpartition(" ")[0] or words[:limit]
    return f"{cut.rstrip(' ,;:')} …"


def bind_field(unbound: Any, name: str) -> QuestionField:
    """Return a field in a form of its own. Raises TypeError for what is no question field."""
    form = BaseForm({} if unbound is None else {name: unbound})
    field = next(iter(form), None)
    if not isinstance(field, QuestionField):
        raise TypeError(f"{name} is not a question field")
    return field

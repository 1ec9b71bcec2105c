"""Fields that are chosen from: one of a list, several, one for each row, an order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from survey_app.definition.fields.base import (
    REASON_MARK,
    Control,
    Option,
    PostedForm,
    QuestionField,
)

OTHER = "other"
"""The code of 'other, please specify'; no listed option may have it."""


@dataclass(frozen=True)
class Selection:
    """The codes chosen, in the list's order, and the text of 'other' with or without its tick."""

    codes: tuple[str, ...]
    other: str | None = None
    unticked: bool = False


def name_other(label: str) -> str:
    """Return the words of 'other' without the colon or line that an author may end them with."""
    return label.rstrip(" :_…")


class SelectionField(QuestionField):
    """A list of options; `other` holds the words of 'other, please specify' if it is offered.

    A `flat` one lies side by side where there is room.
    """

    def __init__(
        self,
        *,
        options: Sequence[Option],
        other: Markup | None = None,
        other_limit: int = 0,
        flat: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.options = tuple(options)
        self.other = other
        self.other_limit = other_limit
        self.flat = flat
        listed = tuple(option.code for option in self.options)
        self.codes = (*listed, OTHER) if other is not None else listed
        """Every code that can be chosen, in order; 'other' is the last."""

    def input_names(self) -> tuple[str, ...]:
        """The options' name and, beside it, that of the text of 'other'."""
        return (self.name, f"{self.name}-other") if self.other is not None else (self.name,)

    def read(self, posted: PostedForm) -> None:
        """Read the codes and the text of 'other', which is kept with or without its tick."""
        values = posted.getlist(self.name)
        refused = self.take_reason(values)
        chosen = self._read_codes(values)
        text = self._read_other(posted)
        if self.other is not None and OTHER in chosen and text is None:
            sentence = self.say("You chose ‘{option}’: please say what, or take that choice away.")
            message = sentence.format(option=name_other(self.other.striptags()))
            self.complain(message, f"{self.name}-other")
        if chosen or text is not None:
            self.data = Selection(chosen, text, text is not None and OTHER not in chosen)
            self.check_selection(refused=refused)

    def _read_codes(self, values: Iterable[str]) -> tuple[str, ...]:
        given = {value for value in values if value and not value.startswith(REASON_MARK)}
        if given - set(self.codes):
            self.complain(self.say_unknown())
        return tuple(code for code in self.codes if code in given)

    def _read_other(self, posted: PostedForm) -> str | None:
        values = posted.getlist(f"{self.name}-other") if self.other is not None else []
        text = values[0] if values else ""
        if len(text) > self.other_limit:
            sentence = self.say("This is too long: please use at most {limit} characters.")
            self.complain(sentence.format(limit=f"{self.other_limit:,}"), f"{self.name}-other")
        return text if text.strip() else None

    def typed(self, raw: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """The words of what was ticked, and the text of 'other' after its words."""
        labels = {option.code: option.label.striptags() for option in self.options}
        other = name_other(self.other.striptags()) if self.other is not None else ""
        texts = [("", f"{other}: {text}") for text in raw.get(f"{self.name}-other", ())]
        if self.other is not None and not texts:
            labels[OTHER] = other
        return [("", labels[code]) for code in raw.get(self.name, ()) if code in labels] + texts

    def check_selection(self, *, refused: bool) -> None:
        """Note what contradicts itself in what was chosen."""


class ChoicesField(SelectionField):
    """One of a list: a group of radio buttons."""

    control: ClassVar[Control] = "choices"

    def check_selection(self, *, refused: bool) -> None:
        """One button cannot be two; only a forged form can say so."""
        if len(self.data.codes) + refused > 1:
            self.complain(self.say("Please choose only one answer."))

    def check_complete(self) -> None:
        """A text of 'other' without its button is kept, but does not answer the question."""
        if self.data is None or not self.data.codes:
            self.complain(self.say("Please choose one answer."))


class ChecksField(SelectionField):
    """Several of a list: a group of boxes."""

    control: ClassVar[Control] = "checks"

    def check_selection(self, *, refused: bool) -> None:
        """'None of these' and a refusal stand alone."""
        exclusive = [option for option in self.options if option.exclusive]
        alone = [option for option in exclusive if option.code in self.data.codes]
        if alone and len(self.data.codes) > 1:
            sentence = self.say("Please choose either ‘{option}’ or the others, not both.")
            self.complain(sentence.format(option=alone[0].label.striptags()))
        if refused and self.data.codes:
            self.reason = None
            self.complain(self.say("Please choose either an answer or not to answer, not both."))

    def check_complete(self) -> None:
        """A text of 'other' without its tick is kept, but does not answer the question."""
        if self.data is None or not self.data.codes:
            self.complain(self.say("Please choose at least one answer."))


class RowsField(QuestionField):
    """A battery: for each row one of the same options. `display` is 'stacked' or 'table'.

    `data` is `{row: code}` for the rows answered; `row_reasons` holds refusals by row.
    """

    control: ClassVar[Control] = "rows"

    def __init__(
        self,
        *,
        options: Sequence[Option],
        rows: Sequence[tuple[str, Markup]],
        display: str = "stacked",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.options = tuple(options)
        self.rows = tuple(rows)
        self.display = display
        self.row_reasons: dict[str, str] = {}
        self._codes = frozenset(option.code for option in self.options)
        self._reasons = frozenset(f"{REASON_MARK}{reason}" for reason in self.allow)

    def row_name(self, row: str) -> str:
        """The name of a row's radio group."""
        return f"{self.name}-{row}"

    def input_names(self) -> tuple[str, ...]:
        """One name for each row."""
        return tuple(self.row_name(row) for row, _ in self.rows)

    def read(self, posted: PostedForm) -> None:
        """Read one code or one refusal for each row."""
        data: dict[str, str] = {}
        self.row_reasons = {}
        for row, words in self.rows:
            name = self.row_name(row)
            given = {value for value in posted.getlist(name) if value}
            if len(given) > 1 or given - self._codes - self._reasons:
                self.complain(self.say_unknown(), name, words)
            elif given & self._codes:
                data[row] = given.pop()
            elif given:
                self.row_reasons[row] = given.pop()[1:]
        self.data = data or None

    def check_complete(self) -> None:
        """Each row of a required battery needs its answer."""
        answered = {*(self.data or {}), *self.row_reasons}
        for row, words in self.rows:
            if row not in answered:
                self.complain(self.say("Please choose one answer."), self.row_name(row), words)

    def typed(self, raw: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """The words of what was chosen for each row."""
        labels = {option.code: option.label.striptags() for option in self.options}
        return [
            (words.striptags(), labels[code])
            for row, words in self.rows
            for code in raw.get(self.row_name(row), ())
            if code in labels
        ]


class RanksField(QuestionField):
    """An order: for each option its place from 1, or none. `data` is the codes in order."""

    control: ClassVar[Control] = "ranks"

    def __init__(self, *, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options = tuple(options)

    @property
    def places(self) -> tuple[int, ...]:
        """The places that can be given, from 1."""
        return tuple(range(1, len(self.options) + 1))

    def place_name(self, code: str) -> str:
        """The name of the list from which an option's place is chosen."""
        return f"{self.name}-{code}"

    def input_names(self) -> tuple[str, ...]:
        """One name for each option, and that of a refusal."""
        places = tuple(self.place_name(option.code) for option in self.options)
        return (*places, f"{self.name}-reason")

    def read(self, posted: PostedForm) -> None:
        """Read the places; they should be 1, 2, 3 … without gap or tie."""
        refused = self.take_reason(posted.getlist(f"{self.name}-reason"))
        places: dict[int, str] = {}
        for option in self.options:
            self._read_place(option.code, posted, places)
        if places and sorted(places) != list(range(1, len(places) + 1)):
            self.complain(self.say("Please give the places 1, 2, 3 and so on, without a gap."))
        if places and refused:
            self.reason = None
            self.complain(self.say("Please choose either an answer or not to answer, not both."))
        self.data = tuple(places[place] for place in sorted(places)) or None

    def _read_place(self, code: str, posted: PostedForm, places: dict[int, str]) -> None:
        values = [value for value in posted.getlist(self.place_name(code)) if value]
        if not values:
            return
        known = {str(place): place for place in self.places}
        if values[0] not in known:
            self.complain(self.say_unknown(), self.place_name(code))
        elif known[values[0]] in places:
            sentence = self.say("Two things cannot both have place {place}.")
            self.complain(sentence.format(place=values[0]), self.place_name(code))
        else:
            places[known[values[0]]] = code

    def typed(self, raw: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Each option's place."""
        return [
            (option.label.striptags(), text)
            for option in self.options
            for text in raw.get(self.place_name(option.code), ())
        ]

    def check_complete(self) -> None:
        """A required order needs a place for every option."""
        if self.data is None or len(self.data) < len(self.options):
            self.complain(self.say("Please give each of these a place."))

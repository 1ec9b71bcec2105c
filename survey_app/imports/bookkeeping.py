"""What stands before the items in a row of our own export: whose response it is, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal, TypeVar

from survey_app.definition.instrument import Instrument
from survey_app.imports.cells import quote
from survey_app.imports.problems import CellError, Fault
from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import ReadValue, Unusable
from survey_app.translations import gettext as _

PSEUDONYM_LIMIT = 64
DAY = len("2026-11-22")

Skipped = Literal["withdrawn", "in_progress", "interviewer"]
"""Why a row is left out although nothing is wrong with it."""

Said = TypeVar("Said")


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is imported into: the version, and whether its study is anonymous."""

    instrument: Instrument
    anonymous: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class Bookkeeping:
    """What a row says of its response; times are text, in UTC, None where it says none.

    `response` is the key that it had where it comes from. For an anonymous study times are dates.
    """

    response: str
    participant: str | None
    language: str
    started: str | None
    submitted: str | None
    is_test: bool
    skipped: Skipped | None


@dataclass(kw_only=True)
class BookkeepingReader:
    """Reads one row; `faults` are what was wrong with it."""

    target: Target
    values: Mapping[str, ReadValue]
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> Bookkeeping:
        """Return what the row says; where that is wrong it says nothing."""
        self._take("instrument", self._check_instrument)
        self._take("version", self._check_version)
        delivery = self._take("delivery", _read_delivery)
        state = self._take("state", _read_state)
        return Bookkeeping(
            response=self._take("response", _show) or "",
            participant=self._take("participant", self._read_participant),
            language=self._take("language", self._read_language) or self.target.language,
            started=self._take("started", self._read_moment),
            submitted=self._take("submitted", self._read_moment),
            is_test=self._take("is_test", _read_flag) or False,
            skipped=state or delivery,
        )

    def _take(self, name: str, read: Callable[[ReadValue], Said]) -> Said | None:
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return read(value)
        except CellError as error:
            self.faults.append(Fault(column=name, message=str(error)))
            return None

    def _check_instrument(self, value: ReadValue) -> None:
        name = self.target.instrument.name
        if _show(value) != name:
            raise CellError(
                _("This row is of {given}, and {name} is imported. Take it out.").format(
                    given=quote(_show(value)), name=name
                )
            )

    def _check_version(self, value: ReadValue) -> None:
        instrument = self.target.instrument
        if _show(value) != instrument.version:
            raise CellError(
                _(
                    "This row was given on version {given}, and {version} is imported. Put it "
                    "into a file of its own and import that as {name}@{given}."
                ).format(given=_show(value), version=instrument.version, name=instrument.name)
            )

    def _read_participant(self, value: ReadValue) -> str:
        pseudonym = _show(value)
        if self.target.anonymous:
            raise CellError(
                _("The study is anonymous, so it keeps no participant. Empty this column.")
            )
        if len(pseudonym) > PSEUDONYM_LIMIT:
            raise CellError(
                _("A participant’s code has at most {limit} characters. Shorten it.").format(
                    limit=PSEUDONYM_LIMIT
                )
            )
        return pseudonym

    def _read_language(self, value: ReadValue) -> str:
        languages = self.target.instrument.languages
        if _show(value) not in languages:
            raise CellError(
                _("The version is not written in {given}. Write one of {languages}.").format(
                    given=quote(_show(value)), languages=", ".join(languages)
                )
            )
        return _show(value)

    def _read_moment(self, value: ReadValue) -> str:
        moment = _read_moment(value)
        return moment[:DAY] if self.target.anonymous else moment


def _show(value: ReadValue) -> str:
    if isinstance(value, Unusable):
        raise CellError(_("This is a formula or an error. Paste its value in its place."))
    return (value.text if isinstance(value, Muted) else str(value)).strip()


def _read_delivery(value: ReadValue) -> Skipped | None:
    match _show(value):
        case "self":
            return None
        case "interviewer":
            return "interviewer"
        case other:
            raise CellError(
                _("{value} is no delivery. Write self, or leave the cell empty.").format(
                    value=quote(other)
                )
            )


def _read_state(value: ReadValue) -> Skipped | None:
    match _show(value):
        case "submitted":
            return None
        case "withdrawn" | "in_progress" as state:
            return "withdrawn" if state == "withdrawn" else "in_progress"
        case other:
            raise CellError(
                _("{value} is no state. Write submitted, or leave the cell empty.").format(
                    value=quote(other)
                )
            )


def _read_flag(value: ReadValue) -> bool:
    flag = {"1": True, "0": False, "true": True, "false": False}.get(_show(value).casefold())
    if flag is None:
        raise CellError(
            _("Write 1 for a test response and 0 for a real one, not {value}.").format(
                value=quote(_show(value))
            )
        )
    return flag


def _read_moment(value: ReadValue) -> str:
    """Return a time as it is stored, 2026-11-22T20:14:05.123Z, or a date if it is no more."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    moment = value if isinstance(value, datetime) else _parse_moment(_show(value))
    if isinstance(moment, str):
        return moment
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{utc.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _parse_moment(text: str) -> datetime | str:
    try:
        if len(text) == DAY:
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError(
            _(
                "{value} is no time. Write it in UTC as 2026-11-22T20:14:05Z, or the date alone."
            ).format(value=quote(text))
        ) from error

"""Studies, their protocol, and the instruments they deliver."""

from dataclasses import dataclass

from survey_app.storage.records.values import Admission, Delivery, Json


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentVersionRecord:
    """A version of an instrument with its whole definition as it was published.

    ``state`` is ``draft``, ``published`` or ``retired``. Of a draft, ``published_by`` and
    ``published_at`` say who stored it and when, and ``trial`` whether it may be tried now.
    """

    name: str
    version: str
    state: str
    format: int
    fingerprint: str
    definition: dict[str, Json]
    note: str
    published_by: str
    published_at: str
    trial: bool = False
    retired_by: str | None = None
    retired_at: str | None = None
    retirement: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What came of publishing: the version as it stands, and whether this published it.

    ``erased`` is how many trial responses went, ``followed`` the studies that ask it from now on
    in the place of the versions before it.
    """

    version: InstrumentVersionRecord
    fresh: bool
    erased: int
    followed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyRecord:
    """A study; ``anonymous`` cannot change once it has responses.

    ``admission`` says who may begin a response: whoever comes (``open``), or who has a code
    (``invitation``).
    """

    id: str
    slug: str
    title: str
    anonymous: bool
    contact: str
    created: str
    admission: Admission = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtocolEntry:
    """One row of a study's protocol: which version is delivered how, in which place."""

    instrument: str
    version: str
    delivery: Delivery
    position: int
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OverviewRow:
    """How many responses there are of one kind."""

    study: str
    instrument: str
    version: str
    delivery: Delivery
    state: str
    is_test: bool
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolingRecord:
    """A pooling rule of a study's instrument, with the reason for it, and who added it when."""

    id: str
    study: str
    instrument: str
    rule: dict[str, Json]
    note: str
    added_by: str
    added_at: str

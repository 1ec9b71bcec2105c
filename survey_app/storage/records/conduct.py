"""How a study is run: its team, whom it recruited, who changed what, and its erasure in the end."""

from dataclasses import dataclass, field

from survey_app.storage.records.values import Delivery, Erased, Json, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody with a role in a study."""

    name: str
    role: Role
    disabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyChange:
    """One change of how a study is run: what kind, its particulars in words, by whom and when."""

    number: int
    kind: str
    detail: dict[str, Json]
    who: str
    at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedRecruitment:
    """What a study lead says of the people whom the program has not met.

    ``invited`` are those invited outside it, with a ``note`` on how; of all who were invited,
    ``declined`` said no and ``unanswered`` said nothing.
    """

    invited: int = 0
    declined: int = 0
    unanswered: int = 0
    note: str = ""
    stated_by: str = ""
    stated_at: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StageCount:
    """Of one instrument delivered in one way: how many responses were begun, and what became."""

    instrument: str
    delivery: Delivery
    submitted: int
    in_progress: int
    broken_off: int
    withdrawn: int

    @property
    def begun(self) -> int:
        """All of them; each is one of the others."""
        return self.submitted + self.in_progress + self.broken_off + self.withdrawn


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleCount:
    """People who took part, under a code or without one.

    Without a code nothing ties one person's responses together: so many people are counted as
    began the instrument that most of them began.
    """

    took_part: int = 0
    agreed: int = 0
    """Those of them whose agreement is on record."""
    finished: int = 0
    """Those of whom at least one response was sent and stands."""
    withdrawn: int = 0
    """Those of whom every response was withdrawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recruitment:
    """A study's recruitment, of one moment; test responses do not count."""

    invited_by_code: int
    stated: StatedRecruitment
    coded: PeopleCount
    codeless: PeopleCount
    stages: list[StageCount] = field(default_factory=list)

    @property
    def invited(self) -> int:
        """Everybody who was invited by name or code, here or outside."""
        return self.invited_by_code + self.stated.invited

    @property
    def people(self) -> PeopleCount:
        """All who took part."""
        coded, codeless = self.coded, self.codeless
        return PeopleCount(
            took_part=coded.took_part + codeless.took_part,
            agreed=coded.agreed + codeless.agreed,
            finished=coded.finished + codeless.finished,
            withdrawn=coded.withdrawn + codeless.withdrawn,
        )

    @property
    def unaccounted(self) -> int:
        """How many invited people are neither here nor stated; under 0 where more are than were."""
        stated = self.stated
        return self.invited - self.people.took_part - stated.declined - stated.unanswered


@dataclass(frozen=True, kw_only=True, slots=True)
class Erasure:
    """An erasure at the end of a study, with its certificate once it has come to its end.

    ``counts`` is how much there was before.
    """

    id: str
    study: str
    scope: Erased
    begun_by: str
    begun_at: str
    counts: dict[str, Json]
    ended_at: str | None
    certificate: dict[str, Json] | None

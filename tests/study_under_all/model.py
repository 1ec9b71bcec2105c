"""What ought to be there: plain Python, written down when the program said that it is done."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from flask.testing import FlaskClient

IN_PROGRESS, SENT, WITHDRAWN = "in_progress", "submitted", "withdrawn"


class Named:
    """Something that a report of a failure names in a few words."""

    def __repr__(self) -> str:
        told = {k: v for k, v in vars(self).items() if isinstance(v, str | bool | int) and v}
        return f"{type(self).__name__}({told})"


@dataclass(eq=False, repr=False)
class Given(Named):
    """A response: what it holds by item, in which words it was asked, and whose it is.

    `words` are what was acknowledged last; `ever` is every word that was ever typed in it, which
    has to be gone when it is withdrawn. `person` is a pseudonym, empty where nobody is named.
    """

    id: str
    delivery: str
    version: str
    consent: str
    person: str = ""
    state: str = IN_PROGRESS
    words: dict[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    ever: set[str] = field(default_factory=set)
    browser: FlaskClient | None = None
    link: str = ""
    interview: str = ""
    holder: str = ""
    finished: bool = False


@dataclass(eq=False, repr=False)
class Person(Named):
    """Somebody in the register: by the random id and pseudonym, under a name until forgotten."""

    id: str
    pseudonym: str
    name: str = ""
    withdrew: bool = False


@dataclass(eq=False, repr=False)
class Invited(Named):
    """A personal invitation, or one for many where `person` is None."""

    number: int
    code: str
    person: Person | None
    left: int
    revoked: bool = False

    @property
    def is_good(self) -> bool:
        """Whether somebody may begin by it."""
        return self.left > 0 and not self.revoked


@dataclass(eq=False, repr=False)
class Study(Named):
    """A study: how it stands and all that was given in it.

    With `is_asked` its protocol has a version that is open.
    """

    slug: str
    consents: list[str]
    version: str
    stage: str = "open"
    is_asked: bool = True
    asks_for_code: bool = False
    given: list[Given] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)
    purged: bool = False
    certificates: int = 0
    exports: int = 0

    @property
    def may_begin(self) -> bool:
        """Whether anybody can begin in a browser."""
        return self.stage == "open" and self.is_asked and not self.purged

    def list_live(self) -> list[Given]:
        """Return what was not withdrawn."""
        return [each for each in self.given if each.state != WITHDRAWN]

    def count_states(self) -> dict[str, Counter[str]]:
        """Return how many responses are in each state, by delivery."""
        found: dict[str, Counter[str]] = {}
        for each in self.given:
            found.setdefault(each.delivery, Counter())[each.state] += 1
        return found

    def find_person(self, pseudonym: str) -> Person | None:
        """Return who has a pseudonym, or None."""
        return next((each for each in self.people if each.pseudonym == pseudonym), None)


@dataclass(eq=False, repr=False)
class Session(Named):
    """A browser of the staff; one that is not `alive` was signed out or shut out."""

    account: "Account"
    browser: FlaskClient
    alive: bool = True


@dataclass(eq=False, repr=False)
class Account(Named):
    """Somebody of the staff, with a role in each study."""

    name: str
    roles: dict[str, str] = field(default_factory=dict)
    disabled: bool = False
    password: str = ""


@dataclass
class Model:
    """Everything that ought to be there, and every word and name that ought not to."""

    studies: list[Study] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    retired: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    fresh: "count[int]" = field(default_factory=count)

    def make_word(self) -> str:
        """Return a word that nobody else would type."""
        return f"w{next(self.fresh):06d}w"

    def make_name(self) -> str:
        """Return a name that nobody else has."""
        name = f"n{next(self.fresh):06d}n"
        self.names.add(name)
        return name

    def withdraw(self, study: Study, given: Given) -> None:
        """Write down that a response was withdrawn: it holds nothing, and names nobody."""
        self.gone |= given.ever
        if (person := study.find_person(given.person)) is not None:
            person.withdrew = True
            for invited in study.invited:
                if invited.person is person:
                    invited.revoked = True
        given.state, given.words, given.topics = WITHDRAWN, {}, ()

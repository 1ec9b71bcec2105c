"""What all who act in a study share: the world, the model of it, and how one of many is picked."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from survey_app.invitation_codes import hash_code, make_code
from survey_app.publication import publish
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from survey_app.web.security import hash_token
from tests.study_under_all.instrument import NAME, make_version
from tests.study_under_all.model import Account, Given, Invited, Model, Person, Session, Study
from tests.study_under_all.world import LEAD, STAFF, World

T = TypeVar("T")
MANY = 2
"""So many may begin by an invitation that is nobody's."""


class Draw(Protocol):
    """What chooses."""

    def __call__(self, strategy: st.SearchStrategy[T], label: object = None) -> T:
        """Return one of what is possible."""


def pick(of: Sequence[T], draw: Draw) -> T | None:
    """Return one of several; None where there is none."""
    return of[draw(st.integers(0, len(of) - 1))] if of else None


class Life(RuleBasedStateMachine):
    """Two studies that have just been founded, and whoever leads them."""

    template: ClassVar[Path]
    base: ClassVar[Path]
    done: ClassVar[Counter[str]] = Counter()
    """How often each kind of act was not only tried but done, in all lives."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.template, Path(tempfile.mkdtemp(dir=self.base)) / "life")
        self.model = Model(versions=["1.0.0"])
        self.model.accounts = {name: Account(name=name) for name in STAFF}
        self.steps = 0
        self.is_well = True
        self.changed: Account | None = None
        for _ in range(2):
            self.found_study()
        for account in self.model.accounts.values():
            self.sign_in(account)

    @property
    def store(self) -> Store:
        """The store of the server that runs."""
        return self.world.store

    def found_study(self) -> None:
        """A new study, which everybody may take part in."""
        slug = f"life-{len(self.model.studies) + 1}"
        if self.model.versions[-1] in self.model.retired:
            self.publish()
        version = self.model.versions[-1]
        self.world.found_study(slug, version)
        consent = self.world.renew_consent(slug, 1, None)
        self.model.studies.append(Study(slug=slug, consents=[consent], version=version))
        for name, role in STAFF.items():
            account = self.model.accounts[name]
            if name != LEAD:
                self.store.teams.appoint(slug, name, role, by=LEAD)
            account.roles[slug] = role

    def publish(self) -> None:
        """Publish the next version, which all studies that asked the one before ask from now on."""
        follow = [each for each in self.model.studies if not each.purged]
        instrument = make_version(len(self.model.versions))
        slugs = tuple(each.slug for each in follow)
        done = publish(self.store, instrument, note="new", by=LEAD, studies=slugs)
        assert set(done.followed) == {each.slug for each in follow if each.is_asked}
        self.model.versions.append(instrument.version)
        for study in follow:
            study.version = instrument.version

    def sign_in(self, account: Account) -> None:
        """Sign somebody in by a link, unless they are shut out."""
        browser = self.world.sign_in(account.name)
        assert (browser is not None) == (not account.disabled), account
        if browser is not None:
            self.model.sessions.append(Session(account, browser))

    def invite(self, study: Study, who: Person | None) -> None:
        """Make an invitation, for somebody or for two whom nobody knows."""
        code = make_code()
        wanted = NewInvitation(
            code_hash=hash_code(code),
            participant=who.pseudonym if who else None,
            most_uses=None if who else MANY,
        )
        (made,) = self.store.invitations.make(study.slug, [wanted], by=LEAD)
        for earlier in study.invited:
            if who is not None and earlier.person is who and earlier.is_good:
                earlier.revoked = True
        study.invited.append(Invited(made.number, code, who, 1 if who else MANY))

    def pick_study(self, draw: Draw) -> Study:
        """Return one of the studies; one that was purged now and then."""
        alive = [each for each in self.model.studies if not each.purged]
        purged = [each for each in self.model.studies if each.purged]
        found = pick([*alive, *alive, *purged], draw)
        assert found is not None
        return found

    def pick_given(
        self, draw: Draw, fits: Callable[[Given], object]
    ) -> tuple[Study, Given] | tuple[None, None]:
        """Return one of the responses that fit, with its study; nothing where none does."""
        found = [(study, e) for study in self.model.studies for e in study.given if fits(e)]
        return pick(found, draw) or (None, None)

    def find_session(self, study: Study, *roles: str) -> Session | None:
        """Return a browser in which somebody with one of the roles in a study is signed in."""
        return next(
            (
                each
                for each in self.model.sessions
                if each.alive and each.account.roles.get(study.slug) in roles
            ),
            None,
        )

    def count_responses(self, study: Study) -> int:
        """Return how many responses the store has of a study, tombstones too."""
        rows = self.store.studies.overview(study.slug)
        return sum(row.count for row in rows if row.instrument == NAME)

    def find_by_link(self, link: str) -> str:
        """Return the id of the response that a private link opens."""
        found = self.store.responses.by_link(hash_token(link))
        assert found is not None
        return found.id

    def teardown(self) -> None:
        """End the server."""
        self.world.close()

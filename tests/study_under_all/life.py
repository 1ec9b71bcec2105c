"""What all who act in a study share: the world, the model of it, and how one of many is picked."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from survey_app.web.security import hash_token
from tests.study_under_all.instrument import NAME
from tests.study_under_all.model import Account, Model, Session, Study
from tests.study_under_all.world import LEAD, World

T = TypeVar("T")


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
        self.model.accounts[LEAD] = Account(name=LEAD)
        self.steps = 0
        for _ in range(2):
            self.found_study()

    @property
    def store(self):  # type: ignore[no-untyped-def]
        """The store of the server that runs."""
        return self.world.store

    def found_study(self) -> None:
        """A new study, which everybody may take part in."""
        slug = f"life-{len(self.model.studies) + 1}"
        self.world.found_study(slug)
        consent = self.world.renew_consent(slug, 1, None)
        version = self.model.versions[-1]
        self.model.studies.append(Study(slug=slug, consents=[consent], version=version))
        self.model.accounts[LEAD].roles[slug] = "study_lead"

    def pick_study(self, draw: Draw) -> Study:
        """Return one of the studies; one that was purged now and then."""
        alive = [each for each in self.model.studies if not each.purged]
        purged = [each for each in self.model.studies if each.purged]
        found = pick([*alive, *alive, *purged], draw)
        assert found is not None
        return found

    def is_open(self, study: Study) -> bool:
        """Whether somebody may begin in a browser."""
        return study.may_begin and study.version not in self.model.retired

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

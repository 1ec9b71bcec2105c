"""Invitations are made, used as often as they allow, revoked, and say nothing of when."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine

from survey_app.storage.errors import (
    NamesNobody,
    NotInvited,
    NotInvitedAgain,
    TooManyWrongCodes,
    UnknownRecord,
)
from survey_app.storage.records import Entrance, InvitationRecord, NewInvitation
from survey_app.storage.store import Store
from survey_app.storage.store.invitations import MOST_WRONG
from tests.storage.scenes import STUDY, change, noting_statements

PUBLIC = NewInvitation(code_hash="public", most_uses=2)
PERSONAL = NewInvitation(code_hash="personal", participant="P07")


def make(store: Store, *wanted: NewInvitation, study: str = STUDY) -> Sequence[InvitationRecord]:
    return store.invitations.make(study, wanted, by="eva", label="spring")


def begin(store: Store, number: int = 0, *, study: str = STUDY, **more: str | None) -> str:
    """A response, begun from its own browser."""
    return store.responses.begin(
        study=study,
        instrument="teaching",
        version="1.0.0",
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=f"cookie {number}",
        link_hash=f"link {number}",
        change=change(0, kind="begin"),
        entrance=Entrance(code_hash=more.get("invitation"), after=more.get("after")),
    )


def states(store: Store, study: str = STUDY) -> list[tuple[int, str, int]]:
    return [(each.number, each.state, each.uses) for each in store.invitations.list(study)]


def participants(store: Store, study: str = STUDY) -> list[str | None]:
    with store.snapshot() as snapshot:
        return [each.participant for each in snapshot.responses(study, "teaching")]


def test_invitations_are_numbered_on_within_their_study(store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    make(store, NewInvitation(code_hash="elsewhere"), study="other")
    assert [each.number for each in make(store, PUBLIC, PERSONAL)] == [1, 2]
    (third,) = make(store, NewInvitation(code_hash="third", most_uses=None))
    assert third == InvitationRecord(
        id=third.id,
        study=STUDY,
        number=3,
        participant=None,
        label="spring",
        made_by="eva",
        most_uses=None,
        uses=0,
        revoked=False,
    )
    assert states(store) == [(1, "open", 0), (2, "open", 0), (3, "open", 0)]


def test_the_same_codes_again_make_nothing_new(store: Store) -> None:
    assert make(store, PUBLIC, PERSONAL) == make(store, PUBLIC, PERSONAL)
    assert len(store.invitations.list(STUDY)) == 2


def test_a_public_invitation_lets_in_as_many_as_it_says(store: Store) -> None:
    make(store, PUBLIC)
    begin(store, 1, invitation="public")
    assert states(store) == [(1, "open", 1)]
    begin(store, 2, invitation="public")
    assert states(store) == [(1, "used_up", 2)]
    with pytest.raises(NotInvited, match="Ask the study lead"):
        begin(store, 3, invitation="public")
    assert participants(store) == [None, None]


def test_one_without_a_limit_lets_in_everybody(store: Store) -> None:
    make(store, NewInvitation(code_hash="all", most_uses=None))
    for number in range(5):
        begin(store, number, invitation="all")
    assert states(store) == [(1, "open", 5)]


def test_a_personal_one_ties_the_response_to_its_participant_once(store: Store) -> None:
    (made,) = make(store, PERSONAL)
    begin(store, 1, invitation="personal")
    assert participants(store) == ["P07"]
    opened = store.responses.by_session("cookie 1")
    assert opened is not None
    assert opened.invitation_id == made.id
    with pytest.raises(NotInvited):
        begin(store, 2, invitation="personal")


def test_of_two_at_once_on_the_last_use_one_wins(store: Store) -> None:
    make(store, NewInvitation(code_hash="last", most_uses=1))
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(begin, store, number, invitation="last") for number in range(8)]
    errors = [type(each.exception()) for each in sent if each.exception()]
    assert errors == [NotInvited] * 7
    assert states(store) == [(1, "used_up", 1)]
    assert len(participants(store)) == 1


def test_what_begins_nothing_uses_nothing(store: Store) -> None:
    make(store, PUBLIC)
    begin(store, 1, invitation="public")
    with pytest.raises(Exception, match="has begun a response already"):
        begin(store, 1, invitation="public")
    assert states(store) == [(1, "open", 1)]


def test_an_anonymous_response_keeps_no_invitation_but_the_use_is_counted(
    store: Store, path: Path
) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.studies.add_instrument("secret", "teaching", "1.0.0", "self")
    make(store, PUBLIC, study="secret")
    begin(store, study="secret", invitation="public")
    assert states(store, "secret") == [(1, "open", 1)]
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT invitation_id, participant_id FROM response").fetchall()
    assert kept == [(None, None)]
    with pytest.raises(NamesNobody, match="name nobody"):
        make(store, PERSONAL, study="secret")


def test_who_withdrew_is_not_invited_again_nor_anybody_named_beside_them(store: Store) -> None:
    make(store, PERSONAL)
    response = begin(store, invitation="personal")
    store.responses.withdraw(response, change(9, kind="withdraw"), scope="all")

    with pytest.raises(NotInvitedAgain, match=r"^P07 withdrew, .* No invitation was made"):
        make(
            store,
            NewInvitation(code_hash="other", participant="P08"),
            NewInvitation(code_hash="once more", participant="P07"),
        )

    assert [number for number, *_ in states(store)] == [1]
    (made,) = make(store, NewInvitation(code_hash="other", participant="P08"))
    assert made.participant == "P08"


def test_a_revoked_one_lets_nobody_in_and_a_new_one_replaces_the_old(store: Store) -> None:
    make(store, PUBLIC, PERSONAL)
    assert store.invitations.revoke(STUDY, 1).state == "revoked"
    with pytest.raises(NotInvited):
        begin(store, 1, invitation="public")
    make(store, NewInvitation(code_hash="newer", participant="P07"))
    assert states(store) == [(1, "revoked", 0), (2, "revoked", 0), (3, "open", 0)]
    with pytest.raises(UnknownRecord, match="no invitation 4"):
        store.invitations.revoke(STUDY, 4)


def test_one_of_another_study_lets_nobody_in(store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    make(store, NewInvitation(code_hash="elsewhere"), study="other")
    with pytest.raises(NotInvited):
        begin(store, 1, invitation="elsewhere")


def test_a_study_by_invitation_lets_nobody_in_without_one(store: Store) -> None:
    begin(store, 1)
    store.invitations.set_admission(STUDY, "invitation")
    found = store.studies.find(STUDY)
    assert found is not None
    assert found.admission == "invitation"
    with pytest.raises(NotInvited):
        begin(store, 2)
    make(store, PERSONAL)
    first = begin(store, 3, invitation="personal")
    begin(store, 4, after=first)
    assert participants(store).count("P07") == 2, "who goes on does so as the same participant"
    store.invitations.set_admission(STUDY, "open")
    begin(store, 5)


def test_nobody_goes_on_from_a_response_of_another_study(store: Store) -> None:
    elsewhere = begin(store, 1)
    store.studies.create(slug="other", title="Other")
    store.studies.add_instrument("other", "teaching", "1.0.0", "self")
    store.invitations.set_admission("other", "invitation")
    with pytest.raises(NotInvited):
        begin(store, 2, study="other", after=elsewhere)


def test_wrong_codes_are_counted_by_how_they_begin_and_forgotten_within_the_hour(
    store: Store, path: Path
) -> None:
    make(store, PUBLIC)
    with time_machine.travel("2026-11-26T10:59:00Z", tick=False) as clock:
        for number in range(MOST_WRONG):
            assert store.invitations.look(f"guess {number}", "ABCD") is None
        with pytest.raises(TooManyWrongCodes, match="in an hour"):
            store.invitations.look("public", "ABCD")
        assert store.invitations.look("public", "EFGH") is not None
        assert store.invitations.look("guess", "EFGH") is None
        clock.move_to("2026-11-26T11:00:00Z")
        assert store.invitations.look("public", "ABCD") is not None
        assert store.invitations.look("guess", "JKMN") is None
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT * FROM wrong_code").fetchall()
    assert kept == [("JKMN", "2026-11-26T11", 1)]


def test_no_column_says_when_an_invitation_was_used(store: Store, path: Path) -> None:
    make(store, PERSONAL)
    with sqlite3.connect(path) as connection:
        before = connection.execute("SELECT * FROM invitation").fetchone()
        begin(store, 1, invitation="personal")
        after = connection.execute("SELECT * FROM invitation").fetchone()
        names = [column[1] for column in connection.execute("PRAGMA table_info(invitation)")]
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    assert changed == ["uses"]


def test_a_second_study_has_numbers_of_its_own(store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    make(store, PUBLIC)
    (made,) = make(store, NewInvitation(code_hash="x"), study="other")
    assert made.number == 1
    with pytest.raises(UnknownRecord, match="no study"):
        make(store, PUBLIC, study="nowhere")


def test_where_nobody_is_invited_beginning_asks_one_question_as_before(
    store: Store, url: str
) -> None:
    assert store.invitations.list(STUDY) == []
    with Store(url) as fresh, noting_statements(fresh) as words:
        begin(fresh, 1)
    assert (words.count("SELECT"), words.count("UPDATE")) == (1, 0)

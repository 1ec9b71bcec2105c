"""Participants get pseudonyms that tell nothing, and are listed with how far they are."""

import pytest

from survey_app.storage.errors import NamesNobody, NotInvited, UnknownRecord
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from survey_app.storage.store.participants import draw_pseudonyms
from tests.storage.scenes import STUDY, begin, begin_interview, change, save

WITHDRAW = change(99, kind="withdraw")


def add(store: Store, *ids: str) -> None:
    store.participants.add(STUDY, ids)


def invite(store: Store, participant: str, code: str) -> str:
    """Return what begins a response as this participant."""
    made = store.invitations.renew(STUDY, participant, code, by="Léa", label="")
    assert made is not None
    return code


def look(store: Store, participant: str) -> tuple[str | None, str, bool]:
    found = store.participants.find(STUDY, participant)
    assert found is not None
    return (found.invitation, found.progress, found.withdrew)


def test_pseudonyms_are_drawn_from_more_numbers_than_there_are_people() -> None:
    drawn = draw_pseudonyms(set(), 40)
    assert len(set(drawn)) == 40
    assert drawn != sorted(drawn), "in order by chance once in 40! times"
    assert {len(name) for name in drawn} == {3}
    assert {len(name) for name in draw_pseudonyms({"P01"}, 60)} == {4}


def test_who_comes_later_may_stand_before_those_who_are_there() -> None:
    firsts = {draw_pseudonyms({"P50"}, 1)[0] < "P50" for _ in range(200)}
    assert firsts == {True, False}


def test_no_pseudonym_is_given_twice(store: Store) -> None:
    add(store, *(f"id{number}" for number in range(30)))
    add(store, *(f"id{number}" for number in range(70)))
    names = [each.pseudonym for each in store.participants.list(STUDY)]
    assert len(set(names)) == 70
    assert names == sorted(names)


def test_the_same_ids_again_stay_as_they_are(store: Store) -> None:
    add(store, "ada")
    before = store.participants.list(STUDY)
    add(store, "ada")
    assert store.participants.list(STUDY) == before


def test_a_participant_goes_from_invited_to_sent(store: Store) -> None:
    add(store, "ada")
    assert look(store, "ada") == (None, "none", False)
    invite(store, "ada", "one")
    assert look(store, "ada") == ("open", "none", False)
    response = begin(store, invitation="one")
    assert look(store, "ada") == ("used_up", "begun", False)
    store.responses.submit(response, change(1), answers=[], receipt_hash="r")
    assert look(store, "ada") == ("used_up", "sent", False)


def test_a_new_code_takes_the_place_of_the_one_before(store: Store) -> None:
    add(store, "ada")
    invite(store, "ada", "one")
    invite(store, "ada", "two")
    assert store.invitations.find("one") is None
    assert [each.number for each in store.invitations.list(STUDY)] == [1]
    begin(store, invitation="two")
    again = invite(store, "ada", "three")
    found = store.invitations.find(again)
    assert found is not None
    assert found.state == "used_up", "it is no second beginning"


def test_one_that_was_revoked_stays_so_and_another_is_made(store: Store) -> None:
    add(store, "ada")
    invite(store, "ada", "one")
    store.invitations.revoke(STUDY, 1)
    invite(store, "ada", "two")
    assert [each.state for each in store.invitations.list(STUDY)] == ["revoked", "open"]


def test_who_withdrew_is_known_as_that_alone(store: Store) -> None:
    add(store, "ada")
    response = begin(store, invitation=invite(store, "ada", "one"))
    save(store, response, "agree", change(1))
    store.responses.withdraw(response, WITHDRAW, scope="all")
    assert look(store, "ada") == ("used_up", "none", True)
    found = store.responses.find(response)
    assert found is not None
    assert found.participant is None
    assert store.responses.verify_chain(response) is None


def test_who_withdrew_is_not_invited_again(store: Store) -> None:
    add(store, "ada")
    response = begin(store, invitation=invite(store, "ada", "one"))
    store.responses.withdraw(response, WITHDRAW, scope="all")
    assert store.invitations.renew(STUDY, "ada", "two", by="Léa", label="") is None
    found = store.invitations.find("one")
    assert found is not None
    assert (found.state, found.revoked) == ("used_up", True)


def test_an_invitation_not_yet_used_ends_with_the_withdrawal(store: Store) -> None:
    add(store, "ada")
    response = begin(store, invitation=invite(store, "ada", "one"))
    store.invitations.revoke(STUDY, 1)
    invite(store, "ada", "two")
    store.responses.withdraw(response, WITHDRAW, scope="all")
    assert [each.revoked for each in store.invitations.list(STUDY)] == [True, True]


def test_a_withdrawn_test_says_nothing_of_anybody(store: Store) -> None:
    response = begin(store, is_test=True)
    store.responses.withdraw(response, WITHDRAW, scope="all")
    assert store.participants.list(STUDY) == []


def test_who_withdrew_does_not_go_on_to_the_next_questionnaire(store: Store) -> None:
    store.invitations.set_admission(STUDY, "invitation")
    add(store, "ada")
    response = begin(store, invitation=invite(store, "ada", "one"))
    assert begin(store, after=response)
    store.responses.withdraw(response, WITHDRAW, scope="all")
    with pytest.raises(NotInvited):
        begin(store, after=response)


def test_an_interview_of_which_all_was_withdrawn_is_nobodys(store: Store) -> None:
    interview = begin_interview(store)
    state = store.interviews.find(interview)
    assert state is not None
    (before,) = store.participants.list(STUDY)
    store.responses.withdraw(state.responses[0].response, WITHDRAW, scope="all")
    after = store.interviews.find(interview)
    assert after is not None
    assert (state.participant, after.participant[:10]) == ("P07", "withdrawn-")
    assert look(store, before.id) == (None, "none", True)


def test_a_participant_of_another_study_or_nobody_is_not_invited(store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    store.participants.add("other", ["ben"])
    for who in ("ben", "nobody"):
        assert store.invitations.renew(STUDY, who, "one", by="Léa", label="") is None
    assert store.invitations.list(STUDY) == []


def test_an_anonymous_study_invites_nobody_by_name(store: Store) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.participants.add("secret", ["ada"])
    with pytest.raises(NamesNobody):
        store.invitations.renew("secret", "ada", "one", by="Léa", label="")


def test_an_invitation_for_many_is_widened_and_never_narrowed(store: Store) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    most = [
        store.invitations.share("secret", "one", count, by="Léa", label="").most_uses
        for count in (3, 5, 2)
    ]
    assert most == [3, 5, 5]
    assert len(store.invitations.list("secret")) == 1


def test_forgetting_somebody_ends_their_invitations(store: Store) -> None:
    add(store, "ada", "ben")
    invite(store, "ada", "one")
    invite(store, "ben", "two")
    store.invitations.revoke_personal(["ada"])
    assert [each.state for each in store.invitations.list(STUDY)] == ["revoked", "open"]


def test_pseudonyms_that_were_typed_stay(store: Store) -> None:
    store.invitations.make(STUDY, [NewInvitation(code_hash="h", participant="P01")], by="Léa")
    add(store, "ada")
    names = {each.pseudonym for each in store.participants.list(STUDY)}
    assert len(names) == 2
    assert "P01" in names


def test_a_study_of_its_own_is_asked_for(store: Store) -> None:
    with pytest.raises(UnknownRecord, match="There is no study"):
        store.participants.add("nowhere", ["ada"])

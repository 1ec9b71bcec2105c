"""Who takes part: people and participants, each in a database of its own.

No transaction spans the two. Whatever touches both writes the responses first, and each step may
be repeated: a roster holds the random ids that its people will have, so that after a crash between
the two the same roster, or just looking at the list, finishes what was begun and doubles nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.definition.loader import load_definition
from survey_app.listing import Known, Listed
from survey_app.storage.moments import identifier, now
from survey_app.storage.people.records import Message, Person, Roster
from survey_app.storage.people.register import People
from survey_app.storage.records import ParticipantRecord, StudyRecord
from survey_app.storage.store import Store
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A person of the list: who, under which pseudonym, and what was written to them.

    ``participant`` is None for somebody whom the response database does not know.
    """

    person: Person
    participant: ParticipantRecord | None
    messages: tuple[Message, ...]

    @property
    def mailed(self) -> str:
        """When the last letter was sent, or nothing."""
        return max((each.changed for each in self.messages if each.state == "sent"), default="")


def make_roster(
    study: str, listed: Iterable[Listed], *, by: str, file: str = "", digest: str = ""
) -> Roster:
    """Return a roster of people who are to be added, each with a random id."""
    people = tuple(
        Person(
            id=identifier(),
            study=study,
            name=each.name,
            email=each.email,
            phone=each.phone,
            note=each.note,
            language=each.language,
        )
        for each in listed
    )
    return Roster(
        id=identifier(),
        study=study,
        file=file,
        digest=digest,
        made_by=by,
        made=now(),
        people=people,
    )


def enrol(store: Store, people: People, roster: Roster) -> None:
    """Add a roster's people, who have been kept with it before. May be repeated."""
    store.participants.add(roster.study, [each.id for each in roster.people])
    people.rosters.enrol(roster)


def add_roster(store: Store, people: People, roster: Roster) -> None:
    """Keep a roster that is right, and add its people; one of the same file before it is dropped.

    Who stands in that one was not added, or `finish_rosters` would have done with it.
    """
    if roster.digest and (same := people.rosters.find_same(roster.study, roster.digest)):
        people.rosters.drop(same.id)
    people.rosters.keep(roster)
    enrol(store, people, roster)


def finish_rosters(store: Store, people: People, study: str) -> list[Roster]:
    """Add the people of rosters whose participants are there already; return those rosters."""
    there = {each.id for each in store.participants.list(study)}
    begun = [
        roster
        for roster in people.rosters.list(study)
        if any(each.id in there for each in roster.people)
    ]
    for roster in begun:
        enrol(store, people, roster)
    return begun


def forget(store: Store, people: People, person_id: str) -> None:
    """Erase who a participant is: nobody begins by their invitation, no letter reaches them.

    Their pseudonym and their answers stay. May be repeated.
    """
    store.invitations.revoke_personal([person_id])
    if (who := people.find(person_id)) is not None:
        # A roster that is dropped as it names them must not be one that was half added.
        finish_rosters(store, people, who.study)
    people.forget(person_id)
    # Once more, as their letter may just have been written with a new link.
    store.invitations.revoke_personal([person_id])


def forget_everybody(store: Store, people: People, study: str) -> bool:
    """Erase who a study's participants are, as `forget` does each of them; no key is needed.

    Returns whether no file names anybody any more (see People.forget_study). May be repeated.
    """
    ids = people.list_ids(study)
    store.invitations.revoke_personal(ids)
    done = people.forget_study(study)
    store.invitations.revoke_personal(ids)
    return done


def list_entries(store: Store, people: People, study: StudyRecord) -> list[Entry]:
    """Return a study's people by name, after finishing what was begun."""
    finish_rosters(store, people, study.slug)
    participants = {each.id: each for each in store.participants.list(study.slug)}
    written: dict[str, list[Message]] = {}
    for message in people.mailings.list_messages(study.slug):
        written.setdefault(message.person, []).append(message)
    return [
        Entry(
            person=person,
            participant=participants.get(person.id),
            messages=tuple(written.get(person.id, ())),
        )
        for person in people.list(study.slug)
    ]


def find_languages(store: Store, study: str) -> list[str]:
    """Return the languages in which a study asks, its own first; English where it asks nothing."""
    found: list[str] = []
    for entry in store.studies.protocol(study):
        record = store.instruments.find(entry.instrument, entry.version)
        if record is not None and entry.open:
            found += load_definition(record.definition).languages
    return list(dict.fromkeys(found)) or ["en"]


def find_known(people: People, study: str, but: str = "") -> Known:
    """Return who is known in a study, `but` one by their id, to be told from who is new."""
    return Known.of((each.name, each.email) for each in people.list(study) if each.id != but)


def say_progress(participant: ParticipantRecord) -> str:
    """Return what came of a participant's invitation; of who withdrew only that."""
    if participant.withdrew:
        return _("withdrew")
    words = {"none": "", "begun": _("has begun"), "sent": _("has sent the answers")}
    told = [words[participant.progress], _("was interviewed") if participant.interviewed else ""]
    return ", ".join(each for each in told if each) or _("nothing yet")

"""Giving a name to a participant who was known by a pseudonym alone, as an interviewer typed it."""

from survey_app.storage.people.records import Person
from survey_app.storage.people.register import People
from survey_app.storage.records import ParticipantRecord, StudyRecord
from survey_app.storage.store import Store


def list_unnamed(store: Store, people: People, study: StudyRecord) -> list[ParticipantRecord]:
    """Return a study's participants without a name, by their pseudonyms.

    Who withdrew is not among them. In an anonymous study, and in one whose names were erased at its
    end, there are none: who is there without a name was forgotten, and stays so.
    """
    if study.anonymous or store.erasures.list(study.slug):
        return []
    # Among them who stands in a roster that was begun to be added.
    named = people.list_ids(study.slug)
    return [
        each
        for each in store.participants.list(study.slug)
        if each.id not in named and not each.withdrew
    ]


def give_name(store: Store, people: People, who: Person, *, by: str) -> bool:
    """Say who a participant is, ``who.id``; return False where somebody is named already.

    Nothing of the participant changes but that. That it was done, by whom and when, stands in the
    study's record, with the pseudonym and without the name. Raises UnknownRecord.
    """
    if people.find(who.id) is not None:
        return False
    # First the responses' database, so that no name is given of which there is no record.
    store.participants.note_named(who.study, who.id, by=by)
    return people.keep_new(who)

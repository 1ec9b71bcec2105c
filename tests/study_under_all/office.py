"""What coordinators and leads do: people, invitations, texts, versions, days, files, the end."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from survey_app.enrolment import add_roster, forget, list_entries, make_roster
from survey_app.listing import Listed
from survey_app.purging import purge_study
from survey_app.reports.progress import ignore
from survey_app.storage.records import Delivery, Erased
from survey_app.worker.exports import make_export
from survey_app.worker.requests import Request
from tests.study_under_all.instrument import NAME
from tests.study_under_all.life import Draw, pick
from tests.study_under_all.model import Person, Study
from tests.study_under_all.participants import ParticipantsAct
from tests.study_under_all.world import LEAD

STAGES = {"open": (None, 0), "grace": (-1, 30), "over": (-9, 0)}
"""Of each stage the last day, counted from today, and the days of grace."""
DELIVERIES: tuple[Delivery, ...] = ("self", "interviewer")
SCOPES: tuple[Erased, ...] = ("answers", "identities")
FEWEST = 3
"""So many responses a study has before it is erased, else little would be."""


class OfficeActs(ParticipantsAct):
    """Whoever runs a study; and somebody who stands at the door just then."""

    # People.

    def enrol_people(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        if not study.purged:
            self._enrol(study, draw(st.integers(1, 3)))

    def _enrol(self, study: Study, count: int) -> None:
        names = [self.model.make_name() for _ in range(count)]
        listed = [Listed(name=name, email=f"{name}@example.org") for name in names]
        with self.world.people() as people:
            roster = make_roster(study.slug, listed, by=LEAD, file="roster.csv")
            add_roster(self.store, people, roster)
        pseudonyms = {e.id: e.pseudonym for e in self.store.participants.list(study.slug)}
        for who in roster.people:
            study.people.append(Person(id=who.id, pseudonym=pseudonyms[who.id], name=who.name))

    def correct_a_name(self, draw: Draw) -> None:
        who = pick([each for each in self.pick_study(draw).people if each.name], draw)
        if who is None:
            return
        before, who.name = who.name, self.model.make_name()
        with self.world.people() as people:
            found = people.find(who.id)
            assert found is not None
            email = f"{who.name}@example.org"
            people.keep(replace(found, name=who.name, email=email))
        self.model.gone.add(before)

    def forget_somebody(self, draw: Draw) -> None:
        """Erase who they are; what they said stays."""
        study = self.pick_study(draw)
        if not study.purged:
            self._enrol(study, 1)
        who = pick([each for each in study.people if each.name], draw)
        if who is None:
            return
        if not (who.withdrew or study.purged):
            self.invite(study, who)
        own = [each for each in study.invited if each.person is who]
        guest = self.arrive(study, own[-1]) if own else None
        with self.world.people() as people:
            forget(self.store, people, who.id)
        self._note_forgotten(study, who)
        if guest is not None:
            self.agree(guest)
        self.done["forgotten"] += 1

    def _note_forgotten(self, study: Study, who: Person) -> None:
        self.model.gone.add(who.name)
        who.name = ""
        for invited in study.invited:
            if invited.person is who:
                invited.revoked = True

    # Invitations.

    def invite_somebody(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        who = pick([each for each in study.people if not each.withdrew], draw)
        if who is not None and not study.purged:
            self.invite(study, who)

    def invite_many(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        if not study.purged:
            self.invite(study, None)

    def revoke_an_invitation(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        invited = pick([each for each in study.invited if each.is_good], draw)
        if invited is not None:
            guest = self.arrive(study, invited)
            self.store.invitations.revoke(study.slug, invited.number)
            invited.revoked = True
            self.agree(guest)

    def say_who_may_begin(self, draw: Draw) -> None:
        study, asks = self.pick_study(draw), draw(st.booleans())
        self.store.invitations.set_admission(study.slug, "invitation" if asks else "open")
        study.asks_for_code = asks

    # Texts, versions and days.

    def renew_the_consent_text(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        number = len(study.consents) + 1
        study.consents.append(self.world.renew_consent(study.slug, number, study.consents[-1]))

    def publish_a_version(self, _draw: Draw) -> None:
        """Who began the one before goes on with it."""
        self.publish()

    def retire_a_version(self, draw: Draw) -> None:
        version = pick(self.model.versions, draw)
        if version is not None:
            guest = self.arrive(self.pick_study(draw))
            self.store.instruments.retire(NAME, version, reason="old", by=LEAD)
            self.model.retired.add(version)
            for study in self.model.studies:
                if study.version == version:
                    study.is_asked = False
            self.agree(guest)

    def ask_again(self, draw: Draw) -> None:
        """Open what is asked, where its version was retired and another took its place."""
        study = self.pick_study(draw)
        if study.is_asked or study.purged or study.version in self.model.retired:
            return
        for delivery in DELIVERIES:
            entry = (NAME, study.version, delivery)
            self.store.protocols.set_open(study.slug, entry, is_open=True, by=LEAD)
        study.is_asked = True

    def set_the_days(self, draw: Draw) -> None:
        study = self.pick_study(draw)
        if study.purged:
            return
        stage = draw(st.sampled_from(["open", "open", "open", "grace", "over"]))
        guest = self.arrive(study)
        days, grace = STAGES[stage]
        closes = None if days is None else (date.today() + timedelta(days)).isoformat()  # noqa: DTZ011
        self.store.conduct.date(
            study.slug,
            opens=None,
            closes=closes,
            grace_days=grace,
            freeze_on=None,
            retain_until=None,
            afterwards="answers",
            by=LEAD,
        )
        study.stage = stage
        self.agree(guest)

    # Files, servers, and the end.

    def take_an_export(self, draw: Draw) -> None:
        """It is recorded, and lies where nobody else looks."""
        study = self.pick_study(draw)
        if not study.given:
            return
        target = self.world.folder / f"export-{self.model.make_word()}.json"
        wanted = Request(who="ann", study=study.slug, instrument=NAME, format="json")
        make_export(self.store, wanted, target, ignore)
        target.unlink()
        study.exports += 1

    def restart_the_server(self, _draw: Draw) -> None:
        self.world.restart()

    def back_up_and_restore(self, _draw: Draw) -> None:
        self.world.back_up_and_restore()

    def erase_a_study(self, draw: Draw) -> None:
        """Erase names, or all that was said; then a new study is founded in its place."""
        study = self.pick_study(draw)
        if study.purged or len(study.given) < FEWEST:
            return
        scope = draw(st.sampled_from(SCOPES))
        self._enrol(study, 1)
        invited = pick([each for each in study.invited if each.is_good], draw)
        guests = [self.arrive(study, invited), self.arrive(study)]
        done = purge_study(
            self.store,
            self.world.settings,
            study.slug,
            scope=scope,
            by=LEAD,
            discard=lambda: self.world.discard(study.slug),
        )
        assert done.is_done
        study.certificates += 1
        self.done[f"{scope} erased"] += 1
        for who in study.people:
            if who.name:
                # Their invitations stay, unlike those of who is forgotten one by one.
                self.model.gone.add(who.name)
                who.name = ""
        if scope == "answers":
            self._note_purged(study)
            self.found_study()
        for guest in guests:
            self.agree(guest)

    def _note_purged(self, study: Study) -> None:
        for given in study.list_live():
            self.model.withdraw(study, given)
        for invited in study.invited:
            invited.revoked = True
        study.purged, study.stage = True, "over"

    def look_at_the_list(self, draw: Draw) -> None:
        """Everybody who is named is listed under their pseudonym, and nobody else."""
        study = self.pick_study(draw)
        found = self.store.studies.find(study.slug)
        assert found is not None
        with self.world.people() as people:
            listed = list_entries(self.store, people, found)
        told = {e.person.name: e.participant.pseudonym for e in listed if e.participant}
        assert told == {each.name: each.pseudonym for each in study.people if each.name}

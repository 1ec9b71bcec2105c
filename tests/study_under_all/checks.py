"""What must hold after every step, and what is looked at now and then because it takes longer."""

import json
from collections import Counter
from typing import Any

from hypothesis.stateful import invariant

from survey_app.purging import digest
from survey_app.reports.dataset import make_cells
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import ignore
from survey_app.storage.records import AnswerRow, Recruitment
from survey_app.worker.exports import find_writer
from survey_app.worker.requests import Request, open_material
from tests.study_under_all.instrument import CODES, NAME
from tests.study_under_all.life import Life
from tests.study_under_all.model import IN_PROGRESS, SENT, WITHDRAWN, Given, Session, Study
from tests.study_under_all.participants import TAIL
from tests.study_under_all.world import TOKEN
from tests.web.rights import Right, read_rights

SOMETIMES, SELDOM = 4, 40
"""After so many steps all files are read, and everything is looked at."""
MOST_SESSIONS = 3
ADDRESSES = (
    "/studies/<study>/recruitment",
    "/people/<study>",
    "/analysis/<study>/<instrument>",
    "/interviews/new",
    "/interviews/<interview_id>/state",
    "/home",
)
RIGHTS = [right for right in read_rights() if right.method == "GET" and right.rule in ADDRESSES]


class Holds(Life):
    """What is compared with the model."""

    gone = 0

    @invariant()
    def what_was_done_is_there_and_nothing_else(self) -> None:
        self.steps += 1
        if len(self.model.gone) != self.gone or self.steps % SOMETIMES == 0:
            self.gone = len(self.model.gone)
            self.check_files()
            self._check_counts(self.model.studies[-1 - self.steps // SOMETIMES % 2])
        if self.model.sessions and self.steps % 2:
            session = self.model.sessions[self.steps // 2 % len(self.model.sessions)]
            study = self.model.studies[-1 - self.steps // 4 % 2]
            self._check_right(session, study, RIGHTS[self.steps // 2 % len(RIGHTS)])
        if self.changed is not None:
            for session in self.model.sessions:
                if session.account is self.changed:
                    self._check_all_rights(session)
            self.changed = None
        if self.steps % SELDOM == 0:
            self.check_everything()
        self.is_well = True

    def check_files(self) -> None:
        """Look through the bytes of all files: nothing of whom has gone, and no name in clear.

        The names themselves are read from their register, which alone can open them.
        """
        for file, found in self.world.read_tokens().items():
            assert not found & self.model.gone, (file, found & self.model.gone)
            assert not found & self.model.names, f"names in {file}"
        named = self.world.read_names(each.slug for each in self.model.studies)
        assert named == self.model.names - self.model.gone

    def teardown(self) -> None:
        """Look at everything once more, unless something was wrong before."""
        try:
            if self.is_well:
                self.check_everything()
        finally:
            super().teardown()

    def check_everything(self) -> None:
        """Compare all that is stored and exported, and who is let in where."""
        self.check_files()
        assert self.world.find_breaks() == []
        for study in self.model.studies:
            for given in study.given:
                self._check_stored(study, given)
            self._check_export(study)
            self._check_certificates(study)
            self._check_counts(study)
            there = {each.pseudonym for each in self.store.participants.list(study.slug)}
            assert {each.pseudonym for each in study.people} <= there
        for session in self.model.sessions[-MOST_SESSIONS:]:
            self._check_all_rights(session)

    # What is stored.

    def _check_counts(self, study: Study) -> None:
        states = study.count_states()
        counted = self.store.recruiting.count(study.slug)
        told = {
            stage.delivery: Counter(
                {
                    IN_PROGRESS: stage.in_progress + stage.broken_off,
                    SENT: stage.submitted,
                    WITHDRAWN: stage.withdrawn,
                }
            )
            for stage in counted.stages
        }
        assert told == states, study.slug
        self._check_people(study, counted)
        assert self.store.responses.count_withdrawn(study.slug) == sum(
            each[WITHDRAWN] for each in states.values()
        )
        for invited, record in zip(
            study.invited, self.store.invitations.list(study.slug), strict=True
        ):
            assert (record.number, record.revoked) == (invited.number, invited.revoked)
        assert len(self.store.exports.list(study.slug)) == study.exports

    def _check_people(self, study: Study, counted: Recruitment) -> None:
        """Those under a code are counted exactly, each once, whatever they gave."""
        live: dict[str, set[str]] = {each.pseudonym: set() for each in study.people}
        for given in study.list_live():
            live.setdefault(given.person, set()).add(given.state)
        part = [each for each in study.people if live[each.pseudonym] or each.withdrew]
        assert counted.coded.took_part == len(part)
        assert counted.coded.finished == sum(SENT in live[each.pseudonym] for each in part)
        assert counted.coded.withdrawn == sum(not live[each.pseudonym] for each in part)
        invited = {each.person.id for each in study.invited if each.person}
        assert counted.invited_by_code == len(invited)

    def _check_stored(self, study: Study, given: Given) -> None:
        record = self.store.responses.find(given.id)
        assert record is not None
        assert (record.state, record.version, record.study) == (
            given.state,
            given.version,
            study.slug,
        )
        is_live = given.state != WITHDRAWN
        assert record.participant == ((given.person or None) if is_live else None)
        if is_live:
            consents = self.store.consents.of_response(given.id)
            if given.interview:
                consents = self.store.consents.of_interview(given.interview)
            assert consents[0].text.version == given.consent
        if given.delivery == "self":
            assert read_answers(record.answers) == make_answers(given)

    # What is exported.

    def _check_export(self, study: Study) -> None:
        """Everybody's words are in the table exactly, and no word or name of anybody else."""
        if not study.given:
            return
        wanted = Request(who="ann", study=study.slug, instrument=NAME, format="json")
        target = self.world.folder / "export.json"
        with open_material(self.store, wanted) as material:
            layout = lay_out(harmonise(material.source))
            rows = {row.id: row for row in harmonise(material.source).responses()}
            find_writer(wanted)(material.source, material.context, target, ignore)
            cells = {
                key: {c.name: cell for c, cell in zip(layout.columns, made, strict=True)}
                for key, row in rows.items()
                if row.state != WITHDRAWN
                for made in [make_cells(layout, row, "en")]
            }
        live = study.list_live()
        assert set(cells) == {each.id for each in live}
        assert material.withdrawn == len(study.given) - len(live)
        for given in live:
            assert rows[given.id].version == given.version
            self._check_cells(given, cells[given.id])
        content = target.read_bytes()
        json.loads(content)
        found = {each.decode() for each in TOKEN.findall(content)}
        codes = {each.pseudonym[1:] for each in study.people}
        assert found - codes == {word for each in live for word in each.words.values()}
        target.unlink()

    def _check_cells(self, given: Given, cells: dict[str, Any]) -> None:
        if given.delivery != "self":
            return
        for item in ("why", "more"):
            word = given.words.get(item)
            assert cells[item].value == (word + TAIL if word else None)
        if "why" in given.words:
            for code in CODES:
                expected = int(code in given.topics) if given.topics else None
                assert cells[f"topics__{code}"].value == expected, given.topics

    def _check_certificates(self, study: Study) -> None:
        erasures = self.store.erasures.list(study.slug)
        assert len(erasures) == study.certificates
        for erasure in erasures:
            assert erasure.certificate is not None
            assert erasure.certificate["sha256"] == digest(erasure.certificate)
        if study.purged:
            counts = self.store.erasures.count(study.slug)
            assert {counts[word] for word in ("answers", "notes", "payloads")} == {0}
            assert counts["heads"]["count"] == len(study.given), "a tombstone for each"

    # Who is let in.

    def _check_all_rights(self, session: Session) -> None:
        for study in self.model.studies[-2:]:
            for right in RIGHTS:
                self._check_right(session, study, right)

    def _check_right(self, session: Session, study: Study, right: Right) -> None:
        """Each reaches what the table of rights gives their role, and nothing once shut out."""
        path = right.rule.replace("<study>", study.slug).replace("<instrument>", NAME)
        place = "own"
        if "<interview_id>" in path:
            held = [each for each in study.given if each.interview]
            if not held:
                return
            given = held[self.steps % len(held)]
            path = path.replace("<interview_id>", given.interview)
            place = "mine" if given.holder == session.account.name else "own"
        if right.rule == "/interviews/new":
            path += f"?study={study.slug}"
        role = session.account.roles.get(study.slug)
        may = role is not None and right.lets_in(role, place)
        if right.rule == "/home":
            may = True
        answer = session.browser.get(path)
        if session.alive and may:
            assert answer.status_code == 200, (path, session.account)
        else:
            expected = {403, 404} if session.alive else {401}
            assert answer.status_code in expected, (path, answer.status_code, session)


def read_answers(answers: list[AnswerRow]) -> dict[str, object]:
    """Return what is stored by item; of one without an answer nothing."""
    return {each.item: each.value for each in answers if each.reason is None}


def make_answers(given: Given) -> dict[str, object]:
    """Return what ought to be stored of a response that somebody gave by themselves."""
    expected: dict[str, object] = {item: word + TAIL for item, word in given.words.items()}
    if given.topics:
        expected["topics"] = list(given.topics)
    return expected

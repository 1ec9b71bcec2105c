"""What the staff does: signs in and out, holds interviews, and is shut out."""

from typing import Any, get_args

from hypothesis import strategies as st

from survey_app.storage.records import Change, Role
from tests.study_under_all.instrument import NAME
from tests.study_under_all.life import Draw, Life, pick
from tests.study_under_all.model import (
    IN_PROGRESS,
    SENT,
    WITHDRAWN,
    Account,
    Given,
    Person,
    Session,
    Study,
)
from tests.study_under_all.participants import TAIL
from tests.study_under_all.world import LEAD

HOLDERS = ("interviewer", "study_lead")
KINDS = ("summary", "note", "reason", "mark")
"""What is written in an interview: as a whole, on a question, why not asked, an own probe."""
ROLES: tuple[Role, ...] = get_args(Role)


class StaffAct(Life):
    """Whoever works with the studies."""

    # Who is let in.

    def add_somebody(self, draw: Draw) -> None:
        """Somebody new, with a role in one study, who signs in."""
        study = self.pick_study(draw)
        account = Account(name=f"s{len(self.model.accounts)}")
        self.store.accounts.add(account.name, by=LEAD)
        self.model.accounts[account.name] = account
        self._appoint(account, study, draw(st.sampled_from(ROLES)))
        self.sign_in(account)

    def give_another_role(self, draw: Draw) -> None:
        account = pick(self._list_others(), draw)
        if account is not None:
            self._appoint(account, self.pick_study(draw), draw(st.sampled_from([None, *ROLES])))

    def _appoint(self, account: Account, study: Study, role: Role | None) -> None:
        self.store.teams.appoint(study.slug, account.name, role, by=LEAD)
        self.changed = account
        account.roles.pop(study.slug, None)
        if role is not None:
            account.roles[study.slug] = role

    def sign_in_by_a_link(self, draw: Draw) -> None:
        account = pick(list(self.model.accounts.values()), draw)
        assert account is not None
        self.sign_in(account)

    def sign_out(self, draw: Draw) -> None:
        session = pick([each for each in self.model.sessions if each.alive], draw)
        if session is None:
            return
        csrf = self.world.make_csrf(session.browser, "staff")
        cookie = session.browser.get_cookie("staff")
        assert session.browser.post("/sign-out", data={"csrf": csrf}).status_code == 303
        session.alive, self.changed = False, session.account
        assert cookie is not None
        # A copy of the cookie, as somebody else may have kept it.
        session.browser.set_cookie("staff", cookie.value)

    def set_a_password(self, draw: Draw) -> None:
        """It ends the person's sessions elsewhere; the new one signs in and no other does."""
        session = pick([each for each in self.model.sessions if each.alive], draw)
        if session is None:
            return
        account, password = session.account, f"{self.model.make_word()} is long enough"
        csrf = self.world.make_csrf(session.browser, "staff")
        typed = {"csrf": csrf, "password": password, "again": password, "current": account.password}
        answer = session.browser.post("/account/password", data=typed)
        assert answer.status_code == 303, answer.text
        for each in self.model.sessions:
            if each.account is account and each is not session:
                each.alive = False
        before, account.password = account.password, password
        for word, lets_in in ((before or "guess", False), (password, True)):
            browser = self.world.open_browser()
            form = {"name": account.name, "password": word}
            assert (browser.post("/sign-in", data=form).status_code == 303) == lets_in
        self.model.sessions.append(Session(account, browser))
        self.changed = account
        self.done["password set"] += 1

    def shut_somebody_out(self, draw: Draw) -> None:
        signed_in = [each.account for each in self.model.sessions if each.alive]
        account = pick([each for each in signed_in if each.name != LEAD], draw)
        if account is None:
            return
        self.store.accounts.disable(account.name, by=LEAD)
        account.disabled, self.changed = True, account
        self.done["shut out"] += 1
        for session in self.model.sessions:
            if session.account is account:
                session.alive = False

    def _list_others(self) -> list[Account]:
        """Return everybody but the lead, whom no study is left without."""
        return [each for name, each in self.model.accounts.items() if name != LEAD]

    # Interviews.

    def begin_an_interview(self, draw: Draw) -> None:
        """With somebody who is known, or under a code that is new."""
        study = self.pick_study(draw)
        session = self.find_session(study, *HOLDERS)
        if session is None:
            return
        known = pick(study.people, draw) if draw(st.booleans()) else None
        code = known.pseudonym if known else f"K{self.model.make_word()}"
        typed = {
            "csrf": self.world.make_csrf(session.browser, "staff"),
            "study": study.slug,
            "code": code,
            "runs": f"{NAME}@{study.version}",
            "agreed": "yes",
            "recording": "no",
            "language": "en",
            "minutes": "30",
            "page": self.model.make_word(),
        }
        answer = session.browser.post("/interviews/new", data=typed)
        offered = study.is_asked and not study.purged
        assert (answer.status_code == 303) == offered, (answer.status_code, answer.text)
        if offered:
            self.done["interview begun"] += 1
            self._note_interview(study, session, code, answer.location.rpartition("/")[2])

    def _note_interview(self, study: Study, session: Session, code: str, interview: str) -> None:
        state = self.store.interviews.find(interview)
        assert state is not None
        study.given.append(
            Given(
                id=state.responses[0].response,
                delivery="interviewer",
                version=study.version,
                consent=study.consents[-1],
                person=code,
                interview=interview,
                holder=session.account.name,
            )
        )
        if study.find_person(code) is None:
            there = self.store.participants.list(study.slug)
            made = next(each.id for each in there if each.pseudonym == code)
            study.people.append(Person(id=made, pseudonym=code))

    def write_in_an_interview(self, draw: Draw) -> None:
        study, given = self.pick_given(draw, lambda each: each.interview)
        if study is None or given is None:
            return
        session = self._find_holder(study, given)
        if session is not None:
            self._write(given, session, draw(st.sampled_from(KINDS)))

    def _write(self, given: Given, session: Session, what: str) -> None:
        word = self.model.make_word()
        given.ever.add(word)
        answer = self._post_changes(given, session, self._make_operation(given, what, word))
        late = given.finished and what not in {"note", "summary"}
        expected = 422 if late else 409 if given.state == WITHDRAWN else 200
        assert answer.status_code == expected, (answer.status_code, answer.text)
        self.done[f"{what} {answer.status_code}"] += 1
        if given.state == WITHDRAWN:
            self.model.gone.add(word)
        elif expected == 200:
            added = " after" if given.state == SENT and what == "note" else ""
            given.words[f"{what}{added}"] = word

    def _make_operation(self, given: Given, what: str, word: str) -> dict[str, Any]:
        here = {"response": given.id, "item": "more"}
        if what == "note":
            return {"op": "note", **here, "probe": None, "text": word + TAIL}
        if what == "summary":
            stream = {"kind": "summary", "stream": "salient"}
            return {"op": "note", "response": None, "item": None, **stream, "text": word + TAIL}
        plain = {"at": 0, "phase": "free", "flags": []}
        if what == "reason":
            why = {"state": "not_asked", "reason": word + TAIL}
            return {"op": "item", **here, **plain, **why}
        mark = {"item": "topics", "probe": "other:1", "state": "raised_unprompted"}
        return {"op": "mark", **here, **plain, **mark, "example": "none", "text": word + TAIL}

    def _post_changes(self, given: Given, session: Session, *operations: dict[str, Any]) -> Any:
        # Each post is a page of its own, on top of all that was saved.
        state = self.store.interviews.find(given.interview)
        assert state is not None
        key = {"client": self.model.make_word(), "sequence": 1, "base_revision": state.revision}
        csrf = self.world.make_csrf(session.browser, "staff")
        return session.browser.post(
            f"/interviews/{given.interview}/changes",
            json={**key, "operations": list(operations)},
            headers={"X-CSRF-Token": csrf},
        )

    def break_an_interview_off(self, draw: Draw) -> None:
        """To be gone on with; each time why is kept, also when it goes on."""
        study, given = self.pick_given(draw, lambda each: each.interview)
        session = self._find_holder(study, given) if study and given else None
        if given is None or session is None:
            return
        why, when = self.model.make_word(), self.model.make_word()
        form = {
            "csrf": self.world.make_csrf(session.browser, "staff"),
            "client": self.model.make_word(),
            "way": "later",
            "reason": why + TAIL,
            "call_back": when + TAIL,
        }
        answer = session.browser.post(f"/interviews/{given.interview}/break-off", data=form)
        assert answer.status_code == 303, answer.text
        if given.state == IN_PROGRESS:
            given.ever |= {why, when}
            given.words |= {f"why {why}": why, f"when {when}": when}
            self.done["broken off"] += 1
        else:
            # It leads to the summary and stores nothing.
            self.model.gone |= {why, when}

    def finish_an_interview(self, draw: Draw) -> None:
        study, given = self.pick_given(
            draw, lambda each: each.interview and each.state == IN_PROGRESS
        )
        session = self._find_holder(study, given) if study and given else None
        if given is None or session is None:
            return
        form = {
            "csrf": self.world.make_csrf(session.browser, "staff"),
            "client": self.model.make_word(),
        }
        answer = session.browser.post(f"/interviews/{given.interview}/finish", data=form)
        assert answer.status_code == 303, answer.text
        given.state, given.finished = SENT, True
        self.done["interview finished"] += 1

    def take_an_interview_back(self, draw: Draw) -> None:
        """What somebody said is withdrawn, as no page does it yet for an interview."""
        study, given = self.pick_given(draw, lambda each: each.interview)
        if study is None or given is None:
            return
        session = self._find_holder(study, given)
        if session is not None:
            self._write(given, session, draw(st.sampled_from(KINDS)))
        change = Change(
            client=self.model.make_word(),
            sequence=1,
            base_revision=0,
            kind="withdraw",
            actor=LEAD,
            source="console",
            language="en",
        )
        self.store.responses.withdraw(given.id, change, scope="response")
        self.done["interview withdrawn"] += given.state != WITHDRAWN
        self.model.withdraw(study, given)

    def _find_holder(self, study: Study, given: Given) -> Session | None:
        """Return a browser in which somebody may write in the interview."""
        lead = self.find_session(study, "study_lead")
        own = [
            each
            for each in self.model.sessions
            if each.alive
            and each.account.name == given.holder
            and each.account.roles.get(study.slug) == "interviewer"
        ]
        return own[0] if own else lead

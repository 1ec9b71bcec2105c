"""What participants do, in browsers without scripts."""

from dataclasses import dataclass

from flask.testing import FlaskClient
from hypothesis import strategies as st

from survey_app.invitation_codes import show_code
from tests.reliability.participants import Participant
from tests.study_under_all.instrument import CODES, SECTIONS, SEEN, TEXTS
from tests.study_under_all.life import Draw, Life, pick
from tests.study_under_all.model import IN_PROGRESS, SENT, WITHDRAWN, Given, Invited, Named, Study

read_hidden = Participant.hidden
RECENT = 3
"""Of so many invitations one is used; older ones are forgotten in drawers."""
TAIL = " é\N{GRINNING FACE} =1+1 <b>"
"""Follows every word, so that what is stored and exported is compared exactly."""


@dataclass(eq=False, repr=False)
class AtTheDoor(Named):
    """Somebody who reads the first page, and the form on it; `invited` if they came by a link."""

    study: Study
    browser: FlaskClient
    form: dict[str, str]
    invited: Invited | None
    by_link: bool


class ParticipantsAct(Life):
    """Whoever takes part by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.at_the_door: list[AtTheDoor] = []

    # Before they begin.

    def open_the_door(self, draw: Draw) -> None:
        at_once = draw(st.sampled_from([True, True, False]))
        self._come(self.pick_study(draw), None, by_link=False, at_once=at_once)

    def come_with_an_invitation(self, draw: Draw) -> None:
        """With one that was made at some time, or that is made now."""
        study = self.pick_study(draw)
        if not study.purged and draw(st.booleans()):
            self.invite(study, pick([e for e in study.people if not e.withdrew], draw))
        invited = pick(study.invited[-RECENT:], draw)
        if invited is None:
            return
        by_link = draw(st.sampled_from([True, True, False]))
        # Two windows with the same link: of a personal one the second button lets nobody in.
        guests = [self.arrive(study, invited, by_link=by_link) for _ in range(2)]
        self.agree(guests[0])
        if draw(st.booleans()):
            self.agree(guests[1])
        else:
            self.at_the_door.append(guests[1])

    def press_the_button_that_was_left(self, draw: Draw) -> None:
        who = pick(self.at_the_door, draw)
        if who is not None:
            self.at_the_door.remove(who)
            self.agree(who)

    def _come(self, study: Study, invited: Invited | None, *, by_link: bool, at_once: bool) -> None:
        someone = self.arrive(study, invited, by_link=by_link)
        if at_once or not someone.form:
            self.agree(someone)
        else:
            self.at_the_door.append(someone)

    def arrive(
        self, study: Study, invited: Invited | None = None, *, by_link: bool = True
    ) -> AtTheDoor:
        """Somebody new opens the first page and reads it."""
        browser = self.world.open_browser()
        path = f"/i/{invited.code}" if invited and by_link else f"/s/{study.slug}"
        form = read_hidden(browser.get(path).get_data(as_text=True))
        return AtTheDoor(study, browser, form, invited, by_link)

    def agree(self, who: AtTheDoor) -> None:
        """They press the button, and are let in if that is right by now."""
        study, invited = who.study, who.invited
        path = f"/i/{invited.code}" if invited and who.by_link else f"/s/{study.slug}"
        typed = {"agree": "yes", "code": show_code(invited.code) if invited else ""}
        before = self.count_responses(study)
        answer = who.browser.post(path, data={**who.form, **typed})
        uses = invited if invited and (who.by_link or study.asks_for_code) else None
        let_in = uses.is_good if uses else not study.asks_for_code
        begun = study.may_begin and let_in and bool(who.form)
        assert (answer.status_code == 303) == begun, (answer.status_code, study, invited)
        assert self.count_responses(study) == before + begun
        if uses and not uses.is_good:
            self.done["invitation refused"] += 1
        if not study.may_begin:
            self.done["closed door"] += 1
        if begun:
            self._note_beginning(study, who.browser, uses)

    def _note_beginning(self, study: Study, browser: FlaskClient, invited: Invited | None) -> None:
        cookie = browser.get_cookie("survey")
        assert cookie is not None
        link = cookie.value.partition(".")[2]
        given = Given(
            id=self.find_by_link(link),
            delivery="self",
            version=study.version,
            consent=study.consents[-1],
            browser=browser,
            link=link,
        )
        if invited is not None:
            invited.left -= 1
            given.person = invited.person.pseudonym if invited.person else ""
        study.given.append(given)
        self.done["begun by invitation" if invited else "begun"] += 1

    # While they answer.

    def save_a_section(self, draw: Draw) -> None:
        """Save what is typed, now and then in a page that was opened before all others."""
        study, given = self.pick_given(draw, lambda each: each.browser)
        if study is not None and given is not None:
            self._save(draw, study, given, draw(st.sampled_from(list(SECTIONS))))

    def _save(self, draw: Draw, study: Study, given: Given, section: str) -> None:
        assert given.browser is not None
        page = given.browser.get(f"/s/{study.slug}/section/{section}")
        goes_on = given.state == IN_PROGRESS and study.stage != "over"
        asked = goes_on and given.consent == study.consents[-1]
        assert (page.status_code == 200 and bool(SEEN.findall(page.text))) == asked
        form = {"csrf": self.world.make_csrf(given.browser, "survey"), "revision": "0"}
        if asked:
            assert set(SEEN.findall(page.text)) == {given.version}, "asked in its own words"
            assert given.words.get(TEXTS[section], "") in page.text
            form = read_hidden(page.text)
        if not asked:
            form |= {"client": self.model.make_word(), "revision": "0"}
        form["action"] = draw(st.sampled_from(["continue", "continue", "back", "later"]))
        codes = draw(st.sets(st.sampled_from(CODES)))
        self._post_section(study, given, section, form, codes)
        if draw(st.integers(0, 2)) == 1:
            # Another window of the same page, opened before all of that.
            old = form | {"client": self.model.make_word(), "revision": "0"}
            self._post_section(study, given, section, old, codes)

    def _post_section(
        self, study: Study, given: Given, section: str, form: dict[str, str], codes: set[str]
    ) -> None:
        assert given.browser is not None
        word, item = self.model.make_word(), TEXTS[section]
        typed: dict[str, object] = {f"item_{item}": word + TAIL}
        if section == "first":
            typed["item_topics"] = sorted(codes)
        given.ever.add(word)
        goes_on = given.state == IN_PROGRESS and study.stage != "over"
        changed_since = item in given.words and form["revision"] == "0"
        answer = given.browser.post(f"/s/{study.slug}/section/{section}", data={**form, **typed})
        expected = 303 if goes_on and not changed_since else 409
        assert answer.status_code == expected, (answer.status_code, given, study.stage)
        if given.state == WITHDRAWN:
            self.model.gone.add(word)
        if expected == 409:
            self.done["section kept out"] += 1
        if expected == 303:
            given.words[item] = word
            self.done["section saved"] += 1
            if section == "first":
                given.topics = tuple(code for code in CODES if code in codes)

    def send(self, draw: Draw) -> None:
        study, given = self.pick_given(draw, lambda each: each.browser)
        if study is not None and given is not None:
            self._send(study, given)

    def answer_all_and_send(self, draw: Draw) -> None:
        """Somebody who does everything at once, as most do."""
        study = self.pick_study(draw)
        before = len(study.given)
        self._come(study, None, by_link=False, at_once=True)
        if len(study.given) > before:
            for section in SECTIONS:
                self._save(draw, study, study.given[-1], section)
            self._send(study, study.given[-1])

    def _send(self, study: Study, given: Given) -> None:
        assert given.browser is not None
        page = given.browser.get(f"/s/{study.slug}/check")
        form = read_hidden(page.text) or {
            "csrf": self.world.make_csrf(given.browser, "survey"),
            "client": "late",
        }
        answer = given.browser.post(f"/s/{study.slug}/check", data=form)
        can = given.state == IN_PROGRESS and study.stage != "over"
        if can and given.consent == study.consents[-1]:
            assert answer.status_code == 303
            assert answer.location.endswith("/thanks")
            given.state = SENT
            self.done["sent"] += 1
            for word in given.words.values():
                assert word in page.text

    def agree_to_the_newer_text(self, draw: Draw) -> None:
        study, given = self.pick_given(
            draw, lambda each: each.browser and each.state == IN_PROGRESS
        )
        if study is None or given is None or study.stage == "over":
            return
        assert given.browser is not None
        if given.consent == study.consents[-1]:
            return
        page = given.browser.get(f"/s/{study.slug}/consent")
        assert f"({len(study.consents)})" in page.text, "the newest text is shown"
        form = {**read_hidden(page.text), "agree": "yes"}
        assert given.browser.post(f"/s/{study.slug}/consent", data=form).status_code == 303
        given.consent = study.consents[-1]
        self.done["agreed again"] += 1

    # Afterwards, and elsewhere.

    def go_on_in_another_browser(self, draw: Draw) -> None:
        _study, given = self.pick_given(draw, lambda each: each.link)
        if given is not None:
            browser = self.world.open_browser()
            assert browser.post(f"/r/{given.link}").status_code == 303
            given.browser = browser
            self.done["another browser"] += 1

    def withdraw(self, draw: Draw) -> None:
        """Take back what was given, by the foot of a page or by the private link."""
        study, given = self.pick_given(draw, lambda each: each.link)
        if study is None or given is None:
            return
        assert given.browser is not None
        sure = {"action": "withdraw", "sure": "yes", "client": self.model.make_word()}
        if draw(st.booleans()):
            browser = self.world.open_browser()
            answer = browser.post(f"/r/{given.link}", data=sure)
            assert answer.status_code == 200
        else:
            sure["csrf"] = self.world.make_csrf(given.browser, "survey")
            answer = given.browser.post(f"/s/{study.slug}/withdraw", data=sure)
            assert answer.status_code == 303
        self.done[f"{given.state} withdrawn"] += 1
        self.model.withdraw(study, given)

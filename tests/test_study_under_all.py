"""Whatever everybody does in a study, in whatever order: nothing is lost, and gone is gone.

A machine lets participants, interviewers, coordinators, leads and the server itself act on two
studies through the pages and functions that people use, and keeps a plain model of what ought to be
there. After each step: nothing of whom has withdrawn is in any byte of any file, no name stands
beside an answer, the counts reconcile; now and then, and in the end: every acknowledged word is
stored and exported exactly, in the version that asked it, the chains hold, and everybody reaches
what their role gives them and nothing else. By hand, for as long as one likes::

    SURVEY_APP_TEST_LIVES=500 pytest -n0 tests/test_study_under_all.py
"""

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from survey_app.web import catalogue
from tests.study_under_all.checks import Holds
from tests.study_under_all.office import OfficeActs
from tests.study_under_all.staff import StaffAct
from tests.study_under_all.world import make_template

LIVES = int(os.environ.get("SURVEY_APP_TEST_LIVES", "0"))
"""How many studies' lives are lived by chance; with none, a few that are always the same."""
FEW = 4
STEPS = 36


ACTS = {
    "open_the_door": 5,
    "answer_all_and_send": 6,
    "come_with_an_invitation": 7,
    "press_the_button_that_was_left": 3,
    "save_a_section": 14,
    "send": 5,
    "agree_to_the_newer_text": 3,
    "go_on_in_another_browser": 2,
    "withdraw": 5,
    "add_somebody": 2,
    "give_another_role": 2,
    "sign_in_by_a_link": 2,
    "sign_out": 2,
    "set_a_password": 1,
    "shut_somebody_out": 2,
    "begin_an_interview": 4,
    "write_in_an_interview": 8,
    "break_an_interview_off": 2,
    "finish_an_interview": 2,
    "take_an_interview_back": 1,
    "enrol_people": 2,
    "correct_a_name": 2,
    "forget_somebody": 2,
    "invite_somebody": 3,
    "invite_many": 1,
    "revoke_an_invitation": 3,
    "say_who_may_begin": 2,
    "renew_the_consent_text": 2,
    "publish_a_version": 2,
    "retire_a_version": 1,
    "ask_again": 2,
    "set_the_days": 3,
    "take_an_export": 2,
    "restart_the_server": 1,
    "back_up_and_restore": 1,
    "erase_a_study": 2,
    "look_at_the_list": 1,
}
"""What is done, and how often beside the others: as in a study's life, most is answering."""
MUST = ("begun", "section saved", "sent", "interview begun")
"""What comes in whatever lives, or next to nothing would have been tried."""
CHOSEN = [name for name, weight in ACTS.items() for _ in range(weight)]


class StudyUnderAll(StaffAct, OfficeActs, Holds):
    """Everybody at once. One rule, so that each act comes as often as its weight says."""

    @rule(number=st.integers(0, 2**32), data=st.data())
    def act(self, number: int, data: st.DataObject) -> None:
        # Scattered, since small numbers come far more often than others.
        name = random.Random(f"{number} {self.steps}").choice(CHOSEN)
        note(name)
        self.done[f"tried: {name}"] += 1
        self.is_well = False
        getattr(self, name)(data.draw)


def test_whatever_everybody_does_nothing_is_lost_and_gone_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A change shows at once, so that the model need not know what a page remembers for 2 s.
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", -1.0)
    template = tmp_path / "template"
    make_template(template)
    monkeypatch.setattr(StudyUnderAll, "template", template, raising=False)
    monkeypatch.setattr(StudyUnderAll, "base", tmp_path, raising=False)
    run_state_machine_as_test(
        StudyUnderAll,
        settings=settings(
            max_examples=LIVES or FEW,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LIVES,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = StudyUnderAll.done
    print(", ".join(f"{count} {what}" for what, count in sorted(done.items())))
    assert all(done[what] for what in MUST), "some of the acts were never done"

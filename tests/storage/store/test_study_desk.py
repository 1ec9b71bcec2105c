"""How a study is run: its team always has a lead, its protocol keeps an order, its days hold."""

from datetime import UTC, datetime

import pytest
import time_machine

from survey_app.storage.errors import (
    LastLead,
    NameTaken,
    NotOpen,
    StorageError,
    StudyBegun,
    UnknownRecord,
)
from survey_app.storage.records import Delivery, StudyRecord
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview

ENTRY: tuple[str, str, Delivery] = ("teaching", "1.0.0", "self")
OTHER: tuple[str, str, Delivery] = ("teaching", "1.0.0", "interviewer")
NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.fixture
def led(store: Store) -> Store:
    """The study with Léa to lead it."""
    store.accounts.add("Léa")
    store.teams.appoint(STUDY, "Léa", "study_lead", by="the administrator")
    return store


def kinds(store: Store) -> list[tuple[str, str]]:
    return [(change.kind, change.who) for change in store.conduct.changes(STUDY)]


def entries(store: Store) -> list[tuple[str, bool]]:
    return [(each.delivery, each.open) for each in store.studies.protocol(STUDY)]


def test_who_makes_a_study_appoints_its_lead_in_the_same_breath(store: Store) -> None:
    store.accounts.add("Léa")
    with pytest.raises(UnknownRecord, match="no account “Zoë”"):
        store.conduct.make("second", "Second", lead="Zoë", by="ada")
    assert store.studies.find("second") is None, "nothing of it is left"
    store.conduct.make("second", "Second", lead="Léa", by="ada")
    assert [(each.name, each.role) for each in store.teams.list("second")] == [
        ("Léa", "study_lead")
    ]
    with pytest.raises(NameTaken):
        store.conduct.make("second", "Again", lead="Léa", by="ada")


def test_the_last_study_lead_stays(led: Store) -> None:
    led.accounts.add("Mo")
    with pytest.raises(LastLead, match="Léa is the only study lead"):
        led.teams.appoint(STUDY, "Léa", None, by="Léa")
    led.teams.appoint(STUDY, "Mo", "study_lead", by="Léa")
    led.accounts.disable("Mo")
    with pytest.raises(LastLead):
        led.teams.appoint(STUDY, "Léa", "analyst", by="Léa")
    led.accounts.add("Ann")
    led.teams.appoint(STUDY, "Ann", "study_lead", by="Léa")
    led.teams.appoint(STUDY, "Léa", "analyst", by="Léa")
    assert [(each.name, each.role) for each in led.teams.list(STUDY)] == [
        ("Ann", "study_lead"),
        ("Léa", "analyst"),
        ("Mo", "study_lead"),
    ]


def test_every_change_says_who_made_it_and_a_change_of_nothing_is_none(led: Store) -> None:
    led.protocols.set_open(STUDY, ENTRY, is_open=False, by="Léa")
    led.conduct.describe(STUDY, title="Teaching", contact="Léa", by="Léa")
    led.conduct.describe(STUDY, title="Teaching", contact="Léa", by="Mo")
    led.teams.appoint(STUDY, "Léa", "study_lead", by="Mo")
    assert kinds(led) == [
        ("details", "Léa"),
        ("closed", "Léa"),
        ("role", "the administrator"),
    ]
    assert led.conduct.changes(STUDY)[0].detail == {
        "before": {"contact": ""},
        "after": {"contact": "Léa"},
    }


def test_a_protocol_is_added_to_moved_closed_and_taken_out(led: Store) -> None:
    assert led.protocols.add(STUDY, OTHER, by="Léa")
    assert not led.protocols.add(STUDY, OTHER, by="Léa"), "it is there already"
    assert entries(led) == [("self", True), ("interviewer", True)]
    led.protocols.move(STUDY, OTHER, up=True, by="Léa")
    led.protocols.move(STUDY, OTHER, up=True, by="Léa")
    assert entries(led) == [("interviewer", True), ("self", True)]
    led.protocols.set_open(STUDY, OTHER, is_open=False, by="Léa")
    assert entries(led) == [("interviewer", False), ("self", True)]
    response = begin(led)
    led.protocols.remove(STUDY, ENTRY, by="Léa")
    assert entries(led) == [("interviewer", False)]
    assert led.responses.find(response) is not None
    with pytest.raises(UnknownRecord, match="not in the study's protocol"):
        led.protocols.remove(STUDY, ENTRY, by="Léa")
    with pytest.raises(UnknownRecord):
        led.protocols.add(STUDY, ("teaching", "2.0.0", "self"), by="Léa")


def test_a_retired_version_is_not_opened_again(led: Store) -> None:
    led.instruments.retire("teaching", "1.0.0", reason="", by="Léa")
    with pytest.raises(UnknownRecord):
        led.protocols.set_open(STUDY, ENTRY, is_open=True, by="Léa")
    led.protocols.set_open(STUDY, ENTRY, is_open=False, by="Léa")
    assert entries(led) == [("self", False)]


def test_whether_it_is_anonymous_changes_until_somebody_begins(led: Store) -> None:
    led.conduct.set_anonymous(STUDY, anonymous=True, by="Léa")
    found = led.studies.find(STUDY)
    assert found is not None
    assert found.anonymous
    begin(led)
    led.conduct.set_anonymous(STUDY, anonymous=True, by="Léa")
    with pytest.raises(StudyBegun):
        led.conduct.set_anonymous(STUDY, anonymous=False, by="Léa")


def test_named_participants_settle_it_too(led: Store) -> None:
    begin_interview(led)
    with pytest.raises(StudyBegun):
        led.conduct.set_anonymous(STUDY, anonymous=True, by="Léa")


def dated(store: Store, **days: str | int | None) -> None:
    """Give the study these days and no other."""
    given = {
        "opens": None,
        "closes": None,
        "grace_days": 0,
        "freeze_on": None,
        "retain_until": None,
    }
    store.conduct.date(STUDY, by="Léa", afterwards="answers", **{**given, **days})  # type: ignore[arg-type]  # of the table above


@pytest.mark.parametrize(
    ("days", "is_let_in"),
    [
        ({"opens": "2026-05-11"}, False),
        ({"opens": "2026-05-10"}, True),
        ({"closes": "2026-05-10"}, True),
        ({"closes": "2026-05-09"}, False),
        ({"closes": "2026-05-09", "grace_days": 5}, False),
        ({"opens": "2026-05-01", "closes": "2026-05-31"}, True),
    ],
)
def test_outside_its_days_nobody_begins_in_the_browser(
    led: Store, days: dict[str, str | int | None], is_let_in: bool
) -> None:
    dated(led, **days)
    with time_machine.travel(NOON, tick=True):
        begin(led, is_test=True)
        begin_interview(led)
        if is_let_in:
            begin(led)
        else:
            with pytest.raises(NotOpen):
                begin(led)


def make_study(**days: str | int | None) -> StudyRecord:
    return StudyRecord(
        id="s",
        slug="s",
        title="",
        anonymous=False,
        contact="",
        created="",
        **days,  # type: ignore[arg-type]  # of the tables below
    )


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2026-02-28", "before"),
        ("2026-03-01", "open"),
        ("2026-03-31", "open"),
        ("2026-04-01", "grace"),
        ("2026-04-14", "grace"),
        ("2026-04-15", "over"),
    ],
)
def test_a_study_goes_through_its_stages(day: str, stage: str) -> None:
    study = make_study(opens="2026-03-01", closes="2026-03-31", grace_days=14)
    assert study.stage(day) == stage
    assert make_study().stage(day) == "open", "without days it is always open"


@pytest.mark.parametrize(
    ("day", "left", "is_reminded"),
    [
        ("2026-03-01", 31, False),
        ("2026-03-02", 30, True),
        ("2026-04-01", 0, True),
        ("2026-04-03", -2, True),
    ],
)
def test_the_end_of_keeping_is_told_of_30_days_before(
    day: str, left: int, is_reminded: bool
) -> None:
    study = make_study(retain_until="2026-04-01")
    assert (study.days_kept(day), study.is_reminded(day)) == (left, is_reminded)
    assert (make_study().days_kept(day), make_study().is_reminded(day)) == (None, False)


def test_a_study_that_shows_smaller_counts_says_why_and_that_is_noted(store: Store) -> None:
    hide = store.conduct.hide_counts
    assert store.conduct.hidden_counts(STUDY) is None
    with pytest.raises(StorageError, match="needs a reason"):
        hide(STUDY, 3, default=5, reason="  ", by="Léa")
    assert store.conduct.changes(STUDY) == []
    hide(STUDY, 3, default=5, reason=" All agreed. ", by="Léa")
    said = store.conduct.hidden_counts(STUDY)
    assert said is not None
    assert (said.least, said.who, said.reason) == (3, "Léa", "All agreed.")
    hide(STUDY, 3, default=5, reason="Again.", by="Mo")
    assert kinds(store) == [("hidden_counts", "Léa")]
    hide(STUDY, 8, default=5, reason="", by="Mo")
    hide(STUDY, None, default=5, reason="", by="Mo")
    assert store.conduct.hidden_counts(STUDY) is None
    assert [change.detail["after"] for change in store.conduct.changes(STUDY)] == [None, 8, 3]

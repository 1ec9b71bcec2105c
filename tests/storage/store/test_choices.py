"""What was chosen stands beside a response that was sent, and goes with it."""

from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import select, text

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.records import AnswerRow, Conditions, Json, Selection
from survey_app.storage.schema import response
from survey_app.storage.store import Store
from survey_app.storage.store.choices import spell_choices
from tests.storage.scenes import STUDY, begin, change, save

LONGEST = "a" * 32

VALUES: list[tuple[Json, bool]] = [
    ("yes", True),
    ("0", True),
    ("half_day_2", True),
    (LONGEST, True),
    (LONGEST + "a", False),
    ("Yes", False),
    ("_yes", False),
    ("two words", False),
    ("yes|no=yes", False),
    ('say "yes"', False),
    ("été", False),
    ("", False),
    (["yes"], False),
    (1, False),
    (True, False),
]


@pytest.mark.parametrize(("value", "is_choice"), VALUES)
def test_a_choice_is_a_code_and_nothing_else(value: Json, *, is_choice: bool) -> None:
    said = spell_choices([AnswerRow(item="site", value=value)])
    assert said == (f"|site={value}|" if is_choice else "|")


def test_rows_of_a_grid_and_blanks_are_no_choices() -> None:
    rows = [
        AnswerRow(item="team", row="pay", value="agree"),
        AnswerRow(item="site", reason="refused"),
        AnswerRow(item="first", value="a"),
        AnswerRow(item="second", value="b"),
    ]
    assert spell_choices(rows) == "|first=a|second=b|"


def send(store: Store, answers: list[AnswerRow], *, sent: bool = True) -> str:
    begun = begin(store)
    save(store, begun, "unsure", change(1))
    if sent:
        made_by = change(9, base=1, kind="submit")
        outcome = store.responses.submit(begun, made_by, answers=answers, receipt_hash=begun)
        assert outcome.status == "saved"
    return begun


def choices_of(store: Store) -> dict[str, str | None]:
    query = select(response.c.id, response.c.choices)
    with store._engine.begin() as connection:
        return {each.id: each.choices for each in connection.execute(query)}


def test_responses_sent_before_are_told_as_those_sent_since(store: Store, url: str) -> None:
    for number, (value, _) in enumerate(VALUES):
        send(store, [AnswerRow(item="site", value=value), AnswerRow(item=f"n{number}", value="x")])
    send(store, [AnswerRow(item="site", reason="refused")])
    send(store, [], sent=False)
    wanted = choices_of(store)
    assert None in wanted.values(), "of the one that was not sent"
    fill_anew(url)
    assert {key: sort(each) for key, each in choices_of(store).items()} == {
        key: sort(each) for key, each in wanted.items()
    }


def fill_anew(url: str) -> None:
    """Do what the migration did to a database that had no choices yet."""
    migration = import_module("survey_app.storage.migrations.versions.0010_choices")
    engine = open_engine(url)
    fill = migration.SQLITE if engine.dialect.name == "sqlite" else migration.POSTGRESQL
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE response SET choices = NULL"))
        connection.exec_driver_sql(fill)
    engine.dispose()


def sort(choices: str | None) -> list[str] | None:
    return None if choices is None else sorted(choices.split("|"))


def test_a_withdrawn_response_keeps_no_choice(store: Store, path: Path) -> None:
    sent = send(store, [AnswerRow(item="site", value="canary_of_ward_9")])
    assert choices_of(store) == {sent: "|site=canary_of_ward_9|"}
    store.responses.withdraw(sent, change(10, kind="withdraw"), scope="all")
    assert choices_of(store) == {sent: None}
    store.close()
    assert b"canary_of_ward_9" not in path.read_bytes()


@pytest.mark.parametrize(
    ("items", "codes", "found"),
    [
        (("site",), ("north",), ["north, sent", "north, open"]),
        (("site",), ("north", "north_west"), ["north, sent", "north west, sent", "north, open"]),
        (("site", "ward"), ("south",), ["south by another key, sent"]),
        (("site",), ("nort",), []),
        (("ite",), ("north",), []),
    ],
)
def test_those_who_chose_are_found_sent_or_not(
    store: Store, items: tuple[str, ...], codes: tuple[str, ...], found: list[str]
) -> None:
    begun = {}
    for name, item, code in (
        ("north, sent", "site", "north"),
        ("north west, sent", "site", "north_west"),
        ("south by another key, sent", "ward", "south"),
    ):
        begun[send(store, [AnswerRow(item=item, value=code)])] = name
    still_open = begin(store)
    save(store, still_open, "north", change(1), item="site")
    begun[still_open] = "north, open"
    selection = Selection(
        study=STUDY,
        instrument="teaching",
        versions=("1.0.0",),
        conditions=Conditions(groups=((items, codes),)),
    )
    listed = store.desk.list(selection, limit=9, skip=0)
    assert sorted(begun[each.id] for each in listed) == sorted(found)
    assert sum(each.count for each in store.desk.kinds(selection)) == len(found)

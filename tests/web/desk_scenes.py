"""A study in which much has come in: two versions, both deliveries, every state, many days."""

from contextlib import closing
from sqlite3 import connect

import pytest

from survey_app import first_start
from survey_app.cli.invented_responses import (
    Invention,
    add_interview,
    add_response,
    find_interviewer,
)
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.storage.scenes import change

VERSIONS = ("1.0.0", "1.0.1")
RESPONSES = 16
INTERVIEWS = 5
UNFINISHED = 0.4
_EVERY = "SELECT id, row_number() OVER (ORDER BY version, delivery, state, id) AS n FROM response"
_SPREAD = f"""
    UPDATE response SET
        is_test = (SELECT n % 4 = 0 FROM ({_EVERY}) AS every WHERE every.id = response.id),
        language = (
            SELECT CASE n % 5 WHEN 0 THEN 'fr' ELSE 'en' END FROM ({_EVERY}) AS every
            WHERE every.id = response.id
        ),
        started = (
            SELECT strftime('%Y-%m-%dT%H:%M:%S', '2026-03-01', '+' || (n * 37) || ' hours') || '.000Z'
            FROM ({_EVERY}) AS every WHERE every.id = response.id
        ),
        submitted = CASE WHEN submitted IS NULL THEN NULL ELSE (
            SELECT strftime('%Y-%m-%dT%H:%M:%S', '2026-03-01', '+' || (n * 37) || ' hours',
                '+' || (n * n) || ' minutes') || '.500Z'
            FROM ({_EVERY}) AS every WHERE every.id = response.id
        ) END
"""


def fill(settings: Settings, store: Store) -> None:
    """Add responses, of which one in four stays a test."""
    library = load_library(settings.instruments)
    for version in VERSIONS:
        first_start.publish(store, library, "ami-survey", version)
        instrument = library.instruments["ami-survey", version]
        invention = Invention(store=store, study="ami", instrument=instrument, seed=3, run=version)
        form = ResponseForm(instrument, "en")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("survey_app.cli.invented_responses.UNFINISHED_SHARE", UNFINISHED)
            for number in range(RESPONSES):
                add_response(invention, form, number)
        for number in range(INTERVIEWS if version == "1.0.1" else 0):
            add_interview(invention, find_interviewer(store), number)
    with store.snapshot() as snapshot:
        alone = [
            each.id
            for each in snapshot.responses("ami", include_test=True)
            if each.delivery == "self"
        ]
    for response in alone[::9]:
        store.responses.withdraw(response, change(9, kind="withdraw"), scope="everything")
    with closing(connect(settings.database.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(_SPREAD)

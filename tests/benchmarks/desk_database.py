"""Many responses made quickly: a few hundred invented ones, copied within SQLite under new keys.

The few take the same path as real ones (`survey-app simulate`). A copy has every row of its
original but its consent, its link and its events, is not a test, and was begun on another day.
"""

from pathlib import Path
from sqlite3 import Connection, connect

from survey_app import first_start
from survey_app.cli.invented_responses import Invention, add_response
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.settings import Settings
from survey_app.storage.store import Store

STUDY = "ami"
INSTRUMENT = "ami-survey"
VERSIONS = ("1.0.0", "1.0.1")
ORIGINALS = 200
"""How many of each version are invented."""
DAYS = 300
"""Over so many days before the first of November 2026 the copies were begun."""

_COPIES = f"""
    CREATE TEMP TABLE copy AS
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :times)
    SELECT id AS old, lower(hex(randomblob(16))) AS new,
        strftime('%Y-%m-%dT%H:%M:%S', '2026-11-01', '-' || abs(random() % {DAYS}) || ' days',
            '+' || abs(random() % 86400) || ' seconds') AS begun,
        abs(random() % 1800) AS seconds
    FROM response, number WHERE is_test
"""
_ENDED = "strftime('%Y-%m-%dT%H:%M:%S', begun, '+' || seconds || ' seconds') || '.000Z'"
_RESPONSES = f"""
    INSERT INTO response (id, study_id, anonymous, instrument, version, delivery, source, language,
        state, revision, is_test, head, started, updated, submitted, choices)
    SELECT new, study_id, anonymous, instrument, version, delivery, 'web', language,
        state, revision, 0, '', begun || '.000Z', {_ENDED},
        CASE WHEN submitted IS NULL THEN NULL ELSE {_ENDED} END, choices
    FROM copy JOIN response ON id = old ORDER BY new
"""
_ANSWERS = """
    INSERT INTO answer (response_id, item, row, value, other_text, other_unticked, reason, revision,
        client)
    SELECT new, item, row, value, other_text, other_unticked, reason, revision, client
    FROM copy JOIN answer ON response_id = old ORDER BY new
"""
_DRAFTS = """
    INSERT INTO draft (response_id, body)
    SELECT new, body FROM copy JOIN draft ON response_id = old ORDER BY new
"""


def make_database(settings: Settings, count: int) -> None:
    """Make an installation whose first study has about `count` real responses."""
    first_start.prepare(settings)
    library = load_library(settings.instruments)
    with Store(settings.database) as store:
        for version in VERSIONS:
            first_start.publish(store, library, INSTRUMENT, version)
            instrument = library.instruments[INSTRUMENT, version]
            form = ResponseForm(instrument, "en")
            invention = Invention(
                store=store, study=STUDY, instrument=instrument, seed=7, run=version
            )
            for number in range(ORIGINALS):
                add_response(invention, form, number)
    path = Path(settings.database.removeprefix("sqlite:///"))
    with connect(path) as connection:
        _copy(connection, count // (ORIGINALS * len(VERSIONS)))
    connection.close()


def _copy(connection: Connection, times: int) -> None:
    connection.execute(_COPIES, {"times": times})
    for statement in (_RESPONSES, _ANSWERS, _DRAFTS):
        connection.execute(statement)

"""What is written down of a failure says where it was, and nothing that anybody typed."""

import logging

import pytest
from flask import Flask, request

from survey_app.failure_report import describe_failure
from survey_app.settings import Settings
from survey_app.storage.engine import open_engine

CANARY = "kanárek 51b7"


def fail_with(text: str) -> str:
    """Fail as code does that quotes what it met, first one way and then another."""
    try:
        return str(int(text))
    except ValueError as error:
        raise KeyError(text) from error


def test_places_and_kinds_are_told_and_no_value() -> None:
    with pytest.raises(KeyError) as caught:
        fail_with(CANARY)
    said = describe_failure(caught.value)
    assert CANARY not in said
    assert said.index("builtins.ValueError") < said.index("builtins.KeyError"), "the cause first"
    assert "test_failure_report.py" in said
    assert "in fail_with" in said


def test_what_the_system_says_is_told_without_the_name_of_a_file() -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        open(f"/nowhere/{CANARY}")  # noqa: PTH123, SIM115
    said = describe_failure(caught.value)
    assert said.endswith("builtins.FileNotFoundError: No such file or directory")
    assert CANARY not in said


def test_errors_that_lead_to_each_other_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert describe_failure(first).count("builtins.ValueError") == 2


def test_a_statement_that_fails_tells_no_value(settings: Settings) -> None:
    engine = open_engine(settings.database)
    with engine.connect() as connection, pytest.raises(Exception, match="no such") as caught:
        connection.exec_driver_sql("SELECT word FROM nowhere WHERE word = ?", (CANARY,))
    engine.dispose()
    assert CANARY not in str(caught.value)
    assert "SQLITE_ERROR" in describe_failure(caught.value)


def test_a_page_that_fails_logs_no_word_that_was_sent(
    app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    app.add_url_rule("/fails", view_func=lambda: fail_with(request.args["said"]))
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/fails", query_string={"said": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    assert "GET /fails failed" in caplog.text
    assert "in fail_with" in caplog.text
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


def test_no_address_adds_a_line_to_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.add_url_rule("/fails/<text>", view_func=fail_with)
    assert app.test_client().get("/fails/a%0d%0a2026-11-22 ERROR forged").status_code == 500
    lines = caplog.text.splitlines()
    assert "GET /fails/a%0D%0A2026-11-22%20ERROR%20forged failed" in caplog.text
    assert not any(line.startswith("2026-11-22") for line in lines)

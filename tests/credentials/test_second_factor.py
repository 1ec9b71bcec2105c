"""Codes of the second factor are those of the standard, and each is of one step."""

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from survey_app.credentials.pace import BY_ADDRESS, BY_NAME
from survey_app.credentials.recovery_codes import COUNT, hash_recovery_code, make_codes
from survey_app.credentials.second_factor import (
    find_step,
    make_address,
    make_secret,
    read_digits,
    show_secret,
)
from survey_app.invitation_codes import read_code, show_code

SECRET = make_secret(b"12345678901234567890")
"""The one of RFC 6238, appendix B."""
STEP_OF_CODE = 1111111111 // 30


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert find_step(SECRET, code, moment, after=None) == seconds // 30


@pytest.mark.parametrize(
    ("late", "after", "found"),
    [
        (-60, None, False),
        (-30, None, True),
        (30, None, True),
        (60, None, False),
        (0, STEP_OF_CODE - 1, True),
        (0, STEP_OF_CODE, False),
        (0, STEP_OF_CODE + 1, False),
    ],
)
def test_a_code_is_found_a_step_around_its_time_and_never_again(
    late: int, after: int | None, found: bool
) -> None:
    moment = datetime.fromtimestamp(1111111111 + late, UTC)
    step = find_step(SECRET, "050471", moment, after=after)
    assert step == (STEP_OF_CODE if found else None)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("287082", "287082"),
        (" 287 082 ", "287082"),
        ("28708", None),
        ("2870822", None),
        ("28708a", None),
        ("٢٨٧٠٨٢", None),
        ("", None),
    ],
)
def test_six_digits_are_read_with_any_gaps(typed: str, digits: str | None) -> None:
    assert read_digits(typed) == digits


def test_the_app_is_given_the_secret_the_name_and_where_it_is_for() -> None:
    address = make_address(SECRET, "Zoë", "survey.example.org")
    assert address.startswith("otpauth://totp/survey-app:Zo%C3%AB%20%28survey.example.org%29?")
    assert f"secret={b32encode(b'12345678901234567890').decode()}" in address
    assert show_secret(SECRET).replace(" ", "") == SECRET


def test_recovery_codes_are_ten_and_none_is_like_another() -> None:
    codes = make_codes()
    assert len(set(codes)) == COUNT == 10
    assert [read_code(show_code(code).lower()) for code in codes] == codes


def test_the_same_recovery_code_of_another_account_is_kept_otherwise() -> None:
    assert hash_recovery_code("A" * 16, "one") != hash_recovery_code("A" * 16, "another")
    assert hash_recovery_code("A" * 16, "one") == hash_recovery_code("A" * 16, "one")


def test_a_day_has_room_for_about_a_hundred_guesses_at_a_name() -> None:
    for pace, most in ((BY_NAME, 120), (BY_ADDRESS, 1_500)):
        seconds, tries = 0, 0
        while seconds < 24 * 3600:
            tries += 1
            seconds += pace.wait(tries)
        assert tries <= most
        assert pace.wait(10**9) == pace.most

"""The mail server and the sender as they are set."""

import pytest

from survey_app.mail.addresses import is_address
from survey_app.mail.server import MailServer, MailSettingsError, Sender, read_sender, read_server
from survey_app.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://mail.example.org",
            MailServer(host="mail.example.org", port=587, within_tls=False),
        ),
        (
            "smtps://mail.example.org",
            MailServer(host="mail.example.org", port=465, within_tls=True),
        ),
        (
            "smtps://me%40x.org:p%2Fw@mail.example.org:2465",
            MailServer(
                host="mail.example.org", port=2465, within_tls=True, user="me@x.org", password="p/w"
            ),
        ),
        ("smtp://[::1]:25/", MailServer(host="::1", port=25, within_tls=False)),
    ],
)
def test_a_url_names_a_server(url: str, server: MailServer) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://x:99999", "smtp://x/y"],
)
def test_what_names_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(MailSettingsError, match="SURVEY_APP_SMTP is no address") as refused:
        read_server(url.replace("://", "://me:secret@"))
    assert "secret" not in str(refused.value)


def test_the_password_is_in_no_picture_of_the_settings() -> None:
    settings = Settings(smtp="smtps://me:hush@mail.example.org", mail_from="a@example.org")
    assert "hush" not in repr(settings)
    assert "hush" not in repr(read_server(settings.smtp))


def test_letters_come_from_somebody() -> None:
    assert read_sender("The study <a@example.org>") == Sender(
        name="The study", address="a@example.org"
    )
    for text in ("", "The study", "a@b", "a@example.org\nBcc: b@example.org"):
        with pytest.raises(MailSettingsError, match="SURVEY_APP_MAIL_FROM"):
            read_sender(text)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("SURVEY_APP_SMTP", "mail.example.org", "SURVEY_APP_SMTP is no address"),
        ("SURVEY_APP_MAIL_FROM", "", "SURVEY_APP_MAIL_FROM must say"),
        ("SURVEY_APP_MAIL_PER_MINUTE", "0", "how many letters a minute"),
        ("SURVEY_APP_MAIL_PER_MINUTE", "many", "how many letters a minute"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(name: str, text: str, sentence: str) -> None:
    good = {"SURVEY_APP_SMTP": "smtp://localhost", "SURVEY_APP_MAIL_FROM": "a@example.org"}
    settings = Settings.from_environment(good)
    assert Settings.from_environment(settings.to_environment()) == settings
    with pytest.raises(SettingsError, match=sentence):
        Settings.from_environment(good | {name: text})


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("ada@example.org", True),
        ("ada.l+x@mail.example.co.uk", True),
        ("ada@example", False),
        ("ada@@example.org", False),
        ("ada@exam ple.org", False),
        ("ada@-example.org", False),
        ("ada@example.org ", False),
        ("ada@example.org\n", False),
        ("", False),
        (f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 62}.org", False),
    ],
)
def test_an_address_is_one_that_a_server_delivers_to(text: str, holds: bool) -> None:
    assert is_address(text) is holds

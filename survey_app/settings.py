"""Settings: where everything is kept and under which address it answers.

Read from the environment, with defaults that suit a laptop; the command line overrides them.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from survey_app.credentials import passwords
from survey_app.mail.server import MailSettingsError, read_sender, read_server

DATA_FOLDER = "survey-data"
PRIVATE_FOLDER = 0o700
SECRET_BYTES = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEFAULT_PORT = 8000
MOST_HIDDEN = 100
"""The largest count that may be set as the smallest that is shown."""


class SettingsError(ValueError):
    """A setting that cannot be used; its text says which one and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs from one installation to another.

    `database` and `people` are SQLAlchemy URLs; `people_key` is the file of the key under which
    names are kept, None for the one in the data folder; `url` is the address that people type,
    without a slash at its end; `secret` overrides the secret's file; into `backups` a server makes
    one a day.
    `password_memory` (KiB) and `password_passes` say how hard it is to guess a password from what
    is kept of it; the environment does not change them, tests do.
    `smtp` is the URL of the mail server and `mail_from` whom letters come from, '' where no mail is
    sent; so many letters a minute are sent at most.
    In groups by what might tell who answered, counts under `smallest_count` are hidden; 1 hides
    none.
    """

    data: Path = Path(DATA_FOLDER)
    database: str = ""
    people: str = ""
    people_key: Path | None = None
    secret: str = ""
    url: str = f"http://127.0.0.1:{DEFAULT_PORT}"
    instruments: Path | None = None
    insecure_lan: bool = False
    backups: Path | None = None
    password_memory: int = passwords.MEMORY
    password_passes: int = passwords.PASSES
    smtp: str = field(default="", repr=False)
    mail_from: str = ""
    mail_per_minute: str = "30"
    smallest_count: int = 5

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Return the settings that the environment gives; raise SettingsError for a bad one."""
        given = os.environ if environment is None else environment
        data = Path(given.get("SURVEY_APP_DATA", DATA_FOLDER)).absolute()
        instruments = given.get("SURVEY_APP_INSTRUMENTS", "")
        backups = given.get("SURVEY_APP_BACKUPS", "")
        key = given.get("SURVEY_APP_PEOPLE_KEY", "")
        settings = cls(
            data=data,
            database=given.get("SURVEY_APP_DATABASE", "") or _sqlite(data / "responses.sqlite3"),
            people=given.get("SURVEY_APP_PEOPLE", "") or _sqlite(data / "people.sqlite3"),
            people_key=Path(key).absolute() if key else None,
            secret=given.get("SURVEY_APP_SECRET", ""),
            url=given.get("SURVEY_APP_URL", cls.url).rstrip("/"),
            instruments=Path(instruments) if instruments else Path("instruments").absolute(),
            insecure_lan=given.get("SURVEY_APP_INSECURE_LAN", "") == "1",
            backups=Path(backups).absolute() if backups else None,
            smtp=given.get("SURVEY_APP_SMTP", ""),
            mail_from=given.get("SURVEY_APP_MAIL_FROM", ""),
            mail_per_minute=given.get("SURVEY_APP_MAIL_PER_MINUTE", "") or cls.mail_per_minute,
            smallest_count=_read_count(given.get("SURVEY_APP_SMALLEST_COUNT", "")),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Raise SettingsError for an address or a secret that would not protect anybody."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsError(
                f"SURVEY_APP_URL is '{self.url}'; write an address such as https://survey.org."
            )
        if self.secret and len(self.secret) < SECRET_BYTES:
            raise SettingsError(
                f"SURVEY_APP_SECRET has under {SECRET_BYTES} characters; write a longer random "
                "text, or leave it out and one is made in the data folder."
            )
        if not (self.is_secure or self.is_loopback or self.insecure_lan):
            raise SettingsError(
                f"{self.url} would send answers over the network in clear. Put a server with a "
                "certificate in front and set SURVEY_APP_URL to its https address, or say "
                "--insecure-lan for a try-out in a network that you trust."
            )
        self._check_mail()

    def _check_mail(self) -> None:
        pace = self.mail_per_minute
        if not (pace.isascii() and pace.isdigit() and int(pace) > 0):
            raise SettingsError(
                f"SURVEY_APP_MAIL_PER_MINUTE is '{pace}'; write how many letters a minute may be "
                "sent, such as 30."
            )
        try:
            if self.smtp:
                read_server(self.smtp)
                read_sender(self.mail_from)
        except MailSettingsError as error:
            raise SettingsError(str(error)) from error

    @property
    def is_secure(self) -> bool:
        """Whether people reach the program by https."""
        return urlsplit(self.url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer reaches the program."""
        return (urlsplit(self.url).hostname or "") in LOOPBACK

    @property
    def trusted_hosts(self) -> list[str]:
        """The host names under which requests are answered; any other is refused."""
        own = urlsplit(self.url).hostname or ""
        return sorted(LOOPBACK | {own}) if self.is_loopback else [own]

    @property
    def secret_file(self) -> Path:
        """Where the secret is kept."""
        return self.data / "secret"

    @property
    def people_key_file(self) -> Path:
        """Where the key of the names is kept."""
        return self.people_key or self.data / "people.key"

    @property
    def errands(self) -> Path:
        """Where reading rosters and sending letters keep how far they are."""
        return self.data / "errands"

    @property
    def jobs(self) -> Path:
        """Where long work keeps its progress and its files."""
        return self.data / "jobs"

    def with_changes(self, **changes: object) -> "Settings":
        """Return the settings with some replaced, checked again."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # the names are ours
        changed.check()
        return changed

    def to_environment(self) -> dict[str, str]:
        """Return the environment from which the same settings are read again."""
        return {
            "SURVEY_APP_DATA": str(self.data),
            "SURVEY_APP_DATABASE": self.database,
            "SURVEY_APP_PEOPLE": self.people,
            "SURVEY_APP_PEOPLE_KEY": str(self.people_key or ""),
            "SURVEY_APP_SECRET": self.secret,
            "SURVEY_APP_URL": self.url,
            "SURVEY_APP_INSTRUMENTS": str(self.instruments or ""),
            "SURVEY_APP_INSECURE_LAN": "1" if self.insecure_lan else "",
            "SURVEY_APP_BACKUPS": str(self.backups or ""),
            "SURVEY_APP_SMTP": self.smtp,
            "SURVEY_APP_MAIL_FROM": self.mail_from,
            "SURVEY_APP_MAIL_PER_MINUTE": self.mail_per_minute,
            "SURVEY_APP_SMALLEST_COUNT": str(self.smallest_count),
        }

    def make_folder(self) -> None:
        """Make the data folder, for its owner alone, if it is not there."""
        self.data.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)

    def make_secret(self) -> bytes:
        """Return the secret from which tokens are made, making it (mode 0600) if there is none."""
        if self.secret:
            return self.secret.encode()
        try:
            handle = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.secret_file.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(SECRET_BYTES).encode())
        return self.secret_file.read_bytes()


def _read_count(text: str) -> int:
    if not text:
        return Settings.smallest_count
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_HIDDEN):
        raise SettingsError(
            f"SURVEY_APP_SMALLEST_COUNT is '{text}'; write a whole number from 1, which hides "
            f"nothing, to {MOST_HIDDEN}, or leave it out for {Settings.smallest_count}."
        )
    return int(text)


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path}"

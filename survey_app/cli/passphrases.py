"""The passphrase of a sealed backup: from the environment or typed, never on the command line.

What stands on a command line, everybody who is signed in to the computer can read.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from survey_app.backups.age import is_sealed

VARIABLE = "SURVEY_APP_BACKUP_PASSPHRASE"
SHORTEST = 12


def find_passphrase() -> str | None:
    """Return the passphrase that the environment gives, or None; refuse one that is too short."""
    return _require_long(given) if (given := os.environ.get(VARIABLE)) else None


def ask_new_passphrase() -> str:
    """Return the passphrase to seal with, asking twice for one that is not in the environment."""
    return find_passphrase() or _require_long(_ask("Passphrase for the backup", twice=True))


def ask_passphrase(files: Iterable[Path]) -> str | None:
    """Return the passphrase of backups, asking where one of them is sealed; None where none is."""
    if not any(file.is_file() and is_sealed(file) for file in files):
        return None
    return os.environ.get(VARIABLE) or _ask("Passphrase of the backup", twice=False)


def _ask(words: str, *, twice: bool) -> str:
    try:
        return str(click.prompt(words, hide_input=True, confirmation_prompt=twice, err=True))
    except click.Abort as error:
        raise click.ClickException(
            f"No passphrase was given. Type one, or set {VARIABLE} where nobody can type."
        ) from error


def _require_long(passphrase: str) -> str:
    if len(passphrase) < SHORTEST:
        raise click.ClickException(
            f"A passphrase of under {SHORTEST} characters is soon guessed. Take a longer one, such "
            "as five words, and keep it apart from the backups: without it nobody opens them."
        )
    return passphrase

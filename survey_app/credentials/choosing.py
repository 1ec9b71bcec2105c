"""Which passwords are taken: by their length and by whether others would guess them, nothing else.

No kinds of characters are asked for and no password grows old, as NIST SP 800-63B and OWASP ASVS
5.0 (6.2.1 to 6.2.12) advise.
"""

from collections.abc import Iterator
from pathlib import Path

from survey_app.credentials.passwords import spell
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

LEAST = 8
ADVISED = 15
MOST = 256
COMMON = Path(__file__).with_name("common_passwords.txt")
PROGRAM = ("survey-app", "surveyapp", "survey app")
_FEW_LETTERS = 3


def refuse_password(password: str, name: str) -> str | None:
    """Return why a password is not taken for the account of that name, or None if it is."""
    typed = spell(password)
    if len(typed) < LEAST:
        return ngettext(
            "A password has at least {count} character.",
            "A password has at least {count} characters; a few words in a row are easy to keep.",
            LEAST,
        )
    if len(typed) > MOST:
        return _("A password has at most {count} characters.").format(count=MOST)
    plain = typed.casefold()
    if _is_made_of(plain, name.casefold()) or any(_is_made_of(plain, word) for word in PROGRAM):
        return _("This is little more than your name or that of the program; choose another.")
    if len(set(plain)) < _FEW_LETTERS or plain in _list_common():
        return _("Many people use this password, so it is the first to be tried; choose another.")
    return None


def _is_made_of(password: str, word: str) -> bool:
    """Whether a password is a word, perhaps repeated or with digits and signs about it."""
    rest = password.replace(word, "") if word else password
    return rest != password and not any(letter.isalpha() for letter in rest)


def _list_common() -> Iterator[str]:
    """Yield the common passwords; they are read for a new password alone, and not kept."""
    with COMMON.open(encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file if not line.startswith("# "))

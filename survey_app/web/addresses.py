"""The addresses of a participant's pages.

They are spelled out here, beside the routes of participant.py, since asking Flask for one costs as
much as filling a page; a test holds the two together.
"""


def door_of(study: str) -> str:
    """Return the address of a study's first page."""
    return f"/s/{study}"


def section_of(study: str, key: str) -> str:
    """Return the address of a section."""
    return f"/s/{study}/section/{key}"


def place_of(study: str, key: str) -> str:
    """Return the address of a section, or for '' of the page where answers are checked."""
    return section_of(study, key) if key else check_of(study)


def check_of(study: str) -> str:
    """Return the address of the page where answers are checked."""
    return f"/s/{study}/check"


def thanks_of(study: str) -> str:
    """Return the address of the page after sending."""
    return f"/s/{study}/thanks"


def later_of(study: str) -> str:
    """Return the address of the page that shows how to go on later."""
    return f"/s/{study}/later"


def consent_of(study: str) -> str:
    """Return the address of the page that asks for consent to a newer text."""
    return f"/s/{study}/consent"


def agreed_of(study: str) -> str:
    """Return the address of the page that shows what was agreed to."""
    return f"/s/{study}/agreed"


def withdrawal_of(study: str) -> str:
    """Return the address of the page that asks once more before answers are withdrawn."""
    return f"/s/{study}/withdraw"


def link_of(token: str) -> str:
    """Return the address of a private link."""
    return f"/r/{token}"

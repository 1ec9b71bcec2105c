"""What is wrong with a consent text: every sentence of ours that its author can meet."""

from survey_app.definition.quoting import quote
from survey_app.translations import gettext as _


def taken_key(key: str) -> str:
    """Say that the program itself uses a key."""
    return _("the key {key} is used by the page itself; choose another").format(key=quote(key))


def long_key(key: str, most: int) -> str:
    """Say that a key would make too long a column."""
    return _(
        "the key {key} makes the column consent_{name}, which is too long; use at most {most} "
        "characters"
    ).format(key=quote(key), name=key, most=most)


def same_key(key: str) -> str:
    """Say that two statements have the same key."""
    return _("the key {key} is used twice; each statement has its own").format(key=quote(key))


def no_changes() -> str:
    """Say that whoever agreed to an earlier text has to be told what is new."""
    return _(
        "say in a sentence what changed; whoever agreed to the earlier text is shown it when they "
        "are asked again"
    )


def same_text(version: str) -> str:
    """Say that nothing changed."""
    return _("this is word for word version {version}, which is in force").format(version=version)


def many_letters(what: str, most: int) -> str:
    """Say that a text is too long."""
    return _("{what} is longer than {most} characters; shorten it").format(what=what, most=most)

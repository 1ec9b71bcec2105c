"""What a study may be called: its short name, its title, and whom to ask."""

import re

from survey_app.translations import gettext as _

SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_TITLE = 120
MOST_CONTACT = 200


def find_name_errors(slug: str, title: str, contact: str = "") -> list[tuple[str, str]]:
    """Return what is wrong, by field, in sentences."""
    errors = []
    if not title or len(title) > MOST_TITLE or not title.isprintable():
        sentence = _("Give the study a title of at most {most} visible characters.")
        errors.append(("title", sentence.format(most=MOST_TITLE)))
    if not SLUG.fullmatch(slug):
        sentence = _(
            "The short name has 2 to 40 characters: a letter first, then letters from a to z, "
            "digits and hyphens. It stands in the study’s address, such as mentors-2026."
        )
        errors.append(("slug", sentence))
    if len(contact) > MOST_CONTACT or not contact.isprintable():
        sentence = _("Write whom to ask in at most {most} visible characters.")
        errors.append(("contact", sentence.format(most=MOST_CONTACT)))
    return errors

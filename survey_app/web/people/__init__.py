"""The coordinator's side: who the participants are, their roster, and letters to them."""

from survey_app.web.people import index, letters, mailings, person, pseudonyms, roster, slip
from survey_app.web.people.blueprint import blueprint

__all__ = ["blueprint", "index", "letters", "mailings", "person", "pseudonyms", "roster", "slip"]

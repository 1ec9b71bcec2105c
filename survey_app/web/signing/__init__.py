"""Signing in and out: by name and password, or by a link; each address here is open to all."""

from survey_app.web.signing import form, links
from survey_app.web.signing.blueprint import blueprint

__all__ = ["blueprint", "form", "links"]

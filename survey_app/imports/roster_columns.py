"""The columns of a roster, found by their headers in English or French, in any order."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.translations import gettext as _

CALLED = {
    "name": ("name", "full name", "participant", "nom complet", "nom et prenom"),
    "first_name": ("first name", "given name", "prenom"),
    "last_name": ("last name", "surname", "family name", "nom de famille", "nom"),
    "email": (
        *("e-mail", "email", "mail", "e-mail address", "email address", "courriel"),
        *("adresse courriel", "adresse electronique", "adresse e-mail", "adresse email"),
    ),
    "phone": (
        *("phone", "telephone", "tel", "phone number", "mobile", "cell"),
        *("numero de telephone", "portable", "cellulaire"),
    ),
    "note": ("note", "notes", "comment", "comments", "remarque", "remarques", "commentaire"),
    "language": ("language", "langue"),
}
"""By field, the headers that it goes by, without accents."""

_FIELDS = {header: field for field, headers in CALLED.items() for header in headers}


@dataclass(frozen=True, kw_only=True)
class RosterColumns:
    """Where each field stands in a row, and by which header; what the roster says beside it."""

    places: Mapping[str, int]
    headers: Mapping[str, str]
    left_out: tuple[str, ...]
    problems: tuple[str, ...]


def match_roster_columns(header: Sequence[str]) -> RosterColumns:
    """Find the columns of a roster by the names in its first row."""
    places: dict[str, int] = {}
    left_out: list[str] = []
    problems: list[str] = []
    for place, written in enumerate(header):
        field = _FIELDS.get(_plain(written))
        if field is None:
            left_out += [written] if written else []
        elif field in places:
            sentence = _(
                "{first} and {second} both say the same of a person. Take one of the two away."
            )
            problems.append(sentence.format(first=header[places[field]], second=written))
        else:
            places[field] = place
    if not {"name", "first_name", "last_name"} & set(places):
        problems.append(
            _(
                "No column is called Name. The first row must hold the names of the columns: Name "
                "or Nom, and E-mail, Phone, Note and Language where you have them."
            )
        )
    return RosterColumns(
        places=places,
        headers={field: header[place] for field, place in places.items()},
        left_out=tuple(left_out),
        problems=tuple(problems),
    )


def _plain(written: str) -> str:
    """Return a header without accents, in small letters, with single spaces."""
    apart = unicodedata.normalize("NFKD", written.casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(letters.replace("_", " ").rstrip(" .:*").split())

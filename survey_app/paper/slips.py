"""Invitations as slips of paper: eight to a page of A4, to be cut along the lines."""

import json
from collections.abc import Sequence

from survey_app.paper.pdf import Pdf, typeset
from survey_app.slips import Slip
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def make_slips_pdf(slips: Sequence[Slip]) -> Pdf:
    """Return the slips as a PDF; raises PaperError where it cannot be set."""
    content = {
        "title": _("Invitations"),
        "slips": [
            {
                "study": slip.study,
                "invited": _("You are invited to take part."),
                "scan": _("Scan the square with your phone, or open:"),
                "link": slip.link,
                "type": _("Or open {door} and type:").format(door=slip.door) if slip.door else "",
                "code": slip.code,
                "uses": say_uses(slip.uses),
                "number": _("No. {number}").format(number=slip.number),
                "picture": slip.picture,
                "described": _("The link as a QR code"),
            }
            for slip in slips
        ],
    }
    return typeset("slips.typ", {"slips": json.dumps(content, ensure_ascii=False)})


def say_uses(uses: int) -> str:
    """Return for how many people a slip is good."""
    return ngettext("For one person.", "For up to {count} people.", uses).format(count=uses)

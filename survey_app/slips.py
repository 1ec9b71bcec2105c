"""Slips of paper to hand out: an invitation's link, its code and a picture of the link."""

from dataclasses import dataclass

from markupsafe import Markup

from survey_app.invitation_codes import show_code
from survey_app.qr_codes import draw_qr


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What one slip says. It names nobody: its number is what the study lead's list has.

    ``door`` is the address at which the code can be typed, empty where nobody is asked for one.
    """

    study: str
    number: int
    code: str
    link: str
    door: str
    picture: Markup
    uses: int


def make_slip(*, study: str, number: int, code: str, uses: int, url: str, door: str) -> Slip:
    """Return a slip; `door` is the path at which its code can be typed, if there is one."""
    link = f"{url}/i/{show_code(code)}"
    return Slip(
        study=study,
        number=number,
        code=show_code(code),
        link=link,
        door=f"{url}{door}" if door else "",
        picture=Markup(draw_qr(link)),  # noqa: S704 - drawn here, of an address of ours
        uses=uses,
    )

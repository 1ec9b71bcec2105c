"""Which invitations a study lead asks for, as typed, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey_app.translations import gettext as _
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

MOST_AT_ONCE = 200
MOST_USES = 1_000_000
MOST_LETTERS = 60
"""Of a participant's code or a label."""
PERSONAL, PUBLIC = "personal", "public"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was typed; `batch` is the page's own name, so that it is known if sent twice."""

    batch: str
    kind: str = ""
    participants: str = ""
    count: str = ""
    limit: str = "1"
    label: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def people(self) -> list[str | None]:
        """For whom each is: a participant's code, or None for one that names nobody."""
        if self.kind == PERSONAL:
            return [*_list_codes(self.participants)]
        return [None] * int(self.count)

    @property
    def most_uses(self) -> int:
        """How many people may begin with each."""
        return 1 if self.kind == PERSONAL else int(self.limit)

    @property
    def written(self) -> str:
        """All of it in one text."""
        parts = (self.batch, self.kind, self.participants, self.count, self.limit, self.label)
        return "\n".join(parts)


def read_wanted(form: CleanForm) -> Wanted:
    """Return what was typed into one of the two forms, with its errors by field."""
    kind = PERSONAL if form.get("kind") == PERSONAL else PUBLIC
    wanted = Wanted(
        batch=form.get("batch")[:64] or make_token(),
        kind=kind,
        participants=form.get("participants"),
        count=form.get("count").strip(),
        limit=form.get("limit", "1").strip(),
        label=form.get(f"{kind}_label"),
    )
    find_errors = _find_personal_errors if kind == PERSONAL else _find_public_errors
    return replace(wanted, errors=(*find_errors(wanted), *_find_label_errors(wanted)))


def _find_personal_errors(wanted: Wanted) -> Iterator[tuple[str, str]]:
    codes = _list_codes(wanted.participants)
    if not codes:
        yield "participants", _("Type the participants’ codes, such as P01, one on each line.")
    elif len(codes) > MOST_AT_ONCE:
        yield (
            "participants",
            _(
                "At most {most} can be made at once. Leave some out, and make them afterwards."
            ).format(most=MOST_AT_ONCE),
        )
    elif any(not _is_short(code) for code in codes):
        sentence = _("A participant’s code has at most {most} visible characters.")
        yield "participants", sentence.format(most=MOST_LETTERS)
    elif twice := sorted({code for code in codes if codes.count(code) > 1}):
        sentence = _("{codes} stands there twice. Leave one of them out.")
        yield "participants", sentence.format(codes=", ".join(twice))


def _find_public_errors(wanted: Wanted) -> Iterator[tuple[str, str]]:
    for field, text, most, sentence in (
        ("count", wanted.count, MOST_AT_ONCE, _("Say how many to make, from 1 to {most}.")),
        ("limit", wanted.limit, MOST_USES, _("Say for how many people, from 1 to {most}.")),
    ):
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):  # noqa: PLR2004 - digits of a number
            yield field, sentence.format(most=f"{most:,}")


def _find_label_errors(wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.label.strip() and not _is_short(wanted.label.strip()):
        sentence = _("A label has at most {most} visible characters.").format(most=MOST_LETTERS)
        yield f"{wanted.kind}_label", sentence


def _is_short(text: str) -> bool:
    return len(text) <= MOST_LETTERS and text.isprintable()


def _list_codes(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""The form by which an analyst counts versions together, keeps them apart, or takes that back."""

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from survey_app.definition.pooling import PoolingRule
from survey_app.definition.pooling.problems import few_versions, no_reason
from survey_app.translations import gettext as _
from survey_app.web.text import CleanForm

POOLS = {"together": True, "apart": False, "undo": None}
"""What can be decided, and what a rule says then."""
MOST_REASON = 1000
LEAST_VERSIONS = 2
_PAIR = re.compile(r"(\S+)\s*=\s*(\S+)")


@dataclass(frozen=True)
class Mistake:
    """A sentence on what is wrong, and the id of what it is about."""

    name: str
    message: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was typed, as it was typed; `mistakes` say what is wrong with it."""

    pool: str = ""
    versions: tuple[str, ...] = ()
    item: str = ""
    codes: str = ""
    reason: str = ""
    mistakes: tuple[Mistake, ...] = ()

    def errors(self, name: str) -> tuple[str, ...]:
        """Return the sentences about one of the fields."""
        return tuple(each.message for each in self.mistakes if each.name == name)

    def to_rule(self, by: str) -> PoolingRule:
        """Return the rule that a form without mistakes says."""
        return PoolingRule(
            versions=self.versions,
            pool=POOLS[self.pool],
            item=self.item,
            codes=read_codes(self.codes),
            reason=self.reason.strip(),
            by=by,
        )


EMPTY = Filled()
"""The form before anything was typed."""


class PoolingForm(Form):
    """What is decided of which versions; whether they are there is asked of the rule."""

    pool = StringField()
    versions = SelectMultipleField(choices=[], validate_choice=False)
    item = StringField()
    codes = StringField()
    reason = StringField()

    def validate_pool(self, field: Field) -> None:
        """Something must be chosen."""
        if field.data not in POOLS:
            raise ValidationError(_("Choose whether these versions are counted together."))

    def validate_versions(self, field: Field) -> None:
        """Of one version there is nothing to decide."""
        if len(set(field.data or ())) < LEAST_VERSIONS:
            raise ValidationError(few_versions())

    def validate_codes(self, field: Field) -> None:
        """Each line is a pair of codes, no old one twice."""
        lines = _list_lines(field.data or "")
        for line in lines:
            if not _PAIR.fullmatch(line):
                sentence = _("“{line}” is no pair of codes; write an old and a new one, as 1 = 4.")
                raise ValidationError(sentence.format(line=line[:40]))
        if len(read_codes(field.data or "")) < len(lines):
            raise ValidationError(_("An old code stands there twice; keep one line of it."))

    def validate_reason(self, field: Field) -> None:
        """A decision needs a reason, and not a book of them."""
        if not (field.data or "").strip():
            raise ValidationError(no_reason())
        if len(field.data) > MOST_REASON:
            sentence = _("Keep it under {most} characters; this has {count}.")
            raise ValidationError(sentence.format(most=MOST_REASON, count=len(field.data)))


def read_form(posted: CleanForm) -> Filled:
    """Return what was posted, with all that is wrong with it by itself."""
    names = ("pool", "item", "codes", "reason")
    versions = posted.getlist("versions")
    form = PoolingForm(
        MultiDict(
            [*((name, posted.get(name)) for name in names), *(("versions", v) for v in versions)]
        )
    )
    form.validate()
    return Filled(
        versions=tuple(dict.fromkeys(versions)),
        mistakes=tuple(
            Mistake(name, str(message)) for name in form.data for message in form[name].errors
        ),
        **{name: posted.get(name) for name in names},
    )


def read_codes(text: str) -> dict[str, str]:
    """Return the pairs of codes that stand on the lines of a text."""
    found = (_PAIR.fullmatch(line) for line in _list_lines(text))
    return {pair[1]: pair[2] for pair in found if pair is not None}


def _list_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""The record of a consent, made from the stored text: what was shown, ticked and left unticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from survey_app.definition.consent import RECORDING, WHOLE, ConsentForm, read_stored
from survey_app.definition.markdown import render_inline
from survey_app.storage.records import ConsentText, GivenConsent, OpenResponse
from survey_app.translations import gettext as _
from survey_app.translations import use_language
from survey_app.web.addresses import place_of, thanks_of
from survey_app.web.context import services
from survey_app.web.filling import open_filling, title_of
from survey_app.web.visits import current_visit
from survey_app.web.wording import say_moment


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A statement in its words, and whether it was ticked."""

    words: Any
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class ConsentRecord:
    """A consent with the text it was given to, and every box that was shown."""

    given: GivenConsent
    form: ConsentForm
    ticks: tuple[Tick, ...]

    @property
    def when(self) -> str:
        """When it was given, as precisely as is known."""
        return self.given.dated or say_moment(self.given.given)

    @property
    def how(self) -> str:
        """By what means it was given, and who noted that."""
        by = self.given.noted_by
        match self.given.method:
            case "web":
                return _("ticked on the web")
            case "spoken":
                said = _("spoken; the text was read aloud by {name}") if by else _("spoken")
            case _paper:
                said = _("on paper; noted by {name}") if by else _("on paper")
        return said.format(name=by)


def make_records(consents: Sequence[GivenConsent]) -> list[ConsentRecord]:
    """Return the records of consents, each with the words that were shown."""
    return [_make_record(given) for given in consents]


def list_statements(records: Sequence[ConsentRecord]) -> tuple[Tick, ...]:
    """Return the statements of the newest record, but for the consent itself and the recording."""
    if not records:
        return ()
    keys = [key for key in records[0].given.ticks if key not in WHOLE]
    told = zip(keys, records[0].ticks[1:], strict=True)
    return tuple(tick for key, tick in told if key != RECORDING)


def list_asked(text: ConsentText | None, language: str) -> tuple[Tick, ...]:
    """Return the statements that a text asks for besides the recording, none ticked yet."""
    form = None if text is None else read_stored(text.body)
    statements = form.besides_recording if form else ()
    return tuple(
        Tick(words=render_inline(each.text.in_language(language)), ticked=False)
        for each in statements
    )


def show_own(response: OpenResponse, back: str = "") -> str:
    """Show a participant what they agreed to; `back` is where they came from."""
    records = make_records(services().store.consents.of_response(response.id))
    with use_language(response.language):
        return render_template(
            "consent_record.html",
            frame="base.html",
            records=records,
            title=_("What I agreed to"),
            study_title=title_of(response.study),
            language=response.language,
            is_test=response.is_test,
            back=back or _find_back(response),
        )


def _find_back(response: OpenResponse) -> str:
    if response.state != "in_progress":
        return thanks_of(response.study)
    return place_of(response.study, open_filling(current_visit(), response).left_place)


def _make_record(given: GivenConsent) -> ConsentRecord:
    form = read_stored(given.text.body)
    whole = any(given.ticks.get(name) for name in WHOLE)
    spoken = given.method != "web"
    words = (
        _("The participant agrees to take part")
        if spoken
        else _("I have read this and agree to take part")
    )
    ticks = [Tick(words=words, ticked=whole)]
    for key, ticked in given.ticks.items():
        if key not in WHOLE:
            ticks.append(Tick(words=_find_words(form, key, given.language), ticked=ticked))
    return ConsentRecord(given=given, form=form, ticks=tuple(ticks))


def _find_words(form: ConsentForm, key: str, language: str) -> Any:
    statement = form.find_statement(key)
    if statement is not None:
        return render_inline(statement.text.in_language(language))
    return _("The interview may be recorded") if key == RECORDING else key


def find_texts(study: str) -> tuple[ConsentText | None, ConsentText | None]:
    """Return the consent texts in force in a study: for the web, and for interviews."""
    studies = services().store.studies
    return studies.consent_text(study, "self"), studies.consent_text(study, "interviewer")

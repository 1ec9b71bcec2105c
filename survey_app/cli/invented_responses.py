"""Invented responses and interviews, written through the same path as real ones."""

import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random

from survey_app.cli.invented_answers import Posted, RefusedInvention, invent_section
from survey_app.cli.invented_interviews import invent_operations, invent_summary
from survey_app.definition.consent import read_stored, read_ticks
from survey_app.definition.fields import Mistake
from survey_app.definition.form import PREFIX, ResponseForm
from survey_app.definition.instrument import Instrument
from survey_app.storage.records import Change, Consent, Delivery, Json
from survey_app.storage.store import Store
from survey_app.web.filling import make_rows

UNFINISHED_SHARE = 0.05
ACCOUNT = "simulation"
"""The account of the interviewer who never was; nobody can sign in with it."""
PLANNED_MINUTES = 45
_SPOKEN = {"agreed": True, "recording": True}
_BEGINNING: list[dict[str, Json]] = [
    {"op": "clock", "action": "start"},
    {"op": "recording", "at": 0},
]
_BROKEN_OFF: list[dict[str, Json]] = [
    {
        "op": "outcome",
        "outcome": "broken_off",
        "text": "The line broke.",
        "call_back": "another day",
    },
    {"op": "clock", "action": "pause"},
]
_COMPLETED: list[dict[str, Json]] = [
    {"op": "outcome", "outcome": "completed"},
    {"op": "clock", "action": "finish"},
]


@dataclass(frozen=True, kw_only=True)
class Invention:
    """What is invented: responses of a version in a study; the same seed gives the same ones."""

    store: Store
    study: str
    instrument: Instrument
    seed: int
    run: str

    @property
    def language(self) -> str:
        """The language of the responses: the instrument's first."""
        return self.instrument.languages[0]

    def random(self, number: int) -> Random:
        """Return the source of chance of the response of that number."""
        return Random(f"{self.seed}/{number}")  # noqa: S311 - nothing here is secret

    def change(self, kind: str, **more: Json) -> Change:
        """Return a change as a browser's page would send it."""
        return Change(
            client=secrets.token_hex(8),
            sequence=1,
            base_revision=0,
            kind=kind,
            actor=ACCOUNT,
            source="simulated",
            language=self.language,
            body=more,
        )

    def consent(self, delivery: Delivery) -> Consent | None:
        """Return the consent to all of the text in force, None where there is none."""
        text = self.store.studies.consent_text(self.study, delivery)
        if text is None:
            return None
        form = read_stored(text.body)
        if delivery == "self":
            ticks = {"agree": True, **read_ticks(form.besides_recording, form.keys)}
            return Consent(version=text.version, language=self.language, ticks=ticks)
        ticks = {**_SPOKEN, **read_ticks(form.statements, form.keys)}
        return Consent(
            version=text.version,
            language=self.language,
            ticks=ticks,
            method="spoken",
            noted_by=ACCOUNT,
        )


def add_response(invention: Invention, form: ResponseForm, number: int) -> bool:
    """Add a participant's response, section by section; return whether it was sent.

    Raises RefusedInvention if an item does not take what was invented for it.
    """
    random = invention.random(number)
    response = _begin(invention)
    stops_after = random.choice(form.order) if random.random() < UNFINISHED_SHARE else None
    drafts: dict[str, Posted] = {}
    values: dict[str, Json] = {}
    revision = 0
    for key, section in form.sections.items():
        raw = invent_section(section, random)
        filled, answers, known = form.fill_section(key, raw, drafts, values)
        _insist(filled.mistakes)
        drafts[key] = raw
        values |= known
        revision = invention.store.responses.save_section(
            response,
            replace(invention.change("section"), base_revision=revision),
            section=key,
            raw=raw,
            values=known,
            answers=make_rows(answers),
        ).revision
        if key == stops_after:
            return False
    _send(invention, form, response, drafts, revision)
    return True


def _begin(invention: Invention) -> str:
    return invention.store.responses.begin(
        study=invention.study,
        instrument=invention.instrument.name,
        version=invention.instrument.version,
        delivery="self",
        source="simulated",
        language=invention.language,
        consent=invention.consent("self"),
        session_hash=None,
        link_hash=None,
        change=invention.change("consent"),
        is_test=True,
    )


def _send(
    invention: Invention,
    form: ResponseForm,
    response: str,
    drafts: dict[str, Posted],
    revision: int,
) -> None:
    filled = form.fill_all(drafts)
    for section in filled.sections.values():
        _insist(section.mistakes)
    invention.store.responses.submit(
        response,
        replace(invention.change("send"), base_revision=revision),
        answers=make_rows(filled.answers),
        receipt_hash=sha256(response.encode()).hexdigest(),
    )


def _insist(mistakes: tuple[Mistake, ...]) -> None:
    if mistakes:
        raise RefusedInvention(mistakes[0].name.removeprefix(PREFIX), mistakes[0].message)


def add_interview(invention: Invention, interviewer: str, number: int) -> bool:
    """Add an interview with its marks, notes and closed answers; return whether it was ended.

    `interviewer` is the id of an account. Raises RefusedInvention as `add_response` does.
    """
    random = invention.random(number)
    interviews = invention.store.interviews
    interview = interviews.begin(
        study=invention.study,
        participant_code=f"test-{invention.run}-{number + 1:03}",
        interviewer_account_id=interviewer,
        runs=[(invention.instrument.name, invention.instrument.version)],
        consent=invention.consent("interviewer"),
        change=invention.change("begin"),
        is_test=True,
        planned_minutes=PLANNED_MINUTES,
    )
    state = interviews.find(interview)
    response = state.responses[0].response if state is not None else ""
    operations = invent_operations(invention.instrument, response, random)
    change = replace(invention.change("sheet"), base_revision=state.revision if state else 0)
    interviews.apply(interview, change, [*_BEGINNING, *operations])
    if random.random() < UNFINISHED_SHARE:
        interviews.apply(interview, invention.change("break off"), _BROKEN_OFF)
        return False
    ended = [*invent_summary(random), *_COMPLETED]
    interviews.apply(interview, invention.change("finish"), ended)
    return True


def find_interviewer(store: Store) -> str:
    """Return the id of the account that invented interviews are held under, adding it once."""
    account = store.accounts.find(ACCOUNT)
    if account is None:
        account = store.accounts.add(ACCOUNT)
        store.accounts.disable(ACCOUNT)
    return account.id

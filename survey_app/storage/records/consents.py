"""Consent texts in versions, and consents as they were given."""

from dataclasses import dataclass

from survey_app.storage.records.values import ConsentDelivery, ConsentMethod, Json


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentText:
    """A version of a study's consent text.

    ``body`` is what its author wrote, as JSON; texts of the first years are wordings by language.
    ``delivery`` says where it is asked for: ``self`` (the web), ``interviewer`` or ``both``.
    ``added`` is when it was put into force, ``added_by`` by whom.
    """

    study: str
    version: str
    body: dict[str, Json]
    fingerprint: str
    added: str
    id: str = ""
    delivery: ConsentDelivery = "both"
    added_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedText:
    """A consent text with how many consents to it were given, tests left out."""

    text: ConsentText
    consents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A consent as given: which text (its version), in which language, each tick, by what means.

    ``method`` is ``web``, ``paper`` or ``spoken``; ``noted_by`` says who read the text aloud or
    noted what stands on paper, ``dated`` the day on paper, ``2026-11-22``. Both are empty on the
    web.
    """

    version: str
    language: str
    ticks: dict[str, bool]
    method: ConsentMethod = "web"
    noted_by: str = ""
    dated: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenConsent:
    """A consent that is kept, with the whole text it was given to.

    ``given`` is when it was stored, a day alone in an anonymous study. ``response`` is the response
    that carries it and ``participant`` its pseudonym; None where there is none.
    """

    id: str
    text: ConsentText
    language: str
    ticks: dict[str, bool]
    method: ConsentMethod
    given: str
    noted_by: str
    dated: str
    response: str | None = None
    participant: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CarriedConsent:
    """Under which version of the text a response was given, and what was ticked.

    ``day`` is that on paper, else the one on which the consent was stored; all but the response and
    its participant are None for one that was begun without a consent text.
    """

    response: str
    participant: str | None
    version: str | None
    language: str | None
    method: ConsentMethod | None
    day: str | None
    ticks: dict[str, bool]

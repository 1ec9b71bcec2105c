"""How a study stands, in lines."""

from collections.abc import Iterator

from survey_app.small_counts import find_smallest, say_own, say_smallest
from survey_app.storage.moments import today
from survey_app.storage.records import StudyRecord
from survey_app.storage.store import Store

STAGES = {
    "before": "not open yet",
    "open": "open",
    "grace": "ended; who began may finish",
    "over": "ended",
}


def list_study(store: Store, slug: str, default: int) -> Iterator[str]:
    """Yield what is set of a study, what it asks and who works in it.

    `default` is the smallest count that is shown where the study has none of its own.
    """
    study = store.studies.find(slug)
    if study is None:
        return
    for name, said in _list_facts(store, study, default):
        yield f"{name + ':':<16}{said}"
    for entry in store.studies.protocol(slug):
        state = "open" if entry.open else "closed"
        yield f"{'asks:':<16}{entry.instrument}@{entry.version}, {entry.delivery}, {state}"
    for member in store.teams.list(slug):
        shut = ", shut out" if member.disabled else ""
        yield f"{'team:':<16}{member.name}, {member.role.replace('_', ' ')}{shut}"
    left = study.days_kept(today())
    if left is not None and study.is_reminded(today()):
        ends = f"ends in {left} days" if left >= 0 else f"ended {-left} days ago"
        yield f"The time of keeping {ends}. To erase: survey-app purge {slug}"


def _list_facts(store: Store, study: StudyRecord, default: int) -> Iterator[tuple[str, str]]:
    consent = store.studies.consent_text(study.slug)
    yield "study", study.slug
    yield "title", study.title
    yield "contact", study.contact or "none"
    yield "state", STAGES[study.stage(today())]
    yield "admission", "invited people alone" if study.admission == "invitation" else "anybody"
    yield "anonymous", "yes" if study.anonymous else "no"
    yield "consent text", f"version {consent.version}" if consent else "none"
    yield "opens", study.opens or "none"
    yield "closes", study.closes or "none"
    yield "grace days", str(study.grace_days)
    yield "freeze on", study.freeze_on or "none"
    yield "retain until", study.retain_until or "none"
    yield "afterwards", study.afterwards
    said = store.conduct.hidden_counts(study.slug)
    hidden = say_smallest(find_smallest(study, default))
    yield "small groups", f"{hidden}; {say_own(said)}" if said else hidden
    for each in store.erasures.list(study.slug):
        ended = f"ended {each.ended_at[:10]}" if each.ended_at else "interrupted: run purge again"
        yield "erasure", f"{each.scope}, begun {each.begun_at[:10]}, {ended}"

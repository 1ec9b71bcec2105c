"""A study's own page: how it stands, where its parts are, and what was changed by whom."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from survey_app.small_counts import find_smallest, say_own, say_smallest
from survey_app.storage.moments import today
from survey_app.storage.records import StudyChange, StudyRecord
from survey_app.web.access import has_role, require_role
from survey_app.web.addresses import door_of
from survey_app.web.consent_records import find_texts
from survey_app.web.context import services
from survey_app.web.studies.blueprint import LEAD, blueprint, find_known
from survey_app.web.studies.change_words import describe_change


@dataclass(frozen=True, kw_only=True)
class ToldChange:
    """A change in words: what, by whom and when."""

    words: str
    who: str
    at: str


@blueprint.get("/studies/<study>")
@require_role(LEAD, administrator=True)
def show(study: str) -> Any:
    """Show how a study stands."""
    found = find_known(study)
    store = services().store
    return render_template(
        "studies/study.html",
        study=found,
        leads=has_role(found.slug, LEAD),
        stage=found.stage(today()),
        today=today(),
        protocol=store.studies.protocol(found.slug),
        texts=find_texts(found.slug),
        team=store.teams.list(found.slug),
        door=f"{services().settings.url}{door_of(found.slug)}",
        changes=tell_changes(found),
        hiding=_say_hiding(found),
        erasures=store.erasures.list(found.slug),
        just=request.args.get("just", ""),
    )


def _say_hiding(study: StudyRecord) -> str:
    """Say under which count small ones are hidden, and by whose will where it is the study's."""
    least = find_smallest(study, services().settings.smallest_count)
    said = services().store.conduct.hidden_counts(study.slug)
    return f"{say_smallest(least)}; {say_own(said)}" if said else say_smallest(least)


def tell_changes(study: StudyRecord) -> list[ToldChange]:
    """Return what was changed lately, the newest first."""
    return [_tell(change) for change in services().store.conduct.changes(study.slug)]


def _tell(change: StudyChange) -> ToldChange:
    return ToldChange(words=describe_change(change), who=change.who, at=change.at)

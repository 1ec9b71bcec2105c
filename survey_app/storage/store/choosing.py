"""Which responses are chosen, as a condition that the database asks of each."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select

from survey_app.storage.records import Conditions, Selection
from survey_app.storage.records.selection import EVERY
from survey_app.storage.schema import response, study
from survey_app.storage.store.choices import has_choice


def chosen(
    slug: str,
    instrument: str | None,
    versions: Collection[str] | None,
    *,
    include_test: bool,
    conditions: Conditions = EVERY,
) -> ColumnElement[bool]:
    """Return the condition; `instrument` and `versions` None mean all."""
    asked = [response.c.study_id == study_id(slug)]
    if instrument is not None:
        asked.append(response.c.instrument == instrument)
    if versions is not None:
        asked.append(response.c.version.in_(versions))
    # Both are named, since the index has them before the versions.
    asked.append(response.c.is_test.in_([False, True] if include_test else [False]))
    return and_(*asked, *_more(conditions))


def chosen_by(selection: Selection) -> ColumnElement[bool]:
    """Return the condition of a selection."""
    return chosen(
        selection.study,
        selection.instrument,
        selection.versions,
        include_test=selection.include_test,
        conditions=selection.conditions,
    )


def study_id(slug: str) -> ColumnElement[str]:
    """Return the id of the study of that slug."""
    return select(study.c.id).where(study.c.slug == slug).scalar_subquery()


def _more(conditions: Conditions) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if conditions.deliveries:
        asked.append(response.c.delivery.in_(conditions.deliveries))
    if conditions.states:
        asked.append(response.c.state.in_(conditions.states))
    if conditions.since is not None:
        asked.append(response.c.started >= conditions.since)
    if conditions.until is not None and conditions.until < date.max.isoformat():
        # Times and dates alike are texts, and stand before the date of the day after.
        after = date.fromisoformat(conditions.until) + timedelta(days=1)
        asked.append(response.c.started < after.isoformat())
    asked += [has_choice(items, codes) for items, codes in conditions.groups]
    return asked

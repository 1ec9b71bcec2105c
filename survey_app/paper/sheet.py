"""A whole sheet: what stands on every page, the legend, the questions, and the last page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from survey_app.definition.follow_ups import make_follow_ups
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import say
from survey_app.definition.probe_sheet import SheetSection, make_probe_sheet
from survey_app.paper.content import Entry, FollowUp, Paper, Part, Run
from survey_app.paper.margins import (
    make_beginning,
    make_ending,
    make_head,
    make_journal,
    make_legend,
    make_observed,
    make_summary,
    make_table_words,
)
from survey_app.paper.moments import find_spans, say_offset
from survey_app.paper.questions import Asked, make_question
from survey_app.paper.recorded import Agreed, RecordedRun, Sitting
from survey_app.paper.spans import make_paragraphs
from survey_app.paper.vocabulary import Vocabulary
from survey_app.translations import gettext as _

FINGERPRINT_SHORT = 12


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A version on the sheet, and what was recorded of it (None on blank paper)."""

    instrument: Instrument
    recorded: RecordedRun | None = None


def make_paper(
    delivered: Sequence[Delivered],
    words: Vocabulary,
    language: str,
    sitting: Sitting | None = None,
    *,
    study: str = "",
    statements: Sequence[Agreed] = (),
) -> Paper:
    """Return the sheet of these versions in their order: blank, or filled from a sitting.

    Blank paper is headed by a `study`, if it is for one, and has a box for each of the
    `statements` of its consent text.
    """
    numbers = count(1)
    runs = tuple(_make_run(each, words, language, sitting, numbers) for each in delivered)
    instruments = [each.instrument for each in delivered]
    return Paper(
        title=_name_sheet(sitting),
        subject=", ".join(instrument.reference for instrument in instruments),
        language=language,
        filled=sitting is not None,
        head=make_head(instruments, sitting, study),
        page=_("Page {page} of {pages}"),
        margin=_("Margin to write in"),
        facts=tuple(_name(instrument, language) for instrument in instruments),
        beginning=make_beginning(words, sitting, statements),
        legend=make_legend(words),
        table=make_table_words(),
        follow_up_title=_("Follow-ups, in neutral words"),
        follow_up_short=_("If needed"),
        follow_ups=_make_follow_ups(language),
        runs=runs,
        ending=make_ending(words, sitting),
        observed=make_observed(sitting),
        observed_title=_("Other notes on the interview as a whole"),
        summary=make_summary(words, sitting),
        journal=make_journal(words, sitting),
    )


def _name_sheet(sitting: Sitting | None) -> str:
    if sitting is None:
        return _("Interview sheet")
    return _("Interview {code}").format(code=sitting.participant)


def _name(instrument: Instrument, language: str) -> Entry:
    fingerprint = _("fingerprint {print}").format(print=instrument.fingerprint)
    return Entry(
        label=say(instrument.title, language), text=f"{instrument.reference}, {fingerprint}"
    )


def _make_follow_ups(language: str) -> tuple[FollowUp, ...]:
    return tuple(
        FollowUp(
            name=each.name,
            wording=each.blank_wording,
            fits=each.fits,
            names_topics=each.names_topics,
        )
        for each in make_follow_ups(language)
    )


def _make_run(
    delivered: Delivered,
    words: Vocabulary,
    language: str,
    sitting: Sitting | None,
    numbers: "count[int]",
) -> Run:
    instrument, recorded = delivered.instrument, delivered.recorded
    sheet = make_probe_sheet(instrument)
    asked = Asked(language=language, vocabulary=words, run=recorded)
    times = _find_times(sheet.sections, recorded, sitting)
    return Run(
        title=say(sheet.title, language),
        reference=instrument.reference,
        fingerprint=instrument.fingerprint[:FINGERPRINT_SHORT],
        introduction=make_paragraphs(sheet.introduction, language),
        parts=tuple(
            Part(
                key=section.key,
                title=say(section.title, language),
                introduction=make_paragraphs(section.introduction, language),
                times=(
                    *_say_plan(section.minutes),
                    *_say_times(times.get(section.key, []), filled=sitting is not None),
                ),
                questions=tuple(
                    make_question(topic, next(numbers), asked) for topic in section.topics
                ),
            )
            for section in sheet.sections
            if section.topics
        ),
    )


def _find_times(
    sections: Sequence[SheetSection], recorded: RecordedRun | None, sitting: Sitting | None
) -> dict[str, list[tuple[int, int]]]:
    if recorded is None or sitting is None:
        return {}
    section_of = {topic.item: section.key for section in sections for topic in section.topics}
    return find_spans(recorded.visits, lambda item: section_of.get(item, ""), sitting.elapsed)


def _say_plan(minutes: int | None) -> tuple[Entry, ...]:
    if minutes is None:
        return ()
    return (Entry(label=_("planned"), text=_("{count} min").format(count=minutes)),)


def _say_times(spans: list[tuple[int, int]], *, filled: bool) -> tuple[Entry, ...]:
    if not filled:
        return (Entry(label=_("begun")), Entry(label=_("ended")))
    said = ", ".join(f"{say_offset(begun)}–{say_offset(left)}" for begun, left in spans)
    return (Entry(label=_("time into the interview"), text=said or _("not timed")),)

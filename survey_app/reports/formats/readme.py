"""The readme of a file for a statistics program, in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.definition.pooling.words import describe_reason, describe_rule
from survey_app.definition.reasons import Reason, describe
from survey_app.reports.dataset import Layout
from survey_app.reports.formats.overview import Overview
from survey_app.reports.responses import Context
from survey_app.reports.wording import say
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a file is about: its versions, what it says of itself and what it holds."""

    layout: Layout
    context: Context
    overview: Overview

    @property
    def title(self) -> str:
        """The instrument's title, and the study."""
        newest = self.layout.instruments[0]
        return f"{say(newest.title, self.context.language)}: {self.context.study}"


def describe_subject(subject: Subject) -> list[str]:
    """Return study, instrument, versions, filter, counts and what was left out, line by line."""
    context, overview = subject.context, subject.overview
    newest = subject.layout.instruments[0]
    versions = ", ".join(each.version for each in subject.layout.instruments)
    return [
        *([_("Caution: {caution}").format(caution=context.caution)] if context.caution else []),
        _("Study: {study}").format(study=context.study),
        _("Instrument: {title} ({name})").format(
            title=say(newest.title, context.language), name=newest.name
        ),
        _("Versions: {versions}").format(versions=versions),
        *(
            _("Pooling rule: {rule}: {reason}").format(
                rule=describe_rule(rule), reason=describe_reason(rule)
            )
            for rule in subject.layout.pooling.standing
        ),
        _("Wording from: {source}").format(source=newest.source),
        _("Licence of the wording: {licence}").format(licence=newest.licence),
        _("Filter: {filter}").format(filter=context.filter or _("none: every response")),
        _(
            "Responses: {responses} ({submitted} submitted, {in_progress} in progress, "
            "{withdrawn} withdrawn; withdrawn ones are counted here and have no row)"
        ).format(**overview.count()),
        _("Interviews: {interviews}").format(interviews=overview.interviews),
        _("Trial responses left out: {count}").format(count=context.tests_left_out),
        *(_("Left out: {sentence}").format(sentence=sentence) for sentence in context.left_out),
        _("Newest event in the data, in UTC: {newest}").format(
            newest=context.newest or _("none, there are no data")
        ),
        _("When it was exported stands in the manifest.json that came with it."),
    ]


def describe_files(files: Mapping[str, str]) -> list[str]:
    """Return files with what they are, line by line."""
    return [f"{name}: {words}" for name, words in files.items()]


def describe_reasons(shown: Mapping[Reason, str]) -> list[str]:
    """Return how each reason for a blank is written, line by line."""
    return [f"{text}  {describe(reason)} ({reason})" for reason, text in shown.items()]


def join_parts(parts: Iterable[Iterable[str]]) -> str:
    """Return parts of a readme with an empty line between them."""
    return "\n\n".join("\n".join(part) for part in parts) + "\n"

"""What a zip says of itself to a program: manifest.json."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from survey_app import __version__
from survey_app.reports.formats.archive import Entry
from survey_app.reports.formats.readme import Subject
from survey_app.reports.wording import say

MANIFEST = "manifest.json"


def make_manifest(subject: Subject, entries: Iterable[Entry], missing: Mapping[str, str]) -> str:
    """Return the manifest; `missing` are the forms that are not in it, each with the reason.

    `made` is the time of this download, and the one thing that differs between two zips of the
    same data; `newest` is when the newest event in them was stored. `pooling` are all rules that
    were ever decided, oldest first. Sizes are in bytes; `rows` is null for a file that is no table.
    """
    context, overview = subject.context, subject.overview
    newest = subject.layout.instruments[0]
    manifest = {
        "made": context.exported,
        "made_by": {"program": "survey-app", "version": __version__},
        "study": context.study,
        "instrument": {"name": newest.name, "title": say(newest.title, context.language)},
        "versions": [
            {"version": each.version, "fingerprint": each.fingerprint}
            for each in subject.layout.instruments
        ],
        "pooling": [
            {**rule.to_json(), "reason": rule.reason, "by": rule.by, "at": rule.at}
            for rule in subject.layout.pooling.rules
        ],
        "language": context.language,
        "filter": context.filter,
        "counts": {**overview.count(), "tests_left_out": context.tests_left_out},
        "left_out": list(context.left_out),
        "caution": context.caution,
        "newest": context.newest,
        "files": [asdict(entry) for entry in entries],
        "forms_left_out": dict(missing),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"

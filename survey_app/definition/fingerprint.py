"""The fingerprint of a version: by it a file is known to ask what was published."""

import hashlib
import json
from collections.abc import Mapping

from survey_app.definition.items.base import STATEMENTS
from survey_app.definition.shapes import Json


def compute_fingerprint(definition: Mapping[str, Json]) -> str:
    """Return the SHA-256 of what was written for the asking, in the order of writing.

    What can be added to a frozen version stands outside: the `analysis` block, and what an item
    says of the version before (`renamed_from`, `meaning`), which changes nothing of the asking.
    """
    asked = _leave_out(definition, ("analysis",))
    asked["sections"] = [
        {
            **section,
            "items": [_leave_out(item, STATEMENTS) for item in _list_objects(section, "items")],
        }
        for section in _list_objects(definition, "sections")
    ]
    text = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _leave_out(written: Mapping[str, Json], names: tuple[str, ...]) -> dict[str, Json]:
    return {name: value for name, value in written.items() if name not in names}


def _list_objects(written: Mapping[str, Json], name: str) -> list[dict[str, Json]]:
    entries = written[name]
    assert isinstance(entries, list)
    return [entry for entry in entries if isinstance(entry, dict)]

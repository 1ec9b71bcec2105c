"""Trials: a draft filled in by whoever has its link, as a test that counts in no result."""

import hmac
from dataclasses import replace

from survey_app.signatures import sign
from survey_app.storage.records import ProtocolEntry
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.visits import LINK_LETTERS, spell


def make_path(secret: bytes, study: str, name: str, version: str) -> str:
    """Return the address, without its host, at which a draft is tried in a study.

    Its end can be made by nobody else, so that a draft is read by those alone who were asked to.
    """
    token = spell(sign(secret, "trial", f"{study}\n{name}\n{version}"), LINK_LETTERS)
    return f"/s/{study}/try/{name}/{version}/{token}"


def find_trial(study: str, name: str, version: str, path: str) -> Door | None:
    """Return the study's door as it would be with the draft alone, None where none is tried."""
    if not hmac.compare_digest(
        path.encode(), make_path(services().secret, study, name, version).encode()
    ):
        return None
    record = services().store.instruments.find(name, version)
    door = services().catalogue.door(study)
    if record is None or not record.trial or door is None:
        return None
    draft = ProtocolEntry(instrument=name, version=version, delivery="self", position=0, open=True)
    return replace(door, protocol=(draft,), is_trial=True, pages={})

"""The format of definition files as JSON Schema, so that editors complete and underline."""

from collections.abc import Mapping
from typing import Any

from survey_app.definition.analysis import ANALYSIS_FIELDS, Analysis, ScaleScore
from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.base import Item
from survey_app.definition.loader import LANGUAGES_READER, SCALE_FIELDS
from survey_app.definition.reading import KEY, author_fields
from survey_app.definition.shapes import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> dict[str, Json]:
    """Return the schema of a definition file."""
    top = _object(
        Instrument,
        {
            "format": {"enum": [1, "1"], "description": "the rules this file follows"},
            "languages": {**LANGUAGES_READER.schema, "description": "codes such as en, fr"},
            "scales": {
                "type": "object",
                "propertyNames": {"pattern": f"^{KEY.pattern}$"},
                "additionalProperties": _scale(),
                "description": "scales by name, for the items that name one",
            },
            "sections": {
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/section"},
                "description": "the parts with their items; one part is one page",
            },
            "analysis": _analysis(),
        },
        needed=["format", "sections"],
    )
    return {"$schema": DIALECT, "title": "survey-app instrument", **top, "$defs": _definitions()}


def _definitions() -> dict[str, Json]:
    words: Json = {"type": ["string", "number", "boolean"]}
    text: Json = {
        "anyOf": [words, {"type": "object", "additionalProperties": words, "minProperties": 1}],
        "description": "words, or {en: words, fr: words}",
    }
    section = _object(
        Section,
        {"items": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/item"}}},
        needed=["items"],
    )
    types: Mapping[str, Json] = {
        f"type_{name}": _item(name, item_type) for name, item_type in ITEM_TYPES.items()
    }
    item: Json = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(ITEM_TYPES)}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/type_{name}"},
            }
            for name in ITEM_TYPES
        ],
    }
    return {"text": text, "section": section, "item": item, **types}


def _item(name: str, item_type: type[Item]) -> Json:
    described: dict[str, Json] = {"type": {"const": name}}
    return {**_object(item_type, described, needed=["type"]), "description": item_type.__doc__}


def _analysis() -> Json:
    scales: Json = {
        "type": "object",
        "propertyNames": {"pattern": f"^{KEY.pattern}$"},
        "additionalProperties": _object(ScaleScore, {}, needed=[]),
        "description": ANALYSIS_FIELDS["scales"],
    }
    block = _object(Analysis, {"scales": scales}, needed=[])
    return {**block, "description": "for analysts; not part of the asking"}


def _scale() -> Json:
    return {
        "type": "object",
        "properties": {
            name: {**reader.schema, "description": meaning}
            for name, (reader, meaning) in SCALE_FIELDS.items()
        },
        "required": list(SCALE_FIELDS),
        "additionalProperties": False,
    }


def _object(cls: type[Any], others: Mapping[str, Json], needed: list[str]) -> dict[str, Json]:
    fields = author_fields(cls)
    properties: dict[str, Json] = {
        name: {**field.metadata["reader"].schema, "description": field.metadata["meaning"]}
        for name, field in fields.items()
    }
    required = [name for name, field in fields.items() if field.metadata["needed"]]
    return {
        "type": "object",
        "properties": {**others, **properties},
        "required": [*needed, *required],
        "additionalProperties": False,
    }

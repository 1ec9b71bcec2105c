"""A file as an editor sees it: YAML 1.2 to JSON, by another way than our own."""

import re
from typing import Any

import yaml


class CoreLoader(yaml.SafeLoader):
    """PyYAML with the core schema of YAML 1.2, where yes, no and dates are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own declaration


for tag, pattern, first in (
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def read_as_editor(text: str) -> Any:
    """The JSON that an editor checks against a schema; names are texts there."""
    return _name_by_text(yaml.load(text, Loader=CoreLoader))


def _name_by_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _name_by_text(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_name_by_text(entry) for entry in value]
    return value

"""Two versions of one small instrument, as tests edit them."""

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from tests.definition.definitions import HEAD

BEFORE = (
    HEAD
    + """\
      - {key: sleep, type: text, text: How do you sleep?, hint: Briefly}
      - {key: good, type: select_one, text: Was it good?, options: {yes: Yes, no: No}}
      - {key: topics, type: select_multiple, text: Which?, options: {ethics: E, pay: P, none: N}}
  - key: end
    title: The end
    items:
      - {key: teaching, type: likert_grid, text: The effect, scale: extent, rows: {a: A, b: B}}
      - {key: skills, type: open_question, text: Which skills?, probes: {leader: L, scholar: S}}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10, start_label: not, end_label: very}
      - {key: years, type: integer, text: How long?, maximum: 60, relevant: "${good} = 'yes'"}
"""
)

Edit = tuple[str, str]
"""Words of the definition, and what is written in their place."""


def make(*edits: Edit, version: str = "1.0.0", text: str = BEFORE) -> Instrument:
    """The version that the edits make, one after the other."""
    text = text.replace("version: 1.0.0", f"version: {version}")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text.encode(), "file.yaml")


def move(key: str, *, to: str) -> tuple[Edit, Edit]:
    """The edits that put an item before another one."""
    line = find_line(key)
    return (line, ""), (find_line(to), line + find_line(to))


def find_line(key: str) -> str:
    """The line of an item, with its end."""
    return next(line for line in BEFORE.splitlines(keepends=True) if f"{{key: {key}," in line)

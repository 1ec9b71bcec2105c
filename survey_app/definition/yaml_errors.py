"""What a YAML parser says, in our words and at the line where the slip was made.

PyYAML's two parsers (libyaml's and its own) word their errors differently; both spellings stand in
the table. A parser often notices a slip late: a quote that was never closed, for one, is told where
it opens.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from survey_app.definition import problems

_ONE_VALUE = re.compile(r"\s*(?:- +)?[^\s:#'\"{\[]+: +(?P<value>\S.*)")


@dataclass(frozen=True)
class Slip:
    """An error as the parser has it: its line and that of what it belongs to, counted from 1."""

    text: str
    error: yaml.MarkedYAMLError
    line: int
    opened: int

    @property
    def written(self) -> str:
        """The line at which the parser stopped."""
        lines = self.text.split("\n")
        return lines[self.line - 1] if self.line <= len(lines) else ""

    @property
    def before(self) -> str:
        """What stands before the place at which the parser stopped, on that line."""
        mark = self.error.problem_mark
        return self.written[: mark.column] if mark else ""


def explain(error: yaml.MarkedYAMLError, text: str, line: int, loader: type) -> tuple[int, str]:
    """Return the line to mend and the sentence; `line` is where the parser was before."""
    mark = error.problem_mark or error.context_mark
    at = mark.line + 1 if mark else line
    slip = Slip(text, error, at, error.context_mark.line + 1 if error.context_mark else at)
    if "\t" in slip.written[: len(slip.written) - len(slip.written.lstrip())]:
        return at, problems.tab()
    said = f"{error.problem or ''} / {error.context or ''}"
    for pattern, answer in _ANSWERS:
        if pattern.search(said):
            return answer(slip)
    if "expected key" in said or "<block end>" in said:
        return _explain_line(slip, loader)
    return at, problems.not_yaml()


def _explain_colon(slip: Slip) -> tuple[int, str]:
    found = _ONE_VALUE.match(slip.written)
    if found is None or found.start("value") > len(slip.before):
        return slip.line, problems.does_not_follow()
    return slip.line, problems.colon_in_text(found["value"])


def _explain_line(slip: Slip, loader: type) -> tuple[int, str]:
    """A line that does not fit: mostly its indentation, or a quote that ended elsewhere."""
    if not slip.before.rstrip().endswith(("'", '"')):
        return slip.line, problems.misplaced_line()
    for start, end in _find_quoted(slip.text, loader):
        if end == slip.line and start < end:
            return start, problems.late_quote(end)
    return slip.line, problems.text_after_quote()


def _find_quoted(text: str, loader: type) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each text in quotes, as far as the file can be read."""
    try:
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                yield token.start_mark.line + 1, token.end_mark.line + 1
    except yaml.YAMLError:
        return


_ANSWERS: tuple[tuple[re.Pattern[str], Callable[[Slip], tuple[int, str]]], ...] = (
    (re.compile("mapping values are not allowed"), _explain_colon),
    (
        re.compile("unexpected end of stream / .*quoted|-quoted scalar.*end of stream"),
        lambda slip: (slip.opened, problems.open_quote()),
    ),
    (re.compile("unknown escape"), lambda slip: (slip.line, problems.backslash())),
    (
        re.compile("flow (?:sequence|mapping)"),
        lambda slip: (slip.opened, problems.open_bracket(slip.line)),
    ),
    (re.compile("simple key"), lambda slip: (slip.opened, problems.no_colon())),
    (
        re.compile("alias|anchor|cannot start any token"),
        lambda slip: (slip.line, problems.begins_with_sign()),
    ),
    (re.compile("sequence entries are not"), lambda slip: (slip.line, problems.list_on_line())),
    (
        re.compile("block scalar"),
        lambda slip: (slip.opened, problems.words_after_fold()),
    ),
    (
        re.compile("'-' indicator|block collection|document start"),
        lambda slip: (slip.line, problems.misplaced_line()),
    ),
)

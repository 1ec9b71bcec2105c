"""How far a long command is: one line, rewritten on a terminal, told in tenths elsewhere."""

import sys

import click

PERCENT = 100
TENTHS = 10


class ProgressLine:
    """A line on the standard error that says how far the work is."""

    def __init__(self) -> None:
        self._shown = ""
        self._tenth = 0

    def show(self, fraction: float, message: str) -> None:
        """Say how far the work is: `fraction` from 0 to 1, and what is being done."""
        line = f"{int(fraction * PERCENT):3} %  {message}"
        if sys.stderr.isatty():
            self._rewrite(line)
        elif int(fraction * TENTHS) > self._tenth:
            self._tenth = int(fraction * TENTHS)
            click.echo(line, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._rewrite("")
            click.echo("\r", err=True, nl=False)

    def _rewrite(self, line: str) -> None:
        if line != self._shown:
            click.echo(f"\r{line.ljust(len(self._shown))}", err=True, nl=False)
            self._shown = line

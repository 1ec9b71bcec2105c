"""Charts as files: the same bytes for the same numbers, and their words within."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Literal, cast
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.figure import Figure

Format = Literal["png", "svg", "pdf"]

SETTINGS = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "svg.fonttype": "none",
    "svg.hashsalt": "survey-app",
    "text.parse_math": False,
}
"""Text stays text, and a $ stays a $."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw and save within the block as all charts are."""
    with mpl.rc_context(cast("Any", SETTINGS)), warnings.catch_warnings():
        # A script that the font lacks shows as boxes in .png; .svg and the words beside keep it.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def save_figure(figure: Figure, form: Format, title: str, words: str, resolution: int) -> bytes:
    """Return a figure as a file whose title and description are told to who cannot see it.

    `resolution` is that of a picture, in dots an inch.
    """
    file = BytesIO()
    match form:
        case "png":
            about = {"Title": title, "Description": words, "Software": None}
            figure.savefig(file, format=form, dpi=resolution, metadata=about)
            return file.getvalue()
        case "svg":
            figure.savefig(file, format=form, metadata={"Title": title, "Date": None})
            return _describe_svg(file.getvalue().decode(), words).encode()
        case "pdf":
            about = {"Title": title, "Subject": words, "CreationDate": None}
            figure.savefig(file, format=form, metadata=about)
            return file.getvalue()


def _describe_svg(drawn: str, words: str) -> str:
    described = drawn.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    described = described.replace("<title>", '<title id="title">', 1)
    return described.replace("</title>", f'</title>\n <desc id="desc">{escape(words)}</desc>', 1)

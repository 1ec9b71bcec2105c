"""The sheet as a PDF: A4, tagged for screen readers, in black and white.

Compared on the blank sheet of the published survey and guide, in November 2026: typst sets it in
0.2 seconds, brings fonts of its own, shapes every script, tags the file and checks it against
PDF/UA-1; it is one wheel without dependencies for Linux, macOS and Windows, 81 MB on disk.
WeasyPrint took 21 seconds for the console's page and needs Pango, which Windows users would have to
find elsewhere. fpdf2 is light (1 second), but writes no tags, brings no font beyond Latin-1 and
leaves every height on the page to its caller. Words are handed over as JSON: nothing in them is
ever read as a command, and nothing is fetched.

DejaVu Sans comes with matplotlib, which the charts need anyway: it draws Arabic, Cyrillic and plain
emoji where the computer has no font for them.
"""

import json
import re
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from survey_app.paper.content import Paper
from survey_app.paper.problems import PaperError

_TEMPLATES = Path(__file__).parent
_SHAPELESS = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_STANDARD: Literal["ua-1"] = "ua-1"
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


@dataclass(frozen=True, kw_only=True)
class Pdf:
    """A PDF, and the characters in it for which this computer has no font.

    Those are in the file and can be searched and copied, but are printed as empty boxes; such a
    file is tagged as well, though it may not call itself PDF/UA.
    """

    content: bytes
    shapeless: str


def make_pdf(paper: Paper) -> Pdf:
    """Return the sheet as a PDF; raises PaperError where it cannot be set."""
    return typeset("sheet.typ", {"sheet": json.dumps(asdict(paper), ensure_ascii=False)})


def typeset(name: str, words: dict[str, str]) -> Pdf:
    """Return what a template makes of its inputs; raises PaperError where it cannot be set."""
    template = _TEMPLATES / name
    with TemporaryDirectory(ignore_cleanup_errors=True) as fonts:
        _lay_out_fonts(Path(fonts))
        compiler = typst.Compiler(root=_TEMPLATES, font_paths=[fonts], sys_inputs=words)
        try:
            return Pdf(content=_compile(compiler, template, [_STANDARD]), shapeless="")
        except typst.TypstError as error:
            shapeless = "".join(dict.fromkeys(_SHAPELESS.findall(error.diagnostic)))
            if not shapeless:
                raise PaperError(f"The PDF cannot be set: {error.message}.") from error
        return Pdf(
            content=_compile(compiler, template, []), shapeless=_ESCAPED.sub(_unescape, shapeless)
        )


def _unescape(found: "re.Match[str]") -> str:
    return chr(int(found[1], 16))


def _compile(
    compiler: typst.Compiler, template: Path, standards: "list[typst.PDFStandard]"
) -> bytes:
    made = compiler.compile(template, format="pdf", pdf_standards=standards)
    if not isinstance(made, bytes):
        raise TypeError("one PDF was asked for")
    return made


def _lay_out_fonts(folder: Path) -> None:
    """Put the wanted fonts of matplotlib, which is not imported for it, into a folder.

    In its own folder stands one beside them that claims every character and draws none, and would
    keep fonts of the computer's own from being used.
    """
    found = find_spec("matplotlib")
    for place in (found.submodule_search_locations if found else None) or []:
        for name in _FONTS:
            font = Path(place) / "mpl-data" / "fonts" / "ttf" / name
            if font.is_file():
                copyfile(font, folder / name)

"""The little Markdown that texts may hold, and that nothing unsafe comes through it."""

from collections.abc import Callable

import pytest
from markupsafe import Markup

from survey_app.definition.markdown import render_block, render_inline, strip_markup


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain words", "plain words"),
        ("*emphasis* and **more**", "<em>emphasis</em> and <strong>more</strong>"),
        ("[our page](https://example.org)", '<a href="https://example.org">our page</a>'),
        ("`code`", "<code>code</code>"),
        ("other: ____", "other: ____"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("students’ “values”", "students’ “values”"),
        ("not \\*emphasis\\*", "not *emphasis*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("first\nsecond", "first\nsecond"),
    ],
)
def test_a_label_is_one_run_of_words(text: str, html: str) -> None:
    assert render_inline(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"),
        ("# no heading", "<p># no heading</p>\n"),
        ("> no quotation", "<p>&gt; no quotation</p>\n"),
    ],
)
def test_an_introduction_has_paragraphs_and_lists(text: str, html: str) -> None:
    assert render_block(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<!-- a comment -->",
        "<style>*{display:none}</style>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        '[x](https://example.org "t\\" onclick=\\"alert(1)")',
        "![x](https://example.org/pixel.png)",
        "*<b onclick=alert(1)>x</b>*",
    ],
)
@pytest.mark.parametrize("render", [render_inline, render_block])
def test_no_html_of_the_author_and_no_unsafe_address_comes_through(
    render: Callable[[str], Markup], text: str
) -> None:
    html = str(render(text)).lower()

    tags = {piece.split(">")[0].split()[0].strip("/") for piece in html.split("<")[1:]}
    assert tags <= {"p", "a", "em"}
    assert 'href="javascript' not in html
    assert 'href="java' not in html
    assert 'href="vbscript' not in html
    assert 'href="data' not in html
    assert 'href="file' not in html
    assert '" onclick' not in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*emphasis* and **more**", "emphasis and more"),
        ("[our page](https://example.org)", "our page"),
        ("a < b & `c`", "a < b & c"),
        ("first\nsecond", "first\nsecond"),
        ("", ""),
    ],
)
def test_spreadsheets_and_charts_show_the_words_alone(text: str, words: str) -> None:
    assert strip_markup(text) == words

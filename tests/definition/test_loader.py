"""A file's fields: what makes an instrument, and every problem at once with its line."""

import json

import pytest

from survey_app.definition.loader import load, load_definition
from survey_app.definition.problems import DefinitionError
from survey_app.definition.text import Text
from tests.definition.definitions import HEAD, find_problems, load_items, write_items

TOP = HEAD.split("scales:", maxsplit=1)[0]
SLEEP = "      - {key: sleep, type: text, text: How do you sleep?}\n"
GOOD = HEAD + SLEEP


def test_a_definition_becomes_an_instrument() -> None:
    instrument = load(GOOD.encode(), "wellbeing/1.0.0.yaml")

    assert instrument.reference == "wellbeing@1.0.0"
    assert instrument.title == Text.plain("Wellbeing")
    assert (instrument.source, instrument.licence, instrument.changes) == (
        "ours",
        "ours",
        "the first version",
    )
    assert instrument.languages == ("en",)
    assert [section.key for section in instrument.sections] == ["page"]
    assert [item.key for item in instrument.items] == ["sleep"]
    assert list(instrument.scales["extent"].points) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format: 1\n", "", "1: 'format' is missing (which rules this file follows); add a line"),
        ("format: 1", "format: 2", "1: format '2' is not known to this program; write 'format: 1'"),
        ("format: 1", "format: [1]", "1: format '…' is not known to this program"),
        ("name: wellbeing", "name: Well Being", ("2: 'name' is 'Well Being'; write at "
         "most 63 small letters, digits and -")),
        ("name: wellbeing\n", "", "1: 'name' is missing (its name for ever); add a line 'name: …'"),
        ("version: 1.0.0", "version: 1.0", ("3: 'version' is '1.0'; write three "
         "numbers such as 1.0.0")),
        ("version: 1.0.0", "version: 1.00.0", "3: 'version' is '1.00.0'; write three"),
        ("version: 1.0.0", "version: v1.0.0", "3: 'version' is 'v1.0.0'; write three"),
        ("title: Wellbeing", "title:", "4: 'title' is empty; write the words or remove the line"),
        ("title: Wellbeing", "title: '  '", "4: 'title' is empty; write the words or remove"),
        ("title: Wellbeing", "title: [Wellbeing]", ("4: 'title' should be a text; write it on this "
         "line, in quotes if it begins with a sign")),
        ("title: Wellbeing", "titel: Wellbeing", ("4: there is no field 'titel' here; did you mean "
         "'title'?")),
        ("title: Wellbeing", "title: {fr: Bien-être}", ("4: 'title' has a wording in 'fr'; add that "
         "under 'languages', or remove it")),
        ("source: ours\n", "", "1: 'source' is missing (where the wording comes from)"),
        ("licence: ours\n", "", "1: 'licence' is missing (to whom the wording belongs"),
        ("changes: the first version\n", "", "1: 'changes' is missing (what changed since"),
        ("changes: the first version", "changes: the first version\nlanguages: english",
         "8: 'languages' has 'english', no language code; write one such as en, fr or pt-br"),
        ("changes: the first version", "changes: the first version\nlanguages: []",
         "8: 'languages' has too few entries; write at least 1"),
        ("changes: the first version", "changes: the first version\nlanguages: {en: English}",
         "8: 'languages' should be a list; begin each entry with '- '"),
        ("direction: unipolar", "direction: upwards", ("9: extent: 'direction' is 'upwards'; use one "
         "of unipolar or bipolar")),
        ("direction: unipolar, ", "", "9: extent: 'direction' is missing (unipolar or bipolar)"),
        ("  extent: {", "  Extent: {", ("9: Extent: the scale 'Extent' cannot be used; write at most "
         "32 small letters, digits and _, beginning with a letter (such as years_involved)")),
        ("sections:", "zones:", ("there is no field 'zones' here; remove it or use one of analysis, "
         "changes, format, introduction, languages, licence, name, scales, sections, source, "
         "title or version")),
        ("  - key: page", "  - key: Page", "12: Page: the 'key' 'Page' cannot be used"),
        ("  - key: page", "  - key: p" + "a" * 32, "cannot be used; write at most 32 small letters"),
        ("title: The page", "heading: The page", "13: page: there is no field 'heading' here"),
        ("title: The page", "title: The page\n    minutes: a few",
         "14: page: 'minutes' is 'a few'; write a whole number from 1 to 240"),
        ("text: How do you sleep?", "text: How?, if_needed: [At night]",
         "15: sleep: 'if_needed' should be a text; write it on this line"),
        ("type: text, ", "", "15: sleep: 'type' is missing (such as text or select_one); add"),
        ("type: text", "type: txt", ("15: sleep: there is no item type 'txt'; did you mean 'text'? "
         "There are date, decimal, integer, likert, likert_grid, note, open_question, range, rank, "
         "select_multiple, select_one, text")),
        ("type: text", "type: [text]", "15: sleep: there is no item type ''; there are date, decimal, integer,"),
        ("text: How do you sleep?", "hint: In hours", ("15: sleep: 'text' is missing (what is asked "
         "or said); add a line 'text: …'")),
        ("key: sleep", "key: 1st", "15: 1st: the 'key' '1st' cannot be used; write at most 32"),
        ("key: sleep", "key: Version", "15: Version: the 'key' 'Version' cannot be used"),
        ("key: sleep", "key: version", ("15: version: the key 'version' is kept by SPSS, Stata, R or "
         "our tables; write another, such as my_version")),
        ("key: sleep", "key: str20", "15: str20: the key 'str20' is kept by SPSS, Stata, R or"),
        ("text: How do you sleep?}", "text: How?, relevant: 'yes'}", ("15: sleep: relevant: at "
         "character 1: `yes` is neither an answer nor a text; write ${yes}, or 'yes' in quotes")),
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_a_problem_says_where_it_is_and_what_to_do(old: str, new: str, problem: str) -> None:
    assert GOOD.count(old) == 1

    found = find_problems(GOOD.replace(old, new))

    assert [problem in each for each in found].count(True) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("just words", "1: a definition should be lines of 'name: value'; indent them under it"),
        ("- a\n- b\n", "1: a definition should be lines of 'name: value'; indent them under it"),
        (TOP + "sections: []\n", "8: 'sections' has too few entries; write at least 1"),
        (TOP, "1: 'sections' is missing (the parts with their items); add a line 'sections: …'"),
        (TOP + "sections:\n  key: page\n", "9: 'sections' should be a list; begin each entry"),
        (TOP + "sections:\n  - page\n", "9: a section should be lines of 'name: value'"),
        (TOP + "sections:\n  - {key: page, title: Page}\n",
         "9: page: 'items' is missing (what is asked, one entry each); add a line 'items: …'"),
        (TOP + "sections:\n  - {key: page, title: Page, items: []}\n",
         "9: page: 'items' has too few entries; write at least 1"),
        (TOP + "sections:\n  - {key: page, title: Page, items: sleep}\n",
         "9: page: 'items' should be a list; begin each entry with '- '"),
        (TOP + "sections:\n  - {key: page, title: Page, items: [sleep]}\n",
         "9: page: an item should be lines of 'name: value'; indent them under it"),
        (TOP + "scales: [extent]\n" + "sections:\n  - key: page\n    title: P\n    items:\n" + SLEEP,
         "8: 'scales' should be lines of 'name: value'; indent them under it"),
    ],
    ids=lambda text: text[-40:],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused_with_its_line(text: str, problem: str) -> None:
    assert [problem in each for each in find_problems(text)] == [True]


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_lines() -> None:
    text = GOOD.replace("1.0.0", "one").replace("type: text", "type: txt").replace("unipolar", "up")

    assert [each.partition(":")[0] for each in find_problems(text)] == ["3", "9", "15"]


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("- {key: a, type: text}\n- {key: b, type: text, text: B, relevant: \"${a} = 'x'\"}", 1),
        ("- {key: a, type: likert, text: A, scale: extent, rows: 3}", 1),
        (("- {key: a, type: select_one, text: A, options: {Bad: b}}\n"
         "- {key: b, type: text, text: B, relevant: \"selected(${a}, 'Bad')\"}"), 1),
    ],
)  # fmt: skip
def test_one_mistake_is_one_problem(items: str, count: int) -> None:
    assert len(find_problems(write_items(items))) == count


def test_a_scale_that_cannot_be_read_is_not_said_to_be_missing() -> None:
    item = "      - {key: met, type: likert, text: How far?, scale: extent}\n"

    assert find_problems(HEAD.replace("unipolar", "up") + item) == [
        "9: extent: 'direction' is 'up'; use one of unipolar or bipolar"
    ]


LANGUAGES = """\
format: 1
name: wellbeing
version: 1.0.0
title: {en: Wellbeing, fr: Bien-être}
source: ours
licence: ours
changes: the first version
languages: [en, fr]
sections:
  - key: page
    title: {en: Sleep, fr: Sommeil}
    items:
      - key: sleep
        type: select_one
        text: {en: How do you sleep?, fr: Comment dormez-vous ?}
        options:
          well: {en: Well, fr: Bien}
          badly: {fr: Mal, en: Badly}
"""


def test_texts_may_be_in_several_languages() -> None:
    item = load(LANGUAGES.encode(), "file.yaml").items[0]
    label = item.columns()[0].codes["badly"]

    assert item.text.in_language("fr") == "Comment dormez-vous ?"
    assert label.languages == ("en", "fr")
    assert label.in_language("de") == "Badly"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("well: {en: Well, fr: Bien}", "well: {en: Well}", ("17: sleep: 'options' 'well' has no "
         "wording in 'fr'; add 'fr: …' or drop that language")),
        ("well: {en: Well, fr: Bien}", "well: Well", ("17: sleep: 'options' 'well' needs its wording "
         "in each language of the file; write {en: …, fr: …}")),
        ("fr: Bien}", "fr: Bien, de: Gut}", ("17: sleep: 'options' 'well' has a wording in 'de'; add "
         "that under 'languages', or remove it")),
        ("fr: Bien}", "fr: }", "17: sleep: 'options' 'well' is empty; write the words or remove"),
        ("fr: Bien}", "fr: [Bien]}", "17: sleep: 'options' 'well' should be a text"),
    ],
)  # fmt: skip
def test_a_language_that_is_missing_or_too_many_is_said(old: str, new: str, problem: str) -> None:
    found = find_problems(LANGUAGES.replace(old, new))

    assert [problem in each for each in found] == [True]


def test_the_language_of_a_file_need_not_be_english() -> None:
    text = GOOD.replace("changes: the first version", "changes: la première\nlanguages: fr")

    assert load(text.encode(), "file.yaml").title.languages == ("fr",)


def test_a_stored_definition_makes_the_same_instrument_without_its_file() -> None:
    instrument = load(LANGUAGES.encode(), "file.yaml")

    again = load_definition(instrument.definition)

    assert again.fingerprint == instrument.fingerprint
    assert again.items == instrument.items


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1", "# a note\nformat: 1  # another"),
        ("title: Wellbeing", 'title: "Wellbeing"'),
        ("title: Wellbeing", "title: >-\n  Wellbeing"),
        (SLEEP, "      - key: sleep\n        type: text\n        text: How do you sleep?\n"),
        (SLEEP, SLEEP + "analysis:\n  quasi_identifiers: []\n"),
        ("{key: sleep,", "{renamed_from: rest, key: sleep,"),
        ("type: text,", "type: text, meaning: unchanged,"),
    ],
    ids=[
        *("comments", "quotes", "folded", "block style", "analysis", "an older key"),
        "words that mean the same",
    ],
)
def test_what_does_not_change_the_asking_keeps_the_fingerprint(old: str, new: str) -> None:
    changed = load(GOOD.replace(old, new).encode(), "file.yaml")

    assert changed.fingerprint == load(GOOD.encode(), "file.yaml").fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How do you sleep?", "How do you sleep ?"),
        ("{key: sleep, type: text,", "{type: text, key: sleep,"),
        ("to some extent", "to  some extent"),
        ("type: text", "type: text, required: false"),
        ("ours\nlicence", "theirs\nlicence"),
    ],
    ids=["words", "order", "a scale's words", "a default written out", "the source"],
)
def test_whatever_else_was_written_changes_the_fingerprint(old: str, new: str) -> None:
    changed = load(GOOD.replace(old, new, 1).encode(), "file.yaml")

    assert changed.fingerprint != load(GOOD.encode(), "file.yaml").fingerprint


def test_the_fingerprint_is_the_same_on_every_machine_and_day() -> None:
    instrument = load_items("- {key: sleep, type: text, text: How do you sleep?}")

    assert (
        instrument.fingerprint == "765b79195c16d0e31e064b447c694bb075d3670e3767d73f4471e8f504d3f954"
    )


def test_an_item_of_an_unknown_type_is_read_as_far_as_every_type_goes() -> None:
    item = "      - {key: Sleep, type: txt, text: '', relevant: '${a} ='}\n"
    found = find_problems(TOP + "sections:\n  - key: page\n    title: P\n    items:\n" + item)
    for said in ("there is no item type 'txt'", "'text' is empty", "relevant:", "'Sleep'"):
        assert [each for each in found if said in each], said


def test_what_was_published_loads_though_its_conditions_would_be_advised_against_today() -> None:
    asked = "- {key: age, type: integer, text: Age?}\n- {key: why, type: text, text: Why?}"
    written = load_items(asked).definition
    vain = json.loads(json.dumps(written).replace('"Why?"', '"Why?", "relevant": "${age} = \'x\'"'))

    assert load_definition(vain).items[1].relevant is not None
    with pytest.raises(DefinitionError, match="is a number and never 'x'"):
        load(json.dumps(vain).encode(), "file.yaml")


@pytest.mark.parametrize(
    ("items", "problems"),
    [
        ("- {key: a, type: txt, text: A}\n- {key: a, type: text, text: B}",
         ["15: a: there is no item type 'txt'", "16: a: the key 'a' is used twice"]),
        ("- {key: a, type: text}\n- {key: a, type: text}",
         ["15: a: 'text' is missing", "16: a: 'text' is missing", "16: a: the key 'a' is used"]),
        ("- {key: a, type: text, text: A}\n- words\n- [b]",
         ["16: page: an item should be lines", "17: page: an item should be lines"]),
        (("- {key: a, type: text, text: A}\n- key: b\n  type: select_one\n  text: B\n  options:\n"
          "    yes: Yes\n    yes: No\n- {key: c, type: text, text: C, text: D}"),
         ["21: b: 'yes' is written twice here", "22: c: 'text' is written twice here"]),
        ("- {key: a, type: rank, text: A, options: {b: B}}",
         ["15: a: 'options' has too few entries; write at least 2"]),
    ],
    ids=["other fault", "both faulty", "no items", "double codes", "rank of one"],
)  # fmt: skip
def test_every_problem_has_its_own_item_whatever_else_is_wrong(
    items: str, problems: list[str]
) -> None:
    found = find_problems(write_items(items))

    assert len(found) == len(problems)
    assert all(each.startswith(start) for each, start in zip(found, problems, strict=True)), found


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("So <b>bold</b>", "<b>"),
        ("<script>alert(1)</script>", "<script>"),
        ("A<br/>B", "<br/>"),
        ("<a href='x'>here</a>", "<a href='x'>"),
        ("<!-- no -->", "<!--"),
        ("under < 5 b> or <name>, \\<b> as it stands", ""),
    ],
)
def test_html_is_told_since_people_would_see_the_tags(words: str, tag: str) -> None:
    found = find_problems(write_items(f"- key: a\n  type: text\n  text: >-\n    {words}"))

    assert [
        f"'text' holds '{tag}', and HTML is shown as it is typed" in each for each in found
    ] == ([True] if tag else [])


def test_what_is_shown_to_nobody_needs_no_translation_and_may_be_anything() -> None:
    text = GOOD.replace("changes: the first version", "changes: first\nlanguages: [en, fr]")
    asked = "text: {en: Sleep?, fr: Dormir ?}, as_printed: '<b>Sleep?</b>'"
    text = text.replace("text: How do you sleep?", asked)

    assert [each for each in find_problems(text) if "as_printed" in each] == []
    assert find_problems(text) != [], "the other texts are in one language only"

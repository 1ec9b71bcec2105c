"""`note`: something said, with nothing to answer."""

import pytest

from tests.definition.definitions import (
    ask,
    find_item_problems,
    find_problems,
    load_item,
    write_items,
)

CLOSING = """
    key: closing
    type: note
    text: Please name *no* patient.
    """


def test_nothing_is_asked_stored_or_counted() -> None:
    item = load_item(CLOSING)
    filled = ask(item, {"item_closing": "words"})

    assert (filled.answers, filled.fields, filled.mistakes) == ({}, {}, ())
    assert (item.columns(), item.cells({}, "en"), item.summarise([{}])) == ((), (), None)


@pytest.mark.parametrize("field", ["required: true", "allow: refused"])
def test_it_takes_no_field_that_asks_for_an_answer(field: str) -> None:
    name = field.partition(":")[0]

    assert find_item_problems(CLOSING, field) == [
        (
            f"4: closing: there is no field '{name}' here; remove it or use one of as_printed, "
            "follow_up, hint, if_needed, instruction, key, meaning, relevant, renamed_from, "
            "text or type"
        )
    ]


def test_a_condition_cannot_read_it() -> None:
    found = find_problems(
        write_items("""
        - {key: closing, type: note, text: Thank you.}
        - {key: why, type: text, text: Why?, relevant: "${closing} = 'yes'"}
        """)
    )

    assert [each.partition("relevant: ")[2] for each in found] == [
        "'closing' takes no answer that a condition can read; name another item"
    ]


def test_an_interviewer_reads_it_aloud() -> None:
    topic = load_item(CLOSING).topic()

    assert topic is not None
    assert (topic.read_aloud.in_language("en"), topic.probes, topic.recording) == (
        "Please name *no* patient.",
        (),
        "nothing",
    )

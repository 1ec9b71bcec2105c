"""What is different between two versions, in words."""

from survey_app.definition.quoting import quote


def title_differs(*, in_the_same_words: bool) -> str:
    return f"the title or introduction {_differs(in_the_same_words=in_the_same_words)}"


def heading_differs(section: str, *, in_the_same_words: bool) -> str:
    return f"the heading of '{section}' {_differs(in_the_same_words=in_the_same_words)}"


def minutes_differ(section: str) -> str:
    return f"the minutes planned for '{section}' are different"


def section_retired(section: str) -> str:
    return f"the section '{section}' was retired"


def section_new(section: str) -> str:
    return f"the section '{section}' is new"


def sections_reordered() -> str:
    return "the sections stand in another order"


def questions_reordered(section: str) -> str:
    return f"the questions of '{section}' stand in another order"


def item_moved(item: str, section: str) -> str:
    return f"'{item}' stands in '{section}' now"


def item_renamed(before: str, after: str) -> str:
    return f"'{before}' is called '{after}' now"


def item_retyped(item: str, before: str, after: str) -> str:
    return f"'{item}' was {before} and is {after}"


def column_retyped(column: str) -> str:
    return f"'{column}' holds another kind of value"


def was_retired(name: str, item: str = "") -> str:
    return f"{_name(name, item)} was retired"


def is_new(name: str, item: str = "") -> str:
    return f"{_name(name, item)} is new"


def is_different(name: str, item: str) -> str:
    return f"{_name(name, item)} is different"


def reads_differently(name: str, item: str) -> str:
    return f"{_name(name, item)} {_differs(in_the_same_words=False)}"


def is_written_differently(name: str, item: str) -> str:
    return f"{_name(name, item)} {_differs(in_the_same_words=True)}"


def is_translated(name: str, item: str) -> str:
    return f"{_name(name, item)} reads the same, in other languages than before"


def was_recoded(before: str, after: str, item: str) -> str:
    return f"{_name(after, item)} has the words that '{before}' had"


def parts_reordered(item: str) -> str:
    return f"the options or probes of '{item}' stand in another order"


def scale_differs(item: str) -> str:
    return f"the scale of '{item}' has other points"


def scale_turned(item: str) -> str:
    return f"the scale of '{item}' runs another way"


def scale_reversed(item: str) -> str:
    return f"the scale of '{item}' is reversed"


def _differs(*, in_the_same_words: bool) -> str:
    return "is written differently, in the same words" if in_the_same_words else "reads differently"


def _name(name: str, item: str) -> str:
    return f"{quote(name)} of '{item}'" if item else quote(name)

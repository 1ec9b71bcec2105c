"""What is wrong with a file as such: its bytes, its YAML."""

from survey_app.definition.quoting import quote, shorten


def not_text_file() -> str:
    return "this is not a text file in UTF-8; save it as UTF-8"


def too_large(limit: int) -> str:
    return f"the file has over {limit:,} characters; split the instrument in two"


def unreadable_file(reason: str) -> str:
    return f"the file cannot be read ({reason}); check its name and its permissions"


def not_yaml() -> str:
    return "this cannot be read as YAML; check the indentation, colons and quotes near this line"


def want_name_before_colon() -> str:
    return "a name should be one word before a colon; write 'name: value'"


def colon_in_text(words: str) -> str:
    mark = "'" if '"' in words else '"'
    return (
        "a text that holds a colon and a space stands in quotes; write "
        f"{mark}{shorten(words)}{mark}"
    )


def does_not_follow() -> str:
    return (
        "this line cannot follow the one above: indent it as its neighbours, and see that every "
        "name there has a colon and a space after it, and every '-' a space"
    )


def misplaced_line() -> str:
    return (
        "this line does not fit those above; begin it in the same column as the lines that it "
        "belongs with, and write it as 'name: value' (in a list, as '- …')"
    )


def open_quote() -> str:
    return "a quotation mark opens here and is never closed; end the text with the same mark"


def late_quote(last: int) -> str:
    return (
        f"a quotation mark opens here and ends only on line {last}; end the text with the same "
        "mark where it should end"
    )


def text_after_quote() -> str:
    return (
        "something follows a closing quotation mark; put the whole text in quotes, of the other "
        "kind where it holds some itself"
    )


def backslash() -> str:
    return "a backslash in double quotes begins a code; put this text in single quotes instead"


def open_bracket(line: int) -> str:
    return (
        f"a bracket opens here and is not closed as it should be on line {line}; close it with ] "
        "or }, with a comma between entries and quotes around a text that holds a colon or a comma"
    )


def no_colon() -> str:
    return (
        "this line has no name before a colon; write 'name: value', or indent it if it goes on "
        "with the text above"
    )


def begins_with_sign() -> str:
    return "a text that begins with a sign such as *, &, @, % or ` stands in quotes"


def list_on_line() -> str:
    return "a list begins on a line of its own; put the '- ' on the next line, indented"


def words_after_fold() -> str:
    return "after > or | the text begins on the next line, indented; move the words there"


def tab() -> str:
    return "this line begins with a tab, which YAML does not allow; indent with spaces"


def forbidden_character(character: str) -> str:
    return f"this holds the character U+{ord(character):04X}, which no export can keep; remove it"


def too_deep(limit: int) -> str:
    return f"this is nested more than {limit} levels deep; check the indentation"


def no_aliases() -> str:
    return "anchors (&) and aliases (*) are not used here; write the value out, or name a scale"


def no_tags() -> str:
    return "tags (!) are not used here; put the text in quotes, or remove the '!'"


def one_document() -> str:
    return "a file holds one instrument; put what follows the second '---' into a file of its own"


def duplicate_key(key: str) -> str:
    return f"{quote(key)} is written twice here; keep one"


def empty_file() -> str:
    return "the file is empty; begin with 'format: 1'"

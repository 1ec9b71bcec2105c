"""What is wrong between files: their places, versions and what was published."""

from survey_app.definition.quoting import quote


def same_version(name: str, version: str, other: str) -> str:
    return f"{name} {version} is defined differently by {other}; give one of them a new version"


def wrong_place(name: str, version: str) -> str:
    return f"this file should be called {name}/{version}.yaml, after its name and version"


def changed_frozen(name: str, version: str, frozen: str, found: str) -> str:
    return (
        f"{name} {version} is frozen: it was published as {frozen[:12]} and this file is "
        f"{found[:12]}; undo the change, or save the file as a new version"
    )


def two_copies(name: str, version: str, shipped: str, found: str) -> str:
    return (
        f"{name} {version} ships with the program as {shipped[:12]} and this file is "
        f"{found[:12]}; the shipped one is used. Give this file a new version, or remove it"
    )


def renamed_from_itself(key: str) -> str:
    return (
        f"renamed_from: '{key}' is the key that this item has; write the key that the question had "
        "in the version before, or remove the line"
    )


def renamed_and_kept(key: str) -> str:
    return (
        f"renamed_from: there is still an item '{key}' in this version, so that nothing was "
        "renamed; remove the line, or that item"
    )


def renamed_twice(key: str, other: str) -> str:
    return (
        f"renamed_from: '{other}' has taken the place of '{key}' already; keep the line at the one "
        "that asks the same"
    )


def small_bump(previous: str, version: str, least: str, because: str) -> str:
    return (
        f"{version} follows {previous}, but {because}: that is a {least} change; "
        f"raise the {least} number"
    )


def ask_meaning(name: str, item: str, *, is_part: bool) -> str:
    way_out = "the new words a new code" if is_part else "the question a new key"
    return (
        f"{quote(name)} of '{item}' reads differently: does it still mean the same? Add "
        f"'meaning: unchanged' to '{item}' if it does, or give {way_out} if it does not"
    )


def meaning_is_unchanged(*, is_copied: bool) -> str:
    copied = " (the line is in the version before too, and may be copied from there)"
    return f"The author says that the meaning is unchanged{copied if is_copied else ''}"


def ask_renaming(before: str, after: str) -> str:
    return (
        f"Was '{before}' renamed to '{after}', or removed? Add 'renamed_from: {before}' to "
        f"'{after}' if it is the same question, or 'meaning: new' if it is another"
    )


def no_such_key_before(key: str) -> str:
    return (
        f"renamed_from: no earlier version has an item '{key}'; write the key that the question "
        "had before, or remove the line"
    )


def renamed_beside(key: str, other: str, version: str) -> str:
    return (
        f"renamed_from: '{key}' was a question of its own in {version}, so that it is not "
        f"'{other}' renamed; give the question a key that was never used"
    )


def key_taken_again(key: str, now: str) -> str:
    return (
        f"'{key}' is what '{now}' was called before, and a key belongs to one question for ever; "
        "give this question a new key"
    )


def type_changed(key: str, before: str, version: str, after: str) -> str:
    return (
        f"'{key}' was {before} in {version} and is {after}, and a key keeps its type for ever; "
        "give the question a new key"
    )


def renamed_and_retyped(key: str, old: str, before: str, version: str, after: str) -> str:
    return (
        f"'{key}' is {after}, and as '{old}' it was {before} in {version}; a question that is "
        "renamed keeps its type, so remove its 'renamed_from' line"
    )


def item_came_back(key: str, version: str) -> str:
    return (
        f"'{key}' was asked in {version}, was retired, and comes back with other words; add "
        f"'meaning: unchanged' to '{key}' if it means the same, or give it a new key"
    )


def item_is_another(key: str, version: str) -> str:
    return (
        f"'{key}' was asked in {version}, and 'meaning: new' says that this is another question; "
        "give it a new key, or remove that line if it asks the same"
    )


def code_came_back(code: str, key: str, version: str) -> str:
    return (
        f"'{code}' of '{key}' was retired after {version} and comes back with other words; add "
        f"'meaning: unchanged' to '{key}' if it means the same, or give it a code of its own"
    )


def code_changed_hands(code: str, key: str, other: str, version: str) -> str:
    return (
        f"'{code}' of '{key}' has the words that '{other}' had in {version}, and a code keeps its "
        f"meaning for ever; give the words back to '{other}', or a code that was never used"
    )


def scale_is_another(key: str, version: str) -> str:
    return (
        f"'{key}' is asked on the scale of {version} turned round, and a reversed scale is another "
        "scale; give the question a new key"
    )


def column_meant_another(column: str, key: str, version: str) -> str:
    return (
        f"the column '{column}' held an answer to '{key}' in {version}, and its name is kept for "
        "that; choose another key or code"
    )


def breaks_later(version: str, because: str) -> str:
    return f"{version} comes after this version and would not fit it: {because}"

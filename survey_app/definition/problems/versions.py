"""What is wrong between files: their places, versions and what was published."""


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

"""What is written down of a failure: where it happened, and nothing of what was being handled.

The message of an exception often quotes the value that it met, and that may be what somebody has
typed; a log is kept by others, and for longer, than an answer.
"""

import os
import traceback
from collections.abc import Iterator


def describe_failure(error: BaseException) -> str:
    """Return the places in the code and the kinds of an error and of what led to it, in lines."""
    parts = [_describe(each) for each in _chain(error)]
    return "\nwhich led to\n".join(reversed(parts))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, what it came from, and so on; never one twice."""
    met: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in met:
        met.append(found)
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _describe(error: BaseException) -> str:
    places = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = type(error)
    return f"{places}\n{kind.__module__}.{kind.__qualname__}{_more(error)}".lstrip("\n")


def _more(error: BaseException) -> str:
    """Return what the system or the database calls the fault; neither quotes a value."""
    if isinstance(error, OSError) and error.errno is not None:
        return f": {os.strerror(error.errno)}"
    driver = getattr(error, "orig", error)
    code = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None)
    return f": {code}" if code else ""

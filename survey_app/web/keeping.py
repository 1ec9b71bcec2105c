"""What was typed on a page outlives the session: it comes back to be sent once more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import render_template, request

from survey_app.web.access import current_staff
from survey_app.web.text import clean

View = Callable[..., Any]


def keep_typed(view: View) -> View:
    """Show whoever was signed out meanwhile what they typed, with a button that sends it again."""

    @wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Any:
        if current_staff() is not None:
            return view(*args, **kwargs)
        fields = [(name, clean(text)) for name, text in request.form.items(multi=True)]
        typed = [(name, text) for name, text in fields if name != "csrf"]
        return render_template("stale_form.html", fields=typed, signed_out=True), 401

    return kept

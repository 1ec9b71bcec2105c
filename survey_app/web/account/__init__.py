"""The pages of everybody who is signed in: where to go on, and their own account."""

from survey_app.web.account import factor, home, index, password, sessions, time_left
from survey_app.web.account.blueprint import blueprint

__all__ = ["blueprint", "factor", "home", "index", "password", "sessions", "time_left"]

"""Neutral follow-ups: what an interviewer says to hear more without saying what to hear.

The kinds are those of Gillham and of the RECOUP handout on semi-structured interviews, with silence
and "anything else?" as Legard, Keegan and Ward have them. None names an answer, judges one or asks
for a reason; `unmentioned` names a topic and is therefore for the time after the free answer.
"""

from dataclasses import dataclass
from typing import Literal

from survey_app.translations import gettext

Kind = Literal[
    "silence", "elaborate", "detail", "clarify", "example", "unmentioned", "anything_else"
]


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One follow-up: what it is called and when it fits, in the interviewer's language.

    `wording` is read aloud in the interview's language. It is empty for silence; that of
    `unmentioned` holds `{probe}` for the words of a probe (one that is a question already is asked
    as it stands). `names_topics` says that it must wait until the free answer has ended.
    """

    kind: Kind
    name: str
    fits: str
    wording: str
    names_topics: bool = False

    @property
    def blank_wording(self) -> str:
        """The wording with a gap for the probe, where none is at hand: on paper, say."""
        return self.wording.replace("{probe}", "…")


def make_follow_ups(language: str, own: str | None = None) -> tuple[FollowUp, ...]:
    """Return all follow-ups in the order in which they are tried, gentlest first.

    `language` is the interview's, `own` the interviewer's (the language now in use if not given).
    """
    return (*_about_the_answer(language, own), *_beyond_the_answer(language, own))


def _about_the_answer(language: str, own: str | None) -> tuple[FollowUp, ...]:
    return (
        FollowUp(
            kind="silence",
            name=gettext("Wait", own),
            fits=gettext("The answer may go on: count to five and say nothing.", own),
            wording="",
        ),
        FollowUp(
            kind="elaborate",
            name=gettext("Tell me more", own),
            fits=gettext("The answer was short or general.", own),
            wording=gettext("Could you tell me more about that?", language),
        ),
        FollowUp(
            kind="detail",
            name=gettext("Detail", own),
            fits=gettext("Something happened, and who, when or where was not said.", own),
            wording=gettext("How did that go: who was there, when and where?", language),
        ),
        FollowUp(
            kind="clarify",
            name=gettext("Clarify", own),
            fits=gettext("You are not sure what was meant.", own),
            wording=gettext("Could you say in other words what you mean by that?", language),
        ),
        FollowUp(
            kind="example",
            name=gettext("Example", own),
            fits=gettext("A topic came up without an example.", own),
            wording=gettext("Could you give me an example of that?", language),
        ),
    )


def _beyond_the_answer(language: str, own: str | None) -> tuple[FollowUp, ...]:
    return (
        FollowUp(
            kind="unmentioned",
            name=gettext("Not mentioned", own),
            fits=gettext("The free answer has ended, and this topic has not come up.", own),
            wording=gettext(
                "You have not mentioned {probe}: what do you think about that?", language
            ),
            names_topics=True,
        ),
        FollowUp(
            kind="anything_else",
            name=gettext("Anything else?", own),
            fits=gettext("Before you go on: ask until the answer is no.", own),
            wording=gettext("Is there anything else?", language),
        ),
    )

"""The study that is there from the first start: what it asks, its consent texts, its staff."""

from survey_app.definition.shapes import Json
from survey_app.storage.records import ProtocolEntry, Role

SLUG = "ami"
TITLE = "AMI: the resident mentors’ study"
CONTACT = "the person who sent you the link to this study"

PROTOCOL = (
    ProtocolEntry(instrument="ami-survey", version="1.0.1", delivery="self", position=0, open=True),
    ProtocolEntry(
        instrument="ami-survey", version="1.0.1", delivery="interviewer", position=1, open=True
    ),
    ProtocolEntry(
        instrument="ami-interview", version="1.1.0", delivery="interviewer", position=2, open=True
    ),
)
"""The survey to fill in; the same survey as probes in the interview; then the interview guide."""

STAFF: dict[str, Role] = {"interviewer": "interviewer", "analyst": "analyst"}
"""The first accounts and their roles in the study."""

CONSENTS: tuple[dict[str, Json], ...] = (
    {
        "delivery": "self",
        "text": """\
This study asks resident doctors what being a mentor in the Advocacy Mentorship Initiative has meant
to them: what they did, what they learned, and how it changed their teaching and their own
development.

- **It is your choice.** You may stop at any time, and you may skip any question.
- **No name is needed.** Please give no name, of yourself or of anybody else, in your answers.
- **There are four short pages.** Your answers are saved each time you go on to another page, also
  before you send them, and the people who run this study can read them from then on. You can pause:
  you are given a private link with which you go on later, on any device. With the same link you can
  withdraw, and your answers are erased from the study’s database; copies that were made before,
  such as tables and backups, are not reached by that. Keep the link to yourself: whoever has it can
  go on, or withdraw, in your place.
- **Who sees it.** The people who run this study read the answers and may publish what they find.
""",
        "statements": [
            {
                "key": "quoted",
                "text": "What I write may be quoted word for word, without my name",
            },
        ],
    },
    {
        "delivery": "interviewer",
        "text": """\
This study asks resident doctors what being a mentor in the Advocacy Mentorship Initiative has meant
to them: what they did, what they learned, and how it changed their teaching and their own
development.

- **It is your choice.** You may stop at any time, and you may leave out any question.
- **It is one conversation.** One interviewer speaks with you over a video call, for 30 to 60
  minutes, and notes what you speak about under a code, not under your name. Please give no name of
  a mentee.
- **A recording is made only if you agree to it.** Then what you said can be written down word for
  word, without names and without what else would point to you. The recording is not kept in this
  program but by the people who run this study. You can take part without being recorded, and you
  can have the recording stopped at any time: the interviewer then takes notes alone.
- **Who sees it.** The people who run this study read what was noted and written down, and may
  publish what they find.
""",
        "statements": [
            {"key": "recording", "text": "The interview may be recorded"},
            {
                "key": "quoted",
                "text": "What I say may be quoted word for word, without my name",
            },
        ],
    },
)
"""The consent texts, one for each delivery. They promise nothing that the program does not do."""

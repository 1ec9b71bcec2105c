"""The study that is there from the first start: what it asks, its consent text, its staff."""

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

CONSENT_VERSION = "1"
CONSENT = {
    "en": """\
This study asks resident doctors what being a mentor in the Advocacy Mentorship Initiative has meant
to them: what they did, what they learned, and how it changed their teaching and their own
development.

- **It is your choice.** You may stop at any time, and you may skip any question.
- **No name is needed.** Please give no name, of yourself or of anybody else, in your answers.
- **If you answer on the web,** there are four short pages. Your answers are saved each time you go
  on to another page, also before you send them, and the people who run this study can read them
  from then on. You can pause: you are given a private link with which you go on later, on any
  device. With the same link you can withdraw, and your answers are erased from the study’s
  database; copies that were made before, such as tables and backups, are not reached by that. Keep
  the link to yourself: whoever has it can go on, or withdraw, in your place.
- **If you are interviewed,** the interviewer notes what you speak about under a code, not under
  your name.
- **Who sees it.** The people who run this study read the answers and may publish what they find.
"""
}
"""The consent text by language. It promises nothing that the program does not do."""

"""Sending a mailing: one message at a time, each claimed before and settled after.

A process that is killed leaves one message that may have been sent, which is never sent again
unless somebody asks for it; whatever still waits is sent by the next one.
"""

import time
from collections.abc import Callable
from email.message import EmailMessage
from itertools import count

from survey_app.enrolment import Entry, list_entries
from survey_app.invitation_codes import LENGTH, LETTERS, hash_code, make_code, show_code, spell_code
from survey_app.mail.delivery import (
    MaybeSent,
    NotSent,
    Refused,
    ServerUnusable,
    open_session,
)
from survey_app.mail.letters import Text, fill
from survey_app.mail.messages import compose
from survey_app.mail.server import read_sender, read_server
from survey_app.recipients import say_why_not_now
from survey_app.sending import SendingStopped, hold_sending, settle_interrupted
from survey_app.settings import Settings
from survey_app.signatures import read_secret, sign
from survey_app.storage.people.records import Mailing, Message
from survey_app.storage.people.register import People
from survey_app.storage.records import StudyRecord
from survey_app.storage.store import Store
from survey_app.translations import gettext as _

MINUTE = 60.0
NO_CODE = LETTERS[0] * LENGTH
"""Stands in a letter that is only looked at."""
LABEL = "mail"
"""By which the invitations that are mailed are found in the study's list."""
Show = Callable[[float, str], None]


class Sender:
    """Sends what waits of one mailing; `pause` is what is done between two messages."""

    def __init__(
        self,
        store: Store,
        people: People,
        settings: Settings,
        mailing: Mailing,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        study = store.studies.find(mailing.study)
        if study is None or not settings.smtp:
            raise SendingStopped(_("No mail server is set, so nothing was sent."))
        self._store, self._people, self._settings = store, people, settings
        self._study: StudyRecord = study
        self._mailing = mailing
        self._pause = pause
        self._server = read_server(settings.smtp)
        self._from = read_sender(settings.mail_from)

    def run(self, show: Show) -> None:
        """Send one after another. Raises SendingStopped where the mail server takes nothing."""
        with hold_sending(self._settings):
            settle_interrupted(self._people)
            messages = self._people.mailings.messages(self._mailing.id)
            waiting = [each for each in messages if each.state == "waiting"]
            for number, message in enumerate(waiting):
                told = _("Letter {number} of {count}")
                show(number / len(waiting), told.format(number=number + 1, count=len(waiting)))
                if number:
                    self._pause(MINUTE / int(self._settings.mail_per_minute))
                self._send(message)

    def _send(self, message: Message) -> None:
        entry = self._find(message)
        if entry is None:
            return
        why_not = say_why_not_now(self._mailing.kind, entry, anonymous=self._study.anonymous)
        if why_not:
            self._people.mailings.leave_out(message.id, why_not)
        elif self._people.mailings.claim(message.id):
            self._deliver(message, entry)

    def _find(self, message: Message) -> Entry | None:
        """Return whom a message goes to; None for who was forgotten since, with their message."""
        entries = list_entries(self._store, self._people, self._study)
        return next((each for each in entries if each.person.id == message.person), None)

    def _deliver(self, message: Message, entry: Entry) -> None:
        settle = self._people.mailings.settle
        try:
            with open_session(self._server, self._from, entry.person.email) as session:
                link = self._make_link(entry)
                if link is None:
                    settle(message.id, "left_out", _("withdrew"))
                    return
                session.hand_over(self._compose(message, entry, link))
        except ServerUnusable as error:
            settle(message.id, "waiting", str(error))
            raise SendingStopped(str(error)) from error
        except Refused as error:
            settle(message.id, "failed", str(error))
        except MaybeSent as error:
            settle(message.id, "unknown", str(error))
        else:
            settle(message.id, "sent")

    def _make_link(self, entry: Entry) -> str | None:
        """Return a new link, in the place of an earlier one; None for who withdrew just now."""
        if self._study.anonymous:
            return make_shared_link(self._store, self._people, self._settings, self._study)
        code = make_code()
        made = self._store.invitations.renew(
            self._study.slug,
            entry.person.id,
            hash_code(code),
            by=self._mailing.made_by,
            label=LABEL,
        )
        return None if made is None else f"{self._settings.url}/i/{show_code(code)}"

    def _compose(self, message: Message, entry: Entry, link: str) -> EmailMessage:
        name = entry.person.name
        values = {"name": name, "link": link, "study": self._study.title}
        text = fill(Text(**self._mailing.texts[message.language]), values, message.language)
        return compose(text, self._from, name, entry.person.email)


def make_shared_link(store: Store, people: People, settings: Settings, study: StudyRecord) -> str:
    """Return the link that everybody in an anonymous study gets, so that it tells nobody apart.

    Where anybody may begin it is the study's door. Else it has a code that this installation alone
    can make again, good for as many beginnings as people were written to.
    """
    if study.admission == "open":
        return f"{settings.url}/s/{study.slug}"
    secret = read_secret(settings)
    written = {each.person for each in people.mailings.list_messages(study.slug)}
    for number in count(1):
        code = spell_code(sign(secret, "shared invitation", f"{study.id}\n{number}"))
        made = store.invitations.share(
            study.slug, hash_code(code), len(written), by=LABEL, label=LABEL
        )
        if not made.revoked:
            break
    return f"{settings.url}/i/{show_code(code)}"


def send_test(settings: Settings, text: Text, language: str, study: str, address: str) -> None:
    """Send a letter as it will look to one address; its link opens nothing.

    Raises SendingStopped.
    """
    if not settings.smtp:
        raise SendingStopped(_("No mail server is set, so nothing was sent."))
    server, sender = read_server(settings.smtp), read_sender(settings.mail_from)
    link = f"{settings.url}/i/{show_code(NO_CODE)}"
    name = _("Name of the person")
    filled = fill(text, {"name": name, "link": link, "study": study}, language)
    try:
        with open_session(server, sender, address) as session:
            session.hand_over(compose(filled, sender, "", address))
    except (NotSent, MaybeSent) as error:
        raise SendingStopped(str(error)) from error

"""A letter as a message of e-mail."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from urllib.parse import quote

from survey_app.mail.letters import Text
from survey_app.mail.server import Sender


def compose(text: Text, sender: Sender, name: str, address: str) -> EmailMessage:
    """Return the message, in plain text, to one person alone.

    Its headers ask machines not to answer (RFC 3834), and say where to unsubscribe (RFC 2369).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=sender.name, addr_spec=sender.address)
    message["To"] = Address(display_name=name, addr_spec=address)
    message["Subject"] = text.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<mailto:{quote(sender.address, safe='@')}?subject=stop>"
    message.set_content(text.body, cte="quoted-printable")
    return message

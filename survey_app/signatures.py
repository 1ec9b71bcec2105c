"""What only this installation can make of a text: without the web, so that a job has it too."""

import hashlib

from survey_app.settings import Settings


def sign(secret: bytes, purpose: str, text: str) -> bytes:
    """Return 256 bits that only who has a secret can make of a text, for one purpose.

    BLAKE2b with a key (RFC 7693), which is a message authentication code like HMAC and costs a
    twentieth of it here, where each page asks for one.
    """
    message = f"{purpose}\n{text}".encode()
    return hashlib.blake2b(message, key=secret, digest_size=32).digest()


def read_secret(settings: Settings) -> bytes:
    """Return the key of everything that is derived, which is made if there is none yet."""
    return hashlib.sha256(settings.make_secret()).digest()

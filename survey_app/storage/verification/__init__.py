"""Whether a database is still what was written to it: every chain, digest, fingerprint and page."""

from survey_app.storage.verification.breaks import Break, Counts
from survey_app.storage.verification.structure import Fingerprint
from survey_app.storage.verification.whole import check_file, open_unchanged, verify

__all__ = ["Break", "Counts", "Fingerprint", "check_file", "open_unchanged", "verify"]

"""Says at the end of a run how many rows of the table of OWASP's ASVS are without a test."""

from typing import Any

from tests.web.asvs import FILE, count, read_asvs


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell it where the table was looked at."""
    looked = ("passed", "failed")
    reports = [each for name in looked for each in terminalreporter.stats.get(name, ())]
    if any("test_asvs.py" in str(getattr(each, "nodeid", "")) for each in reports):
        terminalreporter.write_sep("=", f"OWASP ASVS 5.0.0 ({FILE.name})")
        terminalreporter.write_line(count(read_asvs()))

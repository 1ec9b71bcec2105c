"""An address says the same about itself as to the library that opens the database."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from survey_app.database_address import database_file, is_in_memory, is_known, show_address

ADDRESSES = (
    "sqlite:///responses.sqlite3",
    "sqlite:////var/lib/study/responses.sqlite3",
    "sqlite:///C:\\studies\\responses.sqlite3",
    "sqlite:///a folder/écoute 1%202.sqlite3?timeout=3",
    "sqlite+pysqlite:///responses.sqlite3",
    "sqlite://",
    "sqlite:///",
    "sqlite:///:memory:",
    "postgresql://host/name",
    "postgresql+psycopg://who:a%40b:c@host:5432/name?sslmode=require",
    "postgresql://who@host/name",
    "mysql://who:secret@host/name",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_read_as_the_database_library_reads_it(address: str) -> None:
    url = make_url(address)
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    assert database_file(address) == (Path(str(url.database)) if is_file else None)
    assert is_in_memory(address) == (url.get_backend_name() == "sqlite" and not is_file)
    assert is_known(address) == (url.get_backend_name() in {"sqlite", "postgresql"})
    assert (show_address(address) == address) == (url.password is None)
    assert make_url(show_address(address)).render_as_string() == url.render_as_string(
        hide_password=True
    )


@pytest.mark.parametrize("text", ["", "responses.sqlite3", "sqlite:/one.sqlite3", "://", "x\n"])
def test_what_is_no_address_names_no_file(text: str) -> None:
    assert (is_known(text), is_in_memory(text), database_file(text)) == (False, False, None)
    assert show_address(text) == text

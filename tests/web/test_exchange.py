"""What is left out of the framework changes no answer."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from survey_app.web.exchange import MOST_KNOWN, Application


@pytest.fixture
def plain() -> Application:
    """An application with one form."""
    made = Application("tests")
    made.config["MAX_CONTENT_LENGTH"] = 1_000

    @made.post("/form")
    @made.post("/s/form")
    def read() -> dict[str, list[str]]:
        return {name: request.form.getlist(name) for name in request.form}

    return made


@pytest.mark.parametrize("path", ["/form", "/s/form"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_is_read_whole_however_it_is_posted(
    plain: Application, kind: str, path: str
) -> None:
    typed = MultiDict([("a", "1 & 2 = 3"), ("a", "+%C3"), ("b", ""), ("é", "two\r\nlines 👩🏽‍⚕️")])

    response = plain.test_client().post(path, data=typed, content_type=kind)

    assert response.json == {"a": ["1 & 2 = 3", "+%C3"], "b": [""], "é": ["two\r\nlines 👩🏽‍⚕️"]}


def test_a_form_that_names_its_encoding_is_read_too(plain: Application) -> None:
    kind = "application/x-www-form-urlencoded; charset=UTF-8"

    response = plain.test_client().post("/form", data="a=%C3%A9", content_type=kind)

    assert response.json == {"a": ["é"]}


def test_bytes_that_are_no_text_cost_nothing_but_themselves(plain: Application) -> None:
    kind = "application/x-www-form-urlencoded"

    response = plain.test_client().post("/form", data=b"a=%FF\xfe&b=kept", content_type=kind)

    assert response.json == {"a": ["\ufffd\ufffd"], "b": ["kept"]}


@pytest.mark.parametrize("path", ["/form", "/s/form"])
def test_a_form_that_is_too_long_is_refused(plain: Application, path: str) -> None:
    assert plain.test_client().post(path, data={"a": "x" * 1_001}).status_code == 413


@pytest.mark.parametrize("path", ["/form", "/s/form"])
def test_a_form_that_was_cut_off_on_its_way_is_refused(plain: Application, path: str) -> None:
    # As our server hands it over: it ends where nothing more came.
    said = {"CONTENT_LENGTH": "20", "wsgi.input_terminated": True}

    response = plain.test_client().post(path, data={"a": "half a sent"}, environ_overrides=said)

    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/form", "/s/form"])
def test_a_form_that_comes_in_chunks_is_read_whole(plain: Application, path: str) -> None:
    said = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}

    response = plain.test_client().post(
        path, data={"a": "all of it"}, environ_overrides={**said, "wsgi.input_terminated": True}
    )

    assert response.json == {"a": ["all of it"]}


def test_a_request_for_the_headers_alone_gets_them_alone(client: FlaskClient) -> None:
    page, headers = client.get("/s/ami"), client.head("/s/ami")

    assert headers.status_code == 200
    assert headers.data == b""
    assert headers.headers["Content-Length"] == str(len(page.data))
    assert headers.headers["Content-Type"] == page.headers["Content-Type"]


def test_an_address_stays_one_line_whatever_stands_in_it(client: FlaskClient) -> None:
    response = client.get("/s/a%0d%0aX:%20%C3%A9/check")

    assert response.status_code == 303
    assert response.headers["Location"] == "/s/a%0D%0AX%3A%20%C3%A9"
    assert "X" not in response.headers
    assert client.get("/s/ami/later").headers["Location"] == "/s/ami"


def test_remembered_routes_tell_methods_studies_and_pages_apart(app: Flask) -> None:
    client = app.test_client()
    for _ in range(2):
        assert client.get("/s/ami").status_code == 200
        assert client.get("/s/other").status_code == 404
        assert client.get("/s/ami/later").headers["Location"] == "/s/ami"
        assert client.get("/s/other/later").headers["Location"] == "/s/other"
        assert client.put("/s/ami/later").status_code == 405
        assert client.get("/s/ami/nowhere").status_code == 404


def test_routes_are_not_remembered_without_end_nor_with_a_private_link(app: Flask) -> None:
    client = app.test_client()
    for number in range(MOST_KNOWN + 10):
        client.get(f"/s/{number}/later")
    client.get("/r/secret")

    known = vars(app)["_known"]

    assert 0 < len(known) <= MOST_KNOWN
    assert not any("secret" in path for *_, path in known)

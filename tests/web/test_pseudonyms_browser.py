"""The pages on which a pseudonym is given a name, and the one without a key, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from survey_app.storage.people.keys import new_key, write_keys
from survey_app.web.context import EXTENSION, Services
from tests.browser import LiveServer, Witness
from tests.storage.scenes import change
from tests.web.test_people_browser import _look, coordinator, postman

__all__ = ["coordinator", "postman"]


@pytest.mark.browser
def test_from_a_pseudonym_to_a_name_and_on_to_a_lost_key(
    coordinator: Page,
    live_server: LiveServer,
    witness: Witness,
) -> None:
    width, store = 360, live_server.store
    store.interviews.begin(
        study="ami",
        participant_code="P07",
        interviewer_account_id=store.accounts.add("ivy").id,
        runs=[("ami-interview", "1.1.0")],
        consent=None,
        change=change(0, kind="begin"),
    )
    page = coordinator
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/people/ami")
    _look(page, width)
    page.get_by_role("link", name="Pseudonyms without a name").click()
    _look(page, width)
    page.get_by_role("link", name="Give P07 a name").click()
    _look(page, width)
    page.get_by_label("Name", exact=True).fill("Ada Lovelace")
    page.get_by_role("button", name="Give this name").click()
    expect(page.get_by_text("The pseudonym has a name")).to_be_visible()
    expect(page.get_by_role("row", name="Ada Lovelace")).to_contain_text("P07")
    _look(page, width)
    assert witness.complaints == []
    known: Services = live_server.app.extensions[EXTENSION]
    write_keys(known.settings.people_key_file, (new_key(),))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("The names cannot be read")
    expect(page.get_by_text("holds another one")).to_be_visible()
    _look(page, width)

"""A participant's walk, without scripts: every page, every way back, every stumble."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.storage.records import Change, ResponseRecord
from survey_app.storage.store import Store
from survey_app.web import filling
from tests.plain_browser import PlainBrowser

SECTIONS = ("involvement", "role", "teaching", "development")


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


@pytest.fixture
def other_device(app: Flask) -> PlainBrowser:
    return PlainBrowser(app.test_client())


def begin(browser: PlainBrowser) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/involvement"


def walk_to_check(browser: PlainBrowser) -> None:
    begin(browser)
    for _ in SECTIONS:
        browser.press("continue")
    assert browser.path == "/s/ami/check"


def stored(store: Store) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses("ami", "ami-survey"))


def answers(store: Store) -> dict[tuple[str, str], tuple[object, str | None]]:
    (response,) = stored(store)
    return {(row.item, row.row): (row.value, row.reason) for row in response.answers}


def test_the_door_shows_the_consent_text_and_begins_nothing(
    browser: PlainBrowser, store: Store
) -> None:
    assert browser.open("/s/ami").status_code == 200
    assert "agree" in browser.form.controls
    assert stored(store) == []


def test_without_the_tick_nothing_begins_and_a_sentence_says_why(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open("/s/ami")
    assert browser.press().status_code == 422
    assert "Tick the box if you agree" in browser.text
    assert stored(store) == []


def test_consent_begins_a_response_tied_to_the_exact_version(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    (response,) = stored(store)
    assert (response.instrument, response.version) == ("ami-survey", "1.0.1")
    assert (response.delivery, response.source, response.state) == ("self", "web", "in_progress")


def test_the_same_consent_page_sent_twice_begins_one_response(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes")
    first, second = browser.post(), browser.post()
    assert (first.status_code, second.status_code) in {(303, 303), (303, 400)}
    assert len(stored(store)) == 1


def test_every_page_is_saved_when_it_is_left(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    browser.choose("item_years", "2014_2015", "2020_2021").press("continue")
    assert answers(store)["years", ""] == (["2014_2015", "2020_2021"], None)
    assert answers(store)["topics", ""] == (None, "unanswered")


@pytest.mark.parametrize("pages", range(4))
def test_who_vanishes_leaves_what_was_saved_marked_as_partial(
    browser: PlainBrowser, store: Store, pages: int
) -> None:
    begin(browser)
    for _ in range(pages):
        browser.press("continue")
    (response,) = stored(store)
    items = {row.item for row in response.answers}
    expected = [{"years", "topics"}, {"role", "rewarding", "rewarding_what"}, {"teaching"}]
    assert response.state == "in_progress"
    assert items == set().union(*expected[:pages])


def test_going_back_keeps_what_was_typed_even_if_it_is_not_valid(browser: PlainBrowser) -> None:
    begin(browser)
    browser.press("continue")
    browser.choose("item_role", "other").press("back")
    assert browser.path == "/s/ami/section/involvement"
    browser.press("continue")
    assert browser.form.values["item_role"] == ["other"]


def test_the_other_tick_without_text_is_an_error_on_that_field(browser: PlainBrowser) -> None:
    begin(browser)
    browser.choose("item_topics", "other")
    assert browser.press("continue").status_code == 422
    assert 'href="#item_topics-other"' in browser.text
    assert "<title>Error:" in browser.text
    assert browser.form.values["item_topics"] == ["other"]


def test_text_of_other_without_the_tick_is_kept_and_flagged(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.choose("item_topics", "doctor").fill(item_topics__other="the weather").press("continue")
    (row,) = [row for row in stored(store)[0].answers if row.item == "topics"]
    assert (row.value, row.other_text, row.other_unticked) == (["doctor"], "the weather", True)
    browser.open("/s/ami/check")
    assert "the weather (not ticked)" in browser.text


def test_a_follow_up_that_became_irrelevant_is_no_answer_but_comes_back(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.press("continue")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what="their laughter")
    browser.press("continue")
    assert answers(store)["rewarding_what", ""] == ("their laughter", None)
    browser.open("/s/ami/section/role")
    browser.choose("item_rewarding", "no").press("continue")
    assert answers(store)["rewarding_what", ""] == (None, "not_relevant")
    browser.open("/s/ami/section/role")
    assert browser.form.values["item_rewarding_what"] == ["their laughter"]
    browser.choose("item_rewarding", "yes").press("continue")
    assert answers(store)["rewarding_what", ""] == ("their laughter", None)


def test_what_is_irrelevant_when_sent_is_dropped_for_good(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.press("continue")
    browser.choose("item_rewarding", "no").fill(item_rewarding_what="a secret")
    for _ in range(3):
        browser.press("continue")
    assert "a secret" not in browser.text
    browser.press()
    assert answers(store)["rewarding_what", ""] == (None, "not_relevant")
    opened = store.responses.find(stored(store)[0].id)
    assert opened is not None
    assert opened.state == "submitted"
    assert "a secret" not in str(opened)


def test_answers_are_checked_and_changed_before_they_are_sent(
    browser: PlainBrowser, store: Store
) -> None:
    walk_to_check(browser)
    assert "Not answered" in browser.text
    browser.open("/s/ami/section/involvement?check=1")
    browser.choose("item_years", "2015_2016").press("continue")
    assert browser.path == "/s/ami/check"
    assert "2015-2016" in browser.text
    browser.press()
    assert answers(store)["years", ""] == (["2015_2016"], None)


def test_thanks_show_the_receipt_and_the_private_link_after_sending(
    browser: PlainBrowser, store: Store
) -> None:
    walk_to_check(browser)
    browser.press()
    assert browser.path == "/s/ami/thanks"
    assert stored(store)[0].state == "submitted"
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", browser.text)
    assert re.search(r"http://localhost/r/[0-9a-z]{26}", browser.text)


def test_sending_twice_and_refreshing_the_thanks_make_one_submission(
    browser: PlainBrowser, store: Store
) -> None:
    walk_to_check(browser)
    assert browser.post().status_code == 303
    assert browser.post().status_code == 303
    first = browser.open("/s/ami/thanks").text
    assert browser.open("/s/ami/thanks").text == first
    assert [response.state for response in stored(store)] == ["submitted"]


def test_eight_posts_of_one_page_at_once_send_once(browser: PlainBrowser, store: Store) -> None:
    walk_to_check(browser)
    codes: list[int] = []

    def send() -> None:
        codes.append(browser.post().status_code)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [303] * 8
    kinds = [event.kind for event in store.responses.history(stored(store)[0].id)]
    assert kinds.count("send") == 1


def test_two_windows_lose_neither_text_and_the_person_is_told(
    app: Flask, browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.press("continue")
    second = PlainBrowser(browser.client)
    second.open("/s/ami/section/role")
    second.choose("item_rewarding", "yes").fill(item_rewarding_what="from the second")
    second.press("continue")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what="from the first")
    assert browser.press("continue").status_code == 409
    assert "from the second" in browser.text
    assert browser.form.values["item_rewarding_what"] == ["from the first"]
    assert answers(store)["rewarding_what", ""] == ("from the second", None)
    history = str([event.body for event in store.responses.history(stored(store)[0].id)])
    assert "from the first" in history
    browser.press("keep")
    assert answers(store)["rewarding_what", ""] == ("from the first", None)


def test_the_same_window_may_go_back_and_send_a_page_again(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    page = browser.page
    browser.choose("item_years", "2014_2015").press("continue")
    browser.go_back(page)
    browser.choose("item_years", "2016_2017")
    assert browser.press("continue").status_code == 200
    assert answers(store)["years", ""] == (["2016_2017"], None)


def leave_on_the_later_page(browser: PlainBrowser) -> None:
    begin(browser)
    browser.choose("item_years", "2018_2019").press("later")


def leave_on_the_second_page(browser: PlainBrowser) -> None:
    begin(browser)
    browser.press("continue")


def leave_by_later_after_the_next_page_was_seen(browser: PlainBrowser) -> None:
    leave_on_the_second_page(browser)
    browser.press("back")
    browser.press("later")


def leave_after_going_back(browser: PlainBrowser) -> None:
    leave_on_the_second_page(browser)
    browser.press("continue")
    browser.press("back")


def leave_with_a_mistake(browser: PlainBrowser) -> None:
    begin(browser)
    browser.choose("item_topics", "other")
    assert browser.press("continue").status_code == 422


def leave_after_later_and_on(browser: PlainBrowser) -> None:
    leave_on_the_later_page(browser)
    browser.open("/s/ami/section/involvement")
    browser.press("continue")
    browser.press("continue")


def leave_after_a_change_from_the_check_page(browser: PlainBrowser) -> None:
    walk_to_check(browser)
    browser.open("/s/ami/section/role?check=1")
    browser.press("continue")


LEAVING: list[tuple[Callable[[PlainBrowser], None], str]] = [
    (begin, "section/involvement"),
    (leave_on_the_later_page, "section/involvement"),
    (leave_on_the_second_page, "section/role"),
    (leave_by_later_after_the_next_page_was_seen, "section/involvement"),
    (leave_after_going_back, "section/role"),
    (leave_with_a_mistake, "section/involvement"),
    (leave_after_later_and_on, "section/teaching"),
    (walk_to_check, "check"),
    (leave_after_a_change_from_the_check_page, "check"),
]


def linked(browser: PlainBrowser, words: str) -> str:
    """The address of the link with these words."""
    (address,) = re.findall(rf'href="([^"]+)">{words}</a>', browser.text)
    return str(address)


@pytest.mark.parametrize(("leave", "place"), LEAVING)
def test_every_way_back_leads_to_the_page_that_was_left(
    browser: PlainBrowser,
    other_device: PlainBrowser,
    leave: Callable[[PlainBrowser], None],
    place: str,
) -> None:
    leave(browser)
    browser.open("/s/ami")
    assert linked(browser, "Continue") == f"/s/ami/{place}"
    browser.open("/s/ami/later")
    assert linked(browser, "Go on now") == f"/s/ami/{place}"
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    other_device.press("resume")
    assert other_device.path == f"/s/ami/{place}"


def test_a_private_link_resumes_on_another_device(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    begin(browser)
    browser.choose("item_years", "2018_2019").press("continue")
    browser.press("later")
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    assert "2018-2019" not in other_device.text
    other_device.press("resume")
    other_device.open("/s/ami/section/involvement")
    assert other_device.form.values["item_years"] == ["2018_2019"]


def test_opening_a_private_link_changes_nothing_until_its_button_is_pressed(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    begin(browser)
    browser.press("later")
    (link,) = re.findall(r"(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    assert other_device.client.get_cookie("survey") is None


def test_answers_can_be_withdrawn_with_the_private_link(
    browser: PlainBrowser, other_device: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.choose("item_years", "2018_2019").press("continue")
    browser.press("later")
    (link,) = re.findall(r"(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    other_device.press("withdraw")
    assert stored(store)[0].state == "in_progress"
    other_device.press("", sure="yes")
    (response,) = stored(store)
    assert (response.state, response.answers) == ("withdrawn", [])
    other_device.open("/s/ami")
    assert "agree" in other_device.form.controls


def test_a_live_cookie_is_asked_to_continue_or_start_anew_and_shows_no_answer(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.choose("item_years", "2018_2019").press("continue")
    browser.open("/s/ami")
    assert "Continue or start anew?" in browser.text
    assert "2018-2019" not in browser.text
    browser.open("/s/ami?anew=1")
    browser.choose("agree", "yes").press()
    assert len(stored(store)) == 2


def forge(browser: PlainBrowser) -> None:
    browser.form.values["csrf"] = ["0" * 32]


def lose_cookie(browser: PlainBrowser) -> None:
    browser.client.delete_cookie("survey")


@pytest.mark.parametrize("mishap", [forge, lose_cookie])
def test_a_stale_page_shows_what_was_typed_again_and_saves_nothing(
    browser: PlainBrowser, store: Store, mishap: Callable[[PlainBrowser], None]
) -> None:
    begin(browser)
    browser.press("continue")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what='<b>"still" & here</b>')
    mishap(browser)
    assert browser.press("continue").status_code == 400
    assert browser.form.values["item_rewarding_what"] == ['<b>"still" & here</b>']
    assert ("rewarding_what", "") not in answers(store)


def test_an_old_page_after_sending_says_that_the_answers_were_sent_and_keeps_the_text(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.press("continue")
    old = browser.page
    for _ in range(3):
        browser.press("continue")
    browser.press()
    browser.go_back(old)
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what="typed too late")
    assert browser.press("continue").status_code == 409
    assert "your answers were sent already" in browser.text
    assert "forgotten" not in browser.text
    assert 'href="/s/ami/thanks"' in browser.text
    assert browser.form.values["item_rewarding_what"] == ["typed too late"]
    assert "<button" not in browser.text
    assert answers(store)["rewarding", ""] == (None, "unanswered")


def test_an_old_page_after_withdrawing_says_so_and_keeps_the_text(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    begin(browser)
    browser.press("later")
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    browser.open("/s/ami/section/role")
    other_device.open(link)
    other_device.press("withdraw")
    other_device.press("", sure="yes")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what="typed too late")
    assert browser.press("continue").status_code == 409
    assert "your answers have been withdrawn" in browser.text
    assert browser.form.values["item_rewarding_what"] == ["typed too late"]


def test_a_page_that_is_overtaken_by_the_sending_of_another_tab_keeps_its_text(
    browser: PlainBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk_to_check(browser)
    browser.open("/s/ami/section/role")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what="typed too late")
    save = filling.save_section

    def save_just_after_sending(
        current: filling.Filling, key: str, raw: filling.Raw, change: Change, **more: Any
    ) -> filling.Saved:
        sending = replace(change, client="another tab", kind="send")
        assert filling.send(current, filling.fill_all(current), sending).status == "saved"
        return save(current, key, raw, change, **more)

    monkeypatch.setattr(filling, "save_section", save_just_after_sending)
    assert browser.press("continue").status_code == 409
    assert "your answers were sent already" in browser.text
    assert browser.form.values["item_rewarding_what"] == ["typed too late"]


def test_the_private_link_of_a_sent_response_shows_the_receipt(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    walk_to_check(browser)
    browser.press()
    (receipt,) = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", browser.text)
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    other_device.press("resume")
    assert other_device.path == "/s/ami/thanks"
    assert receipt in other_device.text


def test_after_a_stale_page_the_next_press_saves(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    browser.choose("item_years", "2014_2015")
    forge(browser)
    browser.press("continue")
    browser.press("continue")
    assert answers(store)["years", ""] == (["2014_2015"], None)


def test_a_post_from_another_site_is_refused(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    browser.choose("item_years", "2014_2015")
    response = browser.client.post(
        browser.path, data=browser.form.values, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 400
    assert answers_of_anyone(store) == []


def answers_of_anyone(store: Store) -> list[object]:
    return [row for response in stored(store) for row in response.answers]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("👩🏽‍⚕️ עברית e\u0301", "👩🏽‍⚕️ עברית e\u0301"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nul\x00 bell\x07", "nul\ufffd bell\ufffd"),
        ("=1+1", "=1+1"),
        ("  spaces stay  ", "  spaces stay  "),
        ("\nfirst line empty", "\nfirst line empty"),
    ],
)
def test_what_is_typed_is_stored_and_shown_again_exactly(
    browser: PlainBrowser, store: Store, typed: str, kept: str
) -> None:
    begin(browser)
    browser.press("continue")
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what=typed).press("continue")
    assert answers(store)["rewarding_what", ""] == (kept, None)
    browser.open("/s/ami/section/role")
    assert browser.form.values["item_rewarding_what"] == [kept]


def test_too_long_a_text_is_refused_kindly_and_kept_on_the_page(browser: PlainBrowser) -> None:
    begin(browser)
    browser.press("continue")
    long = "ä" * 20_001
    browser.choose("item_rewarding", "yes").fill(item_rewarding_what=long)
    assert browser.press("continue").status_code == 422
    assert "20,001 characters" in browser.text
    assert browser.form.values["item_rewarding_what"] == [long]


def test_ten_megabytes_are_refused_with_a_sentence(browser: PlainBrowser) -> None:
    begin(browser)
    browser.press("continue")
    browser.fill(item_rewarding_what="x" * 10_000_000)
    assert browser.press("continue").status_code == 413
    assert "over two megabytes" in browser.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/s/nowhere", 404), ("/s/ami/section/nowhere", 200), ("/r/wrong", 404), ("/nowhere", 404)],
)
def test_wrong_addresses_lead_to_a_page_that_says_so(
    browser: PlainBrowser, path: str, status: int
) -> None:
    assert browser.open(path).status_code == status
    assert "<h1>" in browser.text


def test_after_a_withdrawal_no_page_says_thank_you(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    walk_to_check(browser)
    browser.press()
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    other_device.press("withdraw")
    other_device.press("", sure="yes")
    browser.open("/s/ami/thanks")
    assert "<title>Your answers have been withdrawn – AMI" in browser.text
    assert "Thank you" not in browser.text


def test_the_pages_of_a_private_link_are_headed_by_the_study_and_say_who_can_use_it(
    browser: PlainBrowser, other_device: PlainBrowser
) -> None:
    head = '<p class="masthead-title">AMI: the resident mentors’ study</p>'
    begin(browser)
    browser.press("later")
    (link,) = re.findall(r"http://localhost(/r/[0-9a-z]{26})", browser.text)
    other_device.open(link)
    assert head in other_device.text
    assert "alone" not in other_device.text
    assert "Whoever has the link can do the same" in other_device.text
    other_device.press("withdraw")
    assert head in other_device.text
    other_device.press("", sure="yes")
    assert head in other_device.text


@pytest.mark.parametrize(
    ("path", "promised"),
    [("/s/ami", True), ("/s/ami/section/involvement", True), ("/", False), ("/sign-in", False)],
)
def test_only_a_studys_pages_say_that_nothing_goes_to_anybody_else(
    browser: PlainBrowser, path: str, *, promised: bool
) -> None:
    begin(browser)
    assert browser.open("/s/ami?anew=1" if path == "/s/ami" else path).status_code < 500
    assert ("sent to anyone but this study" in browser.text) is promised

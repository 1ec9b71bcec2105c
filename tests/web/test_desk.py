"""The desk: everything on it follows the filter in the address, and only its own people see it."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from survey_app.jobs import JobFile, Progress, write_json, write_progress
from survey_app.settings import Settings
from survey_app.storage.records import AnswerRow, ResponseRecord, Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import change, save
from tests.web.signed_in import sign_in

DESK = "/analysis/ami/ami-survey"
ROUTES = [
    "",
    "/responses",
    "/charts",
    "/tables/kinds",
    "/tables/item-rewarding",
    "/fragments/growth",
    "/fragments/item-teaching",
]


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """One in which much has come in."""
    return busy_installation


@pytest.fixture
def browser(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="analyst")


def words_of(page: str) -> str:
    """What can be read on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def every(store: Store) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses("ami", "ami-survey", include_test=True))


def figures(page: str) -> list[int]:
    return [int(each.replace(",", "")) for each in re.findall(r"<dd>([\d,]+)</dd>", page)]


@pytest.mark.parametrize(
    ("address", "tests", "version"),
    [("", False, None), ("?test=1", True, None), ("?test=1&version=1.0.0", True, "1.0.0")],
)
def test_the_head_figures_follow_the_address(
    browser: PlainBrowser, store: Store, address: str, tests: bool, version: str | None
) -> None:
    chosen = [
        each
        for each in every(store)
        if (tests or not each.is_test) and version in {None, each.version}
    ]
    states = [each.state for each in chosen]
    browser.open(DESK + address)
    counts = [states.count(state) for state in ("submitted", "in_progress", "withdrawn")]
    assert figures(browser.text) == [len(chosen), *counts]


def test_every_link_on_the_desk_keeps_the_filter_and_leads_somewhere(browser: PlainBrowser) -> None:
    browser.open(f"{DESK}?version=1.0.1&rewarding=yes&test=1")
    links = {
        unescape(each) for each in re.findall(r'(?:href|data-fragment)="([^"]+)"', browser.text)
    }
    own = {each for each in links if each.startswith(f"{DESK}/")}
    # What is decided on versions holds for all responses, and leads back to those chosen.
    own.remove(f"{DESK}/pooling?version=1.0.1&rewarding=yes&test=1")
    assert len(own) == 2 * (4 + 7 + 1) + 2, "a page and a piece for each table, list and charts"
    for address in sorted(own):
        assert address.endswith("?version=1.0.1&rewarding=yes&test=1")
        if "/named?" in address:
            continue  # it counts all texts, and says so
        page = browser.client.get(address)
        assert page.status_code == 200
        told = words_of(page.get_data(as_text=True))
        assert "version 1.0.1 only, “Did you find being a mentor rewarding?”: Yes" in told


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "address",
    [
        "version=%27%3B+DROP+TABLE+response%3B--",
        "from=2026-13-45&to=%00&state=%F0%9F",
        "delivery=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "page=-1&page=x&rewarding=%25",
        "page=99999999999999999999",
        "test=2&test=&version=",
        "&".join(f"n{number}=x" for number in range(300)),
    ],
)
def test_no_address_breaks_a_page(browser: PlainBrowser, route: str, address: str) -> None:
    page = browser.open(f"{DESK}{route}?{address}")
    assert page.status_code == 200
    assert "<script>alert" not in browser.text


def test_what_the_address_could_not_mean_is_told_on_the_page(browser: PlainBrowser) -> None:
    browser.open(f"{DESK}?version=7.0.0&colour=blue&state=submitted")
    told = words_of(browser.text)
    assert "Part of the address was left out" in told
    assert "“version” cannot be “7.0.0”" in told
    assert "Nothing here is called “colour”" in told
    assert "submitted, all versions, test responses left out" in told


@pytest.mark.parametrize(
    "address",
    [
        f"{DESK}/tables/nothing",
        f"{DESK}/tables/item-nothing",
        f"{DESK}/fragments/item-",
        f"{DESK}/response/nothing",
        "/analysis/ami/nothing",
        "/analysis/nothing/ami-survey",
    ],
)
def test_what_is_not_there_is_a_page_that_is_not_there(browser: PlainBrowser, address: str) -> None:
    assert browser.open(address).status_code == 404


def addresses(store: Store) -> list[str]:
    response = every(store)[0].id
    return [*(f"{DESK}{route}" for route in ROUTES), f"{DESK}/response/{response}"]


@pytest.mark.parametrize(
    ("role", "study", "status"),
    [
        ("analyst", "ami", 200),
        ("study_lead", "ami", 200),
        ("analyst", "other", 404),
        ("study_lead", "other", 404),
        ("interviewer", "ami", 403),
        ("observer", "ami", 403),
        ("coordinator", "ami", 403),
    ],
)
def test_the_desk_is_for_the_analysts_of_its_study(
    app: Flask, settings: Settings, store: Store, role: Role, study: str, status: int
) -> None:
    store.studies.create(slug="other", title="Another study")
    somebody = sign_in(app, settings, store, role=role, study=study)
    assert {somebody.open(each).status_code for each in addresses(store)} == {status}


def test_nobody_reaches_the_desk_without_signing_in(app: Flask, store: Store) -> None:
    client = app.test_client()
    assert {client.get(each).status_code for each in addresses(store)} == {401}


def test_a_response_is_not_read_under_another_study_or_instrument(
    app: Flask, settings: Settings, store: Store
) -> None:
    store.studies.create(slug="other", title="Another study")
    store.studies.add_instrument("other", "ami-survey", "1.0.1", "self")
    stranger = sign_in(app, settings, store, role="analyst", study="other")
    response = every(store)[0].id
    assert stranger.open("/analysis/other/ami-survey").status_code == 200
    assert stranger.open(f"/analysis/other/ami-survey/response/{response}").status_code == 404


def test_a_table_is_the_same_alone_and_as_a_piece(browser: PlainBrowser) -> None:
    alone = browser.open(f"{DESK}/tables/item-rewarding?test=1").get_data(as_text=True)
    piece = browser.open(f"{DESK}/fragments/item-rewarding?test=1").get_data(as_text=True)
    tables = re.findall(r"<table.*?</table>", alone, re.DOTALL)
    assert tables
    assert re.findall(r"<table.*?</table>", piece, re.DOTALL) == tables
    assert "<html" not in piece
    for table in tables:
        assert "<caption" in table
        assert re.search(r"n = \d+ of \d+ responses that are not withdrawn", table)


def test_what_is_kept_is_counted_anew_once_something_comes_in(
    browser: PlainBrowser, store: Store
) -> None:
    before = figures(browser.open(f"{DESK}?test=1").get_data(as_text=True))
    assert figures(browser.open(f"{DESK}?test=1").get_data(as_text=True)) == before
    begin(store, "1.0.0")
    after = figures(browser.open(f"{DESK}?test=1").get_data(as_text=True))
    assert (after[0], after[2]) == (before[0] + 1, before[2] + 1)


def test_a_filter_that_chooses_nothing_says_so(browser: PlainBrowser) -> None:
    nothing = "?from=2001-01-01&to=2001-01-02"
    assert figures(browser.open(DESK + nothing).get_data(as_text=True)) == [0, 0, 0, 0]
    browser.open(f"{DESK}/responses{nothing}")
    assert "The filter chooses no response." in browser.text
    browser.open(f"{DESK}/tables/item-teaching{nothing}")
    assert "No response that the filter chooses has come as far as this." in browser.text


def begin(store: Store, version: str, *, answers: list[AnswerRow] | None = None) -> str:
    response = store.responses.begin(
        study="ami",
        instrument="ami-survey",
        version=version,
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin", client=f"client {version} {answers}"),
    )
    if answers is not None:
        store.responses.save_section(
            response,
            change(1, client="page"),
            section="role",
            raw={},
            values={},
            answers=answers,
        )
    return response


TYPED = [
    AnswerRow(item="role", value=["feedback", "other"], other_text="Making tea\nand coffee"),
    AnswerRow(item="rewarding", reason="refused"),
    AnswerRow(item="rewarding_what", value="<b>Seeing</b> them grow."),
    AnswerRow(item="teaching", row="developed", value="4"),
    AnswerRow(item="teaching", row="interest", reason="dont_know"),
    AnswerRow(item="years", reason="unanswered", other_text=None),
]


@pytest.mark.parametrize(
    ("version", "asked"),
    [
        ("1.0.0", "Has being a mentor lead to a development of your teaching and supervision?"),
        ("1.0.1", "Has being a mentor led to a development of your teaching and supervision?"),
    ],
)
def test_a_response_is_read_in_the_words_of_the_version_that_asked(
    browser: PlainBrowser, store: Store, version: str, asked: str
) -> None:
    response = begin(store, version, answers=TYPED)
    browser.open(f"{DESK}/response/{response}")
    told = words_of(browser.text)
    assert f"in the words of version {version}" in told
    assert f"{asked} to a very high extent" in told
    assert "Assess and give feedback" in told
    assert "other Making tea and coffee" in told
    assert "Did you find being a mentor rewarding? rewarding refused" in told
    assert "&lt;b&gt;Seeing&lt;/b&gt; them grow." in browser.text
    assert "interest for teaching and supervision? don’t know" in told
    assert (
        "What years have you been involved in AMI? (Check all that apply) years not answered"
        in told
    )
    assert (
        "What have you been discussing with your mentee? (Check all that apply) topics not reached"
        in told
    )


def test_an_interview_is_read_with_its_marks_and_notes(browser: PlainBrowser, store: Store) -> None:
    (first, *_) = [each for each in every(store) if each.delivery == "interviewer"]
    browser.open(f"{DESK}/response/{first.id}")
    told = words_of(browser.text)
    assert first.participant is not None
    assert first.participant not in told, "by its id, not by the person"
    assert "asked as probes" in told
    marks = store.desk.marks(first.id)
    assert marks
    assert "raised" in told
    for note in store.desk.notes(first.id):
        assert re.sub(r"\s+", " ", note.text) in told


def test_of_a_withdrawn_response_a_page_is_left_that_says_so(
    browser: PlainBrowser, store: Store
) -> None:
    (first, *_) = [each for each in every(store) if each.state == "withdrawn"]
    browser.open(f"{DESK}/response/{first.id}")
    assert "This response was withdrawn" in browser.text
    assert "rewarding withdrawn" in words_of(browser.text)


def test_the_list_leads_to_each_response_and_names_nobody(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey_app.web.analyst.reading.ON_A_PAGE", 10)
    expected = {each.id for each in every(store)}
    seen: list[str] = []
    address = f"{DESK}/responses?test=1"
    while address:
        browser.open(address)
        seen += re.findall(r"/response/(\w+)\?test=1", browser.text)
        older = re.search(r'<a href="([^"]+)">Older ones', browser.text)
        address = unescape(older[1]) if older else ""
    assert len(seen) == len(set(seen)) == len(expected)
    assert set(seen) == expected
    people = {each.participant for each in every(store)} - {None}
    assert not any(str(person) in browser.text for person in people)


def test_a_job_is_told_the_filter_and_says_it(browser: PlainBrowser, app: Flask) -> None:
    browser.open(f"{DESK}?version=1.0.1&state=submitted&test=1")
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    page = browser.client.post(
        f"{DESK}?version=1.0.1&state=submitted&test=1", data={"csrf": token[1], "work": "json"}
    )
    job = app.extensions["survey_app.jobs"].find(page.location.rsplit("/", 1)[1])
    assert job.arguments["filter"] == "version=1.0.1&state=submitted&test=1"
    browser.open(page.location)
    assert "submitted, version 1.0.1 only, test responses included" in words_of(browser.text)


def test_what_is_compared_is_chosen_on_the_desk_and_told_to_a_job(
    browser: PlainBrowser, app: Flask
) -> None:
    browser.open(f"{DESK}?by=rewarding")
    (picker,) = re.findall(r'<select[^>]* name="by">.*?</select>', browser.text, re.DOTALL)
    assert re.findall(r'value="(\w*)"( selected)?', picker)[:4] == [
        *(("", ""), ("version", ""), ("delivery", ""), ("language", "")),
    ]
    assert re.findall(r'value="(\w*)" selected', picker) == ["rewarding"]
    assert "compared by “Did you find being a mentor rewarding?”" in words_of(browser.text)
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    page = browser.client.post(f"{DESK}?by=rewarding", data={"csrf": token[1], "work": "xlsx"})
    job = app.extensions["survey_app.jobs"].find(page.location.rsplit("/", 1)[1])
    assert job.arguments["filter"] == "by=rewarding"


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("csv", ("csv", "exact")),
        ("csv-excel", ("csv", "excel")),
        ("bundle", ("bundle", "exact")),
        ("sav", ("sav", "exact")),
    ],
)
def test_each_button_of_the_desk_names_a_format_and_for_csv_its_flavour(
    browser: PlainBrowser, app: Flask, work: str, told: tuple[str, str]
) -> None:
    browser.open(DESK)
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    assert f'value="{work}"' in browser.text
    page = browser.client.post(DESK, data={"csrf": token[1], "work": work})
    job = app.extensions["survey_app.jobs"].find(page.location.rsplit("/", 1)[1])
    assert (job.arguments["format"], job.arguments["flavour"]) == told


def test_the_gallery_offers_charts_and_shows_those_of_the_same_filter(
    browser: PlainBrowser, app: Flask, store: Store
) -> None:
    browser.open(f"{DESK}/charts?version=1.0.1&test=1")
    assert "Nobody has drawn the charts of these responses yet." in browser.text
    jobs = app.extensions["survey_app.jobs"]
    arguments = {
        "study": "ami",
        "instrument": "ami-survey",
        "include_test": True,
        "format": "charts",
        "flavour": "exact",
        "filter": "version=1.0.1&test=1",
        "preset": "screen",
        "by_top": False,
    }
    place = jobs.folder / ("0" * 32)
    (place / "files").mkdir(parents=True)
    wanted = {"name": "charts", "arguments": {"who": "z", **arguments}}
    write_json(place / "job.json", wanted | {"withdrawn": store.responses.count_withdrawn("ami")})
    names = ("teaching-self-1", "probes-topics")
    files = tuple(JobFile(name=f"{name}.svg", title=name, alt=f"{name} in words") for name in names)
    for file in files:
        (place / "files" / file.name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    write_progress(place, Progress(state="done", files=files))
    browser.open(f"{DESK}/charts?version=1.0.1&test=1")
    assert 'alt="Filled in by participants, version 1: teaching-self-1 in words"' in browser.text
    (piece,) = re.findall(r'data-fragment="([^"]+)"', browser.text)
    assert unescape(piece) == f"{DESK}/fragments/item-teaching?version=1.0.1&test=1&place=1"
    assert 'id="item-teaching-1-1"' in browser.client.get(unescape(piece)).get_data(as_text=True)
    assert "probes-topics in words" in browser.text
    (source, *_) = re.findall(r'<img src="([^"]+)"', browser.text)
    with browser.client.get(source) as picture:
        assert picture.mimetype == "image/svg+xml"
    for other in ("version=1.0.0&test=1", "version=1.0.1&test=1&preset=slide"):
        browser.open(f"{DESK}/charts?{other}")
        assert "Nobody has drawn the charts of these responses yet." in browser.text


def post_charts(browser: PlainBrowser, **chosen: str) -> str:
    """Ask for charts in the gallery and return where one is led."""
    browser.open(f"{DESK}/charts?test=1")
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    data = {"csrf": token[1], "work": "charts", **chosen}
    return browser.client.post(f"{DESK}?test=1", data=data).location


def keep_charts(app: Flask, store: Store, **manner: object) -> None:
    """Have charts of all responses, tests included, that were drawn of what there is now."""
    mark = f"{store.desk.mark('ami', 'ami-survey')} {store.desk.interview_mark('ami')}"
    arguments = {
        "study": "ami",
        "instrument": "ami-survey",
        "include_test": True,
        "format": "charts",
        "flavour": "exact",
        "filter": "test=1",
        **manner,
    }
    place = app.extensions["survey_app.jobs"].folder / ("1" * 32)
    (place / "files").mkdir(parents=True)
    wanted = {"name": "charts", "arguments": {**arguments, "mark": mark}}
    write_json(place / "job.json", wanted | {"withdrawn": store.responses.count_withdrawn("ami")})
    (place / "files" / "teaching.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    files = (JobFile(name="teaching.svg", title="Teaching", alt="Teaching in words"),)
    write_progress(place, Progress(state="done", files=files))


def test_charts_of_the_same_data_in_the_same_manner_are_drawn_once(
    app: Flask, browser: PlainBrowser, store: Store
) -> None:
    keep_charts(app, store, preset="slide", by_top=True)
    kept = f"{DESK}/charts?test=1&preset=slide&sort=top"
    assert post_charts(browser, preset="slide", sort="top") == kept
    assert "/jobs/" in post_charts(browser, preset="slide"), "in another order"
    browser.open(kept)
    assert "Nothing has changed since." in words_of(browser.text)
    assert "Teaching in words" in browser.text
    assert re.findall(r'value="(\w+)" selected', browser.text) == ["slide", "top"]
    job = browser.client.get(f"/analysis/jobs/{'1' * 32}").get_data(as_text=True)
    assert f'href="{kept.replace("&", "&amp;")}"' in job
    (open_one, *_) = (each for each in every(store) if each.state == "in_progress")
    save(store, open_one.id, "yes", change(1), item="rewarding")
    browser.open(kept)
    assert "What has come in since is not in the charts" in words_of(browser.text)
    assert "/jobs/" in post_charts(browser, preset="slide", sort="top"), "of other data"
    store.responses.withdraw(open_one.id, change(2, kind="withdraw"), scope="everything")
    browser.open(kept)
    assert "Nobody has drawn the charts of these responses yet." in browser.text


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, ("screen", False)),
        ({"preset": "journal", "sort": "top"}, ("journal", True)),
        ({"preset": "poster", "sort": "x"}, ("screen", False)),
    ],
)
def test_a_job_is_told_how_charts_are_to_be_drawn(
    app: Flask,
    browser: PlainBrowser,
    chosen: dict[str, str],
    told: tuple[str, bool],
) -> None:
    address = post_charts(browser, **chosen)
    job = app.extensions["survey_app.jobs"].find(address.rsplit("/", 1)[1])
    assert (job.arguments["preset"], job.arguments["by_top"]) == told


@pytest.mark.parametrize(("ticked", "told"), [({}, False), ({"charts": "yes"}, True)])
def test_pictures_of_the_charts_are_in_the_workbook_only_if_they_are_ticked(
    app: Flask,
    browser: PlainBrowser,
    ticked: dict[str, str],
    *,
    told: bool,
) -> None:
    browser.open(DESK)
    assert 'name="charts" value="yes">' in browser.text
    token = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert token is not None
    for work, expected in (("xlsx", told), ("json", False)):
        data = {"csrf": token[1], "work": work, **ticked}
        page = browser.client.post(DESK, data=data)
        job = app.extensions["survey_app.jobs"].find(page.location.rsplit("/", 1)[1])
        assert job.arguments["charts"] is expected

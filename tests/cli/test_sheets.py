"""Sheets by command: blank and filled, as PDF and as Word, and what is refused in a sentence."""

import sys
from pathlib import Path

import pytest

from survey_app.cli.sittings import find_interview, make_sitting
from survey_app.cli.vocabulary import make_vocabulary
from survey_app.paper.margins import make_beginning
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.paper.interviews import AUTHOR, ENDLESS, HOSTILE, LONG, begin, find_response, hold
from tests.paper.sheets import find_missing, read_pages, read_word
from tests.storage.scenes import change

RECORDED = [
    *("AMI: the resident mentors’ study", "P07", AUTHOR, "45 min planned"),
    *("Consent text, version: 1", "permitted, begun at 0:05", "0:10–3:20"),
    *("raised unprompted (1:05, free answer)", "Example: given", "Flags: quote"),
    *("asked and denied (2:05, probing)", "Why not asked: no time for culture"),
    *("night shifts #1", "Flags: come back to this, minimal answer", "Recorded: Yes"),
    *("Recorded: to a high extent", "thought of later", "Observer olga: she hesitated"),
    *("Outcome: not asked", "Why not asked: the child woke up", "Recorded: broken off"),
    *("Friday at 5, by phone", "other_skills", "Observer olga: a dog barked"),
    *("care and its price", "ask about nights", "I talked too much"),
]
LATER = ["Note (added afterwards", "What should the next interview ask? (added afterwards"]


@pytest.fixture
def here(settings: Settings) -> tuple[str, str]:
    """The option that names the installation."""
    return ("--database", settings.database)


def test_a_blank_sheet_needs_no_database(run: Run) -> None:
    result = run("sheet", "ami-interview@1.1.0", "-o", "blank.pdf")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "blank.pdf\n", "")
    assert not Path("survey-data").exists()
    assert (
        find_missing(["What do you do as a mentor"], "".join(read_pages(_read("blank.pdf")))) == []
    )


def test_several_versions_make_one_sheet_in_their_order(run: Run) -> None:
    words = ("ami-interview@1.1.0", "ami-survey@1.0.1")
    assert run("sheet", *words, "-o", "new/protocol.DOCX").exit_code == 0
    text = read_word(_read("new/protocol.DOCX"))
    assert text.index("Health Advocate") < text.index("What years have you been involved")


def test_a_filled_pdf_holds_every_mark_and_every_word(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    result = run("sheet", "--response", hold(store), "-o", "filled.pdf", *here)
    assert (result.exit_code, result.stderr) == (0, "")
    text = "\n".join(read_pages(_read("filled.pdf")))
    words = [words for words in HOSTILE if "النصيحة" not in words]
    assert find_missing([*RECORDED, *LATER, *words, *LONG.split()], text) == []
    assert find_missing(["النصيحة", "الإصغاء"], text) == []
    assert text.count("x") >= len(ENDLESS)


def test_a_filled_word_file_holds_every_mark_and_every_word(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    assert run("sheet", "--response", hold(store), "-o", "filled.docx", *here).exit_code == 0
    text = read_word(_read("filled.docx"))
    in_the_head = {"AMI: the resident mentors’ study", AUTHOR}
    assert find_missing([each for each in RECORDED if each not in in_the_head], text) == []
    assert [words for words in (*HOSTILE, LONG, ENDLESS) if words not in text] == []
    assert find_missing(LATER, text) == []


def test_any_response_of_an_interview_leads_to_it(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    response = find_response(store, hold(store), "ami-survey")
    words = ("sheet", "ami-interview@1.1.0", "--response", response, "-o", "guide.docx")
    assert run(*words, *here).exit_code == 0
    text = read_word(_read("guide.docx"))
    assert "the child woke up" in text
    assert "night shifts #1" not in text


def test_an_interview_keyed_in_from_paper_says_when_it_was_held(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    interview = begin(store, held={"day": "2026-05-04", "from": "09:10", "until": "10:05"})
    assert run("sheet", "--response", interview, "-o", "keyed.docx", *here).exit_code == 0
    text = read_word(_read("keyed.docx"))
    assert (
        find_missing(["Held on paper: 2026-05-04 09:10–10:05", "Keyed in from paper:"], text) == []
    )


def test_a_break_off_stands_on_the_sheet_after_the_interview_went_on(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    interview = hold(store)
    went_on = [{"op": "clock", "action": "resume"}, {"op": "clock", "action": "finish"}]
    store.interviews.apply(interview, change(20, kind="console", base=99), went_on)
    broken = "the child woke up; call back: Friday at 5, by phone; go on at question other_skills"
    for file in ("filled.pdf", "filled.docx"):
        assert run("sheet", "--response", interview, "-o", file, *here).exit_code == 0
    assert find_missing([broken], "".join(read_pages(_read("filled.pdf")))) == []
    assert find_missing([broken], read_word(_read("filled.docx"))) == []


def test_a_free_answer_that_was_gone_back_to_has_no_end(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    interview = hold(store)
    whole = {"op": "item", "response": find_response(store, interview, "ami-survey")}
    back = {"item": "topics", "phase": "free", "state": "not_reached", "at": 80_000, "flags": []}
    store.interviews.apply(interview, change(20, kind="console", base=99), [whole | back])
    assert run("sheet", "--response", interview, "-o", "filled.docx", *here).exit_code == 0
    text = read_word(_read("filled.docx"))
    assert find_missing(["Free answer ended at not marked"], text) == []
    assert "ended at 1:10" not in text


def test_the_sheet_says_which_interview_of_the_participant_it_is(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    begin(store)
    assert run("sheet", "--response", begin(store), "-o", "second.pdf", *here).exit_code == 0
    for page in read_pages(_read("second.pdf")):
        assert find_missing(["P07, interview 2 of 2"], page) == []


def test_a_test_interview_says_that_it_is_one(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    interview = begin(store, is_test=True)
    assert run("sheet", "--response", interview, "-o", "test.pdf", *here).exit_code == 0
    for page in read_pages(_read("test.pdf")):
        assert "study (test)" in page


def test_an_older_file_is_replaced_only_by_a_whole_one(run: Run) -> None:
    Path("old.pdf").write_text("precious", encoding="utf-8")
    assert run("sheet", "ami-survey@9.9.9", "-o", "old.pdf").exit_code == 2
    assert Path("old.pdf").read_text(encoding="utf-8") == "precious"
    assert run("sheet", "ami-survey@1.0.1", "-o", "old.pdf").exit_code == 0
    assert _read("old.pdf").startswith(b"%PDF-")
    assert [path.name for path in Path().iterdir()] == ["old.pdf"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("ami-survey@1.0.1", "-o", "sheet.odt"), 2, "ends in neither .pdf nor .docx"),
        (("ami-survey@1.0.1", "-o", "sheet"), 2, "ends in neither .pdf nor .docx"),
        (("ami-survey", "-o", "a.pdf"), 2, "name a version too, as in ami-survey@1.0.1"),
        (("ami-servey@1.0.1", "-o", "a.pdf"), 2, "did you mean 'ami-survey'?"),
        (("ami-survey@9.9", "-o", "a.pdf"), 2, "no such version as 'ami-survey@9.9'; write it"),
        (("ami-survey@9.9.9", "-o", "a.pdf"), 2, "There is no version ami-survey@9.9.9"),
        (("-o", "a.pdf"), 2, "Name a version, as in ami-interview@1.1.0"),
        (("ami-survey@1.0.1", "--language", "fr", "-o", "a.pdf"), 2, "not written in 'fr'"),
        (("--response", "nobody", "-o", "a.pdf"), 1, "no response and no interview 'nobody'"),
        (("ami-survey@1.0.1", "-o", "taken/a.pdf"), 1, "taken"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(
    run: Run, here: tuple[str, str], words: tuple[str, ...], code: int, sentence: str
) -> None:
    Path("taken").write_text("a file, not a folder", encoding="utf-8")
    result = run("sheet", *words, *here)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr


def test_versions_that_the_interview_did_not_use_are_named(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    words = ("sheet", "ami-survey@1.0.0", "--response", hold(store), "-o", "a.pdf")
    result = run(*words, *here)
    assert result.exit_code == 2
    assert "did not use ami-survey@1.0.0; it used ami-interview@1.1.0 and" in result.stderr


def test_an_answer_from_the_web_form_is_no_sheet(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    assert run("simulate", "ami-survey@1.0.1", "-n", "1", *here).exit_code == 0
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", include_test=True)
    result = run("sheet", "--response", response.id, "-o", "a.pdf", *here)
    assert result.exit_code == 1
    assert "was given on the web form, not in an interview" in result.stderr


def test_of_a_withdrawn_interview_nothing_is_printed(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    interview = hold(store)
    for name in ("ami-survey", "ami-interview"):
        response = find_response(store, interview, name)
        store.responses.withdraw(response, change(9, kind="withdraw", base=99), scope="response")
    result = run("sheet", "--response", interview, "-o", "a.pdf", *here)
    assert result.exit_code == 1
    assert "was withdrawn; nothing of it is left to print" in result.stderr


@pytest.mark.parametrize(
    ("file", "package", "wanted"), [("a.pdf", "typst", "typst"), ("a.docx", "docx", "python-docx")]
)
def test_a_package_that_is_missing_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, file: str, package: str, wanted: str
) -> None:
    for name in list(sys.modules):
        if name.startswith("survey_app.paper.") or name.partition(".")[0] == package:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Missing(package), *sys.meta_path])
    result = run("sheet", "ami-survey@1.0.1", "-o", file)
    assert result.exit_code == 1
    assert f"needs the package '{wanted}': pip install {wanted}." in result.stderr


class _Missing:
    """Finds one package nowhere, as where it was not installed."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse the package; leave every other to the finders behind this one."""
        del path, target
        if name.partition(".")[0] == self.package:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


def _read(name: str) -> bytes:
    return Path(name).read_bytes()


QUOTED = "What I say may be quoted word for word, without my name"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_blank_paper_for_a_study_has_its_title_and_a_box_for_each_statement(
    run: Run, here: tuple[str, str], form: str
) -> None:
    read = {"pdf": lambda file: "\n".join(read_pages(file)), "docx": read_word}[form]
    words = ("sheet", "ami-interview@1.1.0", "-o", f"blank.{form}")
    assert run(*words, *here).exit_code == 0
    assert find_missing([QUOTED], read(_read(f"blank.{form}"))) == [QUOTED]
    assert run(*words, "--study", "ami", *here).exit_code == 0
    shown = [QUOTED, "recording permitted", "consent read and given"]
    assert find_missing(shown, read(_read(f"blank.{form}"))) == []
    if form == "pdf":
        assert find_missing(["AMI: the resident mentors’ study"], read(_read("blank.pdf"))) == []


@pytest.mark.parametrize("ticked", [True, False])
def test_a_filled_sheet_says_of_each_statement_whether_it_was_ticked(
    settings: Settings, store: Store, ticked: bool
) -> None:
    del settings
    interview = begin(store)
    said = {"agreed": True, "recording": True, "quoted": ticked}
    store.interviews.apply(
        interview,
        change(1, actor=AUTHOR, source="console"),
        [
            {
                "op": "consent",
                "version": "2",
                "agreed": True,
                "ticks": said,
                "method": "spoken",
                "dated": "",
                "language": "en",
            }
        ],
    )
    sitting = make_sitting(store, find_interview(store, interview))
    assert [(each.words, each.ticked) for each in sitting.agreed] == [(QUOTED, ticked)]
    boxes = make_beginning(make_vocabulary(), sitting).boxes
    assert [box.ticked for box in boxes if box.words == QUOTED] == [ticked]


def test_a_study_is_named_for_blank_paper_alone(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    filled = run("sheet", "--response", begin(store), "--study", "ami", "-o", "x.pdf", *here)
    assert (filled.exit_code, "--study is for a blank sheet" in filled.stderr) == (2, True)
    wrong = run("sheet", "ami-interview@1.1.0", "--study", "amy", "-o", "x.pdf", *here)
    assert "There is no study 'amy'" in wrong.stderr

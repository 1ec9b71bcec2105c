"""`check`, `schema`, `instruments` and `show`, typed as authors type them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from survey_app.definition.loader import load
from tests.cli.conftest import Run

MINE = """\
format: 1
name: my-survey
version: 1.0.0
title: Mine
source: ours
licence: MIT
changes: The first version.
scales:
  extent:
    direction: unipolar
    points:
      1: not at all
      2: very much
sections:
  - key: first
    title: First things
    introduction: Some *words* before.
    minutes: 5
    items:
      - key: years
        type: select_multiple
        text: In which years?
        instruction: Wait for a full answer.
        if_needed: From the first year on.
        options:
          y2014: 2014
          y2015: 2015
        other: Other, please specify
      - key: why
        type: text
        text: Why then?
        hint: A word or two.
        relevant: ${years} != ''
      - key: teaching
        type: likert_grid
        text: How much?
        scale: extent
        rows:
          interest: More interest?
      - key: skills
        type: open_question
        text: Any other skills?
        probes:
          scholar: scholar
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "instruments" / "my-survey"
    folder.mkdir(parents=True)
    file = folder / "1.0.0.yaml"
    file.write_text(MINE, encoding="utf-8")
    return file


def test_everything_that_ships_is_in_order(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "in order" in result.stderr


def test_a_file_of_mine_is_checked_and_listed_beside_them(run: Run, mine: Path) -> None:
    assert run("check", str(mine)).stderr == "1 definition is in order.\n"
    assert "my-survey@1.0.0" in run("instruments").stdout


def test_a_problem_is_told_with_its_line_and_what_to_do(run: Run, mine: Path) -> None:
    mine.write_text(MINE.replace("type: text", "type: txet"), encoding="utf-8")
    result = run("check", str(mine))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{mine}:30: why: ")
    assert "did you mean 'text'?" in result.stdout
    assert result.stderr == "1 problem to mend.\n"
    assert run("check").exit_code == 1, "the library holds it too"


@pytest.mark.parametrize("name", ["my-survey", "my-survey@1.0.0"])
def test_a_broken_definition_is_not_said_to_be_absent(run: Run, mine: Path, name: str) -> None:
    mine.write_text(MINE.replace("type: text", "type: txet"), encoding="utf-8")
    result = run("show", name)
    assert result.exit_code == 1
    assert f"The definition of {name} cannot be used, as {mine} has problems." in result.stderr
    assert f"survey-app check {mine}" in result.stderr


def test_a_folder_of_definitions_that_is_not_there_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_APP_INSTRUMENTS", str(tmp_path / "nowhere"))
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"SURVEY_APP_INSTRUMENTS is '{tmp_path / 'nowhere'}'" in result.stderr


def test_a_version_that_was_published_may_not_change(run: Run, mine: Path) -> None:
    run("simulate", "my-survey@1.0.0", "-n", "1", "--publish")
    mine.write_text(MINE.replace("In which years?", "In what years?"), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "is frozen" in result.stdout
    shown = json.loads(run("show", "my-survey", "--format", "json").stdout)
    assert shown["sections"][0]["items"][0]["text"] == "In which years?", "as it was published"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "nowhere.yaml"), "does not exist"),
        (("check", "."), "holds no .yaml file"),
        (("check", "--database", "nonsense"), "no address of a database"),
        (("show", "ami-servey"), "did you mean 'ami-survey'?"),
        (("show", "ami-survey@9.0.0"), "there is ami-survey@1.0.0, ami-survey@1.0.1"),
        (("show", "Ami Survey"), "write it as ami-survey@1.0.1"),
        (("show", "ami-survey", "--format", "pdf"), "is not one of"),
        (("chekc",), "No such command"),
    ],
)
def test_what_was_not_understood_is_said_with_what_would_be(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_looking_makes_no_file(run: Run, tmp_path: Path) -> None:
    for words in (("check",), ("schema",), ("instruments",), ("show", "ami-survey")):
        assert run(*words).exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_the_newest_version_is_shown_unless_one_is_named(run: Run) -> None:
    newest = json.loads(run("show", "ami-interview", "--format", "json").stdout)
    named = json.loads(run("show", "ami-interview@1.0.0", "--format", "json").stdout)
    assert (newest["version"], named["version"]) == ("1.1.0", "1.0.0")


def test_once_there_is_a_database_the_newest_published_version_is_shown(
    run: Run, mine: Path
) -> None:
    run("simulate", "my-survey@1.0.0", "-n", "1", "--publish")
    later = MINE.replace("version: 1.0.0", "version: 1.0.1").replace("Why then?", "Why?")
    mine.with_name("1.0.1.yaml").write_text(later, encoding="utf-8")
    shown = yaml.safe_load(run("show", "my-survey").stdout)
    assert shown["version"] == "1.0.0"


def test_what_is_shown_as_yaml_is_the_same_definition_again(run: Run, mine: Path) -> None:
    shown = run("show", "my-survey").stdout
    first, again = load(mine.read_bytes(), "mine"), load(shown.encode(), "shown")
    assert first.fingerprint == again.fingerprint


def test_as_text_it_reads_like_paper(run: Run, mine: Path) -> None:
    assert mine.is_file()
    shown = run("show", "my-survey", "--format", "text").stdout
    assert shown == (
        "Mine\n"
        "my-survey@1.0.0\n"
        "\n"
        "Source: ours\n"
        "Licence: MIT\n"
        "Changes: The first version.\n"
        "\n"
        "\n"
        "First things\n"
        "============\n"
        "Planned: 5 min\n"
        "Some words before.\n"
        "\n"
        "In which years?  [years]\n"
        "    For the interviewer: Wait for a full answer.\n"
        "    Read aloud if needed: From the first year on.\n"
        "    - 2014  [y2014]\n"
        "    - 2015  [y2015]\n"
        "    - Other, please specify  [other]\n"
        "\n"
        "Why then?  [why]\n"
        "    Hint: A word or two.\n"
        "    Asked if ${years} != ''\n"
        "\n"
        "How much?  [teaching]\n"
        "    - More interest?  [interest]\n"
        "    Each on this scale:\n"
        "    - not at all  [1]\n"
        "    - very much  [2]\n"
        "\n"
        "Any other skills?  [skills]\n"
        "    Probes, for the interviewer:\n"
        "    - scholar  [scholar]\n"
    )


RULES = """\
format: 1
name: my-survey
version: 1.0.0
title: {en: Mine, fr: Le mien}
languages: [en, fr]
source: ours
licence: MIT
changes: The first version.
sections:
  - key: first
    title: {en: First, fr: Premier}
    items:
      - key: age
        type: integer
        text: {en: How old?, fr: Quel âge ?}
        required: true
        minimum: 18
        maximum: 99
        allow: [refused]
      - key: why
        type: text
        text: {en: Why?, fr: Pourquoi ?}
        relevant: ${age} > 18
        follow_up: {en: If over 18, fr: Si plus de 18}
        multiline: false
        as_printed: Why
      - key: topics
        type: select_multiple
        text: {en: Which?, fr: Lesquels ?}
        options: {all: {en: All, fr: Tous}, none: {en: None, fr: Aucun}}
        exclusive: [none]
      - key: sure
        type: range
        text: {en: Sure?, fr: Sûr ?}
        start: 0
        end: 20
        end_label: {en: very, fr: très}
"""


def test_as_text_every_rule_and_every_language_is_there(run: Run, mine: Path) -> None:
    mine.write_text(RULES, encoding="utf-8")
    shown = run("show", "my-survey", "--format", "text").stdout
    first, second = shown.split("\n\n\n[fr]\n\n")
    assert first.startswith("[en]\n\nMine\nmy-survey@1.0.0\n")
    assert first[first.index("How old?") :] == (
        "How old?  [age]\n"
        "    Required\n"
        "    Allow: refused\n"
        "    Minimum: 18\n"
        "    Maximum: 99\n"
        "\n"
        "Why?  [why]\n"
        "    Asked if ${age} > 18\n"
        "    Headed where that is not checked: If over 18\n"
        "    As printed: Why\n"
        "    Multiline: no\n"
        "\n"
        "Which?  [topics]\n"
        "    Exclusive: none\n"
        "    - All  [all]\n"
        "    - None  [none]\n"
        "\n"
        "Sure?  [sure]\n"
        "    Start: 0\n"
        "    End: 20\n"
        "    End label: very"
    )
    assert "Quel âge ?  [age]\n    Required\n" in second
    assert "Si plus de 18" in second
    assert "- Aucun  [none]" in second
    assert "How old?" not in second


def test_the_schema_is_json(run: Run) -> None:
    assert json.loads(run("schema").stdout)["$schema"].startswith("https://json-schema.org/")


def test_help_is_there_at_once_since_no_command_is_loaded_for_it() -> None:
    script = (
        "import sys\n"
        "from survey_app.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'flask', 'sqlalchemy', 'wtforms', 'openpyxl', 'matplotlib', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"

"""The house as design says: sizes, names, words, and that README and packaging tell the truth."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from statistics import median

import pytest

from survey_app.cli import COMMANDS
from survey_app.definition.items import ITEM_TYPES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "survey_app"
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts and path.stat().st_size
)
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
FORBIDDEN_NAMES = {"utils", "helpers", "managers", "common", "misc"}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every function of a module with its length in lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_no_module_is_over_its_mark_and_most_are_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert [path for path, length in lengths.items() if length > LONGEST_MODULE] == []
    assert median(lengths.values()) < 90


def test_no_function_is_over_its_mark_and_most_are_short() -> None:
    lengths = dict(pair for path in MODULES for pair in functions(path))
    assert [name for name, length in lengths.items() if length > LONGEST_FUNCTION] == []
    assert median(lengths.values()) <= 8


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert {path.stem for path in MODULES} & FORBIDDEN_NAMES == set()


def test_every_package_is_in_the_wheel() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    listed = set(config["options"]["packages"].split())
    present = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in PACKAGE.rglob("__init__.py")
        if "migrations" not in path.parts
    }
    assert listed == present | {"survey_app.instruments"}


def test_every_data_file_is_in_the_wheel() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    patterns = config["options.package_data"]
    listed = {
        path
        for package, globs in patterns.items()
        for pattern in re.split(r"[,\s]+", globs.strip())
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
        if path.is_file()
    }
    kinds = {".html", ".css", ".js", ".svg", ".mo"}
    present = {path for path in PACKAGE.rglob("*") if path.suffix in kinds}
    present |= set((PACKAGE / "storage").rglob("migrations/**/*.py"))
    assert {str(path) for path in present - listed} == set()


def test_no_item_type_is_named_outside_its_folder() -> None:
    own = PACKAGE / "definition" / "items"
    ours = [name for name in ITEM_TYPES if "_" in name or name == "likert"]
    named = re.compile("|".join(f"[\"']{name}[\"']" for name in ours))
    spelled = [
        path
        for path in [*MODULES, *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.js")]
        if own not in path.parents and named.search(path.read_text("utf-8"))
    ]
    assert spelled == []


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [each.name for each in COMMANDS if not re.search(rf"\b{each.name}\b", readme)] == []


def test_readme_begins_with_the_two_commands_word_for_word() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```\n(.*?)\n```", readme, re.DOTALL)
    start = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/survey-app serve"
    assert blocks[:2] == [start, ".venv/bin/pip install '.[test]' && .venv/bin/pytest"]
    assert blocks[1] in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text()))
def test_what_readme_links_to_is_there(target: str) -> None:
    assert (ROOT / target).exists()


HEAVY = (
    *("flask", "sqlalchemy", "openpyxl", "matplotlib", "granian", "alembic", "wtforms"),
    *("numpy", "scipy"),
)
HEAVY_FOR_JOBS = ("flask", "openpyxl", "numpy", "scipy", "pandas", "pyreadstat", "matplotlib")


@pytest.mark.parametrize(
    ("imports", "unwanted"),
    [
        ("survey_app.cli", HEAVY),
        ("survey_app.definition.loader", ("flask", "sqlalchemy", "openpyxl", "matplotlib")),
        (
            "survey_app.web.app",
            ("openpyxl", "matplotlib", "numpy", "scipy", "pandas", "pyreadstat"),
        ),
        # They take memory that a server whose staff sign in by links never needs.
        ("survey_app.web.app", ("argon2", "pyotp")),
        # A large export has room for 120 MiB, of which SciPy alone takes a third.
        (
            "survey_app.worker.exports, survey_app.reports.formats.bundle",
            ("flask", "matplotlib.pyplot", "pandas", "pyreadstat", "scipy"),
        ),
        # Each job waits for what its kind loads; workbooks, tables and charts for the most.
        ("survey_app.worker.errands", HEAVY_FOR_JOBS),
        ("survey_app.worker.results", HEAVY_FOR_JOBS),
        ("survey_app.worker.results, survey_app.reports.csv_archive", HEAVY_FOR_JOBS),
        ("survey_app.worker.pictures", ("flask", "matplotlib.pyplot", "openpyxl", "scipy")),
    ],
)
def test_importing_a_room_loads_nothing_that_it_should_not(
    imports: str, unwanted: tuple[str, ...]
) -> None:
    program = f"import sys, {imports}; print(*(n for n in {unwanted!r} if n in sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""

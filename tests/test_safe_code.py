"""What the code itself shows: nothing that was read is ever run, and chance cannot be guessed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).parents[1] / "survey_app"
RUNS = {"eval", "exec", "compile", "__import__", "render_template_string"}
RUNS_OF = {
    ("os", "system"),
    ("os", "popen"),
    ("yaml", "load"),
    ("yaml", "unsafe_load"),
    ("yaml", "full_load"),
    ("jinja_env", "from_string"),
}
READS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "joblib", "jsonpickle"}
WEAK = {"md5", "sha1"}
STATEMENTS = {"text", "execute", "executemany", "executescript", "exec_driver_sql"}


def list_code() -> list[Path]:
    found = sorted(CODE.rglob("*.py"))
    assert len(found) > 200
    return found


def find_faults(source: str) -> Iterator[str]:
    """Yield what a file calls or imports that would run or make objects of what is read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _look_at_call(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from _look_at_import(node)


def _look_at_call(node: ast.Call) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in RUNS:
        yield called.id
    if isinstance(called, ast.Attribute):
        owner = ast.unparse(called.value).rpartition(".")[2]
        if (owner, called.attr) in RUNS_OF or (owner == "hashlib" and called.attr in WEAK):
            yield f"{owner}.{called.attr}"
    if any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in node.keywords):
        yield "a shell"


def _look_at_import(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    names = {each.name.partition(".")[0] for each in node.names} if not module else set()
    yield from sorted((names | {module.partition(".")[0]}) & READS_OBJECTS)


def test_nothing_that_was_read_is_run_or_made_into_objects() -> None:
    faults = {
        path.relative_to(CODE).as_posix(): found
        for path in list_code()
        if (found := [*find_faults(path.read_text("utf-8"))])
    }
    assert faults == {}


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "import pickle",
        "from pickle import loads",
        "subprocess.run(line, shell=True)",
        "os.system(line)",
        "yaml.load(text)",
        "hashlib.md5(data)",
        "app.jinja_env.from_string(text)",
    ],
)
def test_what_would_do_so_is_found(source: str) -> None:
    assert [*find_faults(source)] != []


def test_secrets_come_from_the_systems_own_chance() -> None:
    """Only what is drawn for samples and simulations comes from a generator with a seed."""
    seeded = {"import random", "from random import", "numpy.random"}
    rooms = {
        path.relative_to(CODE).parts[0]
        for path in list_code()
        if any(word in path.read_text("utf-8") for word in seeded)
    }
    assert rooms & {"web", "storage", "credentials", "backups", "mail"} == set()


def test_no_statement_is_put_together_from_what_was_typed() -> None:
    """Those that are put together hold names and numbers of our own, and are named here."""
    assert {
        path.relative_to(CODE).as_posix()
        for path in list_code()
        if not {"migrations", "reports"} & {*path.parts}
        if any(_is_put_together(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    } == {"storage/engine.py", "storage/schema/base.py", "storage/store/traces.py"}


def _is_put_together(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in STATEMENTS
        and bool(node.args)
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    )

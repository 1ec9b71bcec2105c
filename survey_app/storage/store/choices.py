"""What was chosen in a response, as one text beside it: counting by it reads nothing but an index.

It is written when a response is sent, after which its answers stay; ``|enjoyed=yes|site=north|``
says two. One that has no such text, since it is in progress or an interview's, is asked by its
answers.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean

from survey_app.storage.engine import spell
from survey_app.storage.records import AnswerRow
from survey_app.storage.schema import answer, response

_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,31}")
"""What a code looks like. A word that was typed may look so as well, and nobody asks for that."""


def spell_choices(answers: Iterable[AnswerRow]) -> str:
    """Return the text of a response with these answers; of none it is one stroke."""
    chosen = (
        f"{row.item}={row.value}|"
        for row in answers
        if not row.row and isinstance(row.value, str) and _CODE.fullmatch(row.value)
    )
    return "|" + "".join(chosen)


def has_choice(items: Collection[str], codes: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that one of the items was answered by one of the codes."""
    told = or_(
        *(_Holds(response.c.choices, f"|{item}={code}|") for item in items for code in codes)
    )
    return or_(told, and_(response.c.choices.is_(None), _is_answered(items, codes)))


def _is_answered(items: Collection[str], codes: Collection[str]) -> ColumnElement[bool]:
    said = and_(
        answer.c.response_id == response.c.id,
        answer.c.item.in_(items),
        answer.c.row == "",
        # As text, since PostgreSQL cannot compare JSON.
        cast(answer.c.value, Text).in_([spell(code) for code in codes]),
    )
    return exists().where(said).correlate(response)


class _Holds(FunctionElement[bool]):
    """Whether a text holds another."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, text: ColumnElement[Any], part: str) -> None:
        super().__init__(text, literal(part))


@compiles(_Holds)
def _spell_holds(element: _Holds, compiler: SQLCompiler, **more: Any) -> str:
    find = "instr" if compiler.dialect.name == "sqlite" else "strpos"
    return f"({find}({compiler.process(element.clauses, **more)}) > 0)"

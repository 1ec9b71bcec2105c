"""Words that SPSS, Stata or R keep for themselves, and names of our own columns.

Sources: IBM SPSS Statistics, "Variable names"; Stata User's Guide 11.3; R, `?Reserved`.
"""

import re

_SPSS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
_STATA = {
    *("aggregate", "array", "boolean", "break", "byte", "case", "catch", "class", "colvector"),
    *("complex", "const", "continue", "default", "delegate", "delete", "do", "double", "else"),
    *("eltypedef", "end", "enum", "explicit", "export", "external", "float", "for", "friend"),
    *("function", "global", "goto", "if", "in", "inline", "int", "local", "long", "mata"),
    *("matrix", "namespace", "new", "null", "numeric", "numlist", "operator", "orgtypedef"),
    *("pointer", "polymorphic", "pragma", "private", "protected", "public", "quad", "real"),
    *("return", "rowvector", "scalar", "short", "signed", "static", "strl", "string", "struct"),
    *("super", "switch", "template", "this", "throw", "transmorphic", "try", "typedef"),
    *("typename", "union", "unsigned", "using", "vector", "version", "virtual", "void"),
    *("volatile", "while", "with", "_all", "_b", "_coef", "_cons", "_n", "_rc", "_skip"),
}
_R = {
    *("if", "else", "repeat", "while", "function", "for", "next", "break", "true", "false"),
    *("null", "inf", "nan", "na", "na_integer_", "na_real_", "na_complex_", "na_character_", "in"),
}
OUR_COLUMNS = (
    *("response", "participant", "study", "instrument", "version", "delivery", "source"),
    *("language", "state", "started", "submitted", "is_test"),
)
"""The columns that stand before the items in every data table."""

RESERVED_WORDS = frozenset(_SPSS | _STATA | _R | set(OUR_COLUMNS))
"""No key may be one of these, whatever its case."""

_STATA_TEXT_TYPE = re.compile(r"str[0-9]+")


def is_reserved(word: str) -> bool:
    """Whether a statistics package or our own tables keep this word for themselves."""
    return word.lower() in RESERVED_WORDS or _STATA_TEXT_TYPE.fullmatch(word.lower()) is not None

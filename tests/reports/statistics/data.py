"""Data whose statistics are published, and what tests make of values."""

from collections.abc import Iterable

from survey_app.reports.statistics.ranks import Group
from survey_app.reports.statistics.tallies import tally

Rows = list[list[float | None]]

ATTITUDE_ITEMS = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")
# Chatterjee & Price (1977), "Regression analysis by example": R's data set `attitude`.
_ATTITUDE = """
43 51 30 39 61 92 45 | 63 64 51 54 63 73 47 | 71 70 68 69 76 86 48 | 61 63 45 47 54 84 35
81 78 56 66 71 83 47 | 43 55 49 44 54 49 34 | 58 67 42 56 66 68 35 | 71 75 50 55 70 66 41
72 82 72 67 71 83 31 | 67 61 45 47 62 80 41 | 64 53 53 58 58 67 34 | 67 60 47 39 59 74 41
69 62 57 42 55 63 25 | 68 83 83 45 59 77 35 | 77 77 54 72 79 77 46 | 81 90 50 72 60 54 36
74 85 64 69 79 79 63 | 65 60 65 75 55 80 60 | 65 70 46 57 75 85 46 | 50 58 68 54 64 78 52
50 40 33 34 43 64 33 | 64 61 52 62 66 80 41 | 53 66 52 50 63 80 37 | 40 37 42 58 50 57 49
63 54 42 48 66 75 33 | 66 77 66 63 88 76 72 | 78 75 58 74 80 78 49 | 48 57 44 45 51 83 38
85 85 71 71 77 74 55 | 82 82 39 59 64 78 39
"""
ATTITUDE: Rows = [
    [float(number) for number in row.split()] for row in _ATTITUDE.replace("\n", "|").split("|")
]
ATTITUDE = [row for row in ATTITUDE if row]

# pingouin's example `cronbach_wide_missing`: 12 respondents, of whom 9 answered all 11 items.
_WIDE = """
11111111111 11111111010 -011-111100 11101101100 11111000100 01-01111000
11110010000 11111000000 01011000010 10010100-00 11100000000 10010000000
"""
WIDE_MISSING: Rows = [
    [None if sign == "-" else float(sign) for sign in row] for row in _WIDE.split()
]
WIDE_ITEMS = tuple(f"q{number}" for number in range(1, 12))

# Mangiafico (2016), "Summary and analysis of extension program evaluation in R".
POOH = [3, 5, 4, 4, 4, 4, 4, 4, 5, 5]
PIGLET = [2, 4, 2, 2, 1, 2, 3, 2, 2, 3]
TIGGER = [4, 4, 4, 4, 5, 3, 5, 4, 4, 3]
LEVELS = (1, 2, 3, 4, 5)


def make_group(name: str, values: Iterable[float | None]) -> Group:
    """A group that gave these answers."""
    return Group(name=name, tally=tally(values))


SPEAKERS = [make_group("Pooh", POOH), make_group("Piglet", PIGLET), make_group("Tigger", TIGGER)]

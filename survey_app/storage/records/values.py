"""The words that the records are made of."""

from typing import Any, Literal, TypeAlias

# A recursive union would force every reader to narrow what the definition already knows.
Json: TypeAlias = Any
"""A value that JSON can hold: text, number, boolean, None, list, dict with text keys."""

Delivery: TypeAlias = Literal["self", "interviewer"]
Source: TypeAlias = Literal["web", "console", "paper", "import", "simulated"]
Status: TypeAlias = Literal["saved", "repeat", "conflict", "closed"]
Role: TypeAlias = Literal["study_lead", "coordinator", "interviewer", "analyst", "observer"]
ConsentDelivery: TypeAlias = Literal["self", "interviewer", "both"]
ConsentMethod: TypeAlias = Literal["web", "paper", "spoken"]
Admission: TypeAlias = Literal["open", "invitation"]
Erased: TypeAlias = Literal["identities", "answers"]
"""What an erasure at the end of a study reaches: who people are, or that and all they said."""
Stage: TypeAlias = Literal["before", "open", "grace", "over"]
"""Where a study stands by its days: not yet open, open, ended but for those who began, ended."""

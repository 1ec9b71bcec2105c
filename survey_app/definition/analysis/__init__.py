"""The `analysis` block of a definition: what analysts need to know and nobody is asked.

It stands outside the fingerprint, so it may be added to a version that is frozen.
"""

from survey_app.definition.analysis.block import (
    ANALYSIS_FIELDS,
    Analysis,
    Bounds,
    MissingRule,
    ScaleScore,
    Scoring,
)
from survey_app.definition.analysis.reader import read_analysis

__all__ = [
    "ANALYSIS_FIELDS",
    "Analysis",
    "Bounds",
    "MissingRule",
    "ScaleScore",
    "Scoring",
    "read_analysis",
]

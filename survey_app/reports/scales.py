"""Scales: how far their items hold together, and how their scores are spread."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from survey_app.definition.analysis import ScaleScore
from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Column
from survey_app.reports.responses import INTERVIEWER
from survey_app.reports.scale_pools import ScalePool
from survey_app.reports.statistics.covariances import compute_covariances
from survey_app.reports.statistics.distributions import Mean, compute_mean
from survey_app.reports.statistics.quantiles import QuantileType, Quartiles, find_quartiles
from survey_app.reports.statistics.reliability import Reliability, assess_covariances
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.reports.statistics.scales import align_block, score_block
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _

LEAST_ITEMS = 3
"""Of fewer items a correlation says all there is to say."""


@dataclass(frozen=True, kw_only=True)
class ScaleReport:
    """A scale over pooled versions, newest first, in one delivery.

    Where `why_none` says something, alpha, omega and what stands beside them are not to be shown.
    `quartiles` are of type 7, since a score may lie anywhere between two points.
    """

    scale: ScaleScore
    columns: Mapping[str, Column]
    delivery: str
    versions: tuple[str, ...]
    reliability: Reliability
    why_none: str
    mean: Mean
    quartiles: Quartiles


def report_scales(pools: Iterable[ScalePool]) -> tuple[ScaleReport, ...]:
    """Return a report of every scale in every pool; what no interviewer recorded has none."""
    return tuple(
        _report(pool, scale)
        for pool in pools
        if pool.delivery != INTERVIEWER or not pool.is_empty
        for scale in pool.scales
    )


def _report(pool: ScalePool, scale: ScaleScore) -> ScaleReport:
    rows = (row for block in pool.read_blocks(scale) for row in align_block(scale, block).tolist())
    reliability = assess_covariances(compute_covariances(scale.items, rows))
    scores = _tally_scores(pool, scale)
    return ScaleReport(
        scale=scale,
        columns={column.name: column for column in pool.columns},
        delivery=pool.delivery,
        versions=tuple(sorted(pool.versions, key=version_order, reverse=True)),
        reliability=reliability,
        why_none=_explain_none(len(scale.items), reliability),
        mean=compute_mean(scores),
        quartiles=find_quartiles(scores, QuantileType.INCLUSIVE),
    )


def _explain_none(items: int, reliability: Reliability) -> str:
    if reliability.basis.n < LEAST_IN_GROUP:
        sentence = _("Fewer than {least} answered every item, too few to tell its reliability.")
        return sentence.format(least=LEAST_IN_GROUP)
    if items < LEAST_ITEMS:
        return _("Reliability needs at least three items: of two, their correlation says it all.")
    return reliability.basis.why_none


def _tally_scores(pool: ScalePool, scale: ScaleScore) -> Tally:
    counts: Counter[float] = Counter()
    people = 0
    for block in pool.read_blocks(scale):
        scores = score_block(scale, align_block(scale, block)).tolist()
        people += len(scores)
        counts.update(score for score in scores if not np.isnan(score))
    return Tally(counts=counts, left_out=people - counts.total())

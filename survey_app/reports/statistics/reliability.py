"""How far the items of a scale tell the same: Cronbach's alpha and what stands beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey_app.reports.statistics.alpha import (
    compute_alpha,
    compute_alpha_without,
    compute_feldt_interval,
    compute_item_rest,
    compute_mean_correlation,
    compute_standardised_alpha,
)
from survey_app.reports.statistics.covariances import Covariances, compute_covariances
from survey_app.reports.statistics.factor import compute_omega, fit_one_factor
from survey_app.reports.statistics.missing import Treatment
from survey_app.reports.statistics.results import (
    CONFIDENCE,
    Basis,
    Estimate,
    Figure,
    join_sentences,
)
from survey_app.translations import gettext as _

FEW_RESPONDENTS = 30
"""Below so many the interval of alpha is too wide for its value to be read alone."""


@dataclass(frozen=True, kw_only=True)
class ItemReliability:
    """One item among the others of its scale; `answers` are those who answered it."""

    item: str
    answers: int
    item_rest: Figure
    alpha_if_dropped: Figure


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """The reliability of a scale's sum or mean score. Every item runs the same way already."""

    alpha: Estimate
    standardised: Figure
    mean_correlation: Figure
    omega: Figure
    items: tuple[ItemReliability, ...]
    basis: Basis


def assess_reliability(
    items: Sequence[str],
    rows: Iterable[Sequence[float | None]],
    treatment: Treatment = Treatment.LISTWISE,
    confidence: float = CONFIDENCE,
) -> Reliability:
    """Return the reliability of a scale; `rows` are as `compute_covariances` takes them."""
    return assess_covariances(compute_covariances(items, rows, treatment), confidence)


def assess_covariances(covariances: Covariances, confidence: float = CONFIDENCE) -> Reliability:
    """Return the reliability of a scale of which the covariances are known."""
    alpha = compute_alpha(covariances)
    members = tuple(_assess_item(covariances, place) for place in range(len(covariances.items)))
    basis = Basis(
        n=covariances.n,
        left_out=covariances.left_out,
        treatment=covariances.treatment,
        method=_("Cronbach’s alpha; omega from one factor by maximum likelihood"),
        caveat=join_sentences(
            _warn_of_few(covariances), _warn_of_pairs(covariances), _warn_of_reversed(members)
        ),
        why_none=alpha.why_none,
    )
    return Reliability(
        alpha=_estimate_alpha(alpha.value, covariances, confidence),
        standardised=compute_standardised_alpha(covariances),
        mean_correlation=compute_mean_correlation(covariances),
        omega=compute_omega(fit_one_factor(covariances)),
        items=members,
        basis=basis,
    )


def _assess_item(covariances: Covariances, place: int) -> ItemReliability:
    return ItemReliability(
        item=covariances.items[place],
        answers=covariances.pairs[place][place],
        item_rest=compute_item_rest(covariances, place),
        alpha_if_dropped=compute_alpha_without(covariances, place),
    )


def _estimate_alpha(alpha: float | None, covariances: Covariances, confidence: float) -> Estimate:
    method = _("Feldt’s interval")
    if covariances.treatment is Treatment.PAIRWISE:
        # No n is the right one for pairs of different sizes; the smallest promises least.
        method = _("Feldt’s interval for the smallest number of pairs, {n}").format(
            n=covariances.fewest
        )
    lower = upper = None
    if alpha is not None:
        n, k = covariances.fewest, len(covariances.items)
        lower, upper = compute_feldt_interval(alpha, n, k, confidence)
    return Estimate(value=alpha, lower=lower, upper=upper, confidence=confidence, method=method)


def _warn_of_few(covariances: Covariances) -> str:
    if not 1 < covariances.n < FEW_RESPONDENTS:
        return ""
    return _("With n = {n} read the interval before the value.").format(n=covariances.n)


def _warn_of_pairs(covariances: Covariances) -> str:
    if covariances.treatment is not Treatment.PAIRWISE or covariances.fewest == covariances.n:
        return ""
    sentence = _("Pairs of items rest on different respondents, {fewest} to {most} of them.")
    most = max(map(max, covariances.pairs))
    return sentence.format(fewest=covariances.fewest, most=most)


def _warn_of_reversed(members: Iterable[ItemReliability]) -> str:
    against = [each.item for each in members if (each.item_rest.value or 0) < 0]
    if not against:
        return ""
    sentence = _("These run against the rest, as an item does that is to be reversed: {items}.")
    return sentence.format(items=", ".join(against))

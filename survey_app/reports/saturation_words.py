"""When little and when nothing new was raised, in words."""

from collections.abc import Iterator, Sequence

from survey_app.reports.saturation import Found
from survey_app.reports.statistics.saturation import BASE, RUN, THRESHOLD, find_saturation
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def list_curves(found: Sequence[Found]) -> tuple[tuple[int, ...], ...]:
    """Return how much each interview brought anew: free topics, unprompted probes, raised ones."""
    return (
        tuple(len(each.topics) for each in found),
        tuple(each.unprompted for each in found),
        tuple(each.raised for each in found),
    )


def describe_results(curves: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield of each curve when little and when nothing was new, and what that rests on."""
    names = (
        _("Free topics, which tell of saturation"),
        _("Listed probes raised unprompted"),
        _("Listed probes raised unprompted or after the probe"),
    )
    for name, new in zip(names, curves, strict=True):
        yield f"{name}: {_describe_result(new)}"
    yield _(
        "By Guest, Namey & Chen (2020): what a run of {run} interviews brought anew, in per cent "
        "of what the first {base} brought; 6+2 is reached after 6 interviews and shown by 2 more. "
        "Free topics are the same where their texts are, whatever the case, the width of the "
        "characters and the spaces; what means the same in other words counts twice."
    ).format(run=RUN, base=BASE)
    yield _(
        "This is how soon topics were covered. Those who do reflexive thematic analysis do not "
        "take it for saturation (Braun & Clarke 2021), and nothing says that nobody else would "
        "bring something new."
    )


def _describe_result(new: Sequence[int]) -> str:
    interviews = ngettext("{count} interview", "{count} interviews", len(new))
    told = [_("{total} in {interviews}.").format(total=sum(new), interviews=interviews)]
    first = find_saturation(new)
    if not first.shares:
        return f"{told[0]} {first.why_none}"
    for threshold in (THRESHOLD, 0.0):
        result = find_saturation(new, threshold=threshold)
        sentence = (
            _("At most {percent} % new: not reached. {reason}")
            if result.reached is None
            else _("At most {percent} % new: {reached}+{run}.")
        )
        told.append(
            sentence.format(
                percent=f"{100 * threshold:g}",
                reached=result.reached,
                run=result.run,
                reason=result.why_none,
            )
        )
        if result.reached is None:
            break
    return " ".join(told)

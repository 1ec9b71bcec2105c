"""How far an interview has come: what was raised in each topic, and what is still open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.translations import gettext as _
from survey_app.translations import ngettext
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.values import YES, Values
from survey_app.web.interviewer.words import FLAGS, NOT_REACHED, RAISED, item_state_words


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """A topic's listed probes by what became of them, and whether anything was written down.

    `open` counts the probes that were not reached, `raised` the topics that came up (the
    interviewer's own included), `settled` the rest. `outcome` is what holds for the whole question,
    after which nothing is left to ask in it unless it is to be come back to. `flags` counts each
    flag on the question and its probes.
    """

    topic: SheetTopic
    states: tuple[str, ...]
    raised: int
    settled: int
    open: int
    written: bool
    outcome: str
    flags: Mapping[str, int]

    @property
    def is_settled_whole(self) -> bool:
        """Whether the question as a whole was refused, not asked or the like."""
        return self.outcome != NOT_REACHED

    @property
    def is_untouched(self) -> bool:
        """Whether nothing at all was marked or written."""
        return not (self.written or self.raised or self.settled or self.is_settled_whole)

    @property
    def is_open(self) -> bool:
        """Whether something is left to ask."""
        if self.flags["come_back"]:
            return True
        return not self.is_settled_whole and (self.open > 0 or self.is_untouched)

    @property
    def words(self) -> str:
        """The coverage in words, such as `3 raised, 1 not raised, 12 open`.

        A question that is settled as a whole begins with how, and then says only what was marked.
        """
        counts = [
            (self.raised, ngettext("{count} raised", "{count} raised", self.raised)),
            (self.settled, ngettext("{count} not raised", "{count} not raised", self.settled)),
            (self.open, ngettext("{count} open", "{count} open", self.open)),
        ]
        if self.is_settled_whole:
            whole = [words.full for words in item_state_words() if words.code == self.outcome]
            return ", ".join(whole + [words for count, words in counts[:2] if count])
        if not self.states:
            return _("open") if self.is_untouched else _("noted")
        return ", ".join(words for count, words in counts if count)


def cover(topic: SheetTopic, values: Values) -> Coverage:
    """Return the coverage of one topic."""
    states = [values.get(f"state.{row.place}", NOT_REACHED) for row in topic.rows]
    counts = Counter(states)
    listed = tuple(states[: len(topic.listed)])
    raised = sum(counts[state] for state in RAISED)
    return Coverage(
        topic=topic,
        states=listed,
        raised=raised,
        settled=len(states) - raised - counts[NOT_REACHED],
        open=listed.count(NOT_REACHED),
        written=any(values.get(name, "").strip() for name in _writing(topic)),
        outcome=values.get(f"outcome.{topic.place}", NOT_REACHED),
        flags={flag: _count_flag(topic, flag, values) for flag in FLAGS},
    )


def cover_all(sheet: Sheet, values: Values) -> dict[str, Coverage]:
    """Return the coverage of all topics by their place."""
    return {topic.place: cover(topic, values) for topic in sheet.topics}


def _count_flag(topic: SheetTopic, flag: str, values: Values) -> int:
    places = (topic.place, *(row.place for row in topic.rows))
    return sum(values.get(f"{flag}.{place}") == YES for place in places)


def _writing(topic: SheetTopic) -> Iterable[str]:
    yield f"note.{topic.place}"
    for row in topic.rows:
        yield f"note.{row.place}"
        yield f"text.{row.place}"
    for key in topic.answer_rows():
        yield f"answer.{topic.answer_place(key)}"
        yield f"refusal.{topic.answer_place(key)}"

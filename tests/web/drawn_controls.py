"""Items as an author writes them, and the exact HTML that each becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.definition.fields import Mistake

HEAD = """\
format: 1
name: markup
version: 1.0.0
title: Markup
source: this test
licence: MIT
changes: first version
scales:
  extent:
    direction: unipolar
    points: {1: not at all, 2: to a high extent}
sections:
  - key: only
    title: Only
    items:
"""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Items as an author writes them, what was typed, what was wrong, and the last item's HTML."""

    items: str
    html: str
    raw: Mapping[str, list[str]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


CASES = {
    "a line": Case(
        items="""
      - {key: word, type: text, text: In one *word*?, multiline: false}
""",
        raw={"item_word": ['"patience" & <b>']},
        html="""
        <div class="question" id="q-word" data-item="word" data-control="line" data-name="item_word">
        <h2 class="question-words"><label for="item_word">In one <em>word</em>?</label></h2><input class="input input-line" id="item_word" name="item_word" type="text" value="&#34;patience&#34; &amp; &lt;b&gt;" autocomplete="off">
        </div>
        """,
    ),
    "a paragraph": Case(
        items="""
      - {key: gate, type: select_one, text: Rewarding?, options: {yes: Yes, no: No}}
      - key: what
        type: text
        text: What?
        hint: Name nobody.
        required: true
        allow: [refused, dont_know]
        relevant: ${gate} = 'yes'
        follow_up: If answered yes
""",
        raw={"item_what": ["\nTwo\nlines"], "item_what-reason": [":dont_know"]},
        mistakes=(Mistake("item_what", "Not both."),),
        html="""
        <div class="question" id="q-what" data-item="what" data-control="paragraph" data-name="item_what" data-relevant='["=", ["ref", "gate", ""], ["text", "yes"]]'>
        <p class="follow-up" id="item_what.follow-up">If answered yes</p>
        <h2 class="question-words"><label for="item_what">What? <span class="needed">(required)</span></label></h2>
        <p class="hint" id="item_what.hint">Name nobody.</p>
        <div class="error" id="item_what.error">
        <p><span class="visually-hidden">Error: </span>Not both.</p>
        </div>
        <textarea class="input" id="item_what" name="item_what" rows="5" aria-describedby="item_what.follow-up item_what.hint item_what.error" aria-invalid="true"> Two lines</textarea>
        <div class="choices reasons">
        <div class="choice"><input type="checkbox" id="item_what-reason" name="item_what-reason" value=":refused" data-exclusive><label for="item_what-reason">I would rather not say</label>
        </div>
        <div class="choice"><input type="checkbox" id="item_what-reason--dont_know" name="item_what-reason" value=":dont_know" data-exclusive checked><label for="item_what-reason--dont_know">I don’t know</label>
        </div></div></div>
        """,
    ),
    "a number": Case(
        items="""
      - {key: years, type: integer, text: How many years?, minimum: 0, maximum: 60}
""",
        raw={"item_years": ["seven"]},
        mistakes=(Mistake("item_years", "Digits, please."),),
        html="""
        <div class="question" id="q-years" data-item="years" data-control="number" data-name="item_years">
        <h2 class="question-words"><label for="item_years">How many years?</label></h2>
        <p class="hint" id="item_years.hint">From 0 to 60.</p>
        <div class="error" id="item_years.error">
        <p><span class="visually-hidden">Error: </span>Digits, please.</p>
        </div><input class="input input-number" id="item_years" name="item_years" type="text" inputmode="numeric" value="seven" autocomplete="off" aria-describedby="item_years.hint item_years.error" aria-invalid="true">
        </div>
        """,
    ),
    "a date": Case(
        items="""
      - {key: first, type: date, text: When?, earliest: 2014-09-01}
""",
        raw={"item_first": ["2015-01-02"]},
        html="""
        <div class="question" id="q-first" data-item="first" data-control="date" data-name="item_first">
        <h2 class="question-words"><label for="item_first">When?</label></h2>
        <p class="hint" id="item_first.hint">2014-09-01 or later.</p><input class="input input-date" id="item_first" name="item_first" type="date" min="2014-09-01" value="2015-01-02" autocomplete="off" aria-describedby="item_first.hint">
        </div>
        """,
    ),
    "choices": Case(
        items="""
      - key: who
        type: select_one
        text: Who?
        options: {a: Anne, b: Bob}
        other: "other:"
        allow: [refused]
""",
        raw={"item_who": ["other"], "item_who-other": ["Cleo"]},
        mistakes=(Mistake("item_who-other", "Too long."),),
        html="""
        <div class="question" id="q-who" data-item="who" data-control="choices" data-name="item_who">
        <fieldset class="group">
        <legend class="question-legend">
        <h2 class="question-words">Who?</h2></legend>
        <div class="choices">
        <div class="choice"><input type="radio" id="item_who" name="item_who" value="a"><label for="item_who">Anne</label>
        </div>
        <div class="choice"><input type="radio" id="item_who--b" name="item_who" value="b"><label for="item_who--b">Bob</label>
        </div>
        <div class="choice"><input type="radio" id="item_who--other" name="item_who" value="other" checked><label for="item_who--other">other:</label>
        </div>
        <div class="choice-other"><label for="item_who-other">Please say what<span class="visually-hidden"> (other:)</span></label>
        <div class="error" id="item_who-other.error">
        <p><span class="visually-hidden">Error: </span>Too long.</p>
        </div><input class="input" type="text" id="item_who-other" name="item_who-other" value="Cleo" autocomplete="off" aria-describedby="item_who-other.error" aria-invalid="true">
        </div>
        <p class="divider">or</p>
        <div class="choice"><input type="radio" id="item_who-reason--refused" name="item_who" value=":refused"><label for="item_who-reason--refused">I would rather not say</label>
        </div></div></fieldset>
        </div>
        """,
    ),
    "checks": Case(
        items="""
      - key: topics
        type: select_multiple
        text: Which?
        options: {none: none of these, ethics: ethical issues}
        exclusive: [none]
""",
        raw={"item_topics": ["ethics"]},
        mistakes=(Mistake("item_topics", "Please choose."),),
        html="""
        <div class="question" id="q-topics" data-item="topics" data-control="checks" data-name="item_topics" data-codes="none ethics">
        <fieldset class="group" aria-describedby="item_topics.error">
        <legend class="question-legend">
        <h2 class="question-words">Which?</h2></legend>
        <div class="error" id="item_topics.error">
        <p><span class="visually-hidden">Error: </span>Please choose.</p>
        </div>
        <div class="choices">
        <div class="choice"><input type="checkbox" id="item_topics" name="item_topics" value="ethics" checked><label for="item_topics">ethical issues</label>
        </div>
        <p class="divider">or</p>
        <div class="choice"><input type="checkbox" id="item_topics--none" name="item_topics" value="none" data-exclusive><label for="item_topics--none">none of these</label>
        </div></div></fieldset>
        </div>
        """,
    ),
    "rows one by one": Case(
        items="""
      - key: teaching
        type: likert_grid
        text: The effect.
        scale: extent
        allow: [dont_know]
        rows: {interest: Your interest?, relations: Your relations?}
""",
        raw={"item_teaching-interest": ["2"], "item_teaching-relations": [":dont_know"]},
        mistakes=(Mistake("item_teaching-relations", "Please choose."),),
        html="""
        <div class="question" id="q-teaching" data-item="teaching" data-control="rows" data-name="item_teaching">
        <div class="battery battery-stacked" role="group" id="item_teaching" tabindex="-1" aria-labelledby="item_teaching.words">
        <h2 class="question-words" id="item_teaching.words">The effect.</h2>
        <fieldset class="battery-row">
        <legend class="battery-legend"><span id="item_teaching-interest.words">Your interest?</span><span class="battery-place">1 of 2</span></legend>
        <div class="choices choices-flat">
        <div class="choice"><input type="radio" id="item_teaching-interest" name="item_teaching-interest" value="1"><label for="item_teaching-interest">not at all</label>
        </div>
        <div class="choice"><input type="radio" id="item_teaching-interest--2" name="item_teaching-interest" value="2" checked><label for="item_teaching-interest--2">to a high extent</label>
        </div>
        <div class="choice"><input type="radio" id="item_teaching-interest-reason--dont_know" name="item_teaching-interest" value=":dont_know"><label for="item_teaching-interest-reason--dont_know">I don’t know</label>
        </div></div></fieldset>
        <fieldset class="battery-row" aria-describedby="item_teaching-relations.error">
        <legend class="battery-legend"><span id="item_teaching-relations.words">Your relations?</span><span class="battery-place">2 of 2</span></legend>
        <div class="error" id="item_teaching-relations.error">
        <p><span class="visually-hidden">Error: </span>Please choose.</p>
        </div>
        <div class="choices choices-flat">
        <div class="choice"><input type="radio" id="item_teaching-relations" name="item_teaching-relations" value="1"><label for="item_teaching-relations">not at all</label>
        </div>
        <div class="choice"><input type="radio" id="item_teaching-relations--2" name="item_teaching-relations" value="2"><label for="item_teaching-relations--2">to a high extent</label>
        </div>
        <div class="choice"><input type="radio" id="item_teaching-relations-reason--dont_know" name="item_teaching-relations" value=":dont_know" checked><label for="item_teaching-relations-reason--dont_know">I don’t know</label>
        </div></div></fieldset>
        </div></div>
        """,
    ),
    "rows as a table": Case(
        items="""
      - key: teaching
        type: likert_grid
        text: The effect.
        scale: extent
        display: table
        rows: {interest: Your interest?}
""",
        raw={"item_teaching-interest": ["1"]},
        html="""
        <div class="question" id="q-teaching" data-item="teaching" data-control="rows" data-name="item_teaching">
        <div class="battery battery-table" role="group" id="item_teaching" tabindex="-1" aria-labelledby="item_teaching.words">
        <h2 class="question-words" id="item_teaching.words">The effect.</h2>
        <div class="battery-heads" aria-hidden="true">
        <div class="choices"><span>not at all</span><span>to a high extent</span>
        </div></div>
        <fieldset class="battery-row">
        <legend class="battery-legend"><span id="item_teaching-interest.words">Your interest?</span><span class="battery-place">1 of 1</span></legend>
        <div class="choices">
        <div class="choice"><input type="radio" id="item_teaching-interest" name="item_teaching-interest" value="1" aria-labelledby="item_teaching-interest.words item_teaching-interest.label" checked><label for="item_teaching-interest" id="item_teaching-interest.label">not at all</label>
        </div>
        <div class="choice"><input type="radio" id="item_teaching-interest--2" name="item_teaching-interest" value="2" aria-labelledby="item_teaching-interest.words item_teaching-interest--2.label"><label for="item_teaching-interest--2" id="item_teaching-interest--2.label">to a high extent</label>
        </div></div></fieldset>
        </div></div>
        """,
    ),
    "ranks": Case(
        items="""
      - {key: roles, type: rank, text: Order?, options: {a: Adviser, b: Buddy}, allow: [refused]}
""",
        raw={"item_roles-a": ["2"]},
        mistakes=(Mistake("item_roles", "No gaps."),),
        html="""
        <div class="question" id="q-roles" data-item="roles" data-control="ranks" data-name="item_roles">
        <fieldset class="group" id="item_roles" tabindex="-1" aria-describedby="item_roles.error">
        <legend class="question-legend">
        <h2 class="question-words">Order?</h2></legend>
        <div class="error" id="item_roles.error">
        <p><span class="visually-hidden">Error: </span>No gaps.</p>
        </div>
        <div class="rank"><label for="item_roles-a">Adviser</label>
        <select class="input" id="item_roles-a" name="item_roles-a"><option value="">no place</option>
        <option value="1">1</option><option value="2" selected>2</option></select>
        </div>
        <div class="rank"><label for="item_roles-b">Buddy</label>
        <select class="input" id="item_roles-b" name="item_roles-b"><option value="">no place</option>
        <option value="1">1</option><option value="2">2</option></select>
        </div>
        <div class="choices reasons">
        <div class="choice"><input type="checkbox" id="item_roles-reason" name="item_roles-reason" value=":refused" data-exclusive><label for="item_roles-reason">I would rather not say</label>
        </div></div></fieldset>
        </div>
        """,
    ),
}

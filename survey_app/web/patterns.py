"""One example of each item type for the pattern page, from the types' own examples."""

from survey_app.definition.fields import QuestionField
from survey_app.definition.form import SectionForm
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.base import Item
from survey_app.definition.items.examples import write_example
from survey_app.definition.loader import load


def make_examples() -> list[tuple[Item, QuestionField]]:
    """Return each item type's example with its field; types that ask nothing are left out."""
    examples = []
    for item_type in ITEM_TYPES.values():
        instrument = load(write_example(item_type).encode(), "patterns")
        form = SectionForm(instrument.sections[0], "en")
        item = instrument.items[-1]
        if item.key in form.blank_fields:
            examples.append((item, form.blank_fields[item.key]))
    return examples

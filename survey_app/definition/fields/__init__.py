"""The form fields behind the questions: a closed set of controls that templates know how to draw.

Item types choose among these. A field reads what was posted, keeps it as data and says what is
wrong in a sentence; how it looks is the templates' affair (they switch on `control` alone). The
set of controls is closed; a type may subclass a field to read its text more strictly, and then
gives that field a `sample` of its own.
"""

from survey_app.definition.fields.base import (
    Control,
    Mistake,
    Option,
    PostedRaw,
    QuestionField,
    bind_field,
)
from survey_app.definition.fields.chosen import (
    ChecksField,
    ChoicesField,
    RanksField,
    RowsField,
    Selection,
)
from survey_app.definition.fields.written import (
    DateField,
    LineField,
    NumberField,
    ParagraphField,
    WrittenField,
)

__all__ = [
    "ChecksField",
    "ChoicesField",
    "Control",
    "DateField",
    "LineField",
    "Mistake",
    "NumberField",
    "Option",
    "ParagraphField",
    "PostedRaw",
    "QuestionField",
    "RanksField",
    "RowsField",
    "Selection",
    "WrittenField",
    "bind_field",
]

"""What a workbook had to change of what it was given."""

from dataclasses import dataclass

from survey_app.spreadsheets.texts import replace_illegal, split_text


@dataclass(kw_only=True)
class Tally:
    """What was changed in texts so that they could be written at all."""

    split_cells: int = 0
    replaced_characters: int = 0

    def add(self, other: "Tally") -> None:
        """Count what another tally has counted."""
        self.split_cells += other.split_cells
        self.replaced_characters += other.replaced_characters

    def make_safe(self, text: str) -> list[str]:
        """Return a text, escaped, in pieces that fit a cell each; count what had to be changed."""
        safe, replaced = replace_illegal(text)
        parts = split_text(safe)
        self.replaced_characters += replaced
        self.split_cells += len(parts) > 1
        return parts

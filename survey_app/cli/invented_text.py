"""Phrases that test responses are made of: short, in several scripts, some awkward for tables."""

PHRASES = (
    "Seeing a student find her own voice.",
    "I learned to listen before I advise.",
    "More time for supervision would have helped.",
    "Zuhören – und gehört werden.",
    "La confiance d’un élève qui revient chaque semaine.",
    "= more patience, above all with myself",
    "+ confidence, - certainty",
    "“Why do you care?” – a fair question, and a hard one.",
    "倾听比建议更重要。",
    "الإصغاء قبل النصيحة",
    "Слушать, а не поучать.",
    "Meeting the school, the family & the neighbourhood <before> judging.",
    "A walk, a talk, a plan 🙂",
    "It was O’Brien’s idea; we kept it.",
)
"""What somebody might write."""

SHORT_PHRASES = ("Housing", "Sport", "Immigration status", "Ernährung", "Écriture", "就业")
"""What somebody might write into a single line or as 'other'."""

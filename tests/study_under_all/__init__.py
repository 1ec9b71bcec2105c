"""The life of a study in parts: who acts in it, what ought to be there, and what is looked at."""

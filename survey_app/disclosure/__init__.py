"""What could tell who answered, and how it is kept back: pure rules on counts and on columns."""

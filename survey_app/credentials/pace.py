"""How often a password or a code may be tried: each wrong one makes the next wait longer.

Nobody is ever shut out. Tries at an account count by the name that was typed, whether there is such
an account or not, and beside that by where they come from. A browser in which somebody has signed
in before counts by itself, so a stranger who guesses at a name does not keep its owner waiting;
elsewhere the owner waits at most a quarter of an hour, or takes a sign-in link.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The first `free` tries of a day need no wait; then it doubles, up to `most` seconds."""

    free: int
    most: int

    def wait(self, tries: int) -> int:
        """Return how many seconds lie between the last of so many tries and the next one."""
        beyond = tries - self.free
        return 0 if beyond < 0 else min(self.most, 2 ** min(beyond, 30))


BY_NAME = Pace(free=5, most=15 * 60)
"""Of wrong tries at one name, some hundred fit into a day."""
BY_ADDRESS = Pace(free=20, most=60)
"""Of wrong tries from one address, behind which there may be a whole school."""

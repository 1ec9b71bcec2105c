"""Why groups by a quasi-identifier never stand beside the answers of single people.

From exact counts of enough questions everybody's secret answer can be put together (I. Dinur and K.
Nissim 2003, Revealing information while preserving privacy, PODS, 202-210).
"""

from random import Random

from scipy.optimize import Bounds, LinearConstraint, milp

PEOPLE, QUESTIONS, POINTS = 24, 12, 5


def test_with_both_a_solver_finds_out_who_is_in_which_group() -> None:
    random = Random(3)
    answers = [[random.randrange(POINTS) for _ in range(QUESTIONS)] for _ in range(PEOPLE)]
    group = [random.randrange(2) for _person in range(PEOPLE)]
    cells = [
        [float(person[question] == point) for person in answers]
        for question in range(QUESTIONS)
        for point in range(POINTS)
    ]
    printed = [sum(c * g for c, g in zip(cell, group, strict=True)) for cell in cells]
    # Whoever is placed as different as can be from how it is, is placed as it is.
    found = milp(
        [1.0 if each else -1.0 for each in group],
        constraints=LinearConstraint(cells, printed, printed),
        integrality=[1] * PEOPLE,
        bounds=Bounds(0, 1),
    )
    assert found.status == 0
    assert [round(each) for each in found.x] == group

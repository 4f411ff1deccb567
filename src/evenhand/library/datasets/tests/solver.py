"""A reader with a solver: what hidden counts can be, from all that was shown; written apart from what hides them."""

import numpy as np
from scipy.optimize import linprog

from evenhand.library.datasets.loader import ALL


def sums_of(found):
    """Every sum that a reader may hold true among the figures that are printed: written apart from what it tests."""
    keys = {one.key: one for one in found}
    rows = []
    for one in found:
        for along, at in (("group", 4), ("sex", 6)):
            if getattr(one, along) != ALL:
                continue
            parts = [
                key
                for key, other in keys.items()
                if other is not one
                and all(a == b for i, (a, b) in enumerate(zip(key, one.key, strict=True)) if i not in {at, 3})
                and (along == "group" or key[3] == one.key[3])
                and getattr(other, along) != ALL
            ]
            if parts and abs(sum(keys[part].value for part in parts) - one.value) < 0.5:
                rows.append((one.key, tuple(parts)))
    return rows


def leaks(releases):
    """Which hidden figures a reader of all releases finds too closely, who knows what did not change between them.

    `releases` are pairs of the true figures and of what was shown of them.
    """
    at, told, label, rows = {}, {}, {}, []
    for found, seen in releases:
        place = {one.key: at.setdefault((one.key, one.value), len(at)) for one in found}
        wholes = {whole for whole, _ in sums_of(found)}
        for one in found:
            cell = seen[one.key]
            if not isinstance(cell, str):
                told[place[one.key]] = one.value
            elif cell == "small":
                label[place[one.key]] = (1, 5)
            else:
                label.setdefault(place[one.key], (1 if one.key in wholes else 6, None))
        rows += [(place[whole], [place[part] for part in parts]) for whole, parts in sums_of(found)]
    matrix = np.zeros((len(rows), len(at)))
    for row, (whole, parts) in zip(matrix, rows, strict=True):
        row[parts] = 1
        row[whole] -= 1
    bounds = [(told[cell], told[cell]) if cell in told else label[cell] for cell in range(len(at))]
    found = []
    for cell in set(label) - set(told):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(at))
            goal[cell] = sign
            answer = linprog(
                goal, A_eq=matrix if rows else None, b_eq=np.zeros(len(rows)) if rows else None, bounds=bounds
            )
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        if ends[1] - ends[0] < 4 - 1e-6:
            found.append((cell, ends))
    return found

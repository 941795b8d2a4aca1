"""Rotations in steps: in each round every row of people moves on by a number of tables of its own.

People stand in rows of one per table. Two people of different rows meet twice only if their rows are as far apart in two
rounds; nobody of one row ever meets. So a few numbers per round are searched for, instead of a seat for everybody.
"""

from __future__ import annotations

from ecocsme.event.annealing import Chances
from ecocsme.event.rotations import Built, seated

_WARM, _COLD = 1.0, 0.1  # in pairs of rows that are as far apart twice


def stepped(people: int, tables: int, rounds: int, *, still: bool, seed: int, work: int) -> Built:
    """Search for steps by which the fewest rows are as far apart twice.

    Where the first row stays (`still`: hosts, or the questions that lie on the tables), rows as far from it twice come to a
    table twice.
    """
    rows = -(-people // tables)
    steps = _Steps(rows, tables, rounds, still=still).search(Chances(seed, _WARM, _COLD, work))
    return [seated(people, tables, lambda row, column, moved=moved: (column + moved[row]) % tables) for moved in steps]  # type: ignore[misc]  # a default binds the steps


class _Steps:
    def __init__(self, rows: int, tables: int, rounds: int, *, still: bool) -> None:
        self._rows, self._tables, self._free = rows, tables, 1 if still else 0
        # a start in which no two rounds are the same
        self._steps = [[row * number % tables for row in range(rows)] for number in range(rounds)]
        self._apart = [[[0] * tables for _ in range(rows)] for _ in range(rows)]
        for moved in self._steps:
            for row in range(rows):
                for other in range(rows):
                    self._apart[row][other][(moved[row] - moved[other]) % tables] += other != row

    def search(self, chances: Chances) -> list[list[int]]:
        """Change one step at a time; return the best steps found."""
        random, rounds, movable = chances.random, len(self._steps), self._rows - self._free
        cost = best = self._price()
        found = [list(moved) for moved in self._steps]
        for accepted in chances.cooling():
            for _ in range(chances.each if best else 0):
                number, row = int(random() * rounds), self._free + int(random() * movable)
                step = int(random() * self._tables)
                change = self._change(number, row, step)
                if change > 0 and (change >= len(accepted) or random() >= accepted[change]):
                    continue
                self._take(number, row, step)
                cost += change
                if cost < best:
                    best, found = cost, [list(moved) for moved in self._steps]
        return found

    def _price(self) -> int:
        """How often two rows are as far apart again."""
        return sum(max(0, times - 1) for row, kinds in enumerate(self._apart) for apart in kinds[:row] for times in apart)

    def _change(self, number: int, row: int, step: int) -> int:
        moved, tables = self._steps[number], self._tables
        now, change = moved[row], 0
        for other, apart in enumerate(self._apart[row]):
            if other != row and step != now:
                place = moved[other]
                change += (apart[(step - place) % tables] > 0) - (apart[(now - place) % tables] > 1)
        return change

    def _take(self, number: int, row: int, step: int) -> None:
        moved, tables = self._steps[number], self._tables
        now = moved[row]
        for other in range(self._rows):
            if other != row:
                place = moved[other]
                for first, second, sign in ((now, place, -1), (step, place, 1)):
                    self._apart[row][other][(first - second) % tables] += sign
                    self._apart[other][row][(second - first) % tables] += sign
        moved[row] = step

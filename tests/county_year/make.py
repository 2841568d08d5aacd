"""Makes the year from a seed: places, leaders, and what they did, at the volumes of a real county.

`scale` is the share of a county's volume; places and leaders are always all there.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.county_year import words
from tests.county_year.dirt import spoil
from tests.county_year.matters import make_matters
from tests.county_year.registers import make_registers
from tests.county_year.rows import COUNTY, LAST, MERGED_ON, TOWNSHIPS, CountyYear, Person, Village

SEED = 20261123
T = TypeVar("T")

# Weekday holidays of the year, on which nobody goes out.
_HOLIDAYS = (
    (dt.date(2026, 1, 1), dt.date(2026, 1, 3)),
    (dt.date(2026, 2, 15), dt.date(2026, 2, 23)),
    (dt.date(2026, 4, 4), dt.date(2026, 4, 6)),
    (dt.date(2026, 5, 1), dt.date(2026, 5, 5)),
    (dt.date(2026, 6, 19), dt.date(2026, 6, 21)),
    (dt.date(2026, 9, 25), dt.date(2026, 9, 27)),
    (dt.date(2026, 10, 1), dt.date(2026, 10, 7)),
)
# Wages before the Spring Festival, farm work in early summer, harvest and fires in autumn.
_BUSY = {1: 1.5, 2: 1.2, 5: 1.4, 6: 1.4, 10: 1.4, 11: 1.4}


class Maker:
    """The dice, and what everything is made of."""

    def __init__(self, scale: float, seed: int) -> None:
        self.scale = scale
        self.dice = random.Random(seed)
        self.year = CountyYear()
        self._used: set[str] = set()
        days = [dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
        self._days = [
            d
            for d in days
            if d.weekday() < 5 and not any(a <= d <= b for a, b in _HOLIDAYS) and d <= LAST
        ]
        self._weights = [_BUSY.get(d.month, 1.0) for d in self._days]

    def some(self, count: int) -> int:
        """A county's count, at this scale."""
        return max(2, round(count * self.scale))

    def day(self) -> dt.date:
        """A working day, more often in busy months."""
        return self.dice.choices(self._days, self._weights)[0]

    def later(self, day: dt.date, most: int) -> dt.date:
        """A day up to `most` days after another."""
        return day + dt.timedelta(self.dice.randint(1, most))

    def chance(self, percent: float) -> bool:
        """Whether something with that chance takes place."""
        return self.dice.random() * 100 < percent

    def one(self, of: Sequence[T]) -> T:
        """Any one."""
        return self.dice.choice(of)

    def weighted(self, of: dict[str, int]) -> str:
        """A label, as often as its weight says."""
        return self.dice.choices(list(of), list(of.values()))[0]

    def fresh(self, make: Callable[[], str]) -> str:
        """Words that nobody has used yet, so that a row can be told by them."""
        for _ in range(1000):
            text = make()
            if text not in self._used:
                self._used.add(text)
                return text
        raise ValueError("the templates have run out of words")

    def name(self) -> str:
        """A citizen's name."""
        given = "".join(self.dice.sample(words.GIVEN, self.dice.choice((1, 2, 2))))
        return self.one(words.SURNAMES) + given

    def township(self) -> str:
        """A township, as often as it has villages."""
        return self.one(self.year.villages).township

    def village(self, township: str, day: dt.date) -> Village:
        """A village that is there on a day."""
        here = [v for v in self.year.villages if v.township == township and v.stands_on(day)]
        return self.one(here)

    def leader(self, township: str, day: dt.date) -> Person:
        """Who goes out there: the township's own, or a county leader, or somebody unlisted."""
        if township != COUNTY and self.chance(2):
            return self.one(self.year.strangers)
        county = township == COUNTY or self.chance(35)
        unit, group = (COUNTY, "县处级") if county else (township, "乡科级")
        here = [
            p
            for p in self.year.people
            if (post := p.post_on(day)) and post.unit == unit and post.rank.startswith(group)
        ]
        return self.one(here)

    def matter(self, template: str, place: Village, day: dt.date) -> str:
        """A matter or proposal of a village, unlike all others."""
        return self.fresh(
            lambda: template.format(
                place=place.name_on(day),
                other=self.village(place.township, day).name_on(day),
                n=self.dice.randint(2, 60),
                m=self.dice.randint(1, 90),
                surname=self.one(words.SURNAMES),
            )
        )


def make_year(scale: float = 1.0, seed: int = SEED) -> CountyYear:
    """The whole year; the same seed and scale give the same year."""
    maker = Maker(scale, seed)
    make_registers(maker)
    make_matters(maker)
    spoil(maker.year, seed + 1)
    return maker.year


__all__ = ["MERGED_ON", "SEED", "TOWNSHIPS", "Maker", "make_year"]

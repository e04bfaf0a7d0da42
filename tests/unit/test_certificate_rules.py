from decimal import Decimal
from random import Random

import pytest

from courses.rules.certificates import half_hours


@pytest.mark.parametrize(
    "minutes, hours",
    [
        ([60], ["1"]), ([44], ["0.5"]), ([45], ["1"]), ([14], ["0"]), ([15], ["0.5"]),
        ([20, 20, 20], ["0.5", "0.5", "0"]), ([324, 510], ["5.5", "8.5"]), ([], []),
    ],
)
def test_minutes_become_half_hours(minutes, hours):
    assert half_hours(minutes) == [Decimal(each) for each in hours]


def test_the_parts_always_add_up_to_the_rounded_whole():
    random = Random(1)  # noqa: S311 - the same cases every time
    for _ in range(500):
        minutes = [random.randrange(0, 900) for _ in range(random.randrange(1, 10))]
        parts = half_hours(minutes)
        assert sum(parts) == Decimal((sum(minutes) + 15) // 30) / 2
        for part, each in zip(parts, minutes, strict=True):
            assert abs(part * 60 - each) < 30

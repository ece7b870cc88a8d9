"""Tests of a group run in one process, one after the other."""

import pytest

pytestmark = pytest.mark.xdist_group("shown to share")
seen: list[int] = []


@pytest.mark.parametrize("number", range(4))
def test_a_group_stays_in_one_process_and_in_order(number: int) -> None:
    seen.append(number)
    assert seen == list(range(seen[0], number + 1))

"""A question that several callers ask in one go reaches the database once."""

from collections.abc import Iterable

import pytest

from foundation.once import once, together


class Asked:
    """Counts how often it was really asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, agencies: Iterable[int], **said: object) -> list[int]:
        self.times += 1
        return list(agencies)

    __wrapped__ = None
    __name__ = __qualname__ = "asked"


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_the_same_question_is_asked_once_within_one_go(asked: Asked) -> None:
    ask = once(asked)
    with together():
        assert ask([1, 2], day=3) is ask((1, 2), day=3)
    assert asked.times == 1


@pytest.mark.parametrize("other", [[2, 1], [1], []])
def test_another_question_gets_its_own_answer(asked: Asked, other: list[int]) -> None:
    ask = once(asked)
    with together():
        assert ask([1, 2]) == [1, 2]
        assert ask(other) == other
        assert ask([1, 2], day=3) == ask([1, 2], missions={1: 2}) == [1, 2]
    assert asked.times == 4


def test_two_functions_do_not_answer_for_each_other() -> None:
    one, two = once(lambda day: day + 1), once(lambda day: day + 2)
    with together():
        assert (one(1), two(1)) == (2, 3)


def test_nothing_is_kept_outside_of_it_or_for_the_next(asked: Asked) -> None:
    ask = once(asked)
    ask([1])
    ask([1])
    for _ in range(2):
        with together():
            ask([1])
    ask([1])
    assert asked.times == 5


def test_what_can_be_looked_at_only_once_is_refused(asked: Asked) -> None:
    with together(), pytest.raises(TypeError):
        once(asked)(iter([1]))
    assert asked.times == 0

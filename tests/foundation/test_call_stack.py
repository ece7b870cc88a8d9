"""Deep calls don't ask the system for memory again and again."""

from collections.abc import Callable
from functools import partial
from resource import RUSAGE_SELF, getrusage
from threading import Thread

from foundation.call_stack import with_room

DEEPEST, TIMES, FEW = 300, 500, 50


def _nothing() -> None:
    pass


def _calls_at(depth: int) -> None:
    """Call a function many times, this many calls further down."""
    if depth:
        return _calls_at(depth - 1)
    for _ in range(TIMES):
        _nothing()
    return None


def _most_faults() -> int:
    """The most pages of memory that the system had to provide for calls at any one depth."""
    most = 0
    for depth in range(DEEPEST):
        before = getrusage(RUSAGE_SELF).ru_minflt
        _calls_at(depth)
        most = max(most, getrusage(RUSAGE_SELF).ru_minflt - before)
    return most


def _on_a_stack_of_its_own(count: Callable[[], int]) -> int:
    counted: list[int] = []
    thread = Thread(target=lambda: counted.append(count()))
    thread.start()
    thread.join()
    return counted[0]


def test_calls_with_room_never_cost_memory_at_each_call() -> None:
    assert _on_a_stack_of_its_own(partial(with_room, _most_faults)) < FEW


def test_calls_without_room_do() -> None:
    assert _on_a_stack_of_its_own(_most_faults) >= TIMES


def test_what_a_call_returns_and_raises_is_passed_on() -> None:
    assert with_room(divmod, 7, 2) == (3, 1)
    assert with_room(int, "11", base=2) == 3

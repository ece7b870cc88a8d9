"""Whoever judges by measures, such as plans: asked before a measure or its numbers change."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.db.models import Q

from accounts.models import Member
from foundation.models import Agency
from foundation.refusals import Refusal
from measures.definitions.models import Measure


class Touch(StrEnum):
    """What is done to the numbers that a frozen start may rest on."""

    CORRECTED = "corrected"
    ADDED = "added"
    LEFT_OUT = "left_out"
    CHART = "chart"
    REDEFINED = "redefined"


class Touching(Protocol):
    """See `touching`."""

    def __call__(
        self,
        measure: Measure,
        *,
        cause: Touch,
        by: Member | None,
        reason: str,
        periods: Collection[date] | None,
        always: bool,
        expected: bool,
    ) -> AbstractContextManager[None]: ...


@dataclass(frozen=True)
class Judge:
    """What an upper app answers for.

    `locking` says why what a measure counts can't be changed now; `frozen` names the plans that
    have begun and whose frozen start holds one of these periods, or any; `touching` keeps such
    starts in step with a change; `wanted` picks, of measures, those whose next numbers are
    asked for.
    """

    locking: Callable[[Measure], Refusal | None]
    frozen: Callable[[Measure, Collection[date] | None], list[str]]
    touching: Touching
    wanted: Callable[[Agency], Q]


_judges: list[Judge] = []


def register(judge: Judge) -> None:
    _judges.append(judge)


def locking(measure: Measure) -> Refusal | None:
    """Why what it counts is locked; None when nothing is judged by it now."""
    refusals = (judge.locking(measure) for judge in _judges)
    return next((refusal for refusal in refusals if refusal is not None), None)


def frozen(measure: Measure, periods: Collection[date] | None = None) -> list[str]:
    """What those are called whose frozen start holds one of these periods, or any if None."""
    return [name for judge in _judges for name in judge.frozen(measure, periods)]


def wanted(agency: Agency) -> Q:
    """Of measures: their next numbers are asked for."""
    asked = Q(pk__in=[])
    for judge in _judges:
        asked |= judge.wanted(agency)
    return asked


@contextmanager
def touching(
    measure: Measure,
    *,
    cause: Touch,
    by: Member | None,
    reason: str = "",
    periods: Collection[date] | None = None,
    always: bool = False,
    expected: bool = False,
) -> Iterator[None]:
    """Around a change of what frozen starts may rest on.

    `periods`: the numbers that change, all if None. `always`: what is counted is another thing
    now, though its number may be the same. `expected`: it was to be expected when the start was
    frozen.
    """
    with ExitStack() as stack:
        for judge in _judges:
            stack.enter_context(
                judge.touching(
                    measure,
                    cause=cause,
                    by=by,
                    reason=reason,
                    periods=periods,
                    always=always,
                    expected=expected,
                )
            )
        yield

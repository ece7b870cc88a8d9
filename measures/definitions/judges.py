"""Judges by measures, such as plans, consulted before a measure or its numbers change."""

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
    """What happens to numbers that a frozen baseline may include."""

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
    """What an upper app provides.

    `locking` says why what a measure counts can't be changed now; `frozen` names the plans that
    have begun with a frozen baseline that includes any of these periods, or any period; `touching`
    keeps such baselines in step with a change; `wanted` selects the measures whose next numbers are
    needed.
    """

    locking: Callable[[Measure], Refusal | None]
    frozen: Callable[[Measure, Collection[date] | None], list[str]]
    touching: Touching
    wanted: Callable[[Agency], Q]


_judges: list[Judge] = []


def register(judge: Judge) -> None:
    _judges.append(judge)


def locking(measure: Measure) -> Refusal | None:
    """Why what it counts is locked; None if nothing is judged by it now."""
    refusals = (judge.locking(measure) for judge in _judges)
    return next((refusal for refusal in refusals if refusal is not None), None)


def frozen(measure: Measure, periods: Collection[date] | None = None) -> list[str]:
    """Names of those whose frozen baseline includes any of these periods (None: any at all)."""
    return [name for judge in _judges for name in judge.frozen(measure, periods)]


def wanted(agency: Agency) -> Q:
    """A condition for measures whose next numbers are needed."""
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
    """Wrap a change that frozen baselines may depend on.

    `periods`: the numbers that change, all if None. `always`: a different thing is counted now,
    even if its number is the same. `expected`: the change was foreseeable when the baseline was
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

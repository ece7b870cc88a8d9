"""What must be settled before a person leaves; upper apps list it for everybody alike."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import Member
from foundation.refusals import Refusal


@dataclass(frozen=True)
class Settling:
    """Something to settle before a person leaves or is erased.

    Everybody's pages show `leaving` and `erasing`, so that they reveal nothing about this person;
    `open` is called only when somebody is actually erased.
    """

    leaving: str | Promise
    erasing: str | Promise
    open: Callable[[Member], Refusal | None]


_all: list[Settling] = []


def register(settling: Settling) -> None:
    _all.append(settling)


def on_leaving() -> list[str | Promise]:
    return [each.leaving for each in _all if each.leaving]


def on_erasing() -> list[str | Promise]:
    return [each.erasing for each in _all]


def refusal(member: Member) -> Refusal | None:
    """Why this person can't be erased yet; None if nothing is open."""
    return next((found for each in _all if (found := each.open(member)) is not None), None)

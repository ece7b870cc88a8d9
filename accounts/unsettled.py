"""What has to be settled before a person goes: upper apps say it, without telling whose it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import Member
from foundation.refusals import Refusal


@dataclass(frozen=True)
class Settling:
    """`leaving` and `erasing` are told on those pages to everybody alike, so that they tell nothing
    about the one person; `open` is asked only when somebody is really erased."""

    leaving: str | Promise
    erasing: str | Promise
    open: Callable[[Member], Refusal | None]


_all: list[Settling] = []


def register(settling: Settling) -> None:
    _all.append(settling)


def on_leaving() -> list[str | Promise]:
    return [each.leaving for each in _all]


def on_erasing() -> list[str | Promise]:
    return [each.erasing for each in _all]


def refusal(member: Member) -> Refusal | None:
    """Why this person can't be erased yet; None where nothing is open."""
    return next((found for each in _all if (found := each.open(member)) is not None), None)

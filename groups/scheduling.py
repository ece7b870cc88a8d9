"""What upper apps foresee of meetings that somebody is about to plan, such as their cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.models import Agency
from foundation.refusals import Refusal
from groups.models import Group


@dataclass(frozen=True)
class Foresight:
    """A sentence about these meetings; `over`: it has to be agreed with `whom` before.

    `blocks`: the agency plans nothing that is over.
    """

    words: str
    whom: str
    over: bool = False
    blocks: bool = False


# The group, its agency, the days of the meetings, and the minutes of each.
Foresees = Callable[[Group, Agency, Sequence[date], int], list[Foresight]]
_registered: list[Foresees] = []


def register(foresight: Foresees) -> None:
    _registered.append(foresight)


def foreseen(group: Group, agency: Agency, days: Sequence[date], minutes: int) -> list[Foresight]:
    """What is foreseen of meetings on these days; nothing of days that are over."""
    to_come = [day for day in days if day >= agency.today()]
    if not to_come:
        return []
    return [said for ask in _registered for said in ask(group, agency, to_come, minutes)]


def planning_within(
    group: Group, agency: Agency, days: Sequence[date], minutes: int
) -> Refusal | None:
    """Planning these meetings where the agency plans nothing beyond its budget."""
    for each in foreseen(group, agency, days, minutes):
        if each.over and each.blocks:
            return Refusal(each.words, _("Plan fewer or shorter meetings, or ask for more."))
    return None

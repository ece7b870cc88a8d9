"""Areas of work, with the number of waiting items in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Area(TextChoices):
    VOTES = "votes", _("Votes and decisions")
    NUMBERS = "numbers", _("Numbers")
    PLANS = "plans", _("Plans, steps and tests")
    IDEAS = "ideas", _("Improvement ideas")
    DIALOGUES = "dialogues", _("Dialogues")
    MEETINGS = "meetings", _("Groups and meetings")
    PAYMENTS = "payments", _("Payments")
    OVERSIGHT = "oversight", _("Oversight")
    DOCUMENTS = "documents", _("Documents and surveys")
    PEOPLE = "people", _("People")


class Placed(Protocol):
    @property
    def area(self) -> Area: ...

    @property
    def overdue(self) -> bool: ...


@dataclass(frozen=True)
class AreaCount:
    """The number of waiting items in an area, and how many are overdue."""

    area: Area
    total: int
    overdue: int


def counted(waiting: Iterable[Placed]) -> list[AreaCount]:
    """Count the waiting items by area, the area with the most overdue items first."""
    late: dict[Area, list[bool]] = {}
    for each in waiting:
        late.setdefault(each.area, []).append(each.overdue)
    found = [AreaCount(area, len(each), sum(each)) for area, each in late.items()]
    order = list(Area)
    return sorted(found, key=lambda each: (-each.overdue, order.index(each.area)))

"""An agency's founding: its first days on the portal, before there is a committee."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from foundation.models import Agency
from foundation.policies import Limit, Policy, Unit, register

FOUNDING = register(
    Policy(
        "groups.founding",
        _("Days in which an oversight committee is founded, at most"),
        Unit.DAYS,
        120,
        30,
        120,
    )
)
FOUNDING_NOTICE = register(
    Limit(
        "groups.founding_notice",
        _("Days before the founding ends in which people are told what ends with it"),
        Unit.DAYS,
        30,
    )
)


@dataclass(frozen=True)
class FoundingDay:
    """A day of the founding, counted from 1, and how many days there are."""

    number: int
    of: int

    def __str__(self) -> str:
        return _t("Founding, day %(day)d of %(days)d") % {"day": self.number, "days": self.of}


@dataclass(frozen=True)
class Founding:
    """The founding of one agency: from its first day to its last."""

    first: date
    last: date

    def day(self, on: date) -> FoundingDay | None:
        """Which day of the founding it is; None before it and once it is over."""
        if not self.first <= on <= self.last:
            return None
        return FoundingDay((on - self.first).days + 1, (self.last - self.first).days + 1)

    @property
    def over(self) -> date:
        """The first day after it."""
        return self.last + timedelta(days=1)

    def ends_soon(self, on: date) -> bool:
        """Whether people are told what ends with it."""
        return self.day(on) is not None and on >= self.last - FOUNDING_NOTICE.span


def founding(agency: Agency) -> Founding:
    """Its length is what was in force on its first day: no later setting makes it longer."""
    first = first_day(agency)
    return Founding(first, first + FOUNDING.span(agency, first) - timedelta(days=1))


def first_day(agency: Agency) -> date:
    """The agency's first day on the portal."""
    return agency.date_of(agency.opened)


def last_day(agency: Agency) -> date:
    """The last day of the founding."""
    return founding(agency).last


def day_number(agency: Agency, on: date) -> int | None:
    """The number of this founding day, counted from 1; None once the founding is over."""
    day = founding(agency).day(on)
    return None if day is None else day.number

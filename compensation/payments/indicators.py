"""For indicator 4: nothing earned is unpaid past its day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compensation.claims.models import Owed
from compensation.payments.models import Payment
from compensation.policies import FAILS_AFTER, WATCH_AFTER
from foundation.models import Agency
from indicators import corrections
from indicators.corrections import Corrected
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    CriterionUnit,
    DaysSince,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
)


class OpenLine(NamedTuple):
    """A line that is owed: since when it waits, and when it is due."""

    clock_since: date
    due_on: date


class PaidInTime(Criterion):
    code = "paid"
    title = _("Nothing that was earned is unpaid past its day")
    todo = _("Approve and pay what is due.")
    messages = {
        "in_time": _("Nothing is overdue."),
        "late": _("The oldest line has waited for %(days)d days."),
        "nothing": _("Nothing was earned yet."),
    }
    where = "compensation:payments"
    unit = CriterionUnit.DAYS
    at_most = True

    def warning(self, settings: Settings) -> int:
        return settings.number(FAILS_AFTER) - settings.number(WATCH_AFTER)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        owed = Owed.objects.across(agencies).filter(since__lte=on)
        earned = set(owed.order_by().values_list("agency_id", flat=True).distinct())
        running: dict[int, list[OpenLine]] = defaultdict(list)
        rows = owed.filter(Q(until=None) | Q(until__gt=on))
        for agency, *days in rows.values_list("agency_id", "clock_since", "due_on"):
            running[agency].append(OpenLine(*days))
        return {
            agency: foreseen(
                on, partial(_paid, running[agency], settings[agency]), settings=settings[agency]
            )
            if agency in earned
            else no_data("nothing")
            for agency in agencies
        }


def _paid(owed: Sequence[OpenLine], settings: Settings, on: date) -> Outcome:
    """At risk from the day due, or WATCH_AFTER days if sooner; fails after FAILS_AFTER days."""
    now = settings.at(on)
    limit = now.number(FAILS_AFTER)
    if not owed:
        return passed("in_time", value=0, goal=limit)
    oldest = min(each.clock_since for each in owed)
    days = DaysSince(oldest, on)
    if days >= limit:
        return failed("late", value=days, goal=limit, days=days)
    watch = timedelta(days=now.number(WATCH_AFTER))
    return passed(
        "in_time",
        value=days,
        goal=limit,
        lapses=oldest + timedelta(days=limit),
        watched=any(on >= min(each.due_on, each.clock_since + watch) for each in owed),
    )


def paid_and_written_down_later(agency: Agency, day: date) -> Iterator[Corrected]:
    """Payments made by that day but recorded after it; 1 query."""
    ended = datetime.combine(day + timedelta(days=1), time.min, tzinfo=agency.zone)
    found = Payment.objects.within(agency).filter(paid_on__lte=day, recorded_at__gte=ended)
    for recorded_at, by in found.values_list("recorded_at", "paid_by__shown_name"):
        yield Corrected(agency.date_of(recorded_at), by)


corrections.register(paid_and_written_down_later, "compensation")

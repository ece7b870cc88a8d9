"""Waiting items: numbers to record."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from measures.definitions import judges, periods
from measures.definitions.models import Frequency, Measure, MeasureQuerySet
from measures.numbers.models import DataPoint
from measures.policies import LATE_PERIODS
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRows, page, register


def _collected(member: Member) -> MeasureQuerySet:
    """The periodic measures whose numbers the member collects."""
    measures = Measure.objects.within(member.agency).in_use().periodic()
    return measures.filter(collected_by=member)


COLLECTS_NUMBERS = Precondition("measures.collects_numbers", lambda member, on: _collected(member))


def _numbers(member: Member, on: date) -> WaitingRows:
    """The last completed period has no number and is not marked as missing."""
    latest = {frequency: periods.latest(frequency, on) for frequency in Frequency.values}
    open_still = [
        _lacks(member, frequency, period) & ~(Q(frequency=frequency) & _late(frequency, period, on))
        for frequency, period in latest.items()
    ]
    mine = _collected(member).filter(reduce(or_, open_still), judges.wanted(member.agency))
    return WaitingRows(mine, label="name")


def _late_numbers(member: Member, on: date) -> WaitingRows:
    """One of the last periods has no number, and its due day has passed."""
    late: list[When] = []
    for frequency in Frequency.values:
        period = periods.latest(frequency, on)
        for _step in range(LATE_PERIODS.value(member.agency, on)):
            lacking = _lacks(member, frequency, period) & _late(frequency, period, on)
            late.append(When(lacking, then=Value(periods.due(frequency, period, 0))))
            period = periods.before(frequency, period)
    due = ExpressionWrapper(
        Case(*late, output_field=DateField()) + F("lag"), output_field=DateField()
    )
    return WaitingRows(_collected(member), label="name", due=due)


def _lacks(member: Member, frequency: str, period: date) -> Q:
    points = DataPoint.objects.within(member.agency)
    there = points.filter(measure=OuterRef("pk"), period=period)
    return Q(~Exists(there), frequency=frequency)


def _late(frequency: str, period: date, on: date) -> Q:
    """The period's due day has passed, and the measure was defined before the period ended."""
    over = (on - periods.due(frequency, period, 0)).days
    return Q(lag__lt=over, defined_on__lt=periods.following(frequency, period))


register(
    WaitingKind(
        code="cells.number",
        area=Area.NUMBERS,
        title=_("Write down the latest number: %(label)s"),
        minutes=3,
        rows=_numbers,
        url=page("measures:record"),
        needs=COLLECTS_NUMBERS,
    )
)
register(
    WaitingKind(
        code="cells.late_number",
        area=Area.NUMBERS,
        title=_("A number is late. Write it down: %(label)s"),
        minutes=3,
        rows=_late_numbers,
        url=page("measures:record"),
        needs=COLLECTS_NUMBERS,
        dated=True,
    )
)

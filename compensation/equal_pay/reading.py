"""What consumers and others earned for each kind of work, in one query and without names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, F, Max, Min, Q, Sum, When
from django.db.models.fields import BooleanField, DecimalField
from django.db.models.functions import Cast, Coalesce, Round

from accounts.models import StandingKind
from compensation.claims.models import Claim, ClaimQuerySet, ClaimStatus
from compensation.plan.models import RateBasis, WorkKind
from foundation.minimum import enough
from foundation.models import Agency

ZERO = Decimal(0)
MINUTES = 60
# What rounding to the cent can make of a few lines; less than this is no difference.
ROUNDING = Decimal("0.05")


@dataclass(frozen=True)
class Earned:
    """What one side earned for one kind of work.

    `units` are hours, times or days; `worth` is what it was worth before daily limits. Rates are
    the lowest and the highest that were in force.
    """

    people: int
    units: Decimal
    amount: Decimal
    worth: Decimal
    lowest: Decimal
    highest: Decimal

    @property
    def shown(self) -> bool:
        """Whether enough people stand behind it to show it."""
        return enough(self.people) and self.units > 0

    @property
    def each(self) -> Decimal:
        """Earned for an hour, a time or a day."""
        return self.amount / self.units

    @property
    def uncut(self) -> Decimal:
        """The same without daily limits."""
        return self.worth / self.units


@dataclass(frozen=True)
class Compared:
    """A kind of work on one basis, by side; None: nobody of that side did it."""

    work: WorkKind
    basis: RateBasis
    consumers: Earned | None
    others: Earned | None

    @property
    def comparable(self) -> bool:
        return all(each is not None and each.shown for each in (self.consumers, self.others))


def period(on: date) -> tuple[date, date]:
    """The twelve whole months before that day, half-open.

    Whole months, so that no single line shows by looking again on the next day.
    """
    until = on.replace(day=1)
    return until.replace(year=until.year - 1), until


def compared(agency: Agency, since: date, until: date) -> list[Compared]:
    """Each kind of work that somebody earned by, with both sides."""
    found: dict[tuple[WorkKind, RateBasis], dict[bool, Earned]] = {}
    money = DecimalField(max_digits=12, decimal_places=6)
    full = Coalesce(F("before_cap"), F("amount"))
    minutes = Cast(Round(F("hours") * MINUTES), money)
    consumer = Q(attendance__standing=StandingKind.PRIMARY_CONSUMER) | Q(
        other_work__standing=StandingKind.PRIMARY_CONSUMER
    )
    by = Case(When(consumer, then=True), default=False, output_field=BooleanField())
    sums = (
        _lines(agency, since, until)
        .order_by()
        .values_list(by, F("rule__work"), F("rule__basis"))
        .annotate(
            people=Count("member", distinct=True),
            sum_hours=Sum(minutes / MINUTES, output_field=money),
            sum_times=Sum(Cast(full, money) / Cast(F("rate"), money), output_field=money),
            earned=Sum("amount"),
            worth=Sum(full),
            lowest=Min("rate"),
            highest=Max("rate"),
        )
    )
    for consumers, done, counted, people, hours, times, earned, worth, lowest, highest in sums:
        key = WorkKind(done or WorkKind.MEETING), RateBasis(counted or RateBasis.HOUR)
        units = hours if key[1] == RateBasis.HOUR else times
        sides = found.setdefault(key, {})
        sides[consumers] = Earned(people, units, earned, worth, lowest, highest)
    order = list(WorkKind)
    return [
        Compared(work, basis, sides.get(True), sides.get(False))
        for (work, basis), sides in sorted(found.items(), key=lambda each: order.index(each[0][0]))
    ]


def _lines(agency: Agency, since: date, until: date) -> ClaimQuerySet:
    """Lines of these days, without what came to nothing unless a daily limit left nothing of it."""
    lines = Claim.objects.within(agency).for_time()
    lines = lines.filter(service_on__gte=since, service_on__lt=until)
    return lines.exclude(status=ClaimStatus.NOTHING, before_cap=None)

"""The same differences as one query, for what waits: whether there are any, not which.

`oversight.out_of_charter` says them one by one; a test holds that both agree.
"""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from accounts.models import StandingKind
from documents.models import CharterTerms, DecidesBy, DocumentKind, Version
from documents.terms import OFFICES
from foundation.models import Agency, TenantQuerySet
from groups.models import GroupKind, Motion, MotionKind, Seat, SeatQuerySet
from groups.policies import QUORUM
from oversight.models import Committee, CommitteeQuerySet

STAFF = Q(employed_peer=True) | Q(standing__in=[StandingKind.PROVIDER, StandingKind.MANAGER])
CLASSES = {
    "seats_consumers": Q(standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False),
    "seats_family": Q(standing=StandingKind.FAMILY_MEMBER, employed_peer=False),
    "seats_staff": STAFF,
    "seats_others": Q(
        standing__in=[StandingKind.OTHER, StandingKind.UNDISCLOSED], employed_peer=False
    ),
}


class MonthsLater(Func):
    """A day some months later, or the last of a shorter month, as `months_later`."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def departing(agency: Agency, on: date) -> CommitteeQuerySet:
    """The committee that exists today, if it differs from its charter on that day."""
    rows = CharterTerms.objects.within(agency).filter(charter__in_force_on__lte=on)
    newer = Version.objects.within(agency).of(DocumentKind.CHARTER).filter(in_force_on__lte=on)
    terms = rows.filter(~Exists(newer.filter(number__gt=OuterRef("charter__number"))))
    terms = terms.filter(_wrong_seats(agency, on) | _too_long(agency, rows, on) | _by_itself())
    return Committee.objects.within(agency).current().filter(Exists(terms))


def _held(agency: Agency, on: date) -> SeatQuerySet:
    seats = Seat.objects.within(agency).on(on).filter(stands_in=None)
    return seats.filter(group__kind=GroupKind.COMMITTEE, group__closed=None)


def _wrong_seats(agency: Agency, on: date) -> Q:
    held = _held(agency, on)
    wrong = Q()
    for name, of_class in CLASSES.items():
        counted = held.voting().filter(of_class).order_by().values("agency")
        number = Subquery(counted.annotate(count=Count("pk")).values("count"))
        wrong |= ~Q(**{name: Coalesce(number, 0)})
    for office in OFFICES:
        wrong |= Q(~Exists(held.filter(office=office)), **{office: True})
    return wrong


def _too_long(agency: Agency, terms: TenantQuerySet[CharterTerms], on: date) -> Q:
    """A member whose term, or whose last one in a row, is over."""
    seats = Seat.objects.within(agency).filter(group=OuterRef("group"), since__lte=on)
    same = seats.filter(offer=OuterRef("offer")).order_by("since")
    kept = Motion.objects.within(agency).filter(
        group=OuterRef("group"),
        kind=MotionKind.CONFIRM,
        carried_out_on__gte=OuterRef("since"),
        carried_out_on__lte=on,
    )
    kept_on = _first(kept.order_by("-carried_out_on"), "carried_out_on")
    founding = Case(When(offer__motion__resolution__isnull=False, then=kept_on))
    theirs = seats.filter(member=OuterRef("member"), voting=True)
    before = theirs.filter(until=OuterRef("since"), since__lt=OuterRef("since"))
    row = theirs.filter(~Exists(before), since__lte=OuterRef("since")).order_by("-since")
    first = _first(terms.order_by("charter__in_force_on"), "charter__in_force_on")
    voters = _held(agency, on).voting()
    in_term = voters.annotate(
        begun=Greatest(Coalesce(_first(same, "since"), F("since")), founding, first)
    )
    in_row = voters.annotate(begun=Greatest(_first(row, "since"), first))
    months = OuterRef("term_months")
    return Q(Exists(in_term.annotate(end=MonthsLater("begun", months)).filter(end__lte=on))) | Q(
        Exists(
            in_row.annotate(end=MonthsLater("begun", months * OuterRef("terms_in_a_row"))).filter(
                end__lte=on
            )
        ),
        terms_in_a_row__isnull=False,
    )


def _first(rows: QuerySet[Any, Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])


def _by_itself() -> Q:
    """What its terms say that does not hold here, whoever sits in the committee."""
    floor = Least(Value(QUORUM.value), F("seats_consumers"))
    return Q(quorum_consumers__lt=floor) | ~Q(decides_by=DecidesBy.CONSENT)

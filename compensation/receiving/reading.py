"""A member's payments of which they can say, or said, whether the money came."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from accounts.anybody import kept_rows
from accounts.models import Member
from compensation.payments.models import Payment
from compensation.policies import ARRIVAL_ASKED
from compensation.receiving.models import Arrival, ArrivalKind, ArrivalQuerySet
from foundation.models import TenantQuerySet
from foundation.prepared import one_of_keys


def handed_over(member: Member) -> TenantQuerySet[Payment]:
    """Payments of which money went to the member."""
    made = Payment.objects.within(member.agency).filter(member=member.pk, reversed_on=None)
    return made.filter(donated_to=None, amount__gt=0)


@dataclass(frozen=True)
class Sent:
    """A payment, and the newest of what was said about it."""

    payment: Payment
    said: Arrival | None

    @property
    def came(self) -> bool:
        return self.said is not None and self.said.kind == ArrivalKind.GOT


def sent_to(member: Member, on: date) -> list[Sent]:
    """What is not settled yet, then what was paid lately; two queries."""
    found = kept_rows(_asked_about, member, on)
    if not found:
        return []
    keys = [each.pk for each in found]
    last = {each.payment_id: each for each in kept_rows(_said_of, member, on, keys=keys)}
    rows = [Sent(payment, last.get(payment.pk)) for payment in found]
    return [row for row in rows if not row.came]


def _asked_about(member: Member, on: date) -> TenantQuerySet[Payment]:
    open_ones = _said_by(member).exclude(kind=ArrivalKind.GOT)
    lately = Q(paid_on__gt=on - timedelta(days=ARRIVAL_ASKED.value))
    made = handed_over(member).filter(lately | Q(pk__in=open_ones.values("payment")))
    return made.order_by("-paid_on", "-pk")


def _said_of(member: Member, on: date) -> ArrivalQuerySet:
    return _said_by(member).filter(one_of_keys("payment"))


def _said_by(member: Member) -> ArrivalQuerySet:
    return Arrival.objects.within(member.agency).filter(member=member.pk).newest()


def unsaid(member: Member) -> TenantQuerySet[Payment]:
    """The member's payments of which nobody has said that they came, the newest first."""
    came = _said_by(member).filter(kind=ArrivalKind.GOT).values("payment")
    return handed_over(member).exclude(pk__in=came).order_by(F("paid_on").desc(), "-pk")

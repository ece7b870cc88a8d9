"""How people were paid before, and which numbers of checks are used."""

from collections.abc import Iterable, Mapping

from compensation.claims.queue import Destination
from compensation.payments.models import Payment, PaymentMethod
from foundation.models import Agency


def last_methods(agency: Agency, members: Iterable[int]) -> Mapping[Destination, str]:
    """By destination of these members, by key, how they were paid last, in words; one query."""
    made = Payment.objects.within(agency).filter(member__in=list(members), reversed_on=None)
    last = made.order_by("member", "donated_to", "-paid_on", "-pk").distinct("member", "donated_to")
    rows = last.values_list("member", "donated_to", "method")
    return {(member, to): str(PaymentMethod(method).label) for member, to, method in rows}


def used_before(agency: Agency, method: str, references: Iterable[str]) -> Mapping[str, Payment]:
    """The last payment by this method with each of these references, undone ones too; one query."""
    made = Payment.objects.within(agency).filter(method=method, reference__in=set(references))
    last = made.order_by("reference", "-paid_on", "-pk").distinct("reference")
    return {each.reference: each for each in last.select_related("member", "donated_to")}

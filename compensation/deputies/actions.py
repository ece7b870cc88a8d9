"""The only write path for deputies of those who approve and pay."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import end_lent_role, lend_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.deputies.models import Deputy
from compensation.policies import DEPUTY_DAYS
from foundation import events


@transaction.atomic
def name_deputy(
    member: Member, *, role: Role, holder: Member, since: date, last: date, by: Member
) -> Deputy:
    """Let somebody stand in through the `last` day; the role ends by itself.

    Raises ValidationError: days in the past, too many, or they have the role already.
    """
    if last - since >= DEPUTY_DAYS.span(by.agency, by.agency.today()):
        raise ValidationError({"last": _("Nobody stands in for so long. Choose an earlier day.")})
    until = last + timedelta(days=1)
    grant = lend_role(member, role=role, holder=holder, since=since, until=until, by=by)
    deputy: Deputy = Deputy.objects.within(by.agency).create(
        grant=grant, member=member, holder=holder, named_by=by, named_on=by.agency.today()
    )
    events.record("deputy.named", deputy, by=by)
    return deputy


@transaction.atomic
def end_deputy(deputy: Deputy, *, by: Member) -> Deputy:
    """End it today, before its last day."""
    deputies = Deputy.objects.within(by.agency).select_related("grant", "holder")
    deputy = deputies.get(pk=deputy.pk)
    deputy.grant = end_lent_role(deputy.grant, holder=deputy.holder, by=by)
    events.record("deputy.ended", deputy, by=by)
    return deputy

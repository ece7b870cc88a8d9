"""Waiting items about the plan: a paper to confirm, a provisional plan that ends."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.plan.models import PlanVersion
from foundation.addresses import at
from foundation.founding import FOUNDING_NOTICE
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register

DAY = timedelta(days=1)


def _papers(member: Member, on: date) -> WaitingRows:
    asked = PlanVersion.objects.within(member.agency).asked_of(member)
    return WaitingRows(asked, label="number")


def _ends(member: Member, on: date) -> WaitingRows | None:
    """While nobody has asked the committee; then it waits for those who vote there."""
    if not member.may(Permission.MANAGE_COMPENSATION):
        return None
    ending = PlanVersion.objects.within(member.agency).in_force(on).ends_unless_ratified()
    soon = ending.filter(ratification=None, until__lte=on + FOUNDING_NOTICE.span + DAY)
    return WaitingRows(soon, label="number", due=F("until") - DAY)


def _lapsed(member: Member, on: date) -> WaitingRows | None:
    """A plan that ended with the founding, while no other is in force."""
    if not member.may(Permission.MANAGE_COMPENSATION):
        return None
    versions = PlanVersion.objects.within(member.agency)
    followed = Exists(versions.filter(since=OuterRef("until")))
    ended = versions.ends_unless_ratified().filter(~followed, until__lte=on)
    return WaitingRows(ended.exclude(Exists(versions.in_force(on))), label="number")


register(
    WaitingKind(
        code="payment.no_plan",
        area=Area.PAYMENTS,
        title=_("No payment plan is in force, so time given now is not paid. Write one"),
        minutes=15,
        rows=_lapsed,
        url=lambda member, row: at(member.agency, "compensation:plan"),
    )
)
register(
    WaitingKind(
        code="payment.plan_paper",
        area=Area.PAYMENTS,
        title=_("Say if it was decided so: payment plan, version %(label)s"),
        minutes=5,
        rows=_papers,
        url=page("compensation:plan_paper"),
    )
)
register(
    WaitingKind(
        code="payment.plan_ends",
        area=Area.PAYMENTS,
        title=_("The provisional payment plan ends. Ask the committee to ratify it"),
        minutes=5,
        rows=_ends,
        url=page("compensation:plan_version"),
    )
)

"""Who stands in for whom, and who could."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from accounts.models import Member, MemberQuerySet, RoleGrant
from accounts.permissions import LENT, Permission
from compensation.deputies.models import Deputy, DeputyQuerySet


def held_by(reader: Member, on: date) -> list[RoleGrant]:
    """The roles for which the reader can name somebody: their own, or everybody's."""
    grants = RoleGrant.objects.within(reader.agency).on(on).filter(role__in=LENT, until=None)
    if not reader.may(Permission.MANAGE_PEOPLE):
        grants = grants.filter(member=reader)
    return list(grants.select_related("member").order_by("member__full_name", "role"))


def could_stand_in(reader: Member, on: date) -> MemberQuerySet:
    """People who can sign in. Those who approve and pay find only people with a role."""
    people = Member.objects.within(reader.agency).today(on).exclude(user=None)
    if not reader.may(Permission.MANAGE_PEOPLE):
        grants = RoleGrant.objects.within(reader.agency).on(on).filter(member=OuterRef("pk"))
        people = people.filter(Exists(grants))
    return people.filter(erased_at=None).order_by("full_name")


def deputies_of(reader: Member, on: date) -> DeputyQuerySet:
    """Today's and coming ones of all, in which the reader stands in or is stood in for."""
    rows = Deputy.objects.within(reader.agency).on(on)
    mine = rows.filter(member=reader) | rows.filter(holder=reader)
    return mine.select_related("grant", "member", "holder").order_by("pk")


def last_day(deputy: Deputy) -> date:
    """The last day on which they stand in; the day before it began if it never did."""
    assert deputy.grant.until is not None, "what is lent has an end"
    return deputy.grant.until - timedelta(days=1)

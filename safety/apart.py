"""Who may read that two people must not meet, and which orders exist between whom."""

from django.db.models import Q

from accounts.models import Member
from accounts.permissions import Permission
from safety.models import NoContact, NoContactQuerySet


def readable(reader: Member) -> NoContactQuerySet:
    """Orders the reader may see: all for administrators, but their own only once told."""
    rows = NoContact.objects.within(reader.agency)
    told = Q(one=reader, one_knows=True) | Q(other=reader, other_knows=True)
    if administers(reader):
        return rows.filter(told | ~_of(reader))
    return rows.filter(told)


def administers(reader: Member) -> bool:
    """Whether the member settles orders between other people."""
    return reader.may(Permission.MANAGE_PEOPLE)


def administered(reader: Member) -> NoContactQuerySet:
    """Orders that this administrator settles, never their own; none for anybody else."""
    rows = NoContact.objects.within(reader.agency)
    return rows.exclude(_of(reader)) if administers(reader) else rows.none()


def own(member: Member) -> NoContactQuerySet:
    """Orders in force that the member was told of."""
    rows = NoContact.objects.within(member.agency).lasting(member.agency.today())
    return rows.filter(Q(one=member, one_knows=True) | Q(other=member, other_knows=True))


def _of(member: Member) -> Q:
    return Q(one=member) | Q(other=member)

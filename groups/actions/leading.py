"""Somebody who leads a group lets others know it, and takes it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Audience, Member
from foundation.refusals import enforce
from groups import rules
from groups.actions.seats import locked
from groups.models import Group, LeadingConsent


@transaction.atomic
def be_named(group: Group, *, by: Member, audience: str) -> LeadingConsent:
    """From today on this audience reads that one leads the group.

    No event tells of it: a list of who lets themselves be named would name the others as well.
    """
    group = locked(group, by)
    enforce(rules.being_named(group, by))
    if audience not in {Audience.GROUP, Audience.AGENCY}:
        raise ValidationError({"audience": _("Choose who may see it.")})
    given = _given(group, by)
    if given is not None and given.audience == audience:
        return given
    if given is not None:
        _end(given, by)
    return LeadingConsent.objects.within(by.agency).create(
        group=group, member=by, audience=audience, since=by.agency.today()
    )


@transaction.atomic
def be_unnamed(group: Group, *, by: Member) -> None:
    """Nobody reads it any longer, from now on; also somebody who does not lead it now may do so."""
    group = locked(group, by)
    given = _given(group, by)
    if given is not None:
        _end(given, by)


def _given(group: Group, member: Member) -> LeadingConsent | None:
    given = LeadingConsent.objects.within(member.agency)
    return given.filter(group=group, member=member, until=None).first()


def _end(given: LeadingConsent, by: Member) -> None:
    given.until = max(by.agency.today(), given.since)
    given.save(update_fields=["until"])

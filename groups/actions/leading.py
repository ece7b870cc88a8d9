"""Leaders of a group let others see that they lead it, and withdraw that."""

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
    """Let this audience see from today on that the member leads the group.

    It records no event: a list of the leaders who consent would reveal the others as well.
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
    """Stop letting anybody see it, effective at once; also for former leaders."""
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

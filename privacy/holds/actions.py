"""The only write path for legal holds."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups.models import Group
from notifications.actions import tell
from notifications.of_changes import second_administrator
from privacy.holds import rules
from privacy.holds.models import HoldScope, LegalHold
from privacy.orders.models import LegalOrder
from privacy.orders.rules import ABOUT_YOU


@transaction.atomic
def hold(
    *,
    scope: str,
    reason: str,
    member: Member | None = None,
    group: Group | None = None,
    first: date | None = None,
    last: date | None = None,
    order: LegalOrder | None = None,
    by: Member,
) -> LegalHold:
    """Keep everything within the scope from today on.

    ValidationError: the scope lacks its person, group or days, or there is no reason.
    """
    enforce(rules.keeping_holds(by))
    given = {"member": member, "group": group, "first": first}
    wanted = {
        HoldScope.PERSON: ("member", _("Choose the person.")),
        HoldScope.GROUP: ("group", _("Choose the group.")),
        HoldScope.PERIOD: ("first", _("Enter the first day.")),
    }
    if scope not in HoldScope.values:
        raise ValidationError({"scope": _("Choose what must be kept.")})
    name, missing = wanted[HoldScope(scope)]
    if given[name] is None:
        raise ValidationError({name: missing})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why, and who asked for it.")})
    period = scope == HoldScope.PERIOD
    if period and first is not None and last is not None and last < first:
        raise ValidationError({"last": _("The last day is before the first one.")})
    if member is not None and member.pk == by.pk and scope == HoldScope.PERSON:
        enforce(ABOUT_YOU)
    _lock(by.agency)
    found = LegalHold.objects.within(by.agency).create(
        scope=scope,
        member=member if scope == HoldScope.PERSON else None,
        group=group if scope == HoldScope.GROUP else None,
        first=first if period else None,
        last=last if period else None,
        order=order,
        reason=reason.strip(),
        since=by.agency.today(),
        by=by,
    )
    events.record("legal_hold.set", found, by=by, scope=scope)
    _tell_second(found, by)
    return found


@transaction.atomic
def end(found: LegalHold, *, reason: str, by: Member) -> LegalHold:
    """Let the schedule go on from today. ValidationError: no reason."""
    _lock(by.agency)
    found = LegalHold.objects.within(by.agency).select_for_update().get(pk=found.pk)
    enforce(rules.ending(found, by))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it ends, and who said so.")})
    found.until, found.ended_by, found.ended_at = by.agency.today(), by, timezone.now()
    found.end_reason = reason.strip()
    found.save(update_fields=["until", "ended_by", "ended_at", "end_reason"])
    events.record("legal_hold.ended", found, by=by, scope=found.scope)
    _tell_second(found, by)
    return found


def _lock(agency: Agency) -> None:
    """Take turns with deletions, which lock the agency before they ask what is held."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


def _tell_second(found: LegalHold, by: Member) -> None:
    """A second administrator learns of it, unless it is about them."""
    other = second_administrator(by.agency, by.pk, found.member_id)
    if other is not None:
        tell(other, "legal_hold.changed", subject=found, title="")

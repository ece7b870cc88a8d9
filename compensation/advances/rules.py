"""Who asks for money before a meeting, and who says what was spent of it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.advances.models import SpentAdvance
from compensation.claims import rules as claim_rules
from compensation.claims.models import OPEN, Claim, ClaimStatus
from compensation.policies import ADVANCE_AHEAD
from foundation.models import TenantQuerySet
from foundation.refusals import Refusal
from groups.models import Meeting, MeetingStatus, Seat


def meetings_ahead(member: Member, on: date) -> TenantQuerySet[Meeting]:
    """Planned meetings of the coming days in which the member has a seat, the next one first."""
    agency = member.agency
    seats = Seat.objects.within(agency).filter(
        Q(until=None) | Q(until__gt=OuterRef("on")),
        since__lte=OuterRef("on"),
        member=member,
        group=OuterRef("group"),
    )
    rows = Meeting.objects.within(agency).filter(
        Exists(seats),
        status=MeetingStatus.PLANNED,
        on__gt=on,
        on__lte=on + ADVANCE_AHEAD.span(agency, on),
    )
    return rows.select_related("group").order_by("starts_at", "pk")


def asking(member: Member, by: Member) -> Refusal | None:
    """Asking for oneself, or for somebody without a way to sign in."""
    if member.pk == by.pk:
        return claim_rules.claiming_cost(member, by)
    return claim_rules.claiming_on_paper(member, by)


def asking_for(meeting: Meeting, cost: str, member: Member, by: Member, on: date) -> Refusal | None:
    """Asking for one kind of cost of one meeting to come, once."""
    if refusal := asking(member, by):
        return refusal
    if not meetings_ahead(member, on).filter(pk=meeting.pk).exists():
        return Refusal(
            _("Money in advance is for a meeting to come in which the person has a seat."),
            _("Choose one of the meetings that are listed."),
        )
    before = Claim.objects.within(member.agency).filter(member=member, in_advance=True)
    before = before.filter(service_on=meeting.on, cost=cost)
    if before.filter(status__in=[*OPEN, ClaimStatus.PAID]).exists():
        return Refusal(_("This was asked for before."), _("Look at it under “My payments”."))
    return None


def settling(claim: Claim, by: Member) -> Refusal | None:
    """Saying what was spent: the person, or who asked for them, once it is paid."""
    if by.pk not in {claim.member_id, claim.entered_by_id}:
        return Refusal(_("Only the person, or whoever asked for them, says what was spent."))
    if not claim.in_advance or claim.status != ClaimStatus.PAID:
        return Refusal(_("This is no advance that was paid."))
    if SpentAdvance.objects.within(claim.agency).filter(claim=claim).exists():
        return Refusal(_("We have this already."), _("Reload the page."))
    return None

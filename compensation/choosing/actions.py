"""Members' choices about their pay, by day of service; no choice loses earned money."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.choosing import rules
from compensation.claims import rules as claim_rules
from compensation.claims.actions.approving import undo_approval_posting
from compensation.claims.actions.claiming import open_again, recount
from compensation.claims.models import Claim, ClaimQuerySet, ClaimStatus
from compensation.offers.actions import locked
from compensation.offers.models import Election, Offer, OfferChoice, Organization
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def elect(
    member: Member,
    *,
    choice: str,
    on: date,
    organization: Organization | None = None,
    gives_up_earned: bool = False,
    by: Member | None = None,
    agreed_how: str = "",
    agreed_on: date | None = None,
) -> Election:
    """Choose to be paid, to decline pay, or to donate it, for service from that day on.

    What was earned before stays the member's: declining pays it out unless the member gives that up
    as well (`gives_up_earned`), and even then another choice within TAKE_BACK days restores it.
    `by` enters the choice for a member on paper, with how and when the member agreed. Raises
    ValidationError without an offer, or for an unlisted organization.
    """
    by = by or member
    enforce(rules.electing_for(member, by))
    locked(member)
    made = Offer.objects.within(member.agency).filter(member=member).first()
    if made is None:
        raise ValidationError({"choice": _("No payment was offered to you yet.")})
    if choice == OfferChoice.DONATE:
        listed = Organization.objects.within(member.agency).on(on)
        if organization is None or not listed.filter(pk=organization.pk).exists():
            raise ValidationError({"organization": _("Choose an organization from the list.")})
    election = Election(
        agency=member.agency,
        member=member,
        choice=choice,
        organization=organization if choice == OfferChoice.DONATE else None,
        since=on,
        entered_by=None if by == member else by,
        agreed_how=agreed_how,
        agreed_on=agreed_on,
    )
    _take_effect(election)
    if choice == OfferChoice.DECLINE:
        _decline(member, on, gives_up_earned)
    else:
        _take(member, election.organization, on)
    events.record("payment.elected", made, by=by, on_behalf_of=None if by == member else member)
    return election


def _take_effect(election: Election) -> None:
    """End the previous choice; one of the same day then holds for no day."""
    elections = Election.objects.within(election.agency).filter(member=election.member)
    current = elections.on(election.since).first()
    if current is not None:
        election.until = current.until
        current.until = election.since
        current.save(update_fields=["until"])
    election.save()


def _lines(member: Member) -> ClaimQuerySet:
    """The member's lines for their time, locked."""
    claims = Claim.objects.within(member.agency).for_time().filter(member=member)
    return claims.select_related("plan").select_for_update(of=("self",)).order_by("pk")


def _take(member: Member, organization: Organization | None, on: date) -> None:
    """Release lines that awaited the choice, and restore those given up lately.

    Donations that have not been paid yet go to the member who now wants to be paid.
    """
    back = claim_rules.given_up(member, on)
    for claim in [*_lines(member).filter(status=ClaimStatus.WAITING), *_held(back)]:
        assert claim.plan is not None
        claim.become(ClaimStatus.EARNED)
        claim.comes_back_until = None
        claim.donate_to = organization
        claim.start_clock(on, claim.plan.due_days)
        claim.save()
    if organization is None:
        donated = _lines(member).exclude(donate_to=None).filter(amount__gt=0)
        for claim in donated.filter(status__in=[ClaimStatus.EARNED, ClaimStatus.APPROVED]):
            claim.donate_to = None
            claim.save(update_fields=["donate_to"])


def _held(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.select_related("plan").select_for_update(of=("self",)).order_by("pk")


def _decline(member: Member, on: date, gives_up_earned: bool) -> None:
    """Pay what was earned before or, if the member wants, give it up for now."""
    if not gives_up_earned:
        for claim in _lines(member).filter(status=ClaimStatus.WAITING):
            assert claim.plan is not None
            claim.become(ClaimStatus.EARNED)
            claim.start_clock(on, claim.plan.due_days)
            claim.save(update_fields=["status", "clock_since", "due_on"])
        return
    until = claim_rules.last_day_to_take_back(member.agency, on)
    told_again: dict[tuple[int | None, int | None], Claim] = {}
    for claim in _held(claim_rules.earned_and_unpaid(member)):
        claim.refresh_from_db(fields=["status"])
        if claim.status == ClaimStatus.NOTHING:
            continue  # Another adjustment for the same time was reopened.
        if claim.status == ClaimStatus.APPROVED:
            open_again(claim)
            undo_approval_posting(claim, by=member, on=on)
            told_again.setdefault((claim.attendance_id, claim.other_work_id), claim)
        claim.become(ClaimStatus.WAIVED)
        claim.comes_back_until = until
        claim.approved_by = claim.approved_on = None
        claim.save()
    # Hours corrected since an approval count in the lines themselves again.
    for claim in told_again.values():
        recount(claim)

"""Payments that follow from a meeting, for those who may see them; to others they stay secret."""

from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.models import Claim, ClaimQuerySet, ClaimStatus
from compensation.plan.models import PlanVersion, WorkKind
from compensation.plan.rates import table
from compensation.plan.words import rate_words
from foundation.refusals import Refusal
from foundation.templatetags.components import dollars
from groups import meeting_parts
from groups.models import GroupKind, Meeting

# Decided by others, so that undoing the record would change what they decided.
DECIDED = (ClaimStatus.APPROVED, ClaimStatus.PAID, ClaimStatus.REFUSED)


def _foreseen(meeting: Meeting, reader: Member) -> list[str]:
    """The rate; how many are paid would tell who uses the services, before it is even needed."""
    if not rules.may_approve(reader):
        return []
    plan = PlanVersion.objects.within(meeting.agency).in_force(meeting.on).first()
    if plan is None:
        return [_("No payment plan is in force for that day, so nobody is paid for it yet.")]
    session = meeting.group.kind == GroupKind.DIALOGUE
    rate = table(plan).of(WorkKind.DIALOGUE if session else WorkKind.MEETING)
    assert rate is not None, "meetings are always paid"
    said = _("Payments follow at %(rate)s, for everyone whom the plan pays.")
    return [said % {"rate": rate_words(rate)}]


def _followed(meeting: Meeting, reader: Member) -> list[str]:
    if not rules.may_approve(reader):
        return []
    lines = _lines(meeting).filter(amount__gt=0)
    found = lines.aggregate(n=Count("pk"), sum=Sum("amount"))
    words = ngettext(
        "%(n)s payment line was made: %(sum)s.",
        "%(n)s payment lines were made, %(sum)s in all.",
        found["n"],
    )
    return [words % {"n": found["n"], "sum": dollars(found["sum"] or Decimal(0))}]


def _lines(meeting: Meeting) -> ClaimQuerySet:
    """Lines for taking part in it, preparing for it and traveling there."""
    about = Q(attendance__meeting=meeting) | Q(other_work__meeting=meeting)
    return Claim.objects.within(meeting.agency).filter(about)


def _built(meeting: Meeting) -> Refusal | None:
    lines = _lines(meeting)
    if not lines.filter(status__in=DECIDED).exists():
        return None
    return Refusal(
        gettext_lazy("A payment from this meeting was decided already."),
        gettext_lazy("Take single people off the list. A correction goes to an approver."),
    )


meeting_parts.register_consequence(meeting_parts.Consequence(_foreseen, _followed, _built))

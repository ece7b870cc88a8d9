"""Interests of their own that members declare in a decision."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.refusals import enforce
from groups import rules
from groups.actions.decisions import locked_decision, record_on
from groups.models import Decision, DecisionStatus, DeclaredInterest


@transaction.atomic
def declare_interest(decision: Decision, *, text: str, by: Member) -> DeclaredInterest:
    """Take no part in this decision, because of an interest of one's own; the group reads it."""
    decision = locked_decision(decision, by)
    decision.agency = decision.group.agency = by.agency
    enforce(rules.declaring_interest(decision, by))
    if not text.strip():
        raise ValidationError({"text": _("Say in a few words what it is.")})
    declared = _keep(decision, by, text.strip())
    record_on("interest.declared", decision, by)
    return declared


def note_interest(decision: Decision, member: Member) -> None:
    """Leave out of an open decision who declared an interest in its subject, once.

    What it is stands with the subject. Inside the action that asks, or in which they declare it.
    """
    declared = DeclaredInterest.objects.within(decision.agency)
    if decision.status != DecisionStatus.OPEN:
        return
    if not declared.filter(decision=decision, member=member).exists():
        _keep(decision, member, "")


def _keep(decision: Decision, member: Member, text: str) -> DeclaredInterest:
    declared: DeclaredInterest = decision.interests.create(
        agency=decision.agency, member=member, text=text, on=decision.agency.today()
    )
    return declared

"""The committee's reviews of pauses: a pause is upheld, ends at once, or is prolonged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import end_by_decision, prolong_by_decision
from accounts.models import Member, Pause
from accounts.policies import PAUSE_LONGER
from foundation import events
from foundation.models import TenantQuerySet
from foundation.refusals import enforce
from groups.actions import propose
from groups.models import Decision, DecisionStatus, Group, GroupKind
from oversight import rules
from oversight.models import PauseRuling


@transaction.atomic
def rule_on_pause(pause: Pause, *, upheld: bool, by: Member) -> PauseRuling:
    """Record the committee's finding, once; a pause that is not upheld ends."""
    pauses = Pause.objects.within(by.agency).select_for_update()
    pause = get_object_or_404(pauses, pk=pause.pk)
    rulings = PauseRuling.objects.within(by.agency)
    ruled = rulings.filter(pause=pause).exists()
    enforce(rules.ruling_on_pause(pause, by, rules.hat(by), ruled=ruled))
    ruling = rulings.create(pause=pause, upheld=upheld, by=by, on=by.agency.today())
    events.record("pause.reviewed", pause, by=by, upheld=upheld)
    if not upheld:
        end_by_decision(pause, decision_id=ruling.pk, by=by)
    return ruling


def committee_of(member: Member) -> Group | None:
    """The oversight committee of the member's agency today."""
    groups = Group.objects.within(member.agency).open(member.agency.today())
    return groups.filter(kind=GroupKind.COMMITTEE).first()


@transaction.atomic
def propose_longer(pause: Pause, *, reason: str, by: Member) -> Decision:
    """Propose that the committee prolong a pause; it takes effect once the committee agrees.

    ValidationError: no reason, or such a proposal is already open.
    """
    pauses = Pause.objects.within(by.agency).select_for_update(of=("self",))
    pause = pauses.select_related("member").get(pk=pause.pk)
    committee = committee_of(by)
    enforce(rules.proposing_longer(pause, committee, by))
    assert committee is not None
    assert pause.until is not None
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. Those who decide read it.")})
    if open_proposals(pause).exists():
        raise ValidationError(_("The committee is deciding about this already."))
    until = pause.until + PAUSE_LONGER.span
    said = {"name": pause.member, "day": date_format(until, "F j, Y")}
    words = _("The access of %(name)s stays paused until %(day)s.") % said
    return propose(
        committee,
        title=_("A longer pause: %(name)s") % said,
        text=f"{words}\n\n{reason.strip()}",
        by=by,
        subject=pause,
        fixed=True,
        kept_inside=True,
    )


def open_proposals(pause: Pause) -> TenantQuerySet[Decision]:
    decisions = Decision.objects.within(pause.agency).filter(status=DecisionStatus.OPEN)
    return decisions.filter(subject_type=pause.subject_code, subject_id=pause.pk)


def make_longer(decision: Decision, *, by: Member) -> None:
    """Carry out the committee's agreement; inside the action that closes its decision."""
    assert decision.subject_id is not None
    pause = Pause.objects.within(by.agency).get(pk=decision.subject_id)
    if pause.until is not None:
        until = pause.until + PAUSE_LONGER.span
        prolong_by_decision(pause, until=until, decision_id=decision.pk, by=by)

"""Decisions in writing between meetings: begun with a deadline, reminded of, closed."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from foundation.models import Agency
from foundation.refusals import enforce
from groups import kinds, rules
from groups.actions.agenda import put_on_agenda
from groups.actions.decisions import locked_decision, propose, record_on
from groups.actions.mandates import take_effect
from groups.heard import heard
from groups.models import (
    Decision,
    DecisionStatus,
    DeclaredInterest,
    Group,
    Meeting,
    MeetingStatus,
    Position,
    Seat,
    Way,
)
from groups.policies import WRITTEN_DAYS, WRITTEN_REMINDER
from groups.tally import tally
from notifications.actions import tell


@transaction.atomic
def propose_in_writing(group: Group, *, title: str, text: str, by: Member) -> Decision:
    """Bring a proposal and put it in writing at once."""
    return put_in_writing(propose(group, title=title, text=text, by=by), by=by)


@transaction.atomic
def put_in_writing(decision: Decision, *, by: Member) -> Decision:
    """Put an open proposal in writing; all voting members are told the deadline."""
    decision = locked_decision(decision, by)
    group = decision.group
    enforce(rules.proposing(group, by))
    enforce(rules.deciding_in_writing(group, decision, barred=kinds.barred(group, by)))
    return _begin(decision, by)


@transaction.atomic
def begin_caucus(decision: Decision, *, by: Member) -> Decision:
    """Let the committee's consumers decide a new proposal about a seat."""
    decision = locked_decision(decision, by)
    enforce(rules.caucusing(decision.group))
    decision.caucus = True
    return _begin(decision, by)


def _begin(decision: Decision, by: Member) -> Decision:
    group, today = decision.group, by.agency.today()
    decision.way = Way.WRITING
    until = today + WRITTEN_DAYS.span(by.agency, today)
    motion = decision.motion
    if motion is not None and motion.answer_by is not None:
        # The person whose seat it is has time to answer first.
        until = max(until, motion.answer_by + timedelta(days=1))
    decision.answers_until = until
    decision.waiver = ""
    decision.version += 1
    decision.save()
    record_on("decision.put_in_writing", decision, by, until=decision.answers_until.isoformat())
    seats = Seat.objects.within(by.agency).on(today).voting().filter(group=group)
    for seat in seats.select_related("member__user"):
        if seat.member_id != by.pk:
            seat.member.agency = by.agency
            tell(seat.member, "decision.in_writing", subject=decision, title=decision.title)
    return decision


def _locked(decision: Decision) -> Decision:
    """The current row, locked, for a job without a member."""
    rows = Decision.objects.within(decision.agency).select_related("group")
    row = rows.select_for_update(of=("self",)).get(pk=decision.pk)
    row.agency = row.group.agency = decision.agency
    return row


@transaction.atomic
def remind_in_writing(decision: Decision) -> int:
    """Remind those who have not answered, once per deadline; return how many."""
    decision = _locked(decision)
    agency, until = decision.agency, decision.answers_until
    if not _due(decision, agency) or until is None or decision.answers_reminded_of == until:
        return 0
    said = Position.objects.within(agency).current().filter(decision=decision)
    seats = Seat.objects.within(agency).on(agency.today()).voting().filter(group=decision.group)
    declared = DeclaredInterest.objects.within(agency).filter(decision=decision)
    seats = seats.exclude(member__in=said.values("member"))
    seats = seats.exclude(member__in=declared.values("member"))
    waiting = list(seats.select_related("member__user"))
    for seat in waiting:
        seat.member.agency = agency
        tell(seat.member, "decision.last_days", subject=decision, title=decision.title)
    decision.answers_reminded_of = until
    decision.save(update_fields=["answers_reminded_of"])
    return len(waiting)


def _due(decision: Decision, agency: Agency) -> bool:
    """Whether its deadline is near but not over."""
    today, until = agency.today(), decision.answers_until
    if decision.status != DecisionStatus.OPEN or until is None:
        return False
    return today <= until <= today + WRITTEN_REMINDER.span(agency, today)


@transaction.atomic
def settle_in_writing(decision: Decision) -> Decision:
    """Close a decision in writing after its deadline.

    It is adopted if enough of each class answered and nobody objected, otherwise not. For lack of
    answers it lapses, and can go to a meeting.
    """
    decision = _locked(decision)
    agency = decision.agency
    today, until = agency.today(), decision.answers_until
    if decision.status != DecisionStatus.OPEN or until is None or today <= until:
        return decision
    if decision.motion is not None and not heard(decision.motion, today):
        return decision
    counted = tally(decision, today)
    agreed = rules.adopting(counted) is None and counted.answered > 0
    adopted = agreed and counted.quorum_in_writing
    decision.become(DecisionStatus.ADOPTED if adopted else DecisionStatus.NOT_ADOPTED)
    decision.lapsed = not counted.quorum_in_writing
    decision.without_quorum = adopted and not counted.quorum
    decision.decided_on = today
    decision.version += 1
    decision.save()
    record_on("decision.adopted" if adopted else "decision.not_adopted", decision, None)
    take_effect(decision, by=None)
    return decision


@transaction.atomic
def bring_again(decision: Decision, *, by: Member) -> Decision:
    """Propose again what failed in writing, and put it on the next meeting's agenda."""
    decision = locked_decision(decision, by)
    enforce(rules.bringing_again(decision))
    group = decision.group
    again = propose(group, title=decision.title, text=decision.text, by=by)
    meetings = Meeting.objects.within(by.agency).filter(group=group, status=MeetingStatus.PLANNED)
    coming = meetings.filter(starts_at__gt=timezone.now()).order_by("starts_at").first()
    if coming is not None:
        try:
            put_on_agenda(coming, text=again.title, by=by)
        except ValidationError:
            # A full agenda, or one that already has it, does not stop the proposal.
            return again
    return again

"""Decisions by consent: proposed, answered, amended, closed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, subjects
from foundation.models import Agency, TenantModel
from foundation.refusals import enforce
from groups import kinds, rules
from groups.actions.mandates import take_effect
from groups.actions.offers import check_agreement
from groups.actions.seats import locked
from groups.models import (
    Alternate,
    Choice,
    Decision,
    DecisionStatus,
    Group,
    Position,
    Seat,
    Way,
)
from groups.policies import DECISION_LONGEST, WRITTEN_DAYS
from groups.tally import tally
from notifications.actions import tell

# The error code of a position written on the text of an earlier round.
ROUND_CHANGED = "round_changed"


def locked_decision(decision: Decision, by: Member) -> Decision:
    decisions = Decision.objects.within(by.agency).select_related("group")
    return decisions.select_for_update(of=("self",)).get(pk=decision.pk)


def record_on(name: str, decision: Decision, by: Member | None, **data: Any) -> None:
    events.record(
        name,
        decision,
        by=by,
        group=decision.group_id,
        subject_type=decision.subject_type,
        subject_id=decision.subject_id,
        **data,
    )


@transaction.atomic
def propose(
    group: Group,
    *,
    title: str,
    text: str,
    by: Member,
    subject: TenantModel | None = None,
    fixed: bool = False,
    kept_inside: bool = False,
) -> Decision:
    """Bring a proposal to a group.

    `subject` is what it is about (events and pages link to it); `fixed`: its text belongs to the
    subject, so it can't be amended here; `kept_inside`: only the group reads it.
    """
    group = locked(group, by)
    enforce(rules.proposing(group, by))
    worded(title, text)
    decision: Decision = group.decisions.create(
        agency=by.agency,
        title=title.strip(),
        text=text.strip(),
        fixed=fixed,
        kept_inside=kept_inside,
        subject_type=subjects.code_of(subject) if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        proposed_by=by,
        opened_on=by.agency.today(),
    )
    record_on("decision.proposed", decision, by)
    return decision


def worded(title: str, text: str) -> None:
    """Raise ValidationError unless the proposal has a title and a text."""
    if not title.strip():
        raise ValidationError({"title": _("Give the proposal a title.")})
    if not text.strip():
        raise ValidationError({"text": _("Write what you propose.")})


@transaction.atomic
def amend(
    decision: Decision,
    *,
    title: str,
    text: str,
    changed: str = "",
    by: Member,
    version: int | None = None,
) -> Decision:
    """Work objections into the proposal, which starts a new round and asks every member again.

    `changed` says what is different, and why. The earlier text and its positions stay on record.
    """
    decision = locked_decision(decision, by)
    enforce(rules.amending(decision, by))
    if version is not None and version != decision.version:
        raise ValidationError(
            _("Somebody changed this while you were writing. Open the page again to see it.")
        )
    worded(title, text)
    decision.earlier_wordings.create(
        agency=by.agency,
        round=decision.round,
        title=decision.title,
        text=decision.text,
        amended_by=by,
        amended_on=by.agency.today(),
        changed=changed.strip(),
    )
    decision.title, decision.text, decision.waiver = title.strip(), text.strip(), ""
    decision.round += 1
    decision.version += 1
    if decision.way == Way.WRITING:
        # Everybody is asked again, with as much time as before.
        today = by.agency.today()
        decision.answers_until = today + WRITTEN_DAYS.span(by.agency, today)
    decision.save()
    record_on("decision.amended", decision, by, round=decision.round)
    return decision


@transaction.atomic
def take_position(
    decision: Decision,
    *,
    member: Member,
    choice: str,
    reason: str = "",
    by: Member | None = None,
    round: int | None = None,  # noqa: A002
    agreed_on: date | None = None,
    agreed_how: str = "",
    alternate: Alternate | None = None,
) -> Position:
    """Record a voting member's position in the current round; earlier ones stay on record.

    `alternate`: who says it in the place of the member, who is away. It is the seat's one position,
    and the member's own replaces it.

    `by`: whoever enters it for the member, with when and how the member said it; the member is then
    told. `round`: the round that was read.
    """
    by = by or (member if alternate is None else alternate.member)
    decision = locked_decision(decision, by)
    today = by.agency.today()
    seats = Seat.objects.within(by.agency).on(today).select_related("member")
    held = seats.filter(group=decision.group_id, member=member, stands_in=None).first()
    holding = decision.positions.filter(member=member, round=decision.round, replaced_at=None)
    said = holding.filter(entered_by=None, alternate=None).exists()
    motion = decision.motion
    barred = kinds.barred(decision.group, member) or rules.concerned(motion, member)
    barred = barred or rules.interested(decision, member)
    said_on = agreed_on if by.pk != member.pk and agreed_on is not None else today
    if alternate is not None:
        said = holding.filter(alternate=None).exists()
        stepping = _stepping_in(alternate, decision, member, today)
        enforce(rules.speaking_for(decision, stepping, held, said_by_holder=said))
        enforce(rules.interested(decision, member, alternate.member))
    else:
        enforce(
            rules.taking_position(
                decision, held, by, said_by_themselves=said, barred=barred, said_on=said_on
            )
        )
    assert held is not None
    if choice not in Choice.values:
        raise ValidationError({"choice": _("Choose one of the answers.")})
    if choice == Choice.OBJECT and not reason.strip() and not decision.caucus:
        raise ValidationError({"reason": _("Say why you object, so that it can be worked in.")})
    _same_round(decision, round)
    entered = by.pk != member.pk and alternate is None
    if entered:
        check_agreement(agreed_on, agreed_how, today)
    holding.update(replaced_at=timezone.now())
    position: Position = decision.positions.create(
        agency=by.agency,
        round=decision.round,
        member=member,
        seat=held,
        choice=choice,
        reason="" if decision.caucus else reason.strip(),
        unread=decision.caucus,
        on=today,
        alternate=None if alternate is None else by,
        entered_by=by if entered else None,
        agreed_on=agreed_on if entered else None,
        agreed_how=agreed_how if entered else "",
    )
    events.record(
        "position.taken",
        decision,
        by=by,
        on_behalf_of=member if entered else None,
        group=decision.group_id,
        member=member.pk,
        round=decision.round,
    )
    if entered:
        tell(member, "position.entered", subject=decision)
    return position


def _stepping_in(
    alternate: Alternate, decision: Decision, member: Member, today: date
) -> Alternate | None:
    """The row as it holds today, locked: for this group and member, with its people."""
    rows = Alternate.objects.within(member.agency).stepping_in(today)
    rows = rows.filter(pk=alternate.pk, group=decision.group_id, holder=member.pk)
    rows = rows.select_related("group", "holder", "member")
    found = rows.select_for_update(of=("self",)).first()
    if found is not None:
        found.agency = found.group.agency = member.agency
        found.holder.agency = found.member.agency = member.agency
    return found


def _same_round(decision: Decision, read: int | None) -> None:
    """Raise ValidationError unless the (locked) proposal still has the text that was read."""
    if read is not None and read != decision.round:
        raise ValidationError(
            _("The proposal was changed while you were reading. Please read it again."),
            code=ROUND_CHANGED,
        )


@transaction.atomic
def waive(decision: Decision, *, reason: str, by: Member) -> Decision:
    """Record why the group decides before everybody has answered.

    If too few consumers have, the oversight committee reads it.
    """
    decision = locked_decision(decision, by)
    enforce(rules.waiving(decision, by))
    if not reason.strip():
        raise ValidationError({"waiver": _("Say why the group goes on without.")})
    decision.waiver = reason.strip()
    decision.version += 1
    decision.save()
    return decision


def check_day(field: str, day: date | None, today: date) -> None:
    """Raise ValidationError unless the review day is in the future, but not too far."""
    if day is not None and not today < day <= today + DECISION_LONGEST.span:
        raise ValidationError(
            {
                field: _("Choose a day that is still to come, within %(days)s.")
                % {"days": DECISION_LONGEST.words}
            }
        )


@transaction.atomic
def close_decision(
    decision: Decision,
    *,
    by: Member,
    adopted: bool = True,
    waiver: str = "",
    outcome: str = "",
    review_on: date | None = None,
    round: int | None = None,  # noqa: A002
) -> Decision:
    """Close a proposal: adopted (nobody objects) or not.

    Refused according to `rules.deciding`: the refusal does not depend on who is a consumer, unless
    `by` may know that. `waiver`: why the group goes ahead now, given by one of its voting members;
    if too few consumers took part, the oversight committee reads it. `round`: the round that was
    read.
    """
    decision = locked_decision(decision, by)
    today = by.agency.today()
    counted = tally(decision, today)
    motion = decision.motion
    barred = kinds.barred(decision.group, by) or rules.concerned(motion, by)
    barred = barred or rules.hearing(motion, today) or rules.interested(decision, by)
    enforce(rules.closing(decision, by, counted, barred=barred))
    _same_round(decision, round)
    if adopted:
        enforce(rules.adopting(counted))
    if waiver.strip():
        decision = waive(decision, reason=waiver, by=by)
    enforce(rules.deciding(decision, counted, today, by, motion=motion))
    decision.without_quorum = not counted.quorum
    check_day("review_on", review_on, today)
    if review_on is not None and not adopted:
        raise ValidationError(
            {"review_on": _("Only what is agreed is looked at again. Leave this empty.")}
        )
    decision.become(DecisionStatus.ADOPTED if adopted else DecisionStatus.NOT_ADOPTED)
    decision.decided_on = today
    decision.outcome, decision.review_on = outcome.strip(), review_on
    decision.version += 1
    decision.save()
    if decision.without_quorum:
        record_on("decision.waived", decision, by)
    record_on("decision.adopted" if adopted else "decision.not_adopted", decision, by)
    take_effect(decision, by=by)
    return decision


@transaction.atomic
def withdraw(decision: Decision, *, by: Member) -> Decision:
    """Withdraw a proposal before it is decided."""
    decision = locked_decision(decision, by)
    seats = Seat.objects.within(by.agency).on(by.agency.today()).filter(group=decision.group_id)
    seated = seats.filter(member=decision.proposed_by_id).exists()
    enforce(rules.withdrawing(decision, by, proposer_seated=seated))
    return _withdrawn(decision, by)


def _withdrawn(decision: Decision, by: Member | None) -> Decision:
    decision.become(DecisionStatus.WITHDRAWN)
    decision.decided_on = decision.agency.today()
    decision.version += 1
    decision.save()
    record_on("decision.withdrawn", decision, by)
    return decision


@transaction.atomic
def settle_overtaken(
    agency: Agency, *, subject_type: str, subjects: Iterable[int], by: Member | None
) -> None:
    """Stop asking anybody about these subjects.

    Open proposals are withdrawn, and adopted ones lose their review.
    """
    asked = (
        Decision.objects.within(agency)
        .waited_for()
        .filter(subject_type=subject_type, subject_id__in=list(subjects))
    )
    for decision in asked.select_related("group").select_for_update(of=("self",)).order_by("pk"):
        decision.agency = agency
        if decision.status == DecisionStatus.OPEN:
            _withdrawn(decision, by)
        else:
            decision.review_on = None
            decision.version += 1
            decision.save()
            record_on("decision.overtaken", decision, by)

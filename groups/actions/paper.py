"""Decisions taken in a room, recorded afterwards as they were.

No record is refused because of how the group decided. `groups.paper` says what a decision still
lacks; once it lacks nothing, it counts from its day on.
"""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import keys
from foundation.models import Agency
from foundation.refusals import enforce
from groups import kinds, rules
from groups.actions.decisions import locked_decision, record_on, worded
from groups.actions.mandates import take_effect
from groups.actions.seats import locked
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    Group,
    How,
    Meeting,
    MeetingStatus,
    PaperRecord,
    Seat,
    Way,
)
from groups.paper import ATTESTED, look, voted_on
from notifications.actions import tell

NUMBERS = ("agree", "reservations", "stand_aside", "object")


@transaction.atomic
def write_down(
    group: Group,
    *,
    title: str,
    text: str,
    on: date,
    adopted: bool = True,
    said: Mapping[Member, str] | None = None,
    numbers: Mapping[str, int | None] | None = None,
    objections: str = "",
    waiver: str = "",
    outcome: str = "",
    late_reason: str = "",
    by: Member,
    decision: Decision | None = None,
    meeting: Meeting | None = None,
) -> Decision:
    """Record what a group decided in a room on a past day, or today.

    `said`: what each is on record as having said, with or without a seat in the portal; `numbers`:
    the recorded tally; `waiver`: the recorded reason for deciding without some members, or over an
    objection; `decision`: the open proposal it was about; `meeting`: in which one, if there
    were several that day. ValidationError: a future day, no text.
    """
    group = locked(group, by)
    enforce(rules.writing_down(group, by, decision))
    today = by.agency.today()
    if on > today:
        raise ValidationError({"on": _("This day is still to come.")})
    was_open = decision is not None
    if decision is None:
        worded(title, text)
        decision = group.decisions.create(
            agency=by.agency,
            title=title.strip(),
            text=text.strip(),
            proposed_by=by,
            opened_on=on,
        )
    else:
        decision = locked_decision(decision, by)
        enforce(rules.writing_down(group, by, decision))
    assert decision is not None
    counted = {name: (numbers or {}).get(name) for name in NUMBERS}
    record = PaperRecord.objects.within(by.agency).create(
        decision=decision,
        meeting=meeting or _meeting(group, on, by),
        adopted=adopted,
        **counted,
        objections=objections.strip(),
        late_reason=late_reason.strip(),
        needs_two=was_open or group.kind in ATTESTED,
        was_open=was_open,
        answers_until=decision.answers_until,
        recorded_on=today,
        recorded_by=by,
    )
    decision.way, decision.answers_until = Way.PAPER, None
    decision.become(DecisionStatus.RECORDED)
    decision.decided_on = on
    decision.outcome, decision.waiver = outcome.strip(), waiver.strip()
    decision.version += 1
    decision.save()
    _write_positions(decision, said or {}, by)
    record_on("decision.recorded", decision, by)
    _count(decision, record, by)
    return decision


def _meeting(group: Group, on: date, by: Member) -> Meeting | None:
    """The group's meeting on that day, whose attendance is part of the decision."""
    meetings = Meeting.objects.within(by.agency).filter(group=group, on=on)
    return meetings.exclude(status=MeetingStatus.CANCELLED).order_by("pk").first()


def _write_positions(decision: Decision, said: Mapping[Member, str], by: Member) -> None:
    assert decision.decided_on is not None
    on = decision.decided_on
    seats = Seat.objects.within(by.agency).on(on).filter(group=decision.group_id)
    held = {seat.member_id: seat for seat in seats}
    present = decision.positions.filter(round=decision.round, replaced_at=None)
    for member in sorted(said, key=lambda member: member.pk):
        if said[member] not in Choice.values:
            raise ValidationError({f"said_{keys.code_of(member)}": _("Choose one of the answers.")})
        mine = present.filter(member=member)
        if mine.filter(entered_by=None).exists():
            # Nobody may change a position that a member entered personally.
            continue
        mine.update(replaced_at=timezone.now())
        entered = member.pk != by.pk
        decision.positions.create(
            agency=by.agency,
            round=decision.round,
            member=member,
            seat=held.get(member.pk),
            choice=said[member],
            on=on,
            from_minutes=True,
            entered_by=by if entered else None,
            agreed_on=on if entered else None,
            agreed_how=How.IN_PERSON if entered else "",
        )
        if entered:
            member.agency = by.agency
            tell(member, "position.entered", subject=decision)


@transaction.atomic
def add_to_paper(
    decision: Decision, *, said: Mapping[Member, str], waiver: str = "", by: Member
) -> Decision:
    """Add who else was there, or why the group went ahead without the others."""
    decision, record = _locked(decision, by)
    enforce(rules.adding_to_paper(decision, by))
    _write_positions(decision, said, by)
    if waiver.strip():
        decision.waiver = waiver.strip()
    decision.version += 1
    decision.save()
    record_on("decision.recorded", decision, by)
    _count(decision, record, by)
    return decision


@transaction.atomic
def attest(decision: Decision, *, by: Member) -> Decision:
    """Attest, as a second person, that the group decided this."""
    decision, record = _locked(decision, by)
    today = by.agency.today()
    voted = voted_on(decision, by.pk, today)
    barred = kinds.barred(decision.group, by)
    enforce(rules.attesting(decision, record, by, voted=voted, barred=barred))
    record.attested_on, record.attested_by = today, by
    record.save(update_fields=["attested_on", "attested_by"])
    record_on("decision.attested", decision, by)
    _count(decision, record, by)
    return decision


@transaction.atomic
def take_back_paper(decision: Decision, *, by: Member) -> Decision:
    """Delete a wrong record; the proposal, if any, is open again."""
    decision, record = _locked(decision, by)
    voted = voted_on(decision, by.pk, by.agency.today())
    enforce(rules.taking_back_paper(decision, record, by, voted=voted))
    decision.positions.filter(from_minutes=True, replaced_at=None).update(
        replaced_at=timezone.now()
    )
    if record.was_open:
        decision.become(DecisionStatus.OPEN)
        decision.decided_on = None
        decision.answers_until = record.answers_until
        decision.way = Way.CONSENT if record.answers_until is None else Way.WRITING
        decision.without_quorum, decision.waiver, decision.outcome = False, "", ""
    else:
        decision.become(DecisionStatus.WITHDRAWN)
    decision.version += 1
    decision.save()
    if record.was_open:
        record.delete()
    record_on("decision.taken_back", decision, by)
    return decision


@transaction.atomic
def undo_paper(decision: Decision, *, by: Member) -> Decision:
    """Undo what one wrote down a moment ago, even if it counts: nothing has come of it."""
    decision, record = _locked(decision, by)
    enforce(rules.undoing_paper(decision, record, by))
    if record.counts_since is not None:
        record.counts_since = None
        record.save(update_fields=["counts_since"])
    decision.become(DecisionStatus.WITHDRAWN)
    decision.version += 1
    decision.save()
    record_on("decision.taken_back", decision, by)
    return decision


def recount(agency: Agency, meeting: int, by: Member | None) -> None:
    """Reconsider decisions on paper after the attendance of this meeting has changed.

    Decisions that count keep counting; only the consumer quorum is recomputed.
    """
    records = PaperRecord.objects.within(agency).filter(meeting=meeting)
    for record in records.select_for_update(of=("self",)).select_related("decision__group"):
        if record.decision.status != DecisionStatus.WITHDRAWN:
            record.decision.agency = agency
            _count(record.decision, record, by)


def _locked(decision: Decision, by: Member) -> tuple[Decision, PaperRecord]:
    decision = locked_decision(decision, by)
    decision.agency = by.agency
    records = PaperRecord.objects.within(by.agency).select_for_update(of=("self",))
    record = records.filter(decision=decision).first()
    if record is None:
        raise ValidationError(_("This was not written down from paper."))
    return decision, record


def _count(decision: Decision, record: PaperRecord, by: Member | None) -> None:
    found = look(decision, record)
    if decision.without_quorum == found.quorum:
        decision.without_quorum = not found.quorum
        decision.save(update_fields=["without_quorum"])
    if not found.counts or record.counts_since is not None:
        return
    record.counts_since = decision.agency.today()
    record.save(update_fields=["counts_since"])
    decision.become(DecisionStatus.ADOPTED if record.adopted else DecisionStatus.NOT_ADOPTED)
    decision.version += 1
    decision.save()
    if decision.without_quorum:
        record_on("decision.waived", decision, by)
    record_on("decision.adopted" if record.adopted else "decision.not_adopted", decision, by)
    take_effect(decision, by=by)

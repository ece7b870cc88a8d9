"""A decision's facts on paper and in writing, and what the reader can do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation.addresses import at
from foundation.links import Link
from foundation.refusals import Refusal
from groups import kinds, rules
from groups.actions.motions import was_there
from groups.models import (
    Choice,
    Decision,
    DecisionStatus,
    Group,
    Motion,
    PaperRecord,
    Position,
    Resolution,
    Seat,
    Way,
)
from groups.paper import LACKING, look, voted_on
from groups.policies import WRITTEN_DAYS
from groups.tally import Tally, tally


@dataclass(frozen=True)
class PaperFacts:
    """What the page of a decision says of the record on paper."""

    record: PaperRecord
    lacking: Sequence[Promise]
    numbers: Sequence[tuple[str, int]]
    may_add: bool
    may_attest: bool
    may_take_back: bool


def paper_facts(
    decision: Decision, reader: Member, seats: dict[int, Seat] | None, current: Sequence[Position]
) -> PaperFacts | None:
    """None for a decision taken in the portal.

    `seats`: that day's voting seats, if loaded; `current`: all current positions.
    """
    if decision.way != Way.PAPER:
        return None
    record: PaperRecord = decision.paper
    waits = decision.status == DecisionStatus.RECORDED
    found = look(decision, record, seats, current).lacking if waits else ()
    voted = waits and _voted(decision, reader, seats)
    barred = kinds.barred(decision.group, reader) if waits else None
    labels = (
        (Choice.AGREE, record.agree),
        (Choice.RESERVATIONS, record.reservations),
        (Choice.STAND_ASIDE, record.stand_aside),
        (Choice.OBJECT, record.object),
    )
    return PaperFacts(
        record,
        [LACKING[code] for code in found],
        [(str(choice.label), number) for choice, number in labels if number is not None],
        may_add=rules.adding_to_paper(decision, reader) is None,
        may_attest=rules.attesting(decision, record, reader, voted=voted, barred=barred) is None,
        may_take_back=rules.taking_back_paper(decision, record, reader, voted=voted) is None,
    )


def _voted(decision: Decision, reader: Member, seats: dict[int, Seat] | None) -> bool:
    """`voted_on`, without a query if the decision changes nobody's seat and the day is loaded."""
    if decision.motion is not None or seats is None:
        return voted_on(decision, reader.pk, reader.agency.today(), seats)
    return reader.pk in seats or rules.place(decision.group, reader).voting


def attesting(record: PaperRecord, decision: Decision, by: Member) -> Refusal | None:
    voted = voted_on(decision, by.pk, by.agency.today())
    return rules.attesting(
        decision, record, by, voted=voted, barred=kinds.barred(decision.group, by)
    )


def taking_paper_back(decision: Decision, record: PaperRecord, by: Member) -> Refusal | None:
    voted = voted_on(decision, by.pk, by.agency.today())
    return rules.taking_back_paper(decision, record, by, voted=voted)


def last_day_in_writing(group: Group) -> date:
    """The deadline of a decision in writing that begins today."""
    today = group.agency.today()
    return today + WRITTEN_DAYS.span(group.agency, today)


def starting_in_writing(
    group: Group, by: Member, decision: Decision | None = None
) -> Refusal | None:
    if (refusal := rules.deciding_in_writing(group, decision)) is not None:
        return refusal
    return rules.proposing(group, by) or kinds.barred(group, by)


@dataclass(frozen=True)
class WritingFacts:
    """What the page of a decision says of deciding in writing."""

    until: date | None
    open: bool
    lapsed: bool
    """Whether too few of a class answered; only for readers who may know."""
    may_start: bool
    may_bring_again: bool


def writing_facts(decision: Decision, reader: Member, barred: Refusal | None) -> WritingFacts:
    """`barred`: why the reader can't decide anything in such a group."""
    open_now = decision.status == DecisionStatus.OPEN
    again = decision.way == Way.WRITING and rules.bringing_again(decision) is None
    return WritingFacts(
        until=decision.answers_until,
        open=open_now,
        lapsed=decision.lapsed and rules.told_of_quorum(decision.group, reader),
        may_start=open_now
        and rules.deciding_in_writing(decision.group, decision, barred=barred) is None
        and rules.proposing(decision.group, reader) is None,
        may_bring_again=again and rules.proposing(decision.group, reader) is None,
    )


def closing(
    decision: Decision, by: Member, counted: Tally | None, motion: Motion | None
) -> Refusal | None:
    """Why it can't be closed yet, as far as this member may know."""
    today = by.agency.today()
    counted = counted or tally(decision, today)
    barred = kinds.barred(decision.group, by)
    barred = barred or rules.concerned(motion, by) or rules.hearing(motion, today)
    barred = barred or rules.interested(decision, by)
    if (refusal := rules.closing(decision, by, counted, barred=barred)) is not None:
        return refusal
    return rules.deciding(decision, counted, today, by, motion=motion)


def attesting_resolution(found: Resolution, by: Member) -> Refusal | None:
    barred = kinds.barred(found.group, by)
    there = was_there(found.group, by)
    return rules.attesting_resolution(found, by, barred=barred, was_there=there)


def ways_on(
    decision: Decision,
    by: Member,
    *,
    closes: bool,
    writing: WritingFacts | None,
    paper: PaperFacts | None,
) -> list[Link]:
    """`closes`: nothing prevents closing it now."""
    group, open_now = decision.group, decision.status == DecisionStatus.OPEN
    runs = open_now and rules.running(group, by) is None
    offered = (
        (runs, "groups:enter_position", _("Write down what somebody said")),
        (
            rules.amending(decision, by) is None,
            "groups:amend",
            _("Work on the proposal and ask again"),
        ),
        (runs and closes, "groups:close_decision", _("Close the decision")),
        (
            writing is not None and writing.may_start,
            "groups:put_in_writing",
            _("Decide it in writing, before the next meeting"),
        ),
        (
            writing is not None and writing.may_bring_again,
            "groups:bring_again",
            _("Bring it to a meeting"),
        ),
        (
            open_now and rules.writing_down(group, by, decision) is None,
            "groups:decided_on_paper",
            _("Write down how it was decided in a room"),
        ),
        (
            paper is not None and paper.may_attest,
            "groups:attest",
            _("Confirm that the group decided so"),
        ),
        (
            paper is not None and paper.may_add,
            "groups:add_to_paper",
            _("Add who was there, or why others were not"),
        ),
        (
            paper is not None and paper.may_take_back,
            "groups:take_back_paper",
            _("It was not so: take the record back"),
        ),
        (rules.looking_again(decision, by) is None, "groups:look_again", _("Look at it again")),
        (
            open_now and rules.waiving(decision, by) is None,
            "groups:waive",
            _("Decide before everyone has given their view"),
        ),
        (
            open_now and rules.declaring_interest(decision, by) is None,
            "groups:declare_interest",
            _("I have an interest of my own in this"),
        ),
        (open_now and decision.proposed_by_id == by.pk, "groups:withdraw", _("Withdraw it")),
    )
    return [Link(title, at(by.agency, name, pk=decision.pk)) for may, name, title in offered if may]

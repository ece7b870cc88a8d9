"""Who may propose, answer and decide, and when a group can decide."""

from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.models import TenantQuerySet
from foundation.refusals import Refusal
from groups.models import (
    Decision,
    DecisionStatus,
    Group,
    GroupKind,
    Motion,
    Question,
    Seat,
    Way,
)
from groups.rules.groups import going_on, naming_standing, ran, reading, running
from groups.rules.hidden import place, works_with_groups
from groups.rules.writing import answering_in_writing, ending_in_writing
from groups.tally import Tally


def reading_decision(decision: Decision, reader: Member) -> Refusal | None:
    """Reading what a group decided: everyone, but for dialogues only their people.

    The oversight committee reads decisions without a consumer quorum.
    """
    agreed = decision.status == DecisionStatus.ADOPTED and not decision.kept_inside
    if agreed and decision.group.kind != GroupKind.DIALOGUE:
        return None
    decided = decision.status != DecisionStatus.OPEN
    if decided and decision.without_quorum and reader.may(Permission.OVERSEE):
        return None
    return reading(decision.group, reader)


def readable_decisions(reader: Member) -> TenantQuerySet[Decision]:
    """The decisions that `reading_decision` allows, as a query."""
    today = reader.agency.today()
    groups = Group.objects.within(reader.agency).visible_to(reader, today)
    rows = Decision.objects.within(reader.agency).filter(group__in=groups)
    if works_with_groups(reader):
        return rows
    seats = Seat.objects.within(reader.agency).on(today).filter(member=reader)
    may = Q(status=DecisionStatus.ADOPTED, kept_inside=False) & ~Q(group__kind=GroupKind.DIALOGUE)
    may |= Q(group__in=seats.values("group"))
    if reader.may(Permission.OVERSEE):
        may |= Q(without_quorum=True)
    return rows.filter(may)


def proposing(group: Group, by: Member) -> Refusal | None:
    if (refusal := going_on(group, by)) is not None:
        return refusal
    governs = group.kind in {GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY}
    if governs and by.may(Permission.OVERSEE):
        return None
    if works_with_groups(by) or place(group, by).seated:
        return None
    return Refusal(
        _("Only the people in this group can bring a proposal to it."),
        _("Ask one of them to bring it."),
    )


def open_now(decision: Decision) -> Refusal | None:
    if decision.status != DecisionStatus.OPEN:
        return Refusal(_("This proposal is decided."), _("You can bring a new one."))
    return None


def amending(decision: Decision, by: Member) -> Refusal | None:
    if (refusal := open_now(decision)) is not None:
        return refusal
    if decision.fixed:
        return Refusal(
            _("The words of this proposal can't be changed here."),
            _("Withdraw it, change the document, and propose it again."),
        )
    return None if decision.proposed_by_id == by.pk else running(decision.group, by)


def taking_position(
    decision: Decision,
    seat: Seat | None,
    by: Member,
    *,
    said_by_themselves: bool = False,
    barred: Refusal | None = None,
    said_on: date | None = None,
) -> Refusal | None:
    """`seat` is the current place of the member whose position it is.

    `barred`: why they can't decide anything in such a group; `said_on`: the day they said it, today
    by default. `said_by_themselves`: nobody else entered their current position.
    """
    if (refusal := open_now(decision)) is not None:
        return refusal
    if seat is None or not seat.voting:
        return Refusal(
            _("Only voting members of this group decide on its proposals."),
            _("You can tell one of them what you think."),
        )
    barred = barred or answering_in_writing(decision, said_on or by.agency.today())
    if barred is not None or seat.member_id == by.pk:
        return barred
    if decision.caucus and seat.member.user_id is not None:
        return Refusal(
            _("Nobody reads the answers to this, so each person gives their own."),
            _("Only for somebody who can’t sign in, an answer is written down."),
        )
    if said_by_themselves:
        return Refusal(
            _("This person has said themselves what they think."), _("Only they can change it.")
        )
    return running(decision.group, by)


def asking(decision: Decision, by: Member) -> Refusal | None:
    """Asking about a proposal before taking a position: everyone in the group."""
    return open_now(decision) or reading(decision.group, by)


def answering(question: Question, by: Member) -> Refusal | None:
    """Answering: the proposer, or people who run the group; once."""
    if question.answer:
        return Refusal(_("This question is answered."), _("You can ask another one."))
    if (refusal := open_now(question.decision)) is not None:
        return refusal
    if question.decision.proposed_by_id == by.pk:
        return None
    return running(question.decision.group, by)


def looking_again(decision: Decision, by: Member) -> Refusal | None:
    """Recording whether a decision still holds: voting members, and people who run the group.

    It is possible for a group that has ended since, too.
    """
    if decision.status != DecisionStatus.ADOPTED:
        return Refusal(_("This was not agreed."), _("You can bring a new proposal."))
    if place(decision.group, by).voting or ran(decision.group, by):
        return None
    return running(decision.group, by)


def withdrawing(decision: Decision, by: Member, *, proposer_seated: bool) -> Refusal | None:
    """Withdrawing: the proposer; people who run the group only if the proposer has no seat."""
    if (refusal := open_now(decision)) is not None:
        return refusal
    if decision.proposed_by_id == by.pk:
        return None
    if proposer_seated:
        return Refusal(
            _("Only the person who made this proposal can withdraw it."),
            _("Bring it to a decision instead."),
        )
    return running(decision.group, by)


def seeing_positions(decision: Decision, reader: Member, *, answered: bool) -> bool:
    """Nobody sees positions before giving theirs, and nobody ever does if only some count."""
    if decision.caucus:
        return False
    if decision.status == DecisionStatus.OPEN and place(decision.group, reader).voting:
        return answered
    return reading(decision.group, reader) is None


def closing(
    decision: Decision, by: Member, tally: Tally, *, barred: Refusal | None = None
) -> Refusal | None:
    """`barred`: why `by` can't decide anything in such a group."""
    if (refusal := open_now(decision) or barred) is not None:
        return refusal
    if decision.caucus and decision.answers_until is not None:
        return Refusal(
            _("Nobody ends this by hand: the answers are counted once."),
            _("It ends by itself after %(day)s.")
            % {"day": date_format(decision.answers_until, "F j, Y")},
        )
    if tally.answered == 0:
        return Refusal(
            _("Nobody has taken a position yet."), _("Ask the members of the group for theirs.")
        )
    return running(decision.group, by)


def adopting(tally: Tally) -> Refusal | None:
    """Consent: nobody objects, and somebody agrees."""
    if tally.object:
        return Refusal(
            _("Somebody objects to this proposal."),
            _("Work the objection into the proposal, or close it as not adopted."),
        )
    if not tally.agree + tally.reservations:
        return Refusal(
            _("Nobody agrees with this proposal yet."), _("Change it, or close it as not adopted.")
        )
    return None


def told_of_quorum(group: Group, reader: Member) -> bool:
    """Whether this reader may know if enough consumers took part in the group's decision.

    Readers who may see standings, and the oversight committee; never people who run the group
    without seeing standings, since they could test whose position makes it enough.
    """
    if naming_standing(reader) is None:
        return True
    return reader.may(Permission.OVERSEE) and not place(group, reader).runs


def deciding(
    decision: Decision, tally: Tally, on: date, by: Member, *, motion: Motion | None = None
) -> Refusal | None:
    """Whether the group can decide now; in writing, according to `ending_in_writing`.

    A decision on who sits in it (`motion`) always waits for everybody. Readers who may see
    standings are told whether enough consumers took part. For all others the answer must not depend
    on it, since they choose who is asked: either all voting members have answered, or the group
    stated beforehand why it goes ahead. Never with fewer members than the group's charter asks for,
    which are counted without their standing.
    """
    if decision.way == Way.WRITING:
        return ending_in_writing(decision, tally, on, by)
    if not tally.enough_members:
        needed = tally.asked.members_needed(tally.voting_seated)
        return Refusal(
            _("The charter asks for %(count)s of those with a vote to take part.")
            % {"count": needed},
            _("Ask those who have not given their view yet."),
        )
    if decision.waiver.strip() and motion is None:
        return None
    if naming_standing(by) is None:
        if tally.quorum:
            return None
        return Refusal(
            _("Not enough consumers have taken part in this decision."),
            _("Wait for them. Or the group can go on without, and say why."),
        )
    if tally.answered < tally.voting_seated:
        return Refusal(
            _("Not everyone with a vote has given their view."),
            _("Wait for them. Or a voting member can write down why the group decides now."),
        )
    return None


def waiving(decision: Decision, by: Member) -> Refusal | None:
    """Going ahead before everybody has answered: voting members, before the decision.

    It must not be a reason found afterwards. Not in writing, where nobody can be asked in the room.
    """
    if (refusal := open_now(decision)) is not None:
        return refusal
    if decision.way == Way.WRITING:
        return Refusal(
            _("What is decided in writing needs everyone’s time until its last day."),
            _("Bring it to a meeting if the group wants to decide sooner."),
        )
    if decision.motion is not None:
        return Refusal(
            _("This is about who sits in the group, so everyone with a vote is heard."),
            _("Ask those who have not given their view yet."),
        )
    if place(decision.group, by).voting:
        return None
    return Refusal(
        _("Only the group itself can decide before everyone has given their view."),
        _("A voting member of the group can write down why."),
    )

"""Who may do what in a group, and when."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.models import TenantQuerySet
from foundation.refusals import Refusal
from groups.leading import LEADING
from groups.models import (
    AgendaItem,
    Decision,
    DecisionStatus,
    Group,
    GroupKind,
    Meeting,
    MeetingStatus,
    Office,
    Question,
    Seat,
)
from groups.quorum import Tally

RUNNING_OFFICES = frozenset(
    {Office.CHAIR, Office.CO_CHAIR, Office.FACILITATOR, Office.CO_FACILITATOR, Office.NOTE_TAKER}
)


@dataclass(frozen=True)
class Place:
    """A member's place in a group today."""

    seated: bool
    voting: bool = False
    office: str = ""

    @property
    def runs(self) -> bool:
        return self.office in RUNNING_OFFICES


def place(group: Group, member: Member) -> Place:
    """From `Group.objects….with_place_of(member, …)` without a query; else with one."""
    if getattr(group, "place_of", None) == member.pk:
        office: str | None = group.place_office  # type: ignore[attr-defined]
        return Place(office is not None, bool(group.place_voting), office or "")  # type: ignore[attr-defined]
    seats = Seat.objects.within(member.agency).on(member.agency.today())
    seat = seats.filter(group=group, member=member).first()
    return Place(False) if seat is None else Place(True, seat.voting, seat.office)


def _works_with_groups(by: Member) -> bool:
    return by.may(Permission.FACILITATE) or by.may(Permission.MANAGE_PEOPLE)


def seeing(group: Group, reader: Member) -> bool:
    """Whether the reader may know that the group exists; otherwise every page of it is a 404."""
    if not group.hidden or _works_with_groups(reader):
        return group.agency_id == reader.agency_id
    return place(group, reader).seated


def reading(group: Group, reader: Member) -> Refusal | None:
    """What is said inside the group: minutes, who came, open proposals."""
    if not _works_with_groups(reader) and not place(group, reader).seated:
        return Refusal(
            _("Only the people in this group can read this."),
            _("Ask one of them to tell you about it."),
        )
    return None


def consenting(group: Group, member: Member) -> Refusal | None:
    """Letting the people of a group see as what one takes part: for those who have a seat in it."""
    if place(group, member).seated:
        return None
    return Refusal(_("You are not in this group."), _("You decide this in groups that you are in."))


def being_named(group: Group, member: Member) -> Refusal | None:
    """Letting others read that one leads the group: only those who do, each for themselves."""
    if place(group, member).office in LEADING:
        return None
    return Refusal(
        _("You don’t lead this group."), _("Those who lead a group decide this for themselves.")
    )


def opening(kind: str, by: Member) -> Refusal | None:
    if kind in {GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY, GroupKind.COUNCIL}:
        if not by.may(Permission.MANAGE_PEOPLE):
            return Refusal(
                _("Only an administrator can set up a committee, governing body or council."),
                _("Ask an administrator of your agency to do it."),
            )
    elif not _works_with_groups(by):
        return Refusal(
            _("Only a facilitator or an administrator can start a group."),
            _("Ask a facilitator to start it with you."),
        )
    return None


def reading_decision(decision: Decision, reader: Member) -> Refusal | None:
    """What a group has agreed on is for everyone; dialogues stay among those who are in them. The
    oversight committee reads what was decided without enough consumers."""
    agreed = decision.status == DecisionStatus.ADOPTED
    if agreed and decision.group.kind != GroupKind.DIALOGUE:
        return None
    decided = decision.status != DecisionStatus.OPEN
    if decided and decision.waiver and reader.may(Permission.OVERSEE):
        return None
    return reading(decision.group, reader)


def readable_decisions(reader: Member) -> TenantQuerySet[Decision]:
    """Those that `reading_decision` lets the reader read, in the database."""
    today = reader.agency.today()
    groups = Group.objects.within(reader.agency).visible_to(reader, today)
    rows = Decision.objects.within(reader.agency).filter(group__in=groups)
    if _works_with_groups(reader):
        return rows
    seats = Seat.objects.within(reader.agency).on(today).filter(member=reader)
    may = Q(status=DecisionStatus.ADOPTED) & ~Q(group__kind=GroupKind.DIALOGUE)
    may |= Q(group__in=seats.values("group"))
    if reader.may(Permission.OVERSEE):
        may |= ~Q(status=DecisionStatus.OPEN) & ~Q(waiver="")
    return rows.filter(may)


def running(group: Group, by: Member) -> Refusal | None:
    """Seating people, planning meetings, writing down who came and what was decided."""
    if _works_with_groups(by) or place(group, by).runs:
        return None
    return Refusal(
        _("Only the people who run this group can do this."),
        _("Ask its facilitator or its chair."),
    )


def _over(group: Group, by: Member) -> Refusal | None:
    if group.is_over(by.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    return None


def _going_on(group: Group, by: Member) -> Refusal | None:
    if group.opened > by.agency.today():
        day = date_format(group.opened, "F j, Y")
        return Refusal(
            _("This group starts on %(day)s.") % {"day": day}, _("Do this from then on.")
        )
    return _over(group, by)


def changing(group: Group, by: Member) -> Refusal | None:
    """Seating people and planning meetings: until the group is closed, and before it starts."""
    return _over(group, by) or running(group, by)


def naming_standing(by: Member) -> Refusal | None:
    """Saying as what somebody else is seated: only for those who may see it."""
    if not by.may(Permission.SEE_STANDINGS):
        return Refusal(
            _("You can't choose as what somebody takes part."),
            _("Leave it open: the portal takes what they told the agency."),
        )
    return None


def closing_group(
    group: Group, by: Member, *, undecided: bool, unfinished: Refusal | None = None
) -> Refusal | None:
    """`unfinished`: what an upper app has still going on in it."""
    refusal = changing(group, by) or _going_on(group, by) or unfinished
    if refusal is None and undecided:
        return Refusal(
            _("This group has proposals that are still open."),
            _("Decide or withdraw them first."),
        )
    return refusal


def changing_meeting(meeting: Meeting, by: Member) -> Refusal | None:
    """Its time, place, agenda: until it is held or called off."""
    if meeting.status != MeetingStatus.PLANNED:
        return Refusal(_("This meeting is over or was called off."), _("Plan another one."))
    return changing(meeting.group, by)


def putting_on_agenda(meeting: Meeting, by: Member, author: Member) -> Refusal | None:
    """Everybody who has a seat, for a meeting to come; who runs the group also for somebody."""
    if meeting.status != MeetingStatus.PLANNED:
        return Refusal(_("This meeting is over or was called off."), _("Take the next one."))
    if author != by or not place(meeting.group, by).seated:
        return changing(meeting.group, by)
    return None


def taking_off_agenda(item: AgendaItem, by: Member) -> Refusal | None:
    """Whose it is, and who runs the group, until the meeting is held."""
    if item.taken_off_on is not None:
        return Refusal(_("This is off the agenda already."), _("You can put it on again."))
    if item.meeting.status != MeetingStatus.PLANNED:
        return Refusal(
            _("This meeting is over or was called off."), _("Its agenda stays as it was.")
        )
    if by.pk in (item.author_id, item.raised_by_id):
        return None
    return changing(item.meeting.group, by)


def recording(meeting: Meeting, by: Member) -> Refusal | None:
    """Who came and what was said: from the day of the meeting on."""
    if meeting.status == MeetingStatus.CANCELLED:
        return Refusal(_("This meeting was called off."), _("Plan another one."))
    if meeting.on > by.agency.today():
        return Refusal(_("This meeting is still to come."), _("Come back on the day."))
    return running(meeting.group, by)


def proposing(group: Group, by: Member) -> Refusal | None:
    if (refusal := _going_on(group, by)) is not None:
        return refusal
    governs = group.kind in {GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY}
    if governs and by.may(Permission.OVERSEE):
        return None
    if _works_with_groups(by) or place(group, by).seated:
        return None
    return Refusal(
        _("Only the people in this group can bring a proposal to it."),
        _("Ask one of them to bring it."),
    )


def _open(decision: Decision) -> Refusal | None:
    if decision.status != DecisionStatus.OPEN:
        return Refusal(_("This proposal is decided."), _("You can bring a new one."))
    return None


def amending(decision: Decision, by: Member) -> Refusal | None:
    if (refusal := _open(decision)) is not None:
        return refusal
    if decision.fixed:
        return Refusal(
            _("The words of this proposal can't be changed here."),
            _("Withdraw it, change the document, and propose it again."),
        )
    return None if decision.proposed_by_id == by.pk else running(decision.group, by)


def taking_position(
    decision: Decision, seat: Seat | None, by: Member, *, said_by_themselves: bool = False
) -> Refusal | None:
    """`seat` is the place on this day of the member whose position it is.

    `said_by_themselves`: the position that holds now was not entered by somebody for them.
    """
    if (refusal := _open(decision)) is not None:
        return refusal
    if seat is None or not seat.voting:
        return Refusal(
            _("Only voting members of this group decide on its proposals."),
            _("You can tell one of them what you think."),
        )
    if seat.member_id == by.pk:
        return None
    if said_by_themselves:
        return Refusal(
            _("This person has said themselves what they think."), _("Only they can change it.")
        )
    return running(decision.group, by)


def asking(decision: Decision, by: Member) -> Refusal | None:
    """To understand a proposal before one says what one thinks: everyone in the group."""
    return _open(decision) or reading(decision.group, by)


def answering(question: Question, by: Member) -> Refusal | None:
    """By who made the proposal, or who runs the group; once."""
    if question.answer:
        return Refusal(_("This question is answered."), _("You can ask another one."))
    if (refusal := _open(question.decision)) is not None:
        return refusal
    if question.decision.proposed_by_id == by.pk:
        return None
    return running(question.decision.group, by)


def looking_again(decision: Decision, by: Member) -> Refusal | None:
    """Saying whether what was agreed still holds: voting members, and who runs the group."""
    if decision.status != DecisionStatus.ADOPTED:
        return Refusal(_("This was not agreed."), _("You can bring a new proposal."))
    if (refusal := _over(decision.group, by)) is not None:
        return refusal
    if place(decision.group, by).voting:
        return None
    return running(decision.group, by)


def withdrawing(decision: Decision, by: Member, *, proposer_seated: bool) -> Refusal | None:
    """By who proposed it; by those who run the group only where that person has no seat in it."""
    if (refusal := _open(decision)) is not None:
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
    """Nobody who is still to decide sees the others' positions first."""
    if decision.status == DecisionStatus.OPEN and place(decision.group, reader).voting:
        return answered
    return reading(decision.group, reader) is None


def closing(decision: Decision, by: Member, tally: Tally) -> Refusal | None:
    if (refusal := _open(decision)) is not None:
        return refusal
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


def deciding(tally: Tally, waiver: str) -> Refusal | None:
    """Enough consumers took part, or the group said why it goes on without."""
    if tally.quorum or waiver.strip():
        return None
    return Refusal(
        _("Not enough consumers have taken part in this decision."),
        _("Wait for them. Or the group can go on without, and say why."),
    )


def waiving(decision: Decision, by: Member) -> Refusal | None:
    """Going on without enough consumers: only for the group itself, so for its voting members;
    before it is decided, never as a reason that is thought of afterwards."""
    if (refusal := _open(decision)) is not None:
        return refusal
    if place(decision.group, by).voting:
        return None
    return Refusal(
        _("Only the group itself can decide to go on without enough consumers."),
        _("A voting member of the group can write down why."),
    )

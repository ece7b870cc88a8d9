"""Who may name somebody to step in, agree to it, and speak for a seat meanwhile."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Standing, StandingKind
from accounts.permissions import Permission
from foundation.refusals import Refusal
from groups import kinds
from groups.models import Alternate, AlternateQuerySet, Decision, Group, GroupKind, Seat
from groups.policies import ALTERNATES_VOTE
from groups.rules.decisions import open_now
from groups.rules.groups import going_on
from groups.rules.motions import concerned
from groups.rules.rooms import lasting, somebody_there
from groups.rules.writing import answering_in_writing
from safety.models import NoContact

# Seats in the committee and the governing body are given by decisions, and a dialogue is a
# conversation, in which nobody speaks for another.
WITH_ALTERNATES = frozenset({GroupKind.CELL, GroupKind.COUNCIL})
# One sentence for all obstacles: it tells nobody how somebody takes part, or whom they must avoid.
NOT_FITTING = Refusal(
    _("You can’t step in for this seat now."),
    _("The person who asked you can ask somebody else."),
)


def naming_alternate(group: Group, seat: Seat | None, by: Member) -> Refusal | None:
    """Naming somebody for one's own seat with a vote; nobody does it for another."""
    if refusal := going_on(group, by):
        return refusal
    if group.kind not in WITH_ALTERNATES or group.hidden:
        return Refusal(_("In this group nobody steps in for another."))
    if seat is None or seat.member_id != by.pk or not seat.voting or seat.stands_in_id is not None:
        return Refusal(
            _("Only the person with a seat and a vote names somebody to step in."),
            _("Ask them, if you would do it."),
        )
    if seat.standing in (StandingKind.MANAGER, StandingKind.UNDISCLOSED):
        return Refusal(
            _("For this seat nobody can step in."),
            _("Whoever steps in takes part in the same way as you, which has to be on record."),
        )
    return None


def agreeing_to_step_in(alternate: Alternate, seat: Seat | None, by: Member) -> Refusal | None:
    """Agreeing: only the person who was asked, if they fit the seat now."""
    if alternate.member_id != by.pk:
        return Refusal(_("Only the person who was asked can answer."))
    if alternate.ended_on is not None:
        return Refusal(_("This is over."))
    there = Alternate.objects.within(by.agency).accepted().filter(group=alternate.group_id)
    if there.filter(member=by).exclude(pk=alternate.pk).exists():
        return NOT_FITTING
    return fitting(alternate, seat, by.agency.today())


def kept_from(alternate: Alternate, reader: Member) -> bool:
    """Whether an ask is hidden from whoever was asked, as if it was taken back.

    Stepping in would bring them together with somebody they must not meet, and they need not learn
    where that person sits. Whoever asked sees it as not answered yet.
    """
    if reader.pk != alternate.member_id or alternate.accepted_on is not None:
        return False
    return _kept_apart(alternate, reader.agency.today())


def shown_alternates(reader: Member) -> AlternateQuerySet:
    """The reader's own: those in which they were named, if they are not hidden from them."""
    agency, today = reader.agency, reader.agency.today()
    rows = Alternate.objects.within(agency)
    asked = Q(accepted_on=None, ended_on=None) & ~somebody_there(agency, today)
    return rows.filter(Q(holder=reader) | Q(Q(accepted_on__isnull=False) | asked, member=reader))


def hidden_alternates(reader: Member) -> Q:
    """The others in which they were named: those hidden from them, and what came to nothing."""
    return Q(member=reader) & ~Q(pk__in=shown_alternates(reader).values("pk"))


def fitting(alternate: Alternate, seat: Seat | None, on: date) -> Refusal | None:
    """Whether the alternate can take the place of this seat: the same class, never management.

    It is asked when they agree, when they step in, and each time they speak. `seat`: the holder's
    own seat that day. `alternate.member` and its group are loaded.
    """
    member, group = alternate.member, alternate.group
    if seat is None or not seat.voting or not group.is_open(on) or group.hidden:
        return NOT_FITTING
    if group.kind not in WITH_ALTERNATES:
        return NOT_FITTING
    if member.erased_at is not None or (member.until is not None and member.until <= on):
        return NOT_FITTING
    standings = Standing.objects.within(member.agency).on(on).filter(member=member)
    held = set(standings.values_list("kind", "employed_peer"))
    manages = StandingKind.MANAGER in {kind for kind, _peer in held}
    if manages or member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return NOT_FITTING
    if (seat.standing, seat.employed_peer) not in held or seat.standing == StandingKind.UNDISCLOSED:
        return NOT_FITTING
    there = lasting(member.agency, on).filter(group=group, member=member, stands_in=None)
    if there.exists() or kinds.barred(group, member) is not None:
        return NOT_FITTING
    return NOT_FITTING if _kept_apart(alternate, on) else None


def _kept_apart(alternate: Alternate, on: date) -> bool:
    """Whether somebody sits there whom they must not meet, also since they stepped in."""
    agency = alternate.agency
    others = lasting(agency, on).filter(group=alternate.group_id).exclude(member=alternate.member)
    pairs = Q(one=alternate.member_id, other__in=others.values("member"))
    pairs |= Q(other=alternate.member_id, one__in=others.values("member"))
    return NoContact.objects.within(agency).lasting(on).filter(pairs).exists()


def ending_alternate(alternate: Alternate, by: Member) -> Refusal | None:
    """Ending it: either of the two, at any time."""
    if by.pk not in (alternate.holder_id, alternate.member_id):
        return Refusal(_("Only the two people themselves can end this."))
    return None


def speaking_for(
    decision: Decision,
    alternate: Alternate | None,
    seat: Seat | None,
    *,
    said_by_holder: bool,
) -> Refusal | None:
    """Giving the view of a seat whose holder is away, once, unless they gave their own.

    `alternate`: who steps in today (`AlternateQuerySet.stepping_in`).
    """
    if refusal := open_now(decision):
        return refusal
    if decision.caucus:
        # The holder would read on their own page what the alternate answered.
        return Refusal(_("Nobody reads the answers to this, so each person gives their own."))
    if alternate is None or seat is None:
        return Refusal(
            _("You don’t step in for anybody here now."),
            _("You can tell a voting member what you think."),
        )
    today = decision.agency.today()
    if not ALTERNATES_VOTE.value(decision.agency, today):
        return Refusal(_("In this program, whoever steps in does not vote."))
    if said_by_holder:
        return Refusal(_("They have given their own view."), _("Only they can change it."))
    if refusal := fitting(alternate, seat, today):
        return refusal
    motion = decision.motion
    if refusal := concerned(motion, alternate.member) or concerned(motion, alternate.holder):
        return refusal
    return answering_in_writing(decision, today)

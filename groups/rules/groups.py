"""Who may read a group, run it and seat people in it."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from accounts.rules import managing_settings
from foundation.refusals import Refusal
from groups.leading import LEADING
from groups.models import Closure, Group, GroupKind, Seat
from groups.rules.hidden import RUNNING_OFFICES, place, works_with_groups


def reading(group: Group, reader: Member) -> Refusal | None:
    """Reading what stays in the group: minutes, attendance, open proposals."""
    if not works_with_groups(reader) and not place(group, reader).seated:
        return Refusal(
            _("Only the people in this group can read this."),
            _("Ask one of them to tell you about it."),
        )
    return None


def consenting(group: Group, member: Member) -> Refusal | None:
    """Letting the group's people see one's standing: members with a seat in it."""
    if place(group, member).seated:
        return None
    return Refusal(_("You are not in this group."), _("You decide this in groups that you are in."))


def being_named(group: Group, member: Member) -> Refusal | None:
    """Letting others know that one leads the group: only leaders, each for themselves."""
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
    elif not works_with_groups(by):
        return Refusal(
            _("Only a facilitator or an administrator can start a group."),
            _("Ask a facilitator to start it with you."),
        )
    return None


def running(group: Group, by: Member) -> Refusal | None:
    """Seating people, planning meetings, recording attendance and decisions."""
    if works_with_groups(by) or place(group, by).runs:
        return None
    return Refusal(
        _("Only the people who run this group can do this."),
        _("Ask its facilitator or its chair."),
    )


def runs_any(by: Member) -> bool:
    """Whether the member runs some group today."""
    seats = Seat.objects.within(by.agency).on(by.agency.today())
    return seats.filter(member=by, office__in=RUNNING_OFFICES).exists()


def ran(group: Group, by: Member) -> bool:
    """Whether the member ran the group until it ended, and may still record what happened."""
    if group.closed is None or not group.is_over(by.agency.today()):
        return False
    seats = Seat.objects.within(by.agency).filter(group=group, member=by, until=group.closed)
    return seats.filter(office__in=RUNNING_OFFICES).exists()


def over(group: Group, by: Member) -> Refusal | None:
    if group.is_over(by.agency.today()):
        return Refusal(_("This group is closed."), _("You can still read what it did."))
    return None


def going_on(group: Group, by: Member) -> Refusal | None:
    if group.opened > by.agency.today():
        day = date_format(group.opened, "F j, Y")
        return Refusal(
            _("This group starts on %(day)s.") % {"day": day}, _("Do this from then on.")
        )
    return over(group, by)


def changing(group: Group, by: Member) -> Refusal | None:
    """Seating people and planning meetings: until the group is closed, even before it starts."""
    return over(group, by) or running(group, by)


def changing_cqi(group: Group, by: Member) -> Refusal | None:
    """Changing whether a council or the governing body takes part in CQI.

    It is a term of the third indicator, so it takes the right to change its settings. Cells and the
    committee always take part, dialogues never.
    """
    if group.kind not in {GroupKind.GOVERNING_BODY, GroupKind.COUNCIL}:
        return Refusal(
            _("Whether this group takes part in CQI can’t be changed."),
            _("Cells and the oversight committee always take part. Dialogues never do."),
        )
    if (refusal := over(group, by)) is not None:
        return refusal
    return opening(group.kind, by) or managing_settings(by)


def naming_standing(by: Member) -> Refusal | None:
    """Naming somebody else's standing in a seat: only people who may see it."""
    if not by.may(Permission.SEE_STANDINGS):
        return Refusal(
            _("You can't choose as what somebody takes part."),
            _("Leave it open: the portal takes what they told the agency."),
        )
    return None


def choosing_from_all(by: Member) -> bool:
    """Whether they may choose from everybody in the program to offer a seat.

    Others choose among people already seated in some group, whose names they can read there.
    """
    return works_with_groups(by)


def _not_ending(group: Group) -> Refusal | None:
    if group.closed is None:
        return None
    return Refusal(
        _("This group ends already on %(day)s.") % {"day": date_format(group.closed, "F j, Y")},
        _("For another day, first say that it goes on after all."),
    )


def closing_group(
    group: Group, by: Member, *, undecided: bool, unfinished: Refusal | None = None
) -> Refusal | None:
    """`unfinished`: what an upper app still has going on in it.

    The oversight committee and the governing body end by a decision (`moving`), once anybody ever
    had a seat there.
    """
    by_decision = group.kind in {GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY}
    if by_decision and group.seats.exists():
        return over(group, by) or Refusal(
            _("This group ends by a decision."), _("Bring it to the group as a proposal.")
        )
    refusal = changing(group, by) or going_on(group, by) or _not_ending(group) or unfinished
    if refusal is None and undecided:
        return Refusal(
            _("This group has proposals that are still open."),
            _("Decide or withdraw them first."),
        )
    return refusal


def taking_closing_back(group: Group, closure: Closure | None, by: Member) -> Refusal | None:
    """Reopening a group closed by mistake, or too early.

    Allowed for people who ran it until then, and who work with groups. What a decision or an upper
    app ended stays closed.
    """
    if group.kind not in {GroupKind.CELL, GroupKind.COUNCIL}:
        return Refusal(
            _("This group can’t be opened again in this way."), _("You can start a new one.")
        )
    if closure is None:
        return Refusal(_("This group is not closed."), _("You can go on with it as it is."))
    if ran(group, by):
        return None
    return running(group, by)

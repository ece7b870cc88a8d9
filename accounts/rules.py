"""Who may see, enter, invite and edit people, and when."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import conditions, helping
from accounts.changes import DECIDED_BY_OTHERS, FACTS
from accounts.leaves import Leave
from accounts.memberships import belongs_elsewhere
from accounts.models import (
    Invitation,
    Member,
    Pause,
    PauseReason,
    PeopleList,
    RoleGrant,
    Standing,
    StandingKind,
)
from accounts.permissions import Permission, Role
from accounts.policies import DENIABLE, LEAVE_TAKEN_BACK, PAUSE, PAUSE_WINDOW, REMINDER
from foundation.models import Agency, Event
from foundation.policies import Unit, in_words
from foundation.refusals import Refusal

PAUSED = Refusal(
    _("This person’s access is paused."), _("End the pause first, or wait until it is over.")
)
ASK_ADMINISTRATOR = _("Ask an administrator of your agency to do it.")


def managing_people(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_PEOPLE):
        return Refusal(
            _("Only an administrator can change who takes part."),
            ASK_ADMINISTRATOR,
        )
    return None


# In these capacities people are in the agency's care, so that their names are health information.
IN_CARE = frozenset({StandingKind.PRIMARY_CONSUMER, StandingKind.FAMILY_MEMBER})


def letting_in(agency: Agency, on: date, *, helper: bool = False) -> Refusal | None:
    """Letting a real person enter: every way in goes by this.

    A practice agency has made-up people only. `helper`: a second administrator, whom the first one
    may need in order to bring about what is missing.
    """
    if agency.sandbox or helper:
        return None
    return conditions.missing(agency, on)


def entering(
    by: Member,
    on: date,
    *,
    roles: Collection[Role] = (Role.ADMINISTRATOR,),
    standings: Collection[StandingKind] = (),
) -> Refusal | None:
    """Adding a person with these roles and standings; without any given, adding somebody at all."""
    if refusal := managing_people(by):
        return refusal
    refusal = letting_in(by.agency, on)
    if refusal is None:
        return None
    alone = not Member.objects.within(by.agency).exclude(pk=by.pk).exists()
    helper = alone and Role.ADMINISTRATOR in roles and IN_CARE.isdisjoint(standings)
    return letting_in(by.agency, on, helper=helper)


# A list gives no role that opens other people's data or rests on a recorded decision: a shifted
# column would make administrators of everybody, or seat a committee.
GIVEN_BY_LIST = frozenset({Role.FACILITATOR, Role.APPROVER, Role.PAYER, Role.MANAGEMENT})


def givable_by_list(by: Member) -> frozenset[Role]:
    """The roles that this member may give people on a list."""
    return GIVEN_BY_LIST if managing_people(by) is None else frozenset()


def missing_for_a_list(agency: Agency, on: date) -> list[Refusal]:
    """What has to be recorded before people are added from a list; empty for practice."""
    return [] if agency.sandbox else conditions.missing_for_many(agency, on)


def adding_a_list(by: Member, on: date) -> Refusal | None:
    """Adding and inviting many people at once."""
    if refusal := managing_people(by):
        return refusal
    return next(iter(missing_for_a_list(by.agency, on)), None)


def using_list(people: PeopleList, by: Member) -> Refusal | None:
    """Seeing and using an uploaded list: only whoever uploaded it and stated that all agreed."""
    if people.uploaded_by_id != by.pk:
        return Refusal(
            _("Only the person who brought this list can use it."), _("Bring your own copy.")
        )
    return managing_people(by)


def reminding(invitation: Invitation, last: datetime | None, moment: datetime) -> Refusal | None:
    """Sending somebody an e-mail about their open invitation once more.

    `last`: when the person last got one, with whichever invitation.
    """
    if not invitation.email:
        return Refusal(_("This invitation is a letter."), _("Print it again instead."))
    if invitation.expires_at <= moment:
        return Refusal(_("This invitation has expired."), _("Send a new one instead."))
    if invitation.given_up_at is not None:
        return Refusal(
            _("The e-mail could not be delivered."), _("Check the address on the person’s page.")
        )
    if invitation.sent_at is None:
        return Refusal(_("The e-mail is on its way."))
    return _not_too_soon(last, moment)


def renewing(invitation: Invitation, last: datetime | None, moment: datetime) -> Refusal | None:
    """Replacing somebody's e-mailed invitation by a new one with a new link."""
    if not invitation.email:
        return Refusal(_("This invitation is a letter."), _("Print it again instead."))
    if invitation.expires_at > moment and invitation.given_up_at is None:
        if invitation.sent_at is None:
            return Refusal(_("The e-mail is on its way."))
        return _not_too_soon(last, moment)
    return _not_too_soon(last, moment)


def printing_again(invitation: Invitation) -> Refusal | None:
    """Printing somebody's letter again; one that has expired is replaced."""
    if invitation.email:
        return Refusal(_("This person was invited by e-mail."), _("Remind them instead."))
    return None


def _not_too_soon(last: datetime | None, moment: datetime) -> Refusal | None:
    if last is None or moment - last >= REMINDER.span:
        return None
    return Refusal(
        _("They got an e-mail a short time ago."),
        _t("The next one can go in %(time)s.")
        % {"time": in_words(Unit.DAYS, (last + REMINDER.span - moment).days + 1)},
    )


def _is_helper(member: Member, on: date) -> bool:
    """Whether this is an administrator who is not in the agency's care."""
    held = Standing.objects.within(member.agency).on(on).filter(member=member)
    return Role.ADMINISTRATOR in member.roles and not held.filter(kind__in=IN_CARE).exists()


def _signing_in_first(member: Member, agency: Agency, on: date) -> Refusal | None:
    """Giving a way to sign in to somebody who has none yet."""
    refusal = None if member.user_id is not None else letting_in(agency, on)
    if refusal is None:
        return None
    return letting_in(agency, on, helper=_is_helper(member, on))


def managing_settings(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_SETTINGS):
        return Refusal(
            _("Only an administrator can change settings."),
            ASK_ADMINISTRATOR,
        )
    return None


def seeing_people(by: Member) -> Refusal | None:
    """Seeing who takes part, and in what standing: for those whose work needs it."""
    if not by.may(Permission.SEE_STANDINGS):
        return Refusal(
            _("The list of people is kept private."),
            _("You see the people of your own groups on the pages of those groups."),
        )
    return None


def seeing_activity(by: Member) -> Refusal | None:
    if not by.may(Permission.SEE_ACTIVITY):
        return Refusal(
            _("Only an administrator can see everything that was done."),
            _("What happened in your groups stands on the pages of those groups."),
        )
    return None


def changing(member: Member, by: Member) -> Refusal | None:
    """Editing a person's data: an administrator, or the person themself."""
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased. There is nothing to change."))
    if by.pk == member.pk:
        return None
    return managing_people(by)


def ending_membership(member: Member, by: Member, on: date) -> Refusal | None:
    if refusal := managing_people(by):
        return refusal
    if member.until is not None:
        return Refusal(_("This person’s time in the program has already been ended."))
    return _leaving_no_administrator(member, on)


def begin_of_time(member: Member) -> date:
    """The first day of the person's current, or else last, time here."""
    leaves = Leave.objects.within(member.agency).standing().filter(member=member)
    back = leaves.exclude(returned_on=None).aggregate(last=Max("returned_on"))["last"]
    return back or member.since


def leave_needs_reason(member: Member, on: date, today: date) -> bool:
    """Whether a leave on that day rewrites the past: days gone by, or a whole time here."""
    return on < today or on <= begin_of_time(member)


def taking_leave_back(leave: Leave, member: Member, by: Member, on: date) -> Refusal | None:
    """Undoing a mistaken leave: soon after it, and only if nobody was erased."""
    if refusal := managing_people(by):
        return refusal
    if by.pk == member.pk:
        return Refusal(_("You can’t take back your own leaving."), ASK_ADMINISTRATOR)
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased. There is nothing to change."))
    if leave.taken_back_on is not None or leave.returned_on is not None:
        return Refusal(_("This leave is over already."))
    if on > leave.on + LEAVE_TAKEN_BACK.span and on > leave.entered_on + LEAVE_TAKEN_BACK.span:
        return Refusal(
            _("This was a long time ago."),
            _("If the person comes back, let them take part again from today on."),
        )
    return None


def bringing_back(member: Member, by: Member, on: date) -> Refusal | None:
    """Letting a former member take part again, as the same person."""
    if refusal := managing_people(by):
        return refusal
    if member.erased_at is not None:
        return Refusal(
            _("This person’s information was erased."), _("Add them as somebody new instead.")
        )
    if member.until is None or member.until > on:
        return Refusal(_("This person takes part."))
    return letting_in(by.agency, on)


def erasing(member: Member, by: Member, on: date) -> Refusal | None:
    if refusal := managing_people(by):
        return refusal
    if member.erased_at is not None:
        return Refusal(_("This person’s information has already been erased."))
    if by.pk == member.pk:
        return Refusal(
            _("You can’t erase your own information while you are signed in."),
            _("Ask another administrator to do it."),
        )
    return _leaving_no_administrator(member, on)


def granting(member: Member, by: Member, on: date) -> Refusal | None:
    """Granting a role to a person who is a member on its first day."""
    if refusal := managing_people(by):
        return refusal
    return taking_part(member, on)


def ending_role(grant: RoleGrant, by: Member, on: date) -> Refusal | None:
    if refusal := managing_people(by):
        return refusal
    if grant.until is not None and grant.until <= on:
        return Refusal(_("This role has already been ended."))
    if grant.role == Role.ADMINISTRATOR:
        return _leaving_no_administrator(grant.member, on)
    return None


def writing_standing(member: Member, kind: StandingKind, by: Member, on: date) -> Refusal | None:
    """Recording a standing, unless the person prefers not to say."""
    if refusal := managing_people(by):
        return refusal
    if refusal := taking_part(member, on):
        return refusal
    if kind != StandingKind.UNDISCLOSED and prefers_not_to_say(member, on):
        return Refusal(
            _("This person prefers not to say. Please leave it at that."),
            _("Only they can change it, on their own page."),
        )
    return None


def ending_standing(standing: Standing, by: Member) -> Refusal | None:
    if refusal := managing_people(by):
        return refusal
    if standing.kind == StandingKind.UNDISCLOSED:
        return Refusal(
            _("This person prefers not to say. Please leave it at that."),
            _("Only they can change it, on their own page."),
        )
    if standing.until is not None and standing.until <= by.agency.today():
        return Refusal(_("This has already been ended."))
    return None


def prefers_not_to_say(member: Member, on: date) -> bool:
    silent = Standing.objects.within(member.agency).on(on)
    return silent.filter(member=member, kind=StandingKind.UNDISCLOSED).exists()


def inviting(
    member: Member, by: Member, on: date, running: Sequence[Pause] | None = None
) -> Refusal | None:
    """Giving a new person a way to sign in, or one who has lost all others.

    `running`: the person's pause of that day or none, if it was asked for already.
    """
    if refusal := managing_people(by):
        return refusal
    if refusal := taking_part(member, on):
        return refusal
    pauses = [running_pause(member, on)] if running is None else running
    if any(each is not None and each.reason != PauseReason.TAKEN_OVER for each in pauses):
        return PAUSED
    if member.user is None:
        return _signing_in_first(member, by.agency, on)
    if member.user.email:
        return Refusal(
            _("This person already signs in with an e-mail address."),
            _("They can ask for a code by e-mail on the page where people sign in."),
        )
    if belongs_elsewhere(member):
        return Refusal(
            _("This person takes part in another agency too."),
            _("Ask the people who run the portal to help them sign in."),
        )
    return None


def revoking(invitation: Invitation, by: Member) -> Refusal | None:
    if refusal := managing_people(by):
        return refusal
    if invitation.accepted_at is not None:
        return Refusal(_("This invitation has already been accepted."))
    if invitation.revoked_at is not None:
        return Refusal(_("This invitation has already been taken back."))
    return None


def accepting(invitation: Invitation, moment: datetime) -> Refusal | None:
    """Accepting an invitation: anybody with the code, once and in time."""
    spent = invitation.accepted_at is not None or invitation.revoked_at is not None
    member = invitation.member
    gone = taking_part(member, invitation.agency.date_of(moment)) is not None
    if spent or gone or invitation.expires_at <= moment:
        return Refusal(
            _("This invitation can’t be used any more."),
            _("Ask the person who invited you for a new one."),
        )
    paused = running_pause(member, invitation.agency.date_of(moment))
    # The owner of an account that was taken over returns with a letter made since.
    back = paused is not None and paused.reason == PauseReason.TAKEN_OVER
    if paused is not None and not (back and invitation.made_at > paused.at):
        return Refusal(
            _("This invitation can’t be used now."),
            _("Ask an administrator of the program when you can use it."),
        )
    return _signing_in_first(member, invitation.agency, invitation.agency.date_of(moment))


def denying(change: Event, by: Member, moment: datetime) -> Refusal | None:
    """Reporting a change of one's own sign-in, role or standing as not one's own."""
    if change.data.get("member") != by.pk:
        return Refusal(_("Only the person themself can say this."), ASK_ADMINISTRATOR)
    if change.name in DECIDED_BY_OTHERS:
        return Refusal(
            _("A pause of access is no change of your account."),
            _("You can answer it in writing or by phone."),
        )
    if change.name in FACTS:
        return Refusal(_("This is no change of your account."), ASK_ADMINISTRATOR)
    if moment - change.at >= DENIABLE.span:
        return Refusal(_("This was a long time ago."), ASK_ADMINISTRATOR)
    return None


def running_pause(member: Member, on: date) -> Pause | None:
    """The pause of this person's access that day; one query."""
    return Pause.objects.within(member.agency).on(on).filter(member=member).first()


def pausing(member: Member, by: Member, on: date, paused: set[int] | None = None) -> Refusal | None:
    """Pausing somebody's access; `days_left` tells for which reasons it is still possible.

    `paused`: which of the two are paused, by their keys, for a page that knows it.
    """
    if refusal := managing_people(by):
        return refusal
    if by.pk == member.pk:
        return Refusal(
            _("You can’t pause your own access."), _("Another administrator can do it for you.")
        )
    if refusal := taking_part(member, on):
        return refusal
    if paused is None:
        running = Pause.objects.within(by.agency).on(on).filter(member__in=(member.pk, by.pk))
        paused = set(running.values_list("member_id", flat=True))
    if by.pk in paused:
        return Refusal(_("Your own access is paused."), ASK_ADMINISTRATOR)
    if member.pk in paused:
        return Refusal(_("This person’s access is paused already."))
    return None


def days_left(member: Member, reason: str, on: date) -> int:
    """Days for which administrators can still pause this person's access for this reason.

    Earlier pauses for the reason count, so that a new one is no way around the committee.
    """
    begin = on - PAUSE_WINDOW.span
    earlier = Pause.objects.within(member.agency).filter(
        member=member, reason=reason, until__gt=begin, since__lt=on
    )
    used = sum((min(each.until, on) - max(each.since, begin)).days for each in earlier)
    return max(0, PAUSE.value - used)


def resuming(pause: Pause, by: Member, on: date) -> Refusal | None:
    """Ending a pause early: any administrator, but never the person themself."""
    if refusal := managing_people(by):
        return refusal
    if by.pk == pause.member_id:
        return Refusal(
            _("You can’t end the pause of your own access."),
            _("Another administrator or the committee can."),
        )
    if not pause.runs(on):
        return Refusal(_("This pause is over already."))
    return None


def consenting(member: Member, by: Member) -> Refusal | None:
    """Choosing who may see a standing: only the person themself."""
    if by.pk != member.pk:
        return Refusal(
            _("Only the person themself can decide this."),
            _("They find it under “Who can see what I am” on their own page."),
        )
    return None


def being_away(member: Member, by: Member, on: date) -> Refusal | None:
    """Saying from when until when somebody is away: only they do, with no reason asked.

    Somebody whom they chose enters it for them, and for who can't sign in, people who help do.
    """
    if refusal := taking_part(member, on):
        return refusal
    if by.pk == member.pk:
        return None
    signs_in = member.user_id is not None
    helps = by.may(Permission.FACILITATE) or by.may(Permission.MANAGE_PEOPLE)
    if (helps and not signs_in) or helping.enters_away(member, by):
        return None
    if signs_in:
        return Refusal(
            _("Only the person themself says this."), _("They find it on their own page.")
        )
    return Refusal(_("Only people who help others enter things say this."))


def taking_part(member: Member, on: date) -> Refusal | None:
    if member.erased_at is not None or (member.until is not None and member.until <= on):
        return Refusal(_("This person does not take part any more."))
    return None


def _leaving_no_administrator(member: Member, on: date) -> Refusal | None:
    if Role.ADMINISTRATOR not in member.roles:
        return None
    # Somebody who can sign in and is not about to leave.
    others = Member.objects.within(member.agency).on(on).exclude(pk=member.pk)
    others = others.filter(until=None, user__isnull=False).not_paused(on)
    grants = RoleGrant.objects.within(member.agency).on(on).filter(until=None)
    if grants.filter(role=Role.ADMINISTRATOR, member__in=others).exists():
        return None
    return Refusal(
        _("This is the only administrator. Without one, nobody could run the program."),
        _("Make somebody else an administrator first."),
    )

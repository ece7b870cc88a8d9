"""Changes of how people sign in: recorded, reported, and open to the person's objection."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import rules
from accounts.actions.users import print_codes, revoke_codes
from accounts.changes import CODES, INVITATIONS, WAY
from accounts.memberships import agencies_of
from accounts.models import Invitation, Member, User
from foundation import events, tenancy
from foundation.models import Event
from foundation.refusals import enforce


def note(member: Member, what: str, *, by: Member | None) -> Event:
    """Record a change of somebody's ways to sign in; inside the action that makes it."""
    return events.record(WAY, member, by=by, what=what, member=member.pk)


@transaction.atomic
def note_own(user: User, what: str, *, by_hand: bool = False) -> None:
    """Record a change to the user's own account in each agency they belong to.

    `by_hand`: the portal's operators did it for them.
    """
    for agency in agencies_of(user):
        with tenancy.entering(agency):
            member = Member.objects.within(agency).get(user=user)
            note(member, what, by=None if by_hand else member)


@transaction.atomic
def print_own_codes(user: User) -> list[str]:
    """Print a new sheet of codes for oneself, replacing the earlier one."""
    note_own(user, CODES)
    return print_codes(user)


@transaction.atomic
def deny(change: Event, *, by: Member, staying: str | None) -> None:
    """Report that one did not make or ask for this change; administrators are told.

    Whatever it may have opened is closed: letters and printed codes stop working, and so does a
    password that may be somebody else's; all sessions end except the one with key `staying`. A
    letter that nobody has used is only withdrawn.
    """
    member = Member.objects.within(by.agency).select_for_update().get(pk=by.pk)
    enforce(rules.denying(change, member, timezone.now()))
    if change.name == WAY:
        letters = Invitation.objects.within(by.agency).filter(member=member)
        unused = letters.unspent().update(revoked_at=timezone.now())
        if member.user is not None:
            if not (unused and change.data["what"] in INVITATIONS):
                revoke_codes(member.user)
                member.user.set_unusable_password()
                member.user.save(update_fields=["password"])
            end_sessions(member.user, staying)
    what = change.data.get("what", change.name)
    events.record("way.denied", member, by=by, member=member.pk, change=change.pk, what=what)


def end_sessions(user: User, staying: str | None = None) -> None:
    """End all of the person's sessions except the one with key `staying`; inside an action."""
    others = UserSession.objects.filter(user=user).exclude(session_key=staying or "")
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()

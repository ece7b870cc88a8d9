"""Invitations: created, sent or printed, accepted once, or withdrawn."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import invitation_codes, letters, rules
from accounts.actions.naming import hold_names, name_apart
from accounts.actions.users import make_user, print_codes, revoke_codes
from accounts.actions.ways import note
from accounts.away import away_on
from accounts.changes import FIRST_EMAIL, FIRST_LETTER, LETTER, LETTER_USED, TAKEN_BACK
from accounts.models import Invitation, Member, User
from accounts.policies import INVITATION
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8


@transaction.atomic
def invite(member: Member, *, by: Member, email: str = "") -> Invitation:
    """Create an invitation that replaces an earlier one; e-mailed to the address, else printed."""
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    enforce(rules.inviting(member, by, by.agency.today()))
    email = email.lower()
    if email and member.user is not None:
        raise ValidationError(
            {"email": _("This person signs in with a member name. Print a letter for them.")}
        )
    if email and _taking_part_with(email, by.agency):
        raise ValidationError({"email": _("Somebody else here uses this address already.")})
    before = _who_left_with(email, member)
    if before is not None:
        said = _(
            "This address is of %(name)s, who has left. If this is the same person, let them take "
            "part again on their own page, so that what was theirs stays theirs."
        )
        raise ValidationError({"email": said % {"name": before.name}})
    for earlier in Invitation.objects.within(by.agency).unspent().filter(member=member):
        _revoke(earlier, by)
    invitation = Invitation(
        agency=by.agency,
        member=member,
        email=email,
        invited_by=by,
        expires_at=timezone.now() + INVITATION.span(by.agency, by.agency.today()),
    )
    invitation.token_digest = invitation_codes.digest(invitation_codes.code_of(invitation))
    invitation.save()
    events.record("invitation.made", invitation, by=by, member=member.pk)
    first = FIRST_EMAIL if email else FIRST_LETTER
    note(member, first if member.user is None else LETTER, by=by)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Member) -> Invitation:
    """Withdraw the invitation, so that it can't be accepted."""
    invitation = Invitation.objects.within(by.agency).select_for_update().get(pk=invitation.pk)
    enforce(rules.revoking(invitation, by))
    note(invitation.member, TAKEN_BACK, by=by)
    return _revoke(invitation, by)


def _revoke(invitation: Invitation, by: Member) -> Invitation:
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    events.record("invitation.revoked", invitation, by=by, member=invitation.member_id)
    return invitation


@dataclass(frozen=True)
class Acceptance:
    """The invited person's answers, and how they want to sign in.

    By e-mail: sign in with e-mailed codes; `user` is the account they have signed in to, if the
    address already has one. Printed: sign in with a password or with printed codes.
    """

    display_name: str
    language: str
    contact: str
    email_level: str
    addition: str = ""
    member_name: str = ""
    password: str = ""
    user: User | None = None


@transaction.atomic
def accept(invitation: Invitation, said: Acceptance) -> tuple[Member, User, list[str]]:
    """Spend the invitation, giving the person a way to sign in; return printed codes, if any.

    Raises Refused if it was accepted, withdrawn or has expired in the meantime, and ValidationError
    (by field) if the member name is taken, the address belongs to somebody who has not signed in,
    or somebody else has the same name with the same addition.
    """
    hold_names(invitation.agency)
    rows = Invitation.objects.within(invitation.agency)
    invitation = rows.select_for_update().get(pk=invitation.pk)
    enforce(rules.accepting(invitation, timezone.now()))
    members = Member.objects.within(invitation.agency)
    member = members.select_for_update().get(pk=invitation.member_id)
    if not invitation.email and member.user is not None:
        note(member, LETTER_USED, by=member)
    user, sheet = _way_in(invitation, member, said)
    if members.filter(user=user).exclude(pk=member.pk).exists():
        raise ValidationError(
            _(
                "You took part here before. Ask an administrator to let you take part again, so "
                "that what was yours stays yours."
            )
        )
    member.user = user
    member.agency = invitation.agency
    member.display_name, member.addition = said.display_name, said.addition
    name_apart(member)
    member.language = said.language
    member.contact = said.contact
    member.email_level = said.email_level
    member.onboarded_at = timezone.now()
    member.version += 1
    member.save()
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    events.record("invitation.accepted", invitation, by=member, member=member.pk)
    return member, user, sheet


def _way_in(invitation: Invitation, member: Member, said: Acceptance) -> tuple[User, list[str]]:
    if invitation.email:
        owner = owner_of(invitation.email)
        if owner is not None and owner != said.user:
            raise ValidationError(_("Please sign in first, so that we know it is you."))
        return owner or make_user(email=invitation.email, email_proven=True), []
    user = member.user
    if user is None:
        user = make_user(member_name=said.member_name, password=said.password)
    else:
        # All earlier ways to sign in were lost, so disable them.
        revoke_codes(user)
        user.set_password(said.password or None)
        user.save()
    return user, [] if said.password else print_codes(user)


def owner_of(email: str) -> User | None:
    """The user who signs in with this address, in any agency."""
    return User.objects.filter(email=email.lower()).first()


def _taking_part_with(email: str, agency: Agency) -> bool:
    current = Member.objects.within(agency).on(agency.today())
    return current.filter(user__email=email).exists()


def _who_left_with(email: str, member: Member) -> Member | None:
    """Find somebody else who took part here before with this address."""
    others = Member.objects.within(member.agency).exclude(pk=member.pk)
    return others.filter(user__email=email).first() if email else None


@transaction.atomic
def send_next(agency: Agency) -> bool:
    """Send one due invitation; return False when none is left that another worker doesn't hold.

    The row is locked while it is sent, and marked in the same transaction. If a worker dies in
    between, it is sent again with the same code and the same Message-ID. What goes to somebody who
    is away waits for their return.
    """
    away = away_on(agency, agency.today()).values("member")
    rows = Invitation.objects.within(agency).exclude(member__in=away)
    due = rows.to_send(timezone.now()).select_related("member")
    invitation = due.select_for_update(skip_locked=True, of=("self",)).order_by("try_at").first()
    if invitation is None:
        return False
    try:
        letters.send(invitation)
    except (OSError, SMTPException):
        logger.warning("invitation %s could not be sent", invitation.pk, exc_info=True)
        _put_off(invitation)
    else:
        invitation.sent_at = timezone.now()
        invitation.save(update_fields=["sent_at"])
    return True


def _put_off(invitation: Invitation) -> None:
    invitation.attempts += 1
    if invitation.attempts >= MAX_ATTEMPTS:
        invitation.given_up_at = timezone.now()
    else:
        invitation.try_at = timezone.now() + timedelta(minutes=2**invitation.attempts)
    invitation.save(update_fields=["attempts", "try_at", "given_up_at"])

"""Erasure of a person's information; what they did stays, without a name."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import forgetting, rules, unsettled
from accounts.actions.leaves import end_all, hold_administrators
from accounts.actions.users import revoke_codes
from accounts.leaves import LateLeave
from accounts.memberships import belongs_elsewhere, without_any
from accounts.models import Consent, EmailLevel, Member, User
from foundation import events
from foundation.erasure import erase_history
from foundation.personal_data import FORMER
from foundation.refusals import enforce


@transaction.atomic
def erase(member: Member, *, by: Member) -> Member:
    """Erase a person's name and contact data for good; ids, dates and numbers stay.

    Their membership, roles, standings and consents end today, and so does their sign-in, unless
    they belong to another agency. Whatever else the register of personal data names is erased by
    `forgetting`, last of all, in the same transaction.
    """
    hold_administrators(by.agency)
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    today = by.agency.today()
    enforce(rules.erasing(member, by, today))
    member.agency = by.agency
    enforce(unsettled.refusal(member))
    if member.until is None or member.until > today:
        end_all(member, today, by=by, why=LateLeave.NEVER_BEGAN)
    known = forgetting.known(member)
    for consent in Consent.objects.within(by.agency).filter(member=member, until=None):
        consent.until = max(today, consent.since)
        consent.save(update_fields=["until"])
    if member.user is not None and not belongs_elsewhere(member):
        _close(member.user)
    member.user = None
    member.name = member.display_name = FORMER
    member.addition = member.shown_number = member.full_number = member.contact = ""
    member.email_level = EmailLevel.NONE
    member.erased_at = timezone.now()
    member.save()
    erase_history(member)
    events.record("member.erased", member, by=by, member=member.pk)
    forgetting.forget(member, known, by)
    return member


@transaction.atomic
def close_accounts(users: Iterable[int]) -> int:
    """Close the accounts, by key, that lead to no member any more; return how many."""
    found = without_any(users)
    for user in found:
        _close(user)
    return len(found)


def _close(user: User) -> None:
    """Close the account for good and remove whatever identifies its owner."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    for kept in (EmailAddress, Authenticator, UserSession):
        kept.objects.filter(user=user).delete()
    revoke_codes(user)
    user.email = user.last_login = None
    user.member_name = f"former-{user.pk}"
    user.is_active = False
    user.set_unusable_password()
    user.save()

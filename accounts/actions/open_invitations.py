"""Several open invitations at once: remind, send anew, print anew, withdraw; and saying no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import rules
from accounts.actions.lists import record_made, revoke_all
from accounts.changes import TAKEN_BACK, WAY
from accounts.models import Invitation, Member, Pause
from accounts.policies import INVITATION
from foundation import events
from foundation.models import Agency
from foundation.refusals import Refusal, enforce


class ForMany(StrEnum):
    """What can be done with several invitations."""

    REMIND = "remind"
    RENEW = "renew"
    PRINT = "print"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class ChosenInvitation:
    """A chosen invitation, and why nothing can be done with it now, if so."""

    invitation: Invitation
    refusal: Refusal | None


def chosen(
    agency: Agency, keys: Sequence[int], what: ForMany, moment: datetime, *, lock: bool = False
) -> list[ChosenInvitation]:
    """These unspent invitations by name; those that are gone by now are left out; few queries."""
    rows = Invitation.objects.within(agency).unspent().filter(pk__in=keys)
    rows = rows.select_related("member").order_by("member__full_name", "pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = list(rows)
    members = [each.member_id for each in found]
    last = last_mail(agency, members)
    today = agency.date_of(moment)
    paused = Pause.objects.within(agency).on(today).filter(member__in=members)
    stopped = set(paused.values_list("member_id", flat=True))
    for each in found:
        each.agency = each.member.agency = agency
    return [
        ChosenInvitation(each, _refusal(what, each, last.get(each.member_id), moment, stopped))
        for each in found
    ]


def _refusal(
    what: ForMany,
    invitation: Invitation,
    last: datetime | None,
    moment: datetime,
    paused: set[int],
) -> Refusal | None:
    if what is ForMany.WITHDRAW:
        return None
    gone = rules.taking_part(invitation.member, invitation.agency.date_of(moment))
    if gone is not None or invitation.member_id in paused:
        return gone or rules.PAUSED
    if what is ForMany.REMIND:
        return rules.reminding(invitation, last, moment)
    if what is ForMany.RENEW:
        return rules.renewing(invitation, last, moment)
    return rules.printing_again(invitation)


def last_mail(agency: Agency, members: Sequence[int]) -> dict[int, datetime]:
    """When each of these people last got an e-mail about any invitation; one query."""
    rows = Invitation.objects.within(agency).filter(member__in=members)
    sent = rows.filter(Q(sent_at__isnull=False) | Q(reminded_at__isnull=False))
    latest = sent.order_by().values("member").annotate(last=Max(Greatest("sent_at", "reminded_at")))
    return dict(latest.values_list("member_id", "last"))


@transaction.atomic
def remind_all(invitations: Sequence[Invitation], *, by: Member) -> list[Invitation]:
    """Send the e-mails of these invitations again, with the same links; a few queries.

    Skips whoever got one lately, and invitations that were accepted or refused meanwhile.
    """
    enforce(rules.managing_people(by))
    enforce(rules.letting_in(by.agency, by.agency.today()))
    now = timezone.now()
    rows = _possible(invitations, ForMany.REMIND, by, now)
    for each in rows:
        each.reminded_at, each.sent_at, each.try_at = now, None, now
        each.attempts = 0
    fields = ["reminded_at", "sent_at", "try_at", "attempts"]
    Invitation.objects.within(by.agency).bulk_update(rows, fields)
    events.record_all(
        "invitation.reminded", rows, by=by, data=lambda each: {"member": each.member_id}
    )
    return rows


@transaction.atomic
def renew_all(invitations: Sequence[Invitation], *, what: ForMany, by: Member) -> list[Invitation]:
    """Replace these invitations by new ones: e-mailed (RENEW), or letters (PRINT).

    A letter that can still be used is printed as it is, and returned as it is.
    """
    enforce(rules.managing_people(by))
    enforce(rules.letting_in(by.agency, by.agency.today()))
    now = timezone.now()
    rows = _possible(invitations, what, by, now)
    usable = [each for each in rows if what is ForMany.PRINT and each.expires_at > now]
    old = [each for each in rows if each not in usable]
    revoke_all(by, [each.member for each in old], now)
    expires = now + INVITATION.span(by.agency, by.agency.today())
    made = [
        Invitation(
            agency=by.agency,
            member=each.member,
            email=each.email,
            invited_by=by,
            made_at=now,
            try_at=now,
            expires_at=expires,
        )
        for each in old
    ]
    record_made(made, by)
    return usable + made


@transaction.atomic
def withdraw_all(invitations: Sequence[Invitation], *, by: Member) -> list[Invitation]:
    """Withdraw these invitations, so that none can be accepted."""
    enforce(rules.managing_people(by))
    now = timezone.now()
    rows = _possible(invitations, ForMany.WITHDRAW, by, now)
    members = [each.member for each in rows]
    revoke_all(by, members, now)
    events.record_all(
        WAY, members, by=by, data=lambda each: {"what": TAKEN_BACK, "member": each.pk}
    )
    return rows


def _possible(
    invitations: Sequence[Invitation], what: ForMany, by: Member, now: datetime
) -> list[Invitation]:
    keys = [each.pk for each in invitations]
    rows = chosen(by.agency, keys, what, now, lock=True)
    return [each.invitation for each in rows if each.refusal is None]


@transaction.atomic
def refuse(invitation: Invitation) -> Invitation:
    """Record that the invited person doesn't want to take part; nobody reminds them."""
    rows = Invitation.objects.within(invitation.agency)
    invitation = rows.select_for_update().get(pk=invitation.pk)
    enforce(rules.accepting(invitation, timezone.now()))
    invitation.refused_at = invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["refused_at", "revoked_at"])
    events.record("invitation.refused", invitation, by=None, member=invitation.member_id)
    return invitation

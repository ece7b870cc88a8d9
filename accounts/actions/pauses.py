"""Pauses of access: effective at once, ended early or by a group's decision."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules
from accounts.actions.leaves import hold_administrators
from accounts.actions.users import revoke_codes
from accounts.actions.ways import end_sessions
from accounts.memberships import belongs_elsewhere
from accounts.models import Invitation, Member, Pause, PauseEnd, PauseReason
from accounts.policies import PAUSE, PAUSE_LONGER, PAUSE_WINDOW
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def pause_access(member: Member, *, reason: str, answer_to: str, by: Member) -> Pause:
    """Pause access now: every page shows only the pause, and all the person's sessions end.

    Nothing else changes: seats, standings, votes, claims and payments stay as they are.
    `answer_to`: where they can reply without signing in. ValidationError: no such reason, no such
    place, or the days for this reason are used up. If the account was taken over, its ways to sign
    in stop working too.
    """
    # Serialize two administrators who pause each other: the second is already paused by then.
    hold_administrators(by.agency)
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    today = by.agency.today()
    enforce(rules.pausing(member, by, today))
    if reason not in PauseReason.values:
        raise ValidationError({"reason": _("Choose a reason.")})
    if not answer_to.strip():
        raise ValidationError({"answer_to": _("Write a phone number or an address.")})
    days = rules.days_left(member, reason, today)
    if not days:
        raise ValidationError({"reason": _used_up()})
    pause = Pause.objects.within(by.agency).create(
        member=member,
        reason=reason,
        answer_to=answer_to.strip(),
        since=today,
        until=today + timedelta(days=days),
        by=by,
    )
    if reason == PauseReason.TAKEN_OVER:
        _close_ways(member)
    if member.user is not None:
        end_sessions(member.user)
    events.record("access.paused", pause, by=by, member=member.pk)
    return pause


def _used_up() -> str:
    return _(
        "Access was paused for this reason for %(most)s in the last %(window)s. That is as "
        "long as it can be."
    ) % {"most": PAUSE.words, "window": PAUSE_WINDOW.words}


def _close_ways(member: Member) -> None:
    """Leave only newly made e-mail codes and letters able to open the account.

    If the person also belongs to another agency, this agency closes nothing.
    """
    letters = Invitation.objects.within(member.agency).filter(member=member)
    letters.unspent().update(revoked_at=timezone.now())
    if member.user is None or belongs_elsewhere(member):
        return
    revoke_codes(member.user)
    Authenticator.objects.filter(user=member.user).delete()
    member.user.set_unusable_password()
    member.user.save(update_fields=["password"])


@transaction.atomic
def resume_access(pause: Pause, *, why: str, by: Member) -> Pause:
    """End the pause early, effective at once."""
    pause = _locked(pause, by)
    enforce(rules.resuming(pause, by, by.agency.today()))
    if why not in PauseEnd.values or why == PauseEnd.DECIDED:
        raise ValidationError({"why": _("Choose why the pause ends.")})
    return _end(pause, why, by)


@transaction.atomic
def end_by_decision(pause: Pause, *, decision_id: int, by: Member) -> Pause:
    """End the pause by a group's decision; inside the action that closes the decision.

    Upper apps call this and make sure that the decision says so.
    """
    pause = _locked(pause, by)
    if not pause.runs(by.agency.today()):
        return pause
    pause.decision_id = decision_id
    return _end(pause, PauseEnd.DECIDED, by)


@transaction.atomic
def prolong_by_decision(pause: Pause, *, until: date, decision_id: int, by: Member) -> Pause:
    """Prolong the pause by a group's decision; no effect if it is already over."""
    pause = _locked(pause, by)
    check_longer(pause, until)
    if not pause.runs(by.agency.today()):
        return pause
    pause.until, pause.decision_id = until, decision_id
    pause.save(update_fields=["until", "decision_id"])
    events.record("access.prolonged", pause, by=by, member=pause.member_id)
    return pause


def check_longer(pause: Pause, until: date) -> None:
    """Raise ValidationError unless a decision can move the end of the pause to this day."""
    if not pause.until < until <= pause.until + PAUSE_LONGER.span:
        raise ValidationError(
            {
                "until": _("Choose a day after the end of the pause, at most %(days)s later.")
                % {"days": PAUSE_LONGER.words}
            }
        )


def _end(pause: Pause, why: str, by: Member) -> Pause:
    pause.until = max(by.agency.today(), pause.since)
    pause.ended_at, pause.ended_by, pause.ended_why = timezone.now(), by, why
    pause.save(update_fields=["until", "ended_at", "ended_by", "ended_why", "decision_id"])
    events.record("access.resumed", pause, by=by, member=pause.member_id)
    return pause


def _locked(pause: Pause, by: Member) -> Pause:
    pauses = Pause.objects.within(by.agency).select_related("member")
    found = pauses.select_for_update(of=("self",)).get(pk=pause.pk)
    found.agency = found.member.agency = by.agency
    return found

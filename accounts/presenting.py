"""Presenter of a person's page for those who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Invitation, Member, Pause
from foundation.addresses import at
from foundation.presenting import PageLink, written


@dataclass(frozen=True)
class MemberRights:
    """What the reader may do about the person, by the rules."""

    change: bool = False
    invite: bool = False
    away: bool = False
    pause: bool = False
    take_leave_back: bool = False
    bring_back: bool = False
    end: bool = False
    erase: bool = False


@dataclass(frozen=True)
class SignInShown:
    """The state of the person's invitation (empty without one), and links."""

    words: str
    links: Sequence[PageLink]


@dataclass(frozen=True)
class AccessShown:
    """The end of the person's pause (empty without one), and its link."""

    words: str
    way: PageLink


@dataclass(frozen=True)
class MemberPage:
    """The page of a person: what can be changed, how they sign in, how they leave."""

    naming: Sequence[PageLink]
    standing: Sequence[PageLink]
    roles: Sequence[PageLink]
    sign_in: SignInShown | None
    access: AccessShown | None
    leaving: Sequence[PageLink]


def member_page(
    member: Member,
    may: MemberRights,
    now: datetime,
    *,
    invitation: Invitation | None,
    pause: Pause | None,
) -> MemberPage:
    """`invitation` is neither accepted nor revoked; no query."""
    href = partial(at, member.agency, pk=member.pk)

    def changing(words: str, name: str) -> list[PageLink]:
        return [PageLink(words, href(name))] if may.change else []

    shown = SignInShown(
        "" if invitation is None else invited_words(invitation, now),
        _sign_in(member, may, invitation, now),
    )
    return MemberPage(
        naming=[
            *changing(_("Change names or contact"), "accounts:edit"),
            *(_away(member) if may.away else ()),
        ],
        standing=changing(_("Write down how they take part"), "accounts:write_standing"),
        roles=changing(_("Give them a role"), "accounts:grant_role"),
        sign_in=shown if may.invite or invitation is not None else None,
        access=_access(member, may, pause),
        leaving=_leaving(member, may),
    )


def _away(member: Member) -> list[PageLink]:
    href = at(member.agency, "accounts:away_for", pk=member.pk)
    return [PageLink(_("Enter that they are away for a while"), href)]


def invited_words(invitation: Invitation, now: datetime) -> str:
    """What happened to the invitation, and until when it can be used."""
    if invitation.expires_at <= now:
        return _("The invitation has expired.")
    until = _("It can be used until %(day)s.") % {"day": written(localdate(invitation.expires_at))}
    return f"{_sent(invitation)} {until}"


def _sent(invitation: Invitation) -> str:
    if not invitation.email:
        return _("A letter with an invitation was made.")
    to = {"email": invitation.email}
    if invitation.sent_at is not None:
        said = _("An invitation was sent to %(email)s on %(day)s.")
        if invitation.reminded_at is not None:
            said = _("A reminder was sent to %(email)s on %(day)s.")
        return said % {**to, "day": written(localdate(invitation.sent_at))}
    if invitation.given_up_at is not None:
        said = _(
            "The invitation could not be sent to %(email)s. Check the address and invite them "
            "again."
        )
        return said % to
    return _("An invitation to %(email)s is on its way.") % to


def _sign_in(
    member: Member, may: MemberRights, invitation: Invitation | None, now: datetime
) -> list[PageLink]:
    href = partial(at, member.agency)
    usable = invitation if invitation is not None and invitation.expires_at > now else None
    links = []
    if may.invite and usable is not None and not usable.email:
        letter = href("accounts:letter", pk=usable.pk)
        links.append(PageLink(_("See and print the letter"), letter))
    if may.invite:
        links.append(PageLink(_inviting(member, invitation), href("accounts:invite", pk=member.pk)))
    if may.change and usable is not None:
        revoke = href("accounts:revoke", pk=usable.pk)
        links.append(PageLink(_("Take the invitation back"), revoke))
    return links


def _inviting(member: Member, invitation: Invitation | None) -> str:
    if invitation is not None:
        return _("Invite them again")
    return _("Help them to sign in again") if member.user_id else _("Invite them")


def _access(member: Member, may: MemberRights, pause: Pause | None) -> AccessShown | None:
    if pause is not None:
        said = _("Paused since %(since)s. They can sign in again on %(until)s.")
        days = {"since": written(pause.since), "until": written(pause.until)}
        see = PageLink(_("See the pause"), at(member.agency, "accounts:pause", pk=pause.pk))
        return AccessShown(said % days, see)
    if not may.pause:
        return None
    href = at(member.agency, "accounts:pause_access", pk=member.pk)
    return AccessShown("", PageLink(_("Pause their access"), href))


def _leaving(member: Member, may: MemberRights) -> list[PageLink]:
    href = partial(at, member.agency, pk=member.pk)
    undo = _("Undo their departure: it was a mistake")
    offered = [
        (may.take_leave_back, undo, "accounts:take_leave_back"),
        (may.bring_back, _("They take part again"), "accounts:bring_back"),
        (may.end, _("They leave the program"), "accounts:end_membership"),
        (may.erase, _("Erase what we know about them"), "accounts:erase"),
    ]
    return [PageLink(words, href(name)) for is_offered, words, name in offered if is_offered]
